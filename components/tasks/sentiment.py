"""Is this text positive or negative, and how much? Labels are the mean of about 20 people's ratings from -4 to 4."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.texts import LONGEST, observed, pick, texts

if TYPE_CHECKING:
    from torch import Generator, Tensor

CLEAR = 1.0  # texts rated between -1 and 1 are left out of the question of yes or no
CLASSES = ("negative", "positive")


@cache
def balanced(part: str) -> np.ndarray:
    """Rows of the clear texts of one part, as many positive as negative: of the larger group every so-manieth is kept."""
    _, mean, test = texts()
    own = test == (part == "test")
    sides = [np.flatnonzero(own & (mean >= CLEAR)), np.flatnonzero(own & (mean <= -CLEAR))]
    fewest = min(len(side) for side in sides)
    return np.sort(np.concatenate([side[np.linspace(0, len(side) - 1, fewest).astype(int)] for side in sides]))


def draw(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n clear texts, `x (n, 64, 2)`, see `texts.observed`; `y (n,)` 1 if people found it positive."""
    import torch

    found, mean, _ = texts()
    chosen = pick(balanced(part), n, generator)
    x = np.stack([observed(found[i][:LONGEST]) for i in chosen])
    return torch.from_numpy(x), torch.from_numpy((mean[chosen] > 0).astype(np.int64))


def draw_rating(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n texts, clear or not, `x (n, 64, 2)`; `y (n,)` the mean rating, from -4 (very negative) to 4."""
    import torch

    found, mean, test = texts()
    chosen = pick(np.flatnonzero(test == (part == "test")), n, generator)
    x = np.stack([observed(found[i][:LONGEST]) for i in chosen])
    return torch.from_numpy(x), torch.from_numpy(mean[chosen])
