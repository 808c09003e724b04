"""What kind of node is it? Real networks as arrays, and the kind of a worm's neuron from its links alone.

A node is asked about by its own row of the adjacency matrix A, both ways:

    x = [A_j , A^T_j]  (1, 2n),   entry k: there is an edge from j to k,   entry n + k: there is one from k to j

so that edges that are taken away or added on the page reach the answer. The rest of the graph the network keeps.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays

if TYPE_CHECKING:
    from torch import Generator, Tensor

NETWORKS, WORM, TESTED = "networks.npz", "worm", 73
CLUB, CLUB_TESTED = "karate", 17
Array = np.ndarray


@cache
def _networks() -> dict[str, Array]:
    return arrays(NETWORKS)


@cache
def read_network(name: str) -> dict[str, Array]:
    """A network of the shipped file: names, labels (n,), label_names, label_name, edges (2, m), directed, positions (n, 2),
    about; some have features (n, d) and feature_names (d,), or groups (n,) of nodes that are copies of each other."""
    found = {key.removeprefix(f"{name}/"): a for key, a in _networks().items() if key.startswith(f"{name}/")}
    return found | {"edges": found["edges"].astype(np.int64), "labels": found["labels"].astype(np.int64)}


def adjacency(edges: Array, n: int, directed: bool) -> Array:
    """The matrix A `(n, n)`, float32: 1 at (source, target), and the other way round where edges have no direction."""
    found = np.zeros((n, n), np.float32)
    found[edges[0], edges[1]] = 1
    return found if directed else np.maximum(found, found.T)


@cache
def worm() -> tuple[Array, Array, Array, Array]:
    """The matrix `(n, n)` of the worm's synapses, the neurons' kind `(n,)`, the numbers of those to train on and to test on.

    Left and right copies of a neuron, and series such as VA1 to VA12, have nearly the same links; a class is in one part only.
    """
    found = read_network(WORM)
    groups = found["groups"]
    held: list[int] = []
    for group in np.random.default_rng(3).permutation(int(groups.max()) + 1):
        inside = np.flatnonzero(groups == group)
        if len(held) + len(inside) <= TESTED:
            held += inside.tolist()
    tested = np.isin(np.arange(len(groups)), held)
    matrix = adjacency(found["edges"], len(groups), bool(found["directed"]))
    return matrix, found["labels"], np.flatnonzero(~tested), np.flatnonzero(tested)


@cache
def club() -> tuple[Array, Array, Array, Array]:
    """The same of the karate club: who met whom `(34, 34)`, the side each took `(34,)`, 17 members to train on and 17 others.

    Members who met exactly the same people are one observation, so they are in one part.
    """
    found = read_network(CLUB)
    label = found["labels"]
    matrix = adjacency(found["edges"], len(label), bool(found["directed"]))
    same = np.unique(matrix, axis=0, return_inverse=True)[1].ravel()
    held: list[int] = []
    for group in np.random.default_rng(0).permutation(int(same.max()) + 1):
        inside = np.flatnonzero(same == group)
        if len(held) + len(inside) <= CLUB_TESTED:
            held += inside.tolist()
    tested = np.isin(np.arange(len(label)), held)
    return matrix, label, np.flatnonzero(~tested), np.flatnonzero(tested)


def parted(name: str) -> tuple[Array, Array, Array, Array]:
    """Matrix, kinds, training and test numbers of one of the two networks."""
    return {WORM: worm, CLUB: club}[name]()


def some(numbers: Array, n: int, generator: "Generator") -> Array:
    """n of these numbers in random order; each at most once if there are enough."""
    import torch

    if n <= len(numbers):
        return numbers[torch.randperm(len(numbers), generator=generator)[:n].numpy()]
    return numbers[torch.randint(len(numbers), (n,), generator=generator).numpy()]


def draw_kinds(n: int, generator: "Generator", part: str, name: str = WORM) -> "tuple[Tensor, Tensor]":
    """n nodes of one part, `x (n, 1, 2 nodes)`; `y (n,)` its kind, for a neuron 0 inter, 1 motor, 2 sensory."""
    import torch

    matrix, label, train, test = parted(name)
    chosen = some(train if part == "train" else test, n, generator)
    x = np.concatenate([matrix, matrix.T], 1)[chosen]
    return torch.from_numpy(x[:, None]), torch.from_numpy(label[chosen])


def degrees(x: Array) -> Array:
    """What is known without the graph, `(n, 2)`: log(1 + links that go out), log(1 + links that come in)."""
    return np.log1p(x.reshape(len(x), 2, -1).sum(-1))
