"""EfficientNet-Lite0, trained on ImageNet: a convolutional network small enough to ship, with every layer open to look into.

    stem 3 x 3, stride 2  ->  16 blocks  ->  head 1 x 1  ->  mean over all places (1280)  ->  1000 classes
    block(x) = project(relu6(depthwise(relu6(expand x))))  (+ x where the shapes agree)          relu6(a) = min(max(a, 0), 6)

Expand and project are 1 x 1 convolutions, depthwise is k x k with one filter a channel. The normalisations of training are
folded into the convolutions: w' = w g / s and b' = beta - m g / s with s = sqrt(variance + 0.001). As in TensorFlow the padding
of stride 2 is larger at the right and at the bottom. Source: Tan and Le 2019, "EfficientNet"; Lite0 drops squeeze-and-excite.
Slide "Convolutional Neural Networks".
"""

from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from torch import Tensor, nn
from torch.nn import functional

from components.idle import while_used
from components.values import Layer

NAME = "efficientnet_lite0.safetensors"
SIDE = 224  # pixels along a side in training
HEAD, LABELS = 1280, 1000
STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
"""Repeats, side of the window, stride of the first, expansion, channels out; of each stage."""


def weights_file() -> Path:
    """Where the weights lie: beside the script that was downloaded from the dashboard, else in `pretrained/weights`."""
    here = Path(__file__).resolve()
    beside = here.parent / NAME
    return beside if beside.exists() else here.parents[min(2, len(here.parents) - 1)] / "pretrained" / "weights" / NAME


def class_names(file: Path) -> tuple[str, ...]:
    """The names of the 1000 classes, as they stand in the head of the file of weights; none where there is no such file."""
    if not file.exists():
        return ()
    with safe_open(file, "numpy") as held:
        return tuple(held.metadata()["classes"].split("\n"))


CLASSES = class_names(weights_file())


class Convolution(nn.Conv2d):
    """k x k convolution with a bias that keeps the side, or halves it (rounded up); `(b, c, h, w) -> (b, c', h', w')`."""

    def __init__(self, c: int, out: int, k: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__(c, out, k, stride, groups=groups, device="meta")

    def forward(self, x: Tensor) -> Tensor:
        k, stride = self.kernel_size[0], self.stride[0]
        missing = [max(0, (-(-side // stride) - 1) * stride + k - side) for side in (x.shape[3], x.shape[2])]
        if any(missing):
            x = functional.pad(x, [half for m in missing for half in (m // 2, m - m // 2)])
        return functional.conv2d(x, self.weight, self.bias, self.stride, groups=self.groups)


class Block(nn.Module):
    """One inverted bottleneck: widen, filter each channel by its own window, narrow, add what came in where it fits."""

    def __init__(self, c: int, out: int, k: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = c * expansion
        self.expand = Convolution(c, wide, 1) if expansion > 1 else None
        self.depthwise = Convolution(wide, wide, k, stride, groups=wide)
        self.project = Convolution(wide, out, 1)
        self.k, self.stride, self.adds = k, stride, stride == 1 and c == out

    def forward(self, x: Tensor) -> Tensor:
        inner = x if self.expand is None else functional.relu6(self.expand(x))
        inner = self.project(functional.relu6(self.depthwise(inner)))
        return x + inner if self.adds else inner


class EfficientNetLite0(nn.Module):
    """Pictures `(b, 3, h, w)` as `prepared` gives them to logits `(b, 1000)`."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = Convolution(3, 32, 3, 2)
        blocks, c = [], 32
        for repeats, k, stride, expansion, out in STAGES:
            for i in range(repeats):
                blocks.append(Block(c, out, k, stride if i == 0 else 1, expansion))
                c = out
        self.blocks = nn.ModuleList(blocks)
        self.windows = tuple((block.k, block.stride, block.expand is not None) for block in blocks)
        self.head = Convolution(c, HEAD, 1)
        self.classifier = nn.Linear(HEAD, LABELS, device="meta")

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        """What every layer answers: "stem", "block1" ... "block16", "head" `(b, c, h, w)`, "pool" `(b, 1280)`, "logits"."""
        found = {"stem": functional.relu6(self.stem(x))}
        h = found["stem"]
        for i, block in enumerate(self.blocks, 1):
            h = found[f"block{i}"] = block(h)
        found["head"] = functional.relu6(self.head(h))
        found["pool"] = found["head"].mean((2, 3))
        found["logits"] = self.classifier(found["pool"])
        return found

    def forward(self, x: Tensor) -> Tensor:
        h = functional.relu6(self.stem(x))
        for block in self.blocks:
            h = block(h)
        return self.classifier(functional.relu6(self.head(h)).mean((2, 3)))

    def first_filters(self) -> Tensor:
        """The windows of the stem, `(32, 3, 3, 3)`."""
        return self.stem.weight.detach()

    def layers(self) -> tuple[Layer, ...]:
        """The windows on the longest path, for `components.measure.receptive_field`, for sides that are multiples of 32.

        The last window of a stage carries the name of its map. The padding is that of the left and the top.
        """
        found = [Layer("stem", 3, 2, 0)]
        for i, (k, stride, widens) in enumerate(self.windows, 1):
            found += [Layer(f"block{i}.expand", 1, 1, 0)] if widens else []
            found += [Layer(f"block{i}.depthwise", k, stride, (k - stride) // 2), Layer(f"block{i}", 1, 1, 0)]
        return (*found, Layer("head", 1, 1, 0), Layer("pool", SIDE // 32, 1, 0), Layer("logits", 1, 1, 0))


@while_used
def load(file: Path | None = None) -> EfficientNetLite0:
    """The trained network in float32, loaded once; its weights are kept in half precision on disk.

    Raises:
        FileNotFoundError: there is no such file.
    """
    with torch.inference_mode(False), safe_open(file or weights_file(), "pt") as held:  # gradients may be wanted of it later
        state = {name: held.get_tensor(name).float() for name in held.keys()}  # noqa: SIM118
    network = EfficientNetLite0()
    network.load_state_dict(state, assign=True)
    return network.requires_grad_(False).eval()


def prepared(pixels: np.ndarray, side: int = SIDE) -> Tensor:
    """A picture `(h, w, 1 or 3)` in [0, 1] as the network wants it, `(1, 3, side, side)`: made square, (255 p - 127) / 128."""
    x = torch.from_numpy(np.ascontiguousarray(pixels, np.float32)).permute(2, 0, 1)[None]
    x = x.expand(-1, 3, -1, -1)
    if x.shape[2:] != (side, side):
        x = functional.interpolate(x, (side, side), mode="bilinear", antialias=True, align_corners=False)
    return (x * 255 - 127) / 128
