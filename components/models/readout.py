"""All elements become one vector, of those that are there: `(r, b, n, h)` and where `(r, b, n)` -> `(r, b, h')`.

The pools of `pools.py` for observations of different sizes, padded to one: what is not there counts nowhere. And one more, that
reads the elements in their order and keeps what it remembers.
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import uniform
from components.models.recurrent import Recurrent


class Readout(nn.Module):
    """One of the pools "sum" (divided by sqrt(n)), "mean", "max", "attention", "concat", "recurrent", by name.

    Args:
        pool: the name.
        h: numbers of an element.
        n: elements, with padding.
        generators: one random generator per replica.

    `width` is the length of the vector that comes out.
    """

    def __init__(self, pool: str, h: int, n: int, generators: Sequence[Generator]) -> None:
        super().__init__()
        self.pool, self.width = pool, h * n if pool == "concat" else h
        if pool == "attention":
            self.query = uniform((h,), h**-0.5, generators)
        if pool == "recurrent":
            self.memory = Recurrent(h, h, generators, "lstm")

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        r, b, n, h = x.shape
        here = there.unsqueeze(-1).to(x.dtype)
        if self.pool == "sum":
            return (x * here).sum(2) * n**-0.5
        if self.pool == "mean":
            return (x * here).sum(2) / here.sum(2).clamp(min=1)
        if self.pool == "max":
            return x.masked_fill(~there.unsqueeze(-1), -torch.inf).amax(2).nan_to_num(neginf=0.0)
        if self.pool == "attention":
            score = torch.einsum("rbnh,rh->rbn", x, self.query) * h**-0.5
            return torch.einsum("rbn,rbnh->rbh", score.masked_fill(~there, torch.finfo(x.dtype).min).softmax(-1), x * here)
        if self.pool == "concat":
            return (x * here).reshape(r, b, n * h)
        last = (there * torch.arange(n, device=x.device)).amax(-1)  # the last element that is there
        return self.memory(x * here).gather(2, last.view(r, b, 1, 1).expand(r, b, 1, h)).squeeze(2)
