"""A knowledge graph as points in space: a relation is a step that leads from a thing to the things it is related to.

    h + r = t        for every fact (h, r, t),        score of a candidate c = - ||h + r - c||^2

Source: Bordes et al. 2013, "Translating Embeddings for Modeling Multi-relational Data" (TransE), trained here with the cross
entropy over five candidates; lecture, slide "Graph Modality": knowledge graphs for question answering.
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import uniform


class Translation(nn.Module):
    """One point per thing, one step per relation, `(r, b, 1, 2 + candidates) -> (r, b, candidates)`, in logits.

    x holds numbers: the thing asked about, the relation, the candidates. A relation number of `relations` or more goes the
    same step backwards.

    Args:
        things: how many things the graph has.
        relations: how many kinds of facts.
        generators: one random generator per replica.
        h: dimensions of the space.
    """

    def __init__(self, things: int, relations: int, generators: Sequence[Generator], h: int = 96) -> None:
        super().__init__()
        self.relations = relations
        self.point = uniform((things, h), 0.3 * h**-0.5, generators)  # near each other: what is told moves them apart
        self.step = uniform((relations, h), h**-0.5, generators)
        self.sharp = uniform((1,), 0.1, generators)  # the logarithm of a factor on all distances

    def forward(self, x: Tensor) -> Tensor:
        number = x[:, :, 0].long()
        row = torch.arange(len(x), device=x.device).view(-1, 1)
        sign = 1.0 - 2.0 * (number[..., 1] >= self.relations).to(x.dtype)
        goal = self.point[row, number[..., 0]] + sign.unsqueeze(-1) * self.step[row, number[..., 1] % self.relations]
        away = (goal.unsqueeze(2) - self.point[row.unsqueeze(-1), number[..., 2:]]).square().sum(-1)
        return -away * self.sharp.exp().unsqueeze(-1)
