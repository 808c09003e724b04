"""How large is the largest? The case in which adding up is the wrong idea."""

from functools import cache, partial
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from components.tasks.base import Family, Task

if TYPE_CHECKING:
    from torch import Generator, Tensor

SPREAD = 1.5


@cache
def quartiles(size: int) -> tuple[float, ...]:
    """Bounds that split the maximum of `size` numbers into four equally frequent classes.

    The numbers are exp(1.5 z) with z standard normal, so P(max < t) = Phi(ln t / 1.5)^size.
    """
    normal = NormalDist()
    return tuple(float(np.exp(SPREAD * normal.inv_cdf(q ** (1 / size)))) for q in (0.25, 0.5, 0.75))


def draw(n: int, generator: "Generator", part: str, size: int) -> "tuple[Tensor, Tensor]":
    """n sets of positive numbers, ascending: `x (n, size, 1)`; `y (n,)` is the quartile of the largest."""
    import torch

    x = torch.exp(SPREAD * torch.randn(n, size, generator=generator)).sort(1).values
    return x.unsqueeze(-1), torch.bucketize(x.amax(1), torch.tensor(quartiles(size)))


def glyphs(x: np.ndarray) -> list[Any]:
    """Each number, rounded to what the eye can use."""
    return [f"{v:.1f}" if v < 10 else f"{v:.0f}" for v in x[:, 0]]


def make(size: int) -> Task:
    """The task for sets of `size` numbers."""
    return Task("How large is the largest?", ("small", "medium", "large", "huge"), partial(draw, size=size), "permutation")


FAMILY = Family(
    "maximum",
    3,
    "The largest number",
    "A few numbers, most small, some huge. How large is the largest?",
    "A wrong bias: the answer is a maximum, and a sum drowns it. Invariance alone does not help; change the pooling.",
    make,
    glyphs,
    threshold=0.9,
)
