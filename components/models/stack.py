"""A stack of equal convolutions that a learner composes, with weights as before any training.

    h_l = relu(conv k x k (down h_{l-1}))      l = 1 ... 8,   h_0 the picture

`down` halves each side: every second place ("stride"), the largest ("max") or the mean ("mean") of 2 x 2; "none" keeps it. Its
first layers are the same for every depth. Source: He et al. 2015, "Delving deep into rectifiers" (the first weights); slide
"Convolutional Neural Networks" (multiple layers).
"""

from torch import Generator, Tensor, nn, randn
from torch.nn import functional

from components.values import Layer

MOST, WIDTH = 8, 6  # layers, channels
BETWEEN = ("none", "stride", "max", "mean")


class Stack(nn.Module):
    """Pictures `(b, c, h, w)` to the maps of every layer.

    Args:
        c: colours.
        k: side of the window, odd.
        between: a member of `BETWEEN`.
        generator: of the weights.
    """

    def __init__(self, c: int, k: int, between: str, generator: Generator) -> None:
        super().__init__()
        if between not in BETWEEN:
            raise ValueError(f"between is one of {', '.join(BETWEEN)}, not {between!r}")
        self.k, self.between = k, between
        fans = [c] + [WIDTH] * (MOST - 1)
        self.weights = nn.ParameterList(
            [nn.Parameter(randn(WIDTH, fan, k, k, generator=generator) * (2 / (fan * k * k)) ** 0.5) for fan in fans]
        )

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        """The maps "layer1" ... "layer8", `(b, WIDTH, h', w')`."""
        found: dict[str, Tensor] = {}
        for i, weight in enumerate(self.weights, 1):
            x = functional.conv2d(x if i == 1 else self._down(x), weight, padding=self.k // 2).relu()
            found[f"layer{i}"] = x
        return found

    def _down(self, x: Tensor) -> Tensor:
        if self.between == "stride":
            return x[..., ::2, ::2]
        if self.between == "none" or min(x.shape[2:]) < 2:
            return x
        return functional.max_pool2d(x, 2) if self.between == "max" else functional.avg_pool2d(x, 2)

    def layers(self) -> tuple[Layer, ...]:
        """The windows of all layers, for the receptive field."""
        down = {"none": (), "stride": (Layer("down", 1, 2, 0),)}.get(self.between, (Layer("down", 2, 2, 0),))
        found: list[Layer] = []
        for i in range(1, MOST + 1):
            found += [*(down if i > 1 else ()), Layer(f"layer{i}", self.k, 1, self.k // 2)]
        return tuple(found)
