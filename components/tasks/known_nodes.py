"""What kind of node is it, where only some kinds are known? Three real networks, each whole, some of whose labels are shown.

    x = [number of the node]  (1, 1);   the network itself belongs to the model, see `models.node_classifier`

    karate     34 members   2 known (the instructor and the officer), 32 asked       Kipf & Welling 2017, appendix A
    airports  300 airports  40 known (ten of each of four regions), 260 asked
    worm      292 neurons   219 known, 73 asked; left and right copies of a neuron stand on one side

Every node is told apart by a feature of its own, X = I. Neurons also have the logarithms of how many links go out and come in.
"""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from components.tasks.nodes import CLUB, WORM, adjacency, read_network, some, worm

if TYPE_CHECKING:
    from torch import Generator, Tensor

Array = np.ndarray
AIRPORTS, EACH = "airports", 10
NETWORKS = (CLUB, AIRPORTS, WORM)


class Question(NamedTuple):
    """A network, and which of its nodes have a known kind."""

    features: Array  # X (n, d), float32
    edges: Array  # (2, m) as they are written, each once
    directed: bool
    labels: Array  # (n,)
    classes: tuple[str, ...]
    train: Array  # numbers of the nodes whose kind is known
    test: Array  # numbers of those asked about
    degrees: Array  # (n, 2) log(1 + links that go out), log(1 + links that come in), mean 0 and spread 1


def known(name: str, labels: Array) -> Array:
    """Numbers of the nodes whose kind is told, in the karate club and between airports."""
    if name == CLUB:
        return np.array([0, 33])  # the two who quarrelled
    order = np.random.default_rng(0)
    return np.sort(np.concatenate([order.permutation(np.flatnonzero(labels == k))[:EACH] for k in range(labels.max() + 1)]))


@cache
def question(name: str) -> Question:
    """One of `NETWORKS`."""
    found = read_network(name)
    labels, edges, directed = found["labels"], found["edges"], bool(found["directed"])
    n = len(labels)
    a = adjacency(edges, n, directed)
    degrees = np.log1p(np.stack([a.sum(1), a.sum(0)], 1))
    degrees = (degrees - degrees.mean(0)) / np.maximum(degrees.std(0), 1e-6)
    features = np.eye(n, dtype=np.float32)
    if name == WORM:
        features = np.concatenate([features, degrees], 1).astype(np.float32)
        _, _, train, test = worm()
    else:
        train = known(name, labels)
        test = np.setdiff1d(np.arange(n), train)
    return Question(features, edges, directed, labels, tuple(found["label_names"].tolist()), train, test, degrees)


def draw_known(n: int, generator: "Generator", part: str, name: str) -> "tuple[Tensor, Tensor]":
    """n nodes of one part, x `(n, 1, 1)` their numbers, y `(n,)` their kinds."""
    import torch

    asked = question(name)
    chosen = some(asked.train if part == "train" else asked.test, n, generator)
    return torch.from_numpy(chosen.astype(np.float32)[:, None, None]), torch.from_numpy(asked.labels[chosen])
