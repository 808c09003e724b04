"""Graph layers: every node hears its neighbours, through one map shared among all nodes, and adds them up in any order.

    message     m_ij = x_j W                        along every edge j -> i
    aggregate   a_i  = AGG_{j -> i} w_ij m_ij       sum, mean, max, or a mean whose weights are attention
    update      h_i  = a_i + x_i W' + b             what it was itself, where the layer keeps that apart

    GraphConvolution   w_ij = 1 / sqrt(d_i d_j), every node its own neighbour, sum      Kipf & Welling 2017
    SampleAggregate    w_ij = 1; mean, sum or max; W' of its own                        Hamilton et al. 2017 (GraphSAGE)
    Isomorphism        h_i = MLP((1 + epsilon) x_i + sum_j x_j)                         Xu et al. 2019 (GIN)
    GraphAttention     w_ij = softmax_j leaky(a . x_i W + a' . x_j W)                   Velickovic et al. 2018 (GAT)

Nodes in another order give the same h in that order (equivariance), because no map knows a node's number. With `n` maps, one for
each node, that is lost. Elements `(r, b, n, d)` as everywhere, edges `(2, m)` of source and target, one graph for all.
Lecture "How to Model", slides on graphs.
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional

from components.models.blocks import Represent, uniform


def both_ways(edges: Tensor) -> Tensor:
    """Edges without a direction as edges in both, each once; loops once too: `(2, m) -> (2, m')`."""
    return torch.cat([edges, edges.flip(0)], 1).unique(dim=1)


def with_loops(edges: Tensor, n: int) -> Tensor:
    """The same edges and one from every node to itself (an old loop is not counted twice)."""
    own = torch.arange(n, device=edges.device).expand(2, n)
    return torch.cat([edges[:, edges[0] != edges[1]], own], 1)


def aggregate(messages: Tensor, target: Tensor, n: int, how: str) -> Tensor:
    """Messages `(r, b, m, h)` brought together at their target nodes `(m,)`: `(r, b, n, h)`; nodes that hear nothing get 0.

    Args:
        messages: one for each edge.
        target: the node each arrives at.
        n: how many nodes there are.
        how: "sum", "mean" or "max".
    """
    r, b, m, h = messages.shape
    if how == "max":
        at = target.view(1, 1, m, 1).expand(r, b, m, h)
        return messages.new_zeros(r, b, n, h).scatter_reduce(2, at, messages, "amax", include_self=False)
    total = messages.new_zeros(r, b, n, h).index_add(2, target, messages)
    if how == "mean":
        total = total / torch.bincount(target, minlength=n).clamp(min=1).view(1, 1, n, 1)
    return total


def softmax_at(scores: Tensor, target: Tensor, n: int) -> Tensor:
    """softmax of scores `(r, b, m)` among the edges that arrive at the same node: `(r, b, m)`, sum 1 at each node."""
    at = target.expand_as(scores)
    top = scores.new_full((*scores.shape[:2], n), -torch.inf).scatter_reduce(2, at, scores, "amax")
    power = (scores - top.gather(2, at)).exp()
    return power / scores.new_zeros(*scores.shape[:2], n).scatter_add(2, at, power).gather(2, at)


class GraphLayer(nn.Module):
    """What all graph layers have: `heard`, which edges are used, the message and the weight of each, and how they are brought
    together. `steps` gives every number on the way; the forward pass is its last one."""

    how = "sum"

    def heard(self, edges: Tensor, n: int) -> Tensor:
        """The edges along which messages go `(2, m')`."""
        return edges

    def message(self, x: Tensor) -> Tensor:
        """What a node says `(r, b, n, h)`."""
        raise NotImplementedError

    def weight(self, x: Tensor, said: Tensor, edges: Tensor) -> Tensor | None:
        """How much an edge counts, `(r, b, m')` or whatever broadcasts to it; None for 1."""
        return None

    def update(self, x: Tensor, heard: Tensor) -> Tensor:
        """What a node becomes from what it was and what it heard."""
        return heard

    def steps(self, x: Tensor, edges: Tensor) -> dict[str, Tensor]:
        """Every number of one layer: "edges" `(2, m')`, "said" `(r, b, n, h)`, "weight" `(r, b, m')`, "message" `(r, b, m', h)`
        (weighted), "heard" `(r, b, n, h)` and "out" `(r, b, n, h)`."""
        used = self.heard(edges, x.shape[2])
        said = self.message(x)
        weight = self.weight(x, said, used)
        weight = said.new_ones(()) if weight is None else weight
        weight = weight.expand(*x.shape[:2], used.shape[1])
        message = said[:, :, used[0]] * weight.unsqueeze(-1)
        heard = aggregate(message, used[1], x.shape[2], self.how)
        out = self.update(x, heard)
        return {"edges": used, "said": said, "weight": weight, "message": message, "heard": heard, "out": out}

    def forward(self, x: Tensor, edges: Tensor) -> Tensor:
        """Elements `(r, b, n, d)` and edges `(2, m)` from source to target: `(r, b, n, h)`."""
        return self.steps(x, edges)["out"]


class GraphConvolution(GraphLayer):
    """h = D^-1/2 (A + I) D^-1/2 X W + b, degrees with the loop. Args as in `Represent`; `n` maps where not shared."""

    def __init__(self, d: int, h: int, generators: Sequence[Generator], n: int = 1) -> None:
        super().__init__()
        self.map = Represent(d, h, generators, n=n)

    def heard(self, edges: Tensor, n: int) -> Tensor:
        return with_loops(edges, n)

    def message(self, x: Tensor) -> Tensor:
        return self.map(x) - self.map.bias.unsqueeze(1)

    def weight(self, x: Tensor, said: Tensor, edges: Tensor) -> Tensor:
        degree = torch.bincount(edges[1], minlength=x.shape[2]).clamp(min=1).to(x.dtype)
        return (degree[edges[0]] * degree[edges[1]]) ** -0.5

    def update(self, x: Tensor, heard: Tensor) -> Tensor:
        return heard + self.map.bias.unsqueeze(1)


class SampleAggregate(GraphLayer):
    """h_i = AGG_j x_j W + x_i W' + b: the node itself and its neighbours through two maps; `how` is "mean", "sum" or "max"."""

    def __init__(self, d: int, h: int, generators: Sequence[Generator], n: int = 1, how: str = "mean") -> None:
        super().__init__()
        self.how = how
        self.itself, self.near = (Represent(d, h, generators, n=n) for _ in range(2))

    def message(self, x: Tensor) -> Tensor:
        return self.near(x) - self.near.bias.unsqueeze(1)

    def update(self, x: Tensor, heard: Tensor) -> Tensor:
        return heard + self.itself(x)


class Isomorphism(GraphLayer):
    """h_i = W2 relu(W1 ((1 + epsilon) x_i + sum_j x_j) + b1) + b2: a sum, so that how many neighbours is not forgotten."""

    def __init__(self, d: int, h: int, generators: Sequence[Generator], n: int = 1) -> None:
        super().__init__()
        self.epsilon = nn.Parameter(torch.zeros(len(generators), 1, 1, 1))
        self.up, self.down = Represent(d, h, generators, n=n), Represent(h, h, generators, n=n)

    def message(self, x: Tensor) -> Tensor:
        return x

    def update(self, x: Tensor, heard: Tensor) -> Tensor:
        return self.down(self.up((1 + self.epsilon) * x + heard).relu())


class GraphAttention(GraphLayer):
    """h_i = sum_j a_ij x_j W + b over the neighbours and itself, a_ij = softmax_j leaky(a . x_i W + a' . x_j W), one head."""

    def __init__(self, d: int, h: int, generators: Sequence[Generator], n: int = 1) -> None:
        super().__init__()
        self.map = Represent(d, h, generators, n=n)
        self.hears, self.says = uniform((h,), h**-0.5, generators), uniform((h,), h**-0.5, generators)

    def heard(self, edges: Tensor, n: int) -> Tensor:
        return with_loops(edges, n)

    def message(self, x: Tensor) -> Tensor:
        return self.map(x) - self.map.bias.unsqueeze(1)

    def weight(self, x: Tensor, said: Tensor, edges: Tensor) -> Tensor:
        hears, says = (torch.einsum("rbnh,rh->rbn", said, a) for a in (self.hears, self.says))
        scores = functional.leaky_relu(says[:, :, edges[0]] + hears[:, :, edges[1]], 0.2)
        return softmax_at(scores, edges[1], x.shape[2])

    def update(self, x: Tensor, heard: Tensor) -> Tensor:
        return heard + self.map.bias.unsqueeze(1)


class MaxAggregate(SampleAggregate):
    """`SampleAggregate` with the largest message, feature by feature."""

    def __init__(self, d: int, h: int, generators: Sequence[Generator], n: int = 1) -> None:
        super().__init__(d, h, generators, n, "max")


class SumAggregate(SampleAggregate):
    """`SampleAggregate` with the sum of all messages."""

    def __init__(self, d: int, h: int, generators: Sequence[Generator], n: int = 1) -> None:
        super().__init__(d, h, generators, n, "sum")


LAYERS: dict[str, type[GraphLayer]] = {
    "convolution": GraphConvolution,
    "mean": SampleAggregate,
    "sum": SumAggregate,
    "max": MaxAggregate,
    "attention": GraphAttention,
    "isomorphism": Isomorphism,
}
"""The layers by name; each is made by `LAYERS[name](d, h, generators, n=1)`."""
