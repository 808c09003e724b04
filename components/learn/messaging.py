"""Every number of message passing on one network, layer by layer, as plain arrays: with weights as they start, or after learning.

    said     x_j W           what a node says, the same to all
    message  w_ij x_j W      what arrives at i along the edge j -> i
    heard    AGG_j           all messages brought together
    own      what a layer keeps apart: its bias, x_i W' + b, or (1 + epsilon) x_i
    state    h_i = relu(update), the x_i of the next layer

Weights as they start are random; to have them trained, the kinds of half of the nodes are learnt (Kipf & Welling 2017). A network
whose nodes have no features gets a learnt vector for each of them, which is one-hot features times a table. Slides on graphs.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from components.learn.device import settle
from components.models.blocks import uniform
from components.models.graph_layers import Isomorphism
from components.models.node_classifier import NodeClassifier
from components.tasks.nodes import CLUB, WORM, parted

WIDTH, STEPS, RATE, STARTS, LIVELY = 5, 150, 2e-2, 30, 0.4
GROUPS = (("0 or 1 links", 0), ("2 links", 2), ("3 to 5 links", 3), ("6 links or more", 6))
Array = np.ndarray
Numbers = dict[str, Array]


class Told(NamedTuple):
    """All layers, and what they learnt."""

    start: Array  # (n, d) the features x
    layers: tuple[Numbers, ...]
    weights: tuple[int, ...]  # numbers to learn in each layer
    p: Array | None  # (n, classes) after training
    tested: Array | None  # nodes it was not told about
    row: Array  # all its weights
    seed: int  # of the random start


def inputs(elements: Array, edges: Array) -> tuple[Array, tuple[str, ...]]:
    """What a node knows before it hears anybody, `(n, d)`, and what that is called; nothing of it looks further than its own
    links. Its own features without those that are 0 everywhere; where it has none, its number of links.

    Args:
        elements: features `(n, d)`; d = 1 where there are none.
        edges: those along which messages go `(2, m)`; both ways where there is no direction.
    """
    n = len(elements)
    if elements.shape[1] > 1:
        return elements[:, np.abs(elements).max(0) > 0].astype(np.float32), ()
    come, go = (np.bincount(row, minlength=n) for row in edges[::-1])
    same = np.array_equal(np.unique(edges, axis=1), np.unique(edges[::-1], axis=1)) if edges.size else True
    total = come if same else come + go
    group = np.searchsorted([least for _, least in GROUPS], total, "right") - 1
    counts = [come / max(1, come.max())] if same else [come / max(1, come.max()), go / max(1, go.max())]
    names = ["links / most links"] if same else ["links in / most", "links out / most"]
    found = np.concatenate([np.stack(counts, 1), np.eye(len(GROUPS))[group]], 1)
    return found.astype(np.float32), (*names, *(name for name, _ in GROUPS))


class Vectors(nn.Module):
    """`NodeClassifier` on a learnt vector for each node, `table` `(r, n, d)`."""

    def __init__(self, n: int, edges: Tensor, classes: int, generator: Generator, kind: str, layers: int) -> None:
        super().__init__()
        self.table = uniform((n, WIDTH), 1.0, [generator])
        self.net = NodeClassifier(torch.zeros(n, WIDTH), edges, classes, [generator], kind=kind, layers=layers, h=WIDTH)

    def everyone(self) -> Tensor:
        """The logits of all nodes `(r, n, classes)`."""
        return self.net.everyone(self.table)


def halves(source: str, labels: Array) -> tuple[Array, Array]:
    """The nodes whose kind is told, and those it is asked of. Copies of a neuron and members with equal links are in one part."""
    if source in (WORM, CLUB):
        return parted(source)[2:]
    order = np.random.default_rng(0).permutation(len(labels))
    return np.sort(order[: len(order) // 2]), np.sort(order[len(order) // 2 :])


def fit(net: nn.Module, labels: Array, train: Array, steps: int) -> None:
    """Adam on the mean cross entropy of the nodes `train`, all of them in every step; the rate falls to zero in a line."""
    y, which = torch.from_numpy(labels[train]), torch.from_numpy(train)
    adam = torch.optim.Adam(net.parameters(), lr=RATE)
    for step in range(steps):
        for group in adam.param_groups:
            group["lr"] = RATE * (1 - step / steps)
        loss = cross_entropy(net.everyone()[0, which], y)  # type: ignore[operator]
        adam.zero_grad()
        loss.backward()
        adam.step()


def alive(x: Tensor, edges: Tensor, kind: str, depth: int) -> tuple[NodeClassifier, int]:
    """The first of 30 random starts that leaves at least two of five numbers above zero in every layer, on average over the
    nodes, and its seed; the liveliest of them where none does. Many a start lets the relu turn everything to zero."""
    best: tuple[float, NodeClassifier, int] | None = None
    for seed in range(STARTS):
        net = NodeClassifier(x, edges, 2, [Generator().manual_seed(seed)], kind=kind, layers=depth, h=WIDTH)
        with torch.inference_mode():
            lively = min(float((state > 0).float().mean()) for state in net.states()[1:])
        if best is None or lively > best[0]:
            best = lively, net, seed
        if lively >= LIVELY:
            break
    assert best is not None
    return best[1:]


def numbers(net: NodeClassifier, features: Tensor) -> tuple[Numbers, ...]:
    """Every number of every layer for features `(n, d)`: "edges" `(2, m')`, "weight" `(m',)`, and of all nodes "before", "said",
    "heard", "own", "out" and "state" `(n, width)`."""
    x, found = features[None, None], []
    for layer in net.layers:
        steps = layer.steps(x, net.edges)  # type: ignore[operator]
        nothing = torch.zeros_like(steps["heard"])
        own = (1 + layer.epsilon) * x if isinstance(layer, Isomorphism) else layer.update(x, nothing)  # type: ignore[operator]
        state = steps["out"].relu()
        kept = {"before": x, "own": own.expand(1, 1, x.shape[2], -1), "state": state}
        kept |= {key: steps[key] for key in ("said", "weight", "heard", "out")}
        found.append({key: value[0, 0].numpy() for key, value in kept.items()} | {"edges": steps["edges"].numpy()})
        x = state
    return tuple(found)


def told(
    edges: Array, features: Array, kind: str, depth: int, labels: Array | None = None, train: Array | None = None,
    own: bool = False, kept: Array | None = None, steps: int = STEPS,
) -> Told:  # fmt: skip
    """Message passing on one network.

    Args:
        edges: along which messages go `(2, m)`.
        features: what a node knows at first `(n, d)`.
        kind: a key of `LAYERS`.
        depth: layers.
        labels, train: the kind of every node `(n,)` and the nodes told; None leaves the weights as they start.
        own: whether training keeps these features; else every node gets a vector that is learnt.
        kept: all weights of an earlier training in one row; then nothing is trained.
        steps: of training.
    """
    settle()
    n, there, seed = len(features), torch.from_numpy(np.ascontiguousarray(edges)), 0
    x, p, net = torch.from_numpy(features), None, nn.Module()
    if labels is None:
        net, seed = alive(x, there, kind, depth)
    else:
        start, classes = Generator().manual_seed(0), int(labels.max()) + 1
        own_x = NodeClassifier(x, there, classes, [start], kind=kind, layers=depth, h=WIDTH) if own else None
        net = own_x or Vectors(n, there, classes, start, kind, depth)
    if kept is not None:
        vector_to_parameters(torch.from_numpy(kept.astype(np.float32)), net.parameters())
    elif labels is not None and train is not None:
        fit(net, labels, train, steps)
    inner = net.net if isinstance(net, Vectors) else net
    x = net.table[0].detach() if isinstance(net, Vectors) else x
    with torch.inference_mode():
        if labels is not None:
            p = net.everyone()[0].softmax(-1).numpy()
        assert isinstance(inner, NodeClassifier)
        layers = numbers(inner, x)
        row = parameters_to_vector(net.parameters()).numpy()
    tested = None if train is None else np.setdiff1d(np.arange(n), train)
    counts = tuple(sum(w.numel() for w in layer.parameters()) for layer in inner.layers)
    return Told(x.numpy(), layers, counts, p, tested, row, seed)


def at_node(layer: Mapping[str, Array], node: int, how: str = "sum") -> Numbers:
    """What arrives at one node, itself first, then by weight, then by size; where only the largest of each column counts ("max"),
    those first who have most of them: "source" `(k,)`, "weight" `(k,)`, "said" and
    "message" `(k, width)`; and its "heard", "own", "out", "state" `(width,)`."""
    at = np.flatnonzero(layer["edges"][1] == node)
    source, weight = layer["edges"][0, at], layer["weight"][at]
    said = layer["said"][source]
    message = said * weight[:, None]
    wins = np.zeros(len(message))
    if how == "max" and len(message):
        best = message == message.max(0)
        wins = (best / best.sum(0)).sum(1)  # who shares a column's largest shares the win
    order = np.lexsort((-np.linalg.norm(message, axis=1), -np.abs(weight), -wins, source != node))
    kept = {key: layer[key][node] for key in ("before", "heard", "own", "out", "state")}
    return kept | {"source": source[order], "weight": weight[order], "said": said[order], "message": message[order]}
