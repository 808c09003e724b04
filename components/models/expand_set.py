"""Set expansion: how well does each candidate go with the members that are given?

    score_j = < mean of e(x_i) over the given i, e(x_j) >          e: a vector for each thing, learnt

The mean makes it invariant to the order of the given ones, and every candidate is scored by the same map: permuting the rows
permutes the scores. Sources: Deep Sets (Zaheer et al. 2017, section 4.3, set expansion); word vectors from the company they
keep (Mikolov et al. 2013, continuous bag of words).
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import uniform

NEVER = -30.0  # the score of a row that is given: it is not asked for


class ExpandSet(nn.Module):
    """Rows of (thing, given or not) in any order to one score a row: `(r, b, n, 2) -> (r, b, n)`, in logits.

    Args:
        things: how many different things there are; the first number of a row is one of them.
        generators: one random generator per replica.
        h: length of the vector of a thing.
    """

    def __init__(self, things: int, generators: Sequence[Generator], h: int = 48) -> None:
        super().__init__()
        self.vector = uniform((things, h), 0.1, generators)

    def forward(self, x: Tensor) -> Tensor:
        r, b, n, _ = x.shape
        number, given = x[..., 0].long(), x[..., 1:]
        every = torch.arange(r, device=x.device)[:, None]
        e = self.vector[every, number.reshape(r, b * n)].view(r, b, n, -1)
        middle = (e * given).sum(2, keepdim=True) / given.sum(2, keepdim=True).clamp(min=1)  # (r, b, 1, h)
        score = (middle * e).sum(-1)
        return torch.where(given[..., 0] > 0.5, NEVER, score)
