"""The graph classifier of the lecture: every node hears its neighbours, layer by layer; then one node, or all, give the answer.

    h_i = relu( [x_i ; AGG_{j -> i} x_j] W_i + b_i )

Sharing across nodes: W_i = W for all nodes, or a W_i for each. Aggregation over neighbours: in any order (sum, mean, largest,
attention), or every neighbour in a place of its own, [A_i1 x_1; ...; A_in x_n], in the order of the node numbers. So the part of
W for neighbours has the shape (n|1, n|1, d, h) of the representation block: an axis of length 1 is a shared one.

Shared and in any order, nodes in another order give the same h in that order: f(Px) = P f(x); the other three do not.
Source: lecture "How to Model", slide "Graph Neural Networks"; Hamilton et al. 2017 (GraphSAGE).
"""

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent, uniform
from components.models.pools import POOLS


def gather(x: Tensor, row: Tensor, how: str, query: Tensor | None = None) -> Tensor:
    """What each node hears: nodes `(r, b, n, d)` and their rows of the adjacency matrix `(r, b, n, n)`, to `(r, b, n, d)`, or to
    `(r, b, n, n d)` for "concatenate". A node without neighbours hears 0.

    Args:
        x: nodes.
        row: 1 at (i, j) if node i hears node j.
        how: "sum", "mean", "max", "attention" or "concatenate".
        query: what attention looks for `(r, d)`: the weight of neighbour j grows with exp(x_j . query / sqrt(d)).
    """
    if how == "concatenate":
        return (row.unsqueeze(-1) * x.unsqueeze(2)).flatten(3)  # the neighbours of each node, each in its place
    if how == "max":
        near = x.unsqueeze(2).masked_fill(row.unsqueeze(-1) == 0, -torch.inf).amax(3)
        return near.masked_fill(near == -torch.inf, 0)
    if how == "attention" and query is not None:
        row = row * (torch.einsum("rbnd,rd->rbn", x, query) * x.shape[-1] ** -0.5).exp().unsqueeze(2)
    if how in ("mean", "attention"):
        row = row / row.sum(-1, keepdim=True).clamp(min=1e-9)
    return row @ x


class GraphClassifier(nn.Module):
    """`(r, b, n, d + n) -> (r, b, classes)`, in logits. Each observation brings its own graph: of every node its numbers, then
    its row of the adjacency matrix. The first number is 1 for a node, 0 for an empty place.

    Args:
        d: numbers a node.
        classes: how many answers.
        n: places for nodes.
        share: one map for all nodes (True), or one for each.
        how: how neighbours (and, for an answer of the whole graph, all nodes) come together: a key of `POOLS`.
        generators: one random generator per replica.
        h: width of every layer.
        layers: how many.
        asked: the second number marks the node that is asked, which answers (True); else the whole graph does.
    """

    def __init__(
        self, d: int, classes: int, n: int, share: bool, how: str, generators: Sequence[Generator], *, h: int = 16,
        layers: int = 1, asked: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self.d, self.how, self.asked = d, how, asked
        own, places = 1 if share else n, n if how == "concatenate" else 1
        widths = [d - asked] + [h] * layers
        self.layers = nn.ModuleList(Represent(a + places * a, b, generators, n=own) for a, b in pairwise(widths))
        queries = widths[:-1] if how == "attention" else []
        self.queries = nn.ParameterList(uniform((a,), a**-0.5, generators) for a in queries)
        self.pool = None if asked else POOLS[how](h, n, generators)
        self.read = Represent(h, classes, generators, n=own) if self.pool is None else Represent(
            self.pool.width, classes, generators
        )  # fmt: skip

    def nodes(self, x: Tensor) -> Tensor:
        """What each node has become after the last layer, `(r, b, n, h)`."""
        row, here = x[..., self.d :], x[..., :1]
        x = torch.cat([here, x[..., 2 : self.d]], -1) if self.asked else x[..., : self.d]
        for i, layer in enumerate(self.layers):
            heard = gather(x, row, self.how, self.queries[i] if self.queries else None)
            x = layer(torch.cat([x, heard], -1)).relu() * here
        return x

    def forward(self, x: Tensor) -> Tensor:
        h = self.nodes(x)
        if self.pool is None:
            return (self.read(h) * x[..., 1:2]).sum(2)
        return self.read(self.pool(h).unsqueeze(2)).squeeze(2)
