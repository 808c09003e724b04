"""The convolutional network that is trained in front of the learner: three convolutions, two subsamplings, one pool.

    h1 = relu(conv 5 x 5 (x))     h2 = relu(conv 3 x 3 (down h1))     h3 = relu(conv 3 x 3 (down h2))
    f(x) = W POOL_p h3[p] + b

`down` halves each side: the largest of 2 x 2 ("max"), every second place ("stride"), or the largest of 2 x 2 at every place,
blurred by [1 2 1]/4 in both directions, then every second ("blur", Zhang 2019, "Making convolutional networks shift-invariant
again"). "none" keeps all places. The convolutions are PyTorch's; `tests/models` shows them equal to the block `Represent`.
Source: LeCun et al. 1998; lecture "How to Model", slides "Convolutional Neural Networks".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional

from components.models.blocks import Represent, uniform
from components.models.pools import POOLS
from components.values import Layer

DOWN = ("max", "stride", "blur", "none")
BINOMIAL = torch.tensor([1.0, 2.0, 1.0]) / 4


class Convolution(nn.Module):
    """k x k convolution with padding k // 2, `(r, b, c, h, w) -> (r, b, c', h, w)`; each replica has a filter bank of its own.

    Args:
        c, out: channels in and out.
        k: side of the window, odd.
        generators: one random generator per replica.
        circular: pad with the opposite edge (the picture as a torus) and not with zeros.
    """

    def __init__(self, c: int, out: int, k: int, generators: Sequence[Generator], circular: bool = False) -> None:
        super().__init__()
        self.circular = circular
        self.weight = uniform((out, c, k, k), (c * k * k) ** -0.5, generators)
        self.bias = uniform((out,), (c * k * k) ** -0.5, generators)

    def forward(self, x: Tensor) -> Tensor:
        r = x.shape[0]
        half = self.weight.shape[-1] // 2
        flat = padded(x.transpose(0, 1).flatten(1, 2), half, self.circular)  # the replicas side by side as groups of channels
        out = functional.conv2d(flat, self.weight.flatten(0, 1), self.bias.flatten(), groups=r)
        return out.unflatten(1, (r, -1)).transpose(0, 1)


def padded(x: Tensor, half: int, circular: bool) -> Tensor:
    """`half` more pixels on each side of `(b, c, h, w)`."""
    return functional.pad(x, (half,) * 4, mode="circular" if circular else "constant")


def halved(x: Tensor, how: str, circular: bool = False) -> Tensor:
    """Subsample `(r, b, c, h, w)` to half of each side, see `DOWN`."""
    if how == "none":
        return x
    flat = x.flatten(0, 2).unsqueeze(1)
    if how == "max":
        flat = functional.max_pool2d(flat, 2)
    elif how == "stride":
        flat = flat[..., ::2, ::2]
    elif how == "blur":
        mode = "circular" if circular else "replicate"
        flat = functional.max_pool2d(functional.pad(flat, (0, 1, 0, 1), mode=mode), 2, stride=1)
        kernel = torch.outer(BINOMIAL, BINOMIAL).to(x)[None, None]
        flat = functional.conv2d(functional.pad(flat, (1, 1, 1, 1), mode=mode), kernel, stride=2)
    else:
        raise ValueError(f"down is one of {', '.join(DOWN)}, not {how!r}")
    return flat.reshape(*x.shape[:3], *flat.shape[2:])


class ConvNetwork(nn.Module):
    """Pictures to logits, `(r, b, 1, side^2 colours) -> (r, b, classes)`.

    The picture comes as the slide's long vector, columns on top of each other, colour after colour.

    Args:
        side: pixels along each side of the square picture.
        colours: numbers a pixel.
        classes: how many answers.
        generators: one random generator per replica.
        widths: channels of the three convolutions.
        down: a member of `DOWN`.
        pool: a key of `POOLS`; "concatenate" keeps where a feature is, all others forget it.
        circular: the picture is a torus.
    """

    def __init__(
        self,
        side: int,
        colours: int,
        classes: int,
        generators: Sequence[Generator],
        widths: tuple[int, int, int] = (8, 16, 32),
        down: str = "max",
        pool: str = "max",
        circular: bool = False,
    ) -> None:
        super().__init__()
        self.colours, self.down, self.circular = colours, down, circular
        self.conv1 = Convolution(colours, widths[0], 5, generators, circular)
        self.conv2 = Convolution(widths[0], widths[1], 3, generators, circular)
        self.conv3 = Convolution(widths[1], widths[2], 3, generators, circular)
        with torch.no_grad():
            end = halved(halved(torch.zeros(1, 1, 1, side, side), down), down).shape[-1]
        self.pool = POOLS[pool](widths[2], end * end, generators)
        self.read = Represent(self.pool.width, classes, generators)

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        """Every stage by name: "conv1", "down1", "conv2", "down2", "conv3" `(r, b, c, h, w)`, "pool" `(r, b, h')` and
        "logits" `(r, b, classes)`."""
        r, b = x.shape[:2]
        side = round((x.shape[-1] / self.colours) ** 0.5)
        found = {"conv1": self.conv1(x.reshape(r, b, self.colours, side, side).transpose(3, 4)).relu()}
        found["down1"] = halved(found["conv1"], self.down, self.circular)
        found["conv2"] = self.conv2(found["down1"]).relu()
        found["down2"] = halved(found["conv2"], self.down, self.circular)
        found["conv3"] = self.conv3(found["down2"]).relu()
        found["pool"] = self.pool(found["conv3"].flatten(3).transpose(2, 3))
        found["logits"] = self.read(found["pool"].unsqueeze(2)).squeeze(2)
        return found

    def layers(self) -> tuple[Layer, ...]:
        """The windows of its stages, for the receptive field."""
        small = {"max": Layer("", 2, 2, 0), "stride": Layer("", 1, 2, 0), "blur": Layer("", 4, 2, 1), "none": Layer("", 1, 1, 0)}
        down = small[self.down]
        first, others = Layer("conv1", 5, 1, 2), [Layer(f"conv{i}", 3, 1, 1) for i in (2, 3)]
        return first, down._replace(name="down1"), others[0], down._replace(name="down2"), others[1]

    def forward(self, x: Tensor) -> Tensor:
        return self.activations(x)["logits"]
