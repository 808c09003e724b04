"""Digits on a torus: what leaves the picture at one side comes in at the other, so that a shift loses nothing."""

from typing import TYPE_CHECKING

import numpy as np

from components.tasks.digits import SIDE, rows
from components.tasks.places import in_turn
from components.tasks.zero import digits

if TYPE_CHECKING:
    from torch import Generator, Tensor

TORUS, TURNS = 16, 9  # pixels a side, and the places a picture is shown at: moved 0 to 8 pixels to the right


def on_torus(images: np.ndarray) -> np.ndarray:
    """Digits `(n, 8, 8)` in 0..16 in the middle of a torus, `(n, 16, 16)` in [0, 1]."""
    room = (TORUS - SIDE) // 2
    return np.pad(images.astype(np.float32) / 16, ((0, 0), (room, room), (room, room)))


def draw_torus(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n digits, each moved by any number of pixels down and right: `x (n, 1, 256)` column by column, `y (n,)`."""
    import torch

    _, label, images = digits()
    chosen = rows(n, generator, part)
    shifts = torch.randint(TORUS, (n, 2), generator=generator).numpy()
    x = np.stack([np.roll(p, s, (0, 1)) for p, s in zip(on_torus(images[chosen]), shifts, strict=True)])
    return torch.from_numpy(x.transpose(0, 2, 1).reshape(n, 1, -1).copy()), torch.from_numpy(label[chosen])


def moved_torus(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """n test digits, every class in turn, moved to the right pixel by pixel: `(n, 9, 256)`, `(n,)`."""
    from torch import Generator

    _, label, images = digits()
    chosen = in_turn(rows(400, Generator().manual_seed(seed), "test"), label, n)
    x = np.stack([np.roll(on_torus(images[chosen]), move, 2) for move in range(TURNS)], 1)
    return x.transpose(0, 1, 3, 2).reshape(n, TURNS, -1).copy(), label[chosen]
