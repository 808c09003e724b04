"""One graph layer whose edges have a type: a map for every type, shared by all edges of that type.

    h_i = x_i W_0 + b + sum over types t, sum over edges j -> i of type t:  a_ij x_j W_t

    a_ij = 1                                                    the relational graph convolution, aggregated by a sum
    a_ij = softmax_j( (x_i Wq + bq) . (x_j Wk + bk) / sqrt(q) )   attention along the edges, `attend`

Which edges there are, and which share a type, decides what it is: without edges the map of a set, on a chain a convolution of a
sequence, on a grid a convolution of a picture, on the complete graph self-attention (`lattices.py`, tested equal to torch.nn).
Sources: Schlichtkrull et al. 2018, "Modeling relational data with graph convolutional networks"; Vaswani et al. 2017; lecture,
slides "Graph Recover Sets", "Graph Recover Spatial and Temporal Data".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent, uniform
from components.models.graph_layers import aggregate, softmax_at


class RelationLayer(nn.Module):
    """`(r, b, n, d)` and typed edges to `(r, b, n, h)`.

    Args:
        d, h: numbers per node before and after.
        types: how many types of edges; 1 is one map for all neighbours.
        generators: one random generator per replica.
        attend: weigh every edge by attention; the softmax is over all edges that arrive at a node, of all types together.
        q: numbers of a query and of a key; h if not said.
    """

    def __init__(
        self, d: int, h: int, types: int, generators: Sequence[Generator], *, attend: bool = False, q: int | None = None
    ) -> None:
        super().__init__()
        self.itself = Represent(d, h, generators)  # x W_0 + b
        self.weight = uniform((types, d, h), (max(1, types) * d) ** -0.5, generators)  # W_t
        self.query, self.key = (Represent(d, q or h, generators) if attend else None for _ in range(2))

    def forward(self, x: Tensor, edges: Tensor, kinds: Tensor) -> Tensor:
        """Elements `(r, b, n, d)`, edges `(2, m)` from source to target, the type of each `(m,)`."""
        source, target = edges
        said = torch.einsum("rbnd,rtdh->rbtnh", x, self.weight)  # what a node says along each type of edge
        message = said[:, :, kinds, source]  # (r, b, m, h)
        if self.query is not None and self.key is not None:
            message = message * self.attention(x, edges).unsqueeze(-1)
        return self.itself(x) + aggregate(message, target, x.shape[2], "sum")

    def attention(self, x: Tensor, edges: Tensor) -> Tensor:
        """a_ij, one for each edge, `(r, b, m)`; those that arrive at one node sum to 1.

        Raises:
            ValueError: the layer was made without attention.
        """
        if self.query is None or self.key is None:
            raise ValueError("this layer was made without attention")
        asked, found = self.query(x)[:, :, edges[1]], self.key(x)[:, :, edges[0]]  # the target asks, the source answers
        return softmax_at((asked * found).sum(-1) * asked.shape[-1] ** -0.5, edges[1], x.shape[2])
