"""The aggregation block: many elements become one vector, `(r, b, n, h) -> (r, b, h')`.

Sum, mean, max and attention do not look at the order: they are permutation-invariant. Concatenation does look.
Sources: Deep Sets (Zaheer et al. 2017) for the sum; Set Transformer (Lee et al. 2019) for attention with a learnt query;
lecture "How to Model", slides "A Simple Classification Example".
"""

from collections.abc import Callable, Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import uniform


class Pool(nn.Module):
    """What all pools have: `width`, the length of the vector that comes out."""

    width: int


class Sum(Pool):
    """sum_i h_i / sqrt(n). The root keeps the spread of the result the same for every set size."""

    def __init__(self, h: int, n: int, generators: Sequence[Generator]) -> None:
        super().__init__()
        self.width = h

    def forward(self, x: Tensor) -> Tensor:
        return x.sum(2) * x.shape[2] ** -0.5


class Mean(Sum):
    """sum_i h_i / n: the average element; how many there are is forgotten."""

    def forward(self, x: Tensor) -> Tensor:
        return x.mean(2)


class Max(Sum):
    """max_i h_i, feature by feature: which features occur; how often is forgotten."""

    def forward(self, x: Tensor) -> Tensor:
        return x.amax(2)


class Attention(Pool):
    """sum_i softmax_i(h_i . q / sqrt(h)) h_i with one learnt query q: a mean whose weights are learnt."""

    def __init__(self, h: int, n: int, generators: Sequence[Generator]) -> None:
        super().__init__()
        self.width = h
        self.query = uniform((h,), h**-0.5, generators)

    def forward(self, x: Tensor) -> Tensor:
        score = torch.einsum("rbnh,rh->rbn", x, self.query) * self.width**-0.5
        return torch.einsum("rbn,rbnh->rbh", score.softmax(-1), x)


class Concatenate(Pool):
    """[h_1; h_2; ...; h_n]: every place keeps its own room, so the order is seen. Not permutation-invariant."""

    def __init__(self, h: int, n: int, generators: Sequence[Generator]) -> None:
        super().__init__()
        self.width = h * n

    def forward(self, x: Tensor) -> Tensor:
        return x.reshape(*x.shape[:2], -1)


POOLS: dict[str, Callable[[int, int, Sequence[Generator]], Pool]] = {
    "sum": Sum,
    "mean": Mean,
    "max": Max,
    "attention": Attention,
    "concatenate": Concatenate,
}
