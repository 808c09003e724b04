"""The networks whose depth is looked at, behind one door: the learner's own stack, the small one for digits, and Lite0.

What a pile makes of a picture (maps), what one place of it could see (field), and what it does see (influence of each pixel).
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.device import settle
from components.learn.watching import Watch, network
from components.learn.watching_file import recorded
from components.measure.receptive_field import Field, receptive_fields, seen
from components.models import efficientnet
from components.models.conv_network import ConvNetwork
from components.models.stack import Stack
from components.tasks.digits import as_digit
from components.values import Layer

SIDES = {"own": 128, "small": 28, "efficientnet": efficientnet.SIDE}
FEW, MIXTURES = 48, 16  # channels that are asked one by one; random mixtures that stand for more of them
Activations = Callable[[Tensor], dict[str, Tensor]]
Opened = tuple[Activations, tuple[Field, ...], tuple[Layer, ...]]
_lock = threading.Lock()  # gradients of one network at a time


@dataclass(frozen=True)
class Pile:
    """A network by name; `kernel` and `between` belong to the learner's own."""

    kind: str
    kernel: int = 3
    between: str = "none"

    @property
    def side(self) -> int:
        """Pixels along a side of what it sees."""
        return SIDES[self.kind]


@dataclass(frozen=True)
class Seen:
    """A picture as a pile sees it; `key` names its content."""

    pile: Pile
    key: str
    pixels: np.ndarray = field(compare=False, repr=False)  # (side, side, 1 or 3) in [0, 1]


def entered(pile: Pile, key: str, pixels: np.ndarray) -> Seen:
    """A picture `(h, w, 1 or 3)` in [0, 1], made square; for the small network a digit, 28 x 28, ink on paper."""
    pixels = np.asarray(pixels, np.float32)
    if pile.kind == "small":
        return Seen(pile, key, as_digit(pixels.mean(-1), 28, 20)[..., None].astype(np.float32))
    whole = (efficientnet.prepared(pixels, pile.side)[0].permute(1, 2, 0) * 128 + 127) / 255
    return Seen(pile, key, whole.clamp(0, 1).contiguous().numpy())


@lru_cache(maxsize=1)
def trained() -> ConvNetwork:
    """The small network with the weights recorded at the end of its training on 2,000 digits."""
    request = Watch("mnist")
    weights = {n.removeprefix("weights/"): torch.from_numpy(a) for n, a in recorded(request)[-1].items() if "weights/" in n}
    with torch.inference_mode(False):
        small = network(request).requires_grad_(False)
    small.load_state_dict(weights)
    return small


@lru_cache(maxsize=16)
def opened(pile: Pile) -> Opened:
    """The network as a function `(1, c, h, w)` -> maps by name, the fields of its layers, and their windows."""
    settle()
    with torch.inference_mode(False):  # gradients are wanted of it later
        return _opened(pile)


def _opened(pile: Pile) -> Opened:
    if pile.kind == "own":
        stack = Stack(3, pile.kernel, pile.between, Generator().manual_seed(0)).requires_grad_(False)
        return stack.activations, named(stack.layers(), [f"layer{i}" for i in range(1, 9)]), stack.layers()
    if pile.kind == "small":
        small = trained()

        def digits(x: Tensor) -> dict[str, Tensor]:
            found = small.activations(x.transpose(2, 3).reshape(1, len(x), 1, -1))
            return {name: a[0] for name, a in found.items() if a.ndim == 5}

        return digits, named(small.layers(), [layer.name for layer in small.layers()]), small.layers()
    lite = efficientnet.load()

    def photographs(x: Tensor) -> dict[str, Tensor]:
        return {name: a for name, a in lite.activations((x * 255 - 127) / 128).items() if a.ndim == 4}

    names = ["stem", *(f"block{i}" for i in range(1, 17)), "head"]
    return photographs, named(lite.layers(), names), lite.layers()


def named(layers: tuple[Layer, ...], names: list[str]) -> tuple[Field, ...]:
    """The fields of those layers that have one of the names."""
    return tuple(f for f in receptive_fields(layers) if f.name in names)


def windows(pile: Pile, layer: str) -> tuple[Layer, ...]:
    """All windows from the picture up to a layer."""
    found = opened(pile)[2]
    return found[: [one.name for one in found].index(layer) + 1]


def as_tensor(picture: Seen) -> Tensor:
    """Its pixels `(1, c, h, w)`."""
    return torch.from_numpy(picture.pixels).permute(2, 0, 1)[None].contiguous()


@lru_cache(maxsize=6)  # up to 5 MB each
def maps(picture: Seen) -> dict[str, np.ndarray]:
    """The maps of every layer, `(c, h, w)` in half precision."""
    with torch.inference_mode():
        found = opened(picture.pile)[0](as_tensor(picture))
    return {name: a[0].half().numpy() for name, a in found.items()}


def field_of(pile: Pile, layer: str) -> Field:
    """The receptive field of a layer by its name."""
    return next(f for f in opened(pile)[1] if f.name == layer)


def place_at(seen_by: Field, count: int, pixel: int) -> int:
    """The place of the layer, of `count` along a side, whose middle is nearest to a pixel."""
    return int(np.clip(round((pixel - seen_by.centre) / seen_by.jump), 0, count - 1))


def box(seen_by: Field, place: tuple[int, int], side: int) -> tuple[int, int, int, int]:
    """First column and row, and those after the last, of the pixels that a place sees."""
    (top, bottom), (left, right) = (seen(seen_by, at, side) for at in place)
    return left, top, right, bottom


@lru_cache(maxsize=64)
def influence(picture: Seen, layer: str, place: tuple[int, int]) -> np.ndarray:
    """How much the answers of a place change with each pixel, `(side, side)`: root of the sum of squared gradients over the
    channels. Of more than 48 channels, sixteen random mixtures: their mean square is that sum on average, and their noise makes
    the effective field narrower by some per cent (measured: 8 % at block 11, 2 % at block 16 of Lite0)."""
    generator = Generator().manual_seed(0)
    with _lock, torch.inference_mode(False), torch.enable_grad():
        x = as_tensor(picture).clone().requires_grad_()
        answer = opened(picture.pile)[0](x)[layer][0, :, place[0], place[1]]
        total = torch.zeros(x.shape[2:])
        few = len(answer) <= FEW
        mixtures = torch.eye(len(answer)) if few else torch.randn(MIXTURES, len(answer), generator=generator)
        for i, mixture in enumerate(mixtures, 1):
            (slope,) = torch.autograd.grad(answer, x, mixture, retain_graph=i < len(mixtures))
            total += slope[0].square().sum(0)
    return (total if few else total / MIXTURES).sqrt().numpy()
