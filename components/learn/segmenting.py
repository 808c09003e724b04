"""Networks that classify a picture or segment it, trained on real digits, and the two sides of the equation they may keep.

    classification   f(g x) = f(x)          ten probabilities, the same wherever the digit stands
    segmentation     f(g x) = g f(x)        a probability a pixel, which moves along with the picture

Symmetry can be built in (one filter for all places, then a maximum over them; or an average over a group), or learnt from moved
pictures. Source: lecture "How to Model", slides "Data invariances" and "Data equivariances".
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import torch
from torch import Generator, Tensor, nn
from torch.func import functional_call

from components.learn.train import train
from components.measure.actions import SQUARE, paper_shift, square
from components.models.blocks import Represent
from components.models.conv_network import ConvNetwork
from components.models.group_average import GroupAverage
from components.models.segmenter import Segmenter
from components.tasks.masks import COLOURS, MASK_SIDE, draw_masks
from components.tasks.mnist import MNIST_SIDE, draw_mnist
from components.values import Frame

Function = Callable[[np.ndarray], np.ndarray]
DOWN = {"even": "none", "usual": "max", "blur": "blur", "learnt": "max"}
KINDS = {"classify": ("even", "usual", "blur", "learnt", "dense", "taught"), "segment": ("even", "usual", "blur", "learnt")}
"""All places kept; halved twice; halved with a blur; halved, trained on moved pictures; fully connected; so, on shifted ones."""
COPIES = 8
"""Moved copies of each training picture for a network that has to learn the symmetry."""


@dataclass(frozen=True)
class Study:
    """Which network is trained for what. Equal studies are the same run."""

    aim: str  # a key of `KINDS`
    network: str  # one of its names
    device: str = "cpu"

    @property
    def moved(self) -> bool:
        """Whether it is trained on moved pictures."""
        return self.network in ("learnt", "taught")


class Dense(nn.Module):
    """Fully connected on all pixels, `(r, b, 1, d) -> (r, b, classes)`: rho(relu(W x)). Every pixel has weights of its own."""

    def __init__(self, d: int, classes: int, generators: Sequence[Generator], h: int = 96) -> None:
        super().__init__()
        self.layer1, self.layer2 = Represent(d, h, generators), Represent(h, classes, generators)

    def forward(self, x: Tensor) -> Tensor:
        return self.layer2(self.layer1(x).relu()).squeeze(2)


def build(study: Study, generators: Sequence[Generator]) -> nn.Module:
    """The network of a study, one replica per generator. All convolutions see the picture as a torus."""
    if study.aim == "segment":
        return Segmenter(MASK_SIDE, COLOURS, generators, down=DOWN[study.network])
    if study.network in ("dense", "taught"):
        return Dense(MNIST_SIDE**2, 10, generators)
    return ConvNetwork(MNIST_SIDE, 1, 10, generators, down=DOWN[study.network], circular=True)


def flat(x: np.ndarray) -> Tensor:
    """Pictures `(b, h, w, c)` as the slide's long vectors, columns on top of each other, `(1, b, 1, h w c)`."""
    return torch.from_numpy(np.ascontiguousarray(x.transpose(0, 3, 2, 1), np.float32).reshape(1, len(x), 1, -1))


def upright(x: Tensor, colours: int) -> np.ndarray:
    """Long vectors `(b, ..., h w c)` back as pictures `(b, h, w, c)`."""
    side = round((x.shape[-1] / colours) ** 0.5)
    return x.reshape(len(x), colours, side, side).permute(0, 3, 2, 1).numpy()


def draw_moved_digits(n: int, generator: Generator, part: str, turned: bool = True) -> tuple[Tensor, Tensor]:
    """Digits as in `draw_mnist`; those to learn from come `COPIES` times each, shifted by up to four pixels, and with `turned`
    also turned and flipped."""
    if part == "test":
        return draw_mnist(n, generator, part)
    x, y = (torch.cat([t] * COPIES)[:n] for t in draw_mnist(-(-n // COPIES), generator, part))
    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    pictures = upright(x, 1)
    for i, own in enumerate(rng.integers(len(SQUARE) if turned else 1, size=n)):
        pictures[i] = paper_shift(square(pictures[i], *SQUARE[own]), *rng.integers(-4, 5, size=2))
    return flat(pictures)[0], y


def draw_moved_masks(n: int, generator: Generator, part: str) -> tuple[Tensor, Tensor]:
    """Pictures and masks as in `draw_masks`; those to learn from are turned and flipped, both alike."""
    x, y = draw_masks(n, generator, part)
    if part == "test":
        return x, y
    pictures, masks = upright(x, COLOURS), upright(y, 1)
    for i, own in enumerate(torch.randint(len(SQUARE), (n,), generator=generator).tolist()):
        pictures[i], masks[i] = square(pictures[i], *SQUARE[own]), square(masks[i], *SQUARE[own])
    return flat(pictures)[0], flat(masks)[0].squeeze(1)


def weights_of(model: nn.Module, done: bool) -> Frame:
    """The weights of the one replica, in half precision: all that is needed to look at the network at this moment."""
    return {f"weights/{n}": p.detach()[0].cpu().numpy().astype(np.float16) for n, p in model.named_parameters()}


def study_run(study: Study) -> Iterator[Frame]:
    """Train a network; frames as in `train`, with its weights. A pool of 4,000 digits (or their moved copies) or of 768 pictures;
    tested on 500 or 200 others."""
    draw, goal, size, steps, batch, rate, test = draw_masks, "masks", 768, 400, 12, 1e-2, 200
    if study.aim == "segment":
        draw = draw_moved_masks if study.moved else draw_masks
    else:
        moved = partial(draw_moved_digits, turned=study.network == "learnt")
        draw, goal, batch, test = (moved if study.moved else draw_mnist), "classification", 32, 500
        size = 4000 * (COPIES if study.moved else 1)
        steps = {"dense": 600, "taught": 3000, "learnt": 1200}.get(study.network, 400)
        rate = 5e-3 if study.network in ("dense", "taught") else 1e-2
    yield from train(
        partial(build, study), draw, (size,), steps=steps, every=steps // (40 if study.aim == "segment" else 20), batch=batch,
        rate=rate, order="fixed", test=test, goal=goal, device=study.device, probe=weights_of,
    )  # fmt: skip


@lru_cache(maxsize=16)
def template(study: Study) -> nn.Module:
    """An untrained network whose weights are put in from outside at each use."""
    return build(study, [Generator().manual_seed(0)]).eval()


def function(study: Study, weights: Frame, averaged: bool) -> Function:
    """The network as a function of pictures, ready to be measured.

    Args:
        study: which network.
        weights: one replica's weights by name.
        averaged: over the eight symmetries of the square.

    Returns:
        f: `(b, h, w, c)` in [0, 1] to ten probabilities `(b, 10)`, or to a probability a pixel `(b, h, w, 1)`.
    """
    network, pixels = template(study), study.aim == "segment"
    colours = COLOURS if pixels else 1
    ready = {n: torch.from_numpy(np.array(a, np.float32))[None] for n, a in weights.items()}

    def f(x: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            parts = [_answer(network, ready, part, colours, pixels, averaged) for part in flat(x).split(64, 1)]
            out = torch.cat(parts, 1)[0]
            return upright(out.sigmoid(), 1) if pixels else out.softmax(-1).numpy()

    return f


def _answer(network: nn.Module, weights: dict[str, Tensor], x: Tensor, colours: int, pixels: bool, averaged: bool) -> Tensor:
    if not averaged:
        return functional_call(network, weights, (x,))
    inner = {f"network.{n}": a for n, a in weights.items()}
    return functional_call(GroupAverage(network, colours, pixels), inner, (x,))
