"""One layer of a composed model: every element looks at its neighbours and becomes something new.

    concat      h_i = relu( sum_j x_j W_ij + b )          a weight for each neighbour's place: a convolution, a full connection
    sum, mean   h_i = relu( x_i W' + (sum_j x_j) W + b )  one weight for all neighbours: a graph layer, Deep Sets
    max         h_i = relu( x_i W' + (max_j x_j) W + b )
    attention   h_i = relu( x_i W' + (sum_j a_ij x_j Wv) W + b )    from normalised x_j, four heads

A map shared by all elements, or (`own` = n) one for each. Lecture, slide "Unified View of Deep Learning Models".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.attention import SelfAttention
from components.models.blocks import Represent
from components.models.composition import Composition, Shape
from components.models.neighbours import everyone, patch, window
from components.models.transformer import LayerNorm

HEADS = 4


def table_of(c: Composition, s: Shape) -> Tensor | None:
    """The neighbours that are the same in every observation, `(n, m)` with -1 for nobody; None for itself, or where edges come
    with the observation."""
    if c.neighbours == "window":
        return window(s.n, c.kernel) if len(s.grid) == 1 else patch(s.grid[0], s.grid[1], c.kernel)
    return everyone(s.n) if c.neighbours == "all" else None


def matrix_of(table: Tensor) -> Tensor:
    """A table `(n, m)` as a matrix of bool `(n, n)`: row i is true where i looks."""
    n = len(table)
    found = torch.zeros(n, n + 1, dtype=torch.bool)
    return found.scatter(1, torch.where(table < 0, n, table), True)[:, :n]


class Mixing(nn.Module):
    """One layer, `(r, b, n, d) -> (r, b, n, h)`.

    Args:
        d, h: numbers of an element before and after.
        c: the choices.
        s: the data's shape.
        generators: one random generator per replica.
    """

    table: Tensor | None

    def __init__(self, d: int, h: int, c: Composition, s: Shape, generators: Sequence[Generator]) -> None:
        super().__init__()
        own, table = 1 if c.shared else s.n, table_of(c, s)
        self.alone = c.neighbours == "self"
        self.mix = c.mix
        places = table.shape[1] if table is not None and c.mix == "concat" else 1
        self.register_buffer("table", table, persistent=False)
        if not self.alone and c.mix != "concat":
            self.itself = Represent(d, h, generators, n=own)
        if not self.alone and c.mix == "attention":
            self.norm = LayerNorm(d, len(generators))  # without it, attention starts as nearly the same mean for all
            self.attention = SelfAttention(d, HEADS, generators)
        self.map = Represent(d, h, generators, n=own, m=places)

    def heard(self, x: Tensor, sees: Tensor) -> Tensor:
        """What each element takes in, `(r, b, n, d)`; `sees` of bool broadcasts to `(r, b, n, n)`."""
        if self.mix == "attention":
            return self.attention(self.norm(x), sees.unsqueeze(2) if sees.dim() == 4 else sees)[0]
        if self.mix == "max":
            if self.table is not None:
                return self._largest(x, sees, self.table)
            near = x.unsqueeze(2).masked_fill(~sees.unsqueeze(-1), -torch.inf).amax(3)
            return near.masked_fill(near.isinf(), 0.0)
        near = sees.to(x.dtype)
        total = near @ x
        return total / near.sum(-1, keepdim=True).clamp(min=1) if self.mix == "mean" else total

    def _largest(self, x: Tensor, sees: Tensor, table: Tensor) -> Tensor:
        """The largest neighbour, where neighbours are the same in every observation: n x n vectors need not lie side by side."""
        n = x.shape[2]
        there = sees.diagonal(dim1=-2, dim2=-1).unsqueeze(-1)  # everybody sees itself, if it is there
        here = x.masked_fill(~there, -torch.inf)
        if table.shape[1] == n and bool((table >= 0).all()):
            near = here.amax(2, keepdim=True).expand_as(x)
        else:
            nobody = torch.full_like(here[:, :, :1], -torch.inf)
            near = torch.cat([here, nobody], 2)[:, :, torch.where(table < 0, n, table)].amax(3)
        return near.masked_fill(near.isinf(), 0.0)

    def forward(self, x: Tensor, sees: Tensor) -> Tensor:
        if self.alone:
            return self.map(x).relu()
        if self.mix == "concat":
            return self.map(x, self.table).relu()
        return (self.itself(x) + self.map(self.heard(x, sees))).relu()
