"""Which of A and B was seen last? A synthetic question that only the order of the letters answers.

    D A C B E A F A B H   ->   B

Eight letters, ids 0 (A) to 7 (H). Every sequence holds as many A as B, so counting them says nothing: exchanging A and B gives a
sequence with the same counts and the other answer. The last A or B may lie far back, and the further the longer the sequence.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from torch import Generator, Tensor

LETTERS = "ABCDEFGH"
CLASSES = ("A was last", "B was last")
ROOM, EMPTY, EACH = 64, -2, 4  # room in a row; its filling behind a sequence; letters for every pair of A and B there may be


def draw(n: int, generator: "Generator", part: str, low: int = 2, high: int = 12) -> "tuple[Tensor, Tensor]":
    """n sequences, `x (n, 64, 1)` of letter ids and -2 behind the end; `y (n,)` 1 if B was last.

    Args:
        n: sequences.
        generator: where chance comes from.
        part: "train" or "test"; both are drawn anew, so the part only keeps the signature of all tasks.
        low, high: shortest and longest length; at least 2, at most 64.
    """
    import torch

    if not 2 <= low <= high <= ROOM:
        raise ValueError(f"lengths are from 2 to {ROOM}, not {low} to {high}")
    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    x = np.full((n, ROOM), EMPTY)
    y = rng.integers(2, size=n)
    for row, last, length in zip(x, y, rng.integers(low, high + 1, size=n), strict=True):
        pairs = int(rng.integers(1, max(1, length // EACH) + 1))
        row[:length] = rng.integers(2, len(LETTERS), size=length)
        places = np.sort(rng.permutation(length)[: 2 * pairs])
        rest = rng.permutation([1 - last] * pairs + [last] * (pairs - 1))
        row[places] = [*rest, last]
    return torch.from_numpy(x[..., None].astype(np.float32)), torch.from_numpy(y)


def spelled(text: str) -> np.ndarray:
    """The ids of the letters A to H in a text, whatever their case; all else is left out."""
    return np.array([LETTERS.index(c) for c in text.upper() if c in LETTERS], np.int64)


def answer(ids: np.ndarray) -> int | None:
    """The truth: 0 if A was last, 1 if B, none where there is neither."""
    found = ids[(ids == 0) | (ids == 1)]
    return int(found[-1]) if len(found) else None
