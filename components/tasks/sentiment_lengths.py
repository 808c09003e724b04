"""Is this text positive or negative? The question of `sentiment`, for texts of chosen lengths."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.sentiment import balanced
from components.tasks.texts import LONGEST, observed, pick, texts

if TYPE_CHECKING:
    from torch import Generator, Tensor


@cache
def between(part: str, low: int, high: int) -> np.ndarray:
    """Rows of the clear texts of one part with `low` to `high` tokens, as many negative as positive."""
    found, mean, _ = texts()
    rows = np.array([i for i in balanced(part) if low <= len(found[i]) <= high])
    sides = [rows[mean[rows] > 0], rows[mean[rows] < 0]]
    fewest = min(len(side) for side in sides)
    return np.sort(np.concatenate([side[np.linspace(0, len(side) - 1, fewest).astype(int)] for side in sides]))


def draw(n: int, generator: "Generator", part: str, low: int = 1, high: int = LONGEST) -> "tuple[Tensor, Tensor]":
    """n clear texts of these lengths, `x (n, 64, 2)`, see `texts.observed`; `y (n,)` 1 if people found it positive. Where
    there are fewer than n, each comes several times."""
    import torch

    found, mean, _ = texts()
    chosen = pick(between(part, low, high), n, generator)
    x = np.stack([observed(found[i][:LONGEST]) for i in chosen])
    return torch.from_numpy(x), torch.from_numpy((mean[chosen] > 0).astype(np.int64))
