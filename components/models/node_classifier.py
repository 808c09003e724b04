"""What kind of node is it? Graph layers on the whole graph, then one map shared by all nodes reads off the class.

    H^0 = X,    H^(l+1) = act( layer(H^l, edges) ),    logits of node i = H^L_i W + b

An observation is the number of a node, x `(r, b, 1, 1)`; the graph itself is part of the model (one graph, some of whose nodes
have a known class: transductive learning). Source: Kipf & Welling 2017; lecture, slide "Graph Modality".
"""

from collections.abc import Sequence
from itertools import pairwise

from torch import Generator, Tensor, nn

from components.models.blocks import Represent
from components.models.graph_layers import LAYERS


class NodeClassifier(nn.Module):
    """Numbers of nodes to logits, `(r, b, 1, 1) -> (r, b, classes)`.

    Args:
        features: X `(n, d)`.
        edges: `(2, m)` from source to target; both directions where edges have none.
        classes: how many kinds of nodes.
        generators: one random generator per replica.
        kind: a key of `LAYERS`.
        layers: how many; 0 reads the class from the node's own features alone.
        h: width of every layer.
        share: one map for all nodes (True), or one for each.
        skip: add what a node was to what it becomes (residual connection), from the second layer on.
    """

    features: Tensor
    edges: Tensor

    def __init__(
        self, features: Tensor, edges: Tensor, classes: int, generators: Sequence[Generator], *, kind: str = "convolution",
        layers: int = 2, h: int = 16, share: bool = True, skip: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        n, d = features.shape
        own = 1 if share else n
        self.register_buffer("features", features.float())
        self.register_buffer("edges", edges)
        self.skip, self.replicas = skip, len(generators)
        widths = [d] + [h] * layers
        self.layers = nn.ModuleList(LAYERS[kind](a, b, generators, n=own) for a, b in pairwise(widths))
        self.read = Represent(widths[-1], classes, generators, n=own)

    def states(self, features: Tensor | None = None, edges: Tensor | None = None) -> list[Tensor]:
        """H^0, H^1, ..., H^L, each `(r, 1, n, width)`; of another graph of as many features where given."""
        x = (self.features if features is None else features).expand(self.replicas, 1, -1, -1)
        found = [x]
        for i, layer in enumerate(self.layers):
            x = layer(found[-1], self.edges if edges is None else edges).relu()
            found.append(x + found[-1] if self.skip and i else x)
        return found

    def everyone(self, features: Tensor | None = None, edges: Tensor | None = None) -> Tensor:
        """The logits of all nodes, `(r, n, classes)`."""
        return self.read(self.states(features, edges)[-1])[:, 0]

    def forward(self, x: Tensor) -> Tensor:
        found = self.everyone()
        which = x.view(*x.shape[:2], 1).long().expand(-1, -1, found.shape[-1])
        return found.gather(1, which)
