"""Is this group in the club? Every group has a coin-flip label of its own: nothing to generalise but the order."""

from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from components.tasks.base import Family, Task

if TYPE_CHECKING:
    from torch import Generator, Tensor

SYMBOLS = 8


@cache
def groups(size: int) -> tuple[np.ndarray, np.ndarray]:
    """All groups of `size` out of eight symbols `(m, size)` and a random, balanced label for each `(m,)`."""
    members = np.array(list(combinations(range(SYMBOLS), size)))
    label = np.arange(len(members)) % 2
    np.random.default_rng(8).shuffle(label)
    return members, label


def draw(n: int, generator: "Generator", part: str, size: int) -> "tuple[Tensor, Tensor]":
    """n groups: one-hot `x (n, size, 8)` in alphabetical order, `y (n,)` the group's label."""
    import torch

    members, label = (torch.from_numpy(a) for a in groups(size))
    pick = torch.randint(len(members), (n,), generator=generator)
    return torch.eye(SYMBOLS)[members[pick]], label[pick]


def glyphs(x: np.ndarray) -> list[Any]:
    """The letter of each one-hot element."""
    return ["ABCDEFGH"[i] for i in x.argmax(1)]


def make(size: int) -> Task:
    """The task for groups of `size` members."""
    return Task("Is this group in the club?", ("not in the club", "in the club"), partial(draw, size=size), "permutation")


FAMILY = Family(
    "club",
    2,
    "Who is in the club?",
    "Every group of symbols is in the club or not, by the flip of a coin. Is this one?",
    "Pure memory: no group says anything about another, so orders are all there is to save.",
    make,
    glyphs,
    sizes=(64, 128, 256, 512, 1024, 2048, 4096, 8192),
    steps=700,
    rate=1e-2,
    slow={4: 2000, 5: 2000, 6: 2000},
)
