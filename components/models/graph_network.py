"""Graph networks: a node is what it is itself and what its neighbours are, one map shared among all nodes.

    h_j = relu( x_j W + sum_{k in N(j)} x_k W' / |N(j)| )

This is `Represent` with the edges as its table of neighbours. Because the sum does not look at the order of the neighbours, a
renumbering of the nodes renumbers h (equivariance); a pool over all nodes then does not notice it at all (invariance).
Sources: Kipf & Welling 2017 (graph convolution), Hamilton et al. 2017 (GraphSAGE); lecture, slide "Graph Modality".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent, uniform
from components.models.neighbours import edges


def average(row: Tensor) -> Tensor:
    """Rows of an adjacency matrix divided by their sum, so that a product is the mean over the neighbours; empty rows stay 0."""
    return row / row.sum(-1, keepdim=True).clamp(min=1)


class NodeNetwork(nn.Module):
    """What kind of node has these links? `(r, b, 1, 2n) -> (r, b, classes)`, in logits.

    Every other node k is described by its degrees and its neighbours', h_k (one graph layer), and by its kind, where that is
    known from training. The node asked about sees the means of both over the nodes it links to, and over those that link to it.

    Args:
        matrix: adjacency `(n, n)`, 1 at (source, target).
        label: the kind of every node `(n,)`, -1 where it is not known.
        classes: how many kinds there are.
        generators: one random generator per replica.
        h: width of the layers.
    """

    degree: Tensor
    kind: Tensor
    into: Tensor
    out: Tensor
    share_out: Tensor
    share_into: Tensor

    def __init__(self, matrix: Tensor, label: Tensor, classes: int, generators: Sequence[Generator], h: int = 32) -> None:
        super().__init__()
        n, pairs = len(matrix), matrix.nonzero().T
        self.register_buffer("degree", torch.stack([matrix.sum(1), matrix.sum(0)], 1).log1p().view(1, 1, n, 2))
        self.register_buffer("kind", (label[:, None] == torch.arange(classes)).float())
        self.register_buffer("into", edges(pairs, n))
        self.register_buffer("out", edges(pairs.flip(0), n))
        self.register_buffer("share_out", 1 / matrix.sum(1).clamp(min=1).view(1, 1, n, 1))
        self.register_buffer("share_into", 1 / matrix.sum(0).clamp(min=1).view(1, 1, n, 1))
        self.itself, self.ahead, self.behind = (Represent(2, h, generators) for _ in range(3))
        self.rho1 = Represent(2 + 2 * classes + 2 * h, h, generators)
        self.rho2 = Represent(h, classes, generators)
        self.replicas = len(generators)

    def others(self) -> Tensor:
        """What is known of every node of the graph, `(r, n, h + classes)`."""
        degree = self.degree.expand(self.replicas, -1, -1, -1)
        near = self.ahead(degree, self.out) * self.share_out + self.behind(degree, self.into) * self.share_into
        h = (self.itself(degree) + near).relu()[:, 0]
        return torch.cat([h, self.kind.expand(self.replicas, -1, -1)], -1)

    def forward(self, x: Tensor) -> Tensor:
        r, b, _, width = x.shape
        row = x.view(r, b, 2, width // 2)  # to whom, and from whom
        told = average(row).flatten(1, 2) @ self.others()  # (r, 2b, h + classes)
        seen = torch.cat([row.sum(-1).log1p(), told.view(r, b, -1)], -1).unsqueeze(2)
        return self.rho2(self.rho1(seen).relu()).squeeze(2)


class LinkNetwork(nn.Module):
    """Are two nodes linked? `(r, b, 2, n) -> (r, b, 2)`, logits of "no" and "yes".

    A node becomes a vector e, from its neighbours' vectors and, one layer further, from theirs. The score is

        e_u . e_v + a log(1 + neighbours in common) + c (log(1 + degree of u) + log(1 + degree of v)) + bias

    the same for (u, v) and (v, u): the two are a set.

    Args:
        matrix: adjacency `(n, n)` of the training links, symmetric.
        generators: one random generator per replica.
        h: width of the vectors.
    """

    mean: Tensor

    def __init__(self, matrix: Tensor, generators: Sequence[Generator], h: int = 32) -> None:
        super().__init__()
        n = len(matrix)
        self.register_buffer("mean", average(matrix))  # a table of neighbours would be as wide as the best-connected node
        self.vector = uniform((1, n, h), 0.3, generators)
        self.itself, self.near = (Represent(h, h, generators) for _ in range(2))
        self.embed = Represent(2 * h, h, generators)
        self.counts = Represent(2, 1, generators)

    def forward(self, x: Tensor) -> Tensor:
        r, b = x.shape[:2]
        h = (self.itself(self.vector) + self.near(self.mean @ self.vector)).relu()
        degree = x.sum(-1, keepdim=True)
        told = (x * degree.clamp(min=1) ** -0.5).flatten(1, 2) @ torch.cat([self.vector, h], -1)[:, 0]
        e = self.embed(told.view(r, b, 2, -1))
        shared = (x[:, :, 0] * x[:, :, 1]).sum(-1, keepdim=True).log1p()
        counts = torch.cat([shared, degree.log1p().sum(2)], -1).unsqueeze(2)
        score = (e[:, :, 0] * e[:, :, 1]).sum(-1) + self.counts(counts)[..., 0, 0]
        return torch.stack([-score, score], -1)


class MoleculeNetwork(nn.Module):
    """One answer for a whole graph, `(r, b, k, kinds + k) -> (r, b, answers)`.

    Each observation brings its own edges: x holds the kind of every atom and its row of the adjacency matrix. Three graph
    layers, then the sum and the maximum over the atoms: renumbering the atoms changes nothing.

    Args:
        kinds: how many kinds of atoms.
        answers: classes, or 1 for a number.
        generators: one random generator per replica.
        h: width of the layers.
        middle, spread: of the answers, for a number: out = middle + spread * network.
    """

    def __init__(
        self, kinds: int, answers: int, generators: Sequence[Generator], h: int = 32, middle: float = 0.0, spread: float = 1.0
    ) -> None:
        super().__init__()
        self.kinds, self.middle, self.spread = kinds, middle, spread
        widths = (kinds + 1, h, h)
        self.itself = nn.ModuleList(Represent(d, h, generators) for d in widths)
        self.near = nn.ModuleList(Represent(d, h, generators) for d in widths)
        self.rho1 = Represent(2 * h, h, generators)
        self.rho2 = Represent(h, answers, generators)

    def forward(self, x: Tensor) -> Tensor:
        kind, row = x[..., : self.kinds], x[..., self.kinds :]
        here = kind.sum(-1, keepdim=True)  # 1 for an atom, 0 for padding
        h = torch.cat([kind, row.sum(-1, keepdim=True) / 4], -1)
        for itself, near in zip(self.itself, self.near, strict=True):
            h = (itself(h) + near(row @ h)).relu() * here
        pooled = torch.cat([h.sum(2) / 8, h.amax(2)], -1).unsqueeze(2)
        return self.middle + self.spread * self.rho2(self.rho1(pooled).relu()).squeeze(2)
