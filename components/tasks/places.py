"""Which thing is it, wherever it stands? Picture tasks in which place says nothing, and what moves a picture sideways.

A picture is the slide's long vector: columns on top of each other, colour after colour. Training and test pictures share no
digit and no pixel of a photograph.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.digits import SIDE, rows
from components.tasks.photographs import BORDER, PATCH, PATCH_SOURCES, corners, draw_patches, pixels_of
from components.tasks.zero import digits

if TYPE_CHECKING:
    from torch import Generator, Tensor

CANVAS, ALIGNED = 20, 4  # pixels a side of the paper a digit stands on, and the step between its sixteen places
MOVES = 13  # places a picture is shown at: moved 0 to 12 pixels to the right
MIDDLE = (CANVAS - SIDE) // 2 // ALIGNED * ALIGNED  # the row in which digits are moved


@dataclass(frozen=True)
class PictureTask:
    """A question about square pictures, and the recipe that trains networks on it."""

    name: str
    order: int
    title: str
    question: str
    teaches: str  # one sentence: what this task shows that others do not
    side: int  # pixels along each side
    colours: int  # numbers a pixel
    classes: tuple[str, ...]
    draw: "Callable[[int, Generator, str], tuple[Tensor, Tensor]]"  # (n, generator, part) -> x (n, 1, side^2 colours), y (n,)
    moved: Callable[[int, int], tuple[np.ndarray, np.ndarray]]  # (n, seed) -> test pictures (n, MOVES, side^2 colours), y (n,)
    sizes: tuple[int, ...] = (32, 64, 128, 256, 512, 1024, 2048)
    steps: int = 240
    rate: float = 1e-2
    threshold: float = 0.7
    patch: int = 8  # side of the local window
    stride: int = 4  # pixels from one window to the next
    pool: str = "max"  # the invariant pooling, where pooling is on

    def pixels(self, x: np.ndarray) -> np.ndarray:
        """The long vector `(side^2 colours,)` as a picture `(side, side, colours)`."""
        return x.reshape(self.colours, self.side, self.side).transpose(2, 1, 0)


def placed(images: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Digits `(n, 8, 8)` in 0..16, each on white paper with its upper left corner there: `(n, 20 * 20)` in [0, 1]."""
    paper = np.zeros((len(images), CANVAS, CANVAS), np.float32)
    for picture, image, r, c in zip(paper, images, row, column, strict=True):
        picture[r : r + SIDE, c : c + SIDE] = image / 16
    return paper.transpose(0, 2, 1).reshape(len(images), -1)


def draw_placed(n: int, generator: "Generator", part: str, step: int) -> "tuple[Tensor, Tensor]":
    """n digits, each at a place of its own among those that are multiples of `step`: `x (n, 1, 400)`, `y (n,)` the digit."""
    import torch

    _, label, images = digits()
    chosen = rows(n, generator, part)
    row, column = (torch.randint((CANVAS - SIDE) // step + 1, (2, n), generator=generator) * step).numpy()
    x = placed(images[chosen], row, column)
    return torch.from_numpy(x).unsqueeze(1), torch.from_numpy(label[chosen])


def moved_digits(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """n test digits, every class in turn, moved over the paper from left to right: `(n, 13, 400)`, `(n,)`."""
    from torch import Generator

    _, label, images = digits()
    chosen = in_turn(rows(400, Generator().manual_seed(seed), "test"), label, n)
    x = [placed(images[chosen], np.full(n, MIDDLE), np.full(n, move)) for move in range(MOVES)]
    return np.stack(x, 1), label[chosen]


def in_turn(chosen: np.ndarray, label: np.ndarray, n: int) -> np.ndarray:
    """The first n of the candidates such that the classes 0, 1, 2 ... come in turn."""
    piles = [list(chosen[label[chosen] == c]) for c in range(int(label.max()) + 1)]
    return np.array([piles[i % len(piles)][i // len(piles)] for i in range(n)])


def draw_photographs(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n patches of photographs, `x (n, 1, 768)` around 0, `y (n,)` the photograph."""
    x, y = draw_patches(n, generator, part)
    return x - 0.5, y


def moved_photographs(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """n test patches, every photograph in turn; moving right, new pixels of the same photograph come in from the left."""
    rng = np.random.default_rng(seed)
    x = np.empty((n, MOVES, 3, PATCH, PATCH), np.float32)
    label = np.arange(n) % len(PATCH_SOURCES)
    for i, source in enumerate(label):
        whole, free = pixels_of(PATCH_SOURCES[source]), corners(PATCH_SOURCES[source], "test")
        free = free[free[:, 1] >= BORDER + MOVES - 1]
        r, c = free[rng.integers(len(free))]
        for move in range(MOVES):
            x[i, move] = whole[r : r + PATCH, c - move : c - move + PATCH].transpose(2, 1, 0)
    return x.reshape(n, MOVES, -1) - 0.5, label


NAMES = tuple("0123456789")
ALIGNED_DIGITS = PictureTask(
    "aligned", 0, "Digits, 16 places", "Which digit is it? It stands at one of 16 places.",
    "Every place is a place of a window, so a shared filter sees the same digit in the same way everywhere.",
    CANVAS, 1, NAMES, partial(draw_placed, step=ALIGNED), moved_digits,
)  # fmt: skip
ANYWHERE_DIGITS = PictureTask(
    "anywhere", 1, "Digits, any place", "Which digit is it? It stands anywhere on the paper: 13 × 13 places.",
    "Windows that jump over pixels see the digit cut in another way at each place: now the convolution pays too.",
    CANVAS, 1, NAMES, partial(draw_placed, step=1), moved_digits, threshold=0.6,
)  # fmt: skip
PHOTOGRAPHS = PictureTask(
    "texture", 2, "Photographs", "Which photograph is this piece from?",
    "Colour and texture are the same at every place, and no piece is ever cut twice at the same place.",
    PATCH, 3, PATCH_SOURCES, draw_photographs, moved_photographs, patch=4, stride=4, pool="mean",
)  # fmt: skip
PICTURE_TASKS = {task.name: task for task in (ALIGNED_DIGITS, ANYWHERE_DIGITS, PHOTOGRAPHS)}
