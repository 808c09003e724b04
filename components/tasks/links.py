"""Is there a link between two nodes? Links of a real network are held out, and found again by its other links.

A pair is two rows of A + I, the adjacency matrix of the *training* links with each node added to its own neighbours, and
without the link that is asked about:

    x = [(A + I)_u , (A + I)_v]  (2, n)
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.nodes import adjacency, read_network

if TYPE_CHECKING:
    from torch import Generator, Tensor

HELD = 0.2  # of the links, and of the pairs without one
Array = np.ndarray


def split(edges: Array) -> tuple[Array, Array]:
    """Pairs `(2, m)`, each once and without loops, as training and test links: one in five is held out."""
    pairs = np.unique(np.sort(edges[:, edges[0] != edges[1]], 0), axis=1)
    order = np.random.default_rng(0).permutation(pairs.shape[1])
    held = max(1, round(HELD * len(order)))
    return pairs[:, order[held:]], pairs[:, order[:held]]


def is_held(u: Array, v: Array) -> Array:
    """Whether pairs without a link belong to the test: decided by their numbers, so that it is the same at every draw."""
    return (np.minimum(u, v) * 2654435761 + np.maximum(u, v) * 40503) % 1009 < HELD * 1009


def balanced(free: Array, degree: Array, rounds: int = 50) -> Array:
    """Weights r of nodes so that pairs drawn with probability r_u r_v among the free ones meet every node as often as links do.

    Symmetric scaling (Sinkhorn & Knopp 1967):  r_u sum_v free[u, v] r_v = degree_u. Where that cannot be, as near as it gets.
    """
    r = np.sqrt(degree / max(degree.sum(), 1))
    for _ in range(rounds):
        r = np.sqrt(r * degree / np.maximum(free @ r, 1e-12)) * (free.any(1))
        r = r / max(r.max(), 1e-12)
    return r


def strangers(links: Array, every: Array, count: int, part: str, rng: np.random.Generator) -> Array:
    """`count` pairs `(2, count)` without a link, of one part. Nodes are met as often as they are ends of links, as far as that
    can be, so that being well connected gives nothing away."""
    n = len(every)
    numbers = np.arange(n)
    apart = (every == 0) & ~np.eye(n, dtype=bool)
    free = apart & (is_held(numbers[:, None], numbers) == (part == "test"))
    free = (free if free.any() else apart).astype(np.float32)  # nearly every pair is linked: take any
    if not free.any():
        free = 1 - np.eye(n, dtype=np.float32)
    r = balanced(free, np.bincount(links.ravel(), minlength=n).astype(np.float32))
    start = r * (free @ r)
    if not start.sum():
        r, start = np.ones(n), free.sum(1)
    u = np.sort(rng.choice(n, count, p=start / start.sum()))
    v = np.empty(count, np.int64)
    for node, times in zip(*np.unique(u, return_counts=True), strict=True):
        near = free[node] * r
        v[u == node] = rng.choice(n, times, p=near / near.sum())
    return np.stack([u, v])[:, rng.permutation(count)]


def pair_rows(matrix: Array, u: Array, v: Array) -> Array:
    """Rows of A + I of both nodes `(m, 2, n)`, the link between them taken out."""
    x = np.stack([matrix[u], matrix[v]], 1)
    row = np.arange(len(u))
    x[row, 0, v] = x[row, 1, u] = 0
    x[row, 0, u] = x[row, 1, v] = 1
    return x


def draw_pairs(n: int, generator: "Generator", part: str, edges: Array, nodes: int) -> "tuple[Tensor, Tensor]":
    """n pairs of one part, half of them linked, `x (n, 2, nodes)`; `y (n,)` 1 for a link. Rows hold training links only."""
    import torch

    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    train, test = split(edges)
    own = train if part == "train" else test
    linked = n // 2
    order = rng.permutation(own.shape[1])[:linked] if linked <= own.shape[1] else rng.integers(own.shape[1], size=linked)
    apart = strangers(train, adjacency(edges, nodes, False), n - linked, part, rng)
    u, v = np.concatenate([own[:, order], apart], 1)
    y = np.arange(n) < linked
    mixed = rng.permutation(n)
    x = pair_rows(adjacency(train, nodes, False), u[mixed], v[mixed])
    return torch.from_numpy(x), torch.from_numpy(y[mixed].astype(np.int64))


@cache
def network_links(name: str) -> tuple[Array, int]:
    """The links `(2, m)` of a shipped network and its number of nodes."""
    found = read_network(name)
    return found["edges"], len(found["labels"])


def draw_network_pairs(n: int, generator: "Generator", part: str, name: str) -> "tuple[Tensor, Tensor]":
    """n pairs of nodes of a shipped network, see `draw_pairs`."""
    edges, nodes = network_links(name)
    return draw_pairs(n, generator, part, edges, nodes)


def common(x: Array) -> Array:
    """What counting tells of pairs `(n, 2, nodes)`: log(1 + neighbours in common), log of both degrees; `(n, 3)`."""
    degree = np.sort(x.sum(-1), 1)
    return np.log1p(np.stack([(x[:, 0] * x[:, 1]).sum(-1), degree[:, 0], degree[:, 1]], 1))
