"""Over-smoothing: layer on layer of averaging makes all nodes alike.

    S = D^-1/2 (A + I) D^-1/2                        one round of mixing, degrees with the loop (Kipf & Welling 2017)
    S^L  ->  u u^T,   u_i = sqrt(d_i) / |sqrt(d)|    the limit: a node keeps its degree only (Oono & Suzuki 2020)
    |S^L H - u u^T H|  <=  |lambda|^L |H|            lambda: the largest eigenvalue of S, without sign, below 1
    E(H) = tr( H^T (I - S) H ) = 1/2 sum_ij a_ij | h_i / sqrt(d_i) - h_j / sqrt(d_j) |^2          Dirichlet energy
    MAD(H) = mean over pairs of 1 - cos(h_i, h_j)    mean average distance (Chen et al. 2020)

Where what a node was at the start is mixed in again in each round, it is never lost (Gasteiger et al. 2019, APPNP):

    H^(l+1) = (1 - alpha) S H^l + alpha H^0

Edges `(2, m)` count both ways; nodes without edges only hear themselves. Several components have a limit each.
"""

from collections.abc import Iterator

import numpy as np

from components.measure.refinement import undirected

Array = np.ndarray
KEPT = 0.1  # alpha: the part of the start that is mixed in again


def with_self(edges: Array, n: int) -> Array:
    """A + I, `(n, n)`."""
    a = np.eye(n)
    a[tuple(undirected(edges))] = 1
    return a


def mixing(edges: Array, n: int) -> Array:
    """S `(n, n)`."""
    a = with_self(edges, n)
    root = np.sqrt(a.sum(1))
    return a / root[:, None] / root


def components(edges: Array, n: int) -> Array:
    """The number of the component of every node, `(n,)`."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(edges.shape[1]), (edges[0], edges[1])), shape=(n, n))
    return connected_components(links, directed=False)[1]


def limit(edges: Array, n: int) -> Array:
    """The limit of S^L, `(n, n)`: u u^T in every component."""
    root, part = np.sqrt(with_self(edges, n).sum(1)), components(edges, n)
    u = root[:, None] * (part[:, None] == np.arange(part.max() + 1))
    u /= np.linalg.norm(u, axis=0)
    return u @ u.T


def rate(edges: Array, n: int) -> float:
    """|lambda|: what is left of the slowest difference after each round; 0 where nothing is."""
    size = np.sort(np.abs(np.linalg.eigvalsh(mixing(edges, n))))
    rest = size[: n - int(components(edges, n).max() + 1)]
    return float(rest[-1]) if len(rest) else 0.0


def mixed(s: Array, start: Array, rounds: int, kept: float = 0.0) -> Iterator[Array]:
    """H^0, H^1, ..., H^rounds, each `(n, d)`; `kept` is alpha."""
    h = np.asarray(start, float)
    yield h
    for _ in range(rounds):
        h = (1 - kept) * (s @ h) + kept * start
        yield h


def energy(h: Array, s: Array) -> float:
    """Dirichlet energy of `(n, d)`: 0 where every two neighbours agree, up to their degrees."""
    return float(np.maximum((h * (h - s @ h)).sum(), 0))


def distance(h: Array) -> float:
    """MAD of `(n, d)`, between 0 (all vectors point the same way) and 2; vectors of length 0 are left out."""
    size = np.linalg.norm(h, axis=1)
    unit = h[size > 0] / size[size > 0, None]
    n = len(unit)
    if n < 2:
        return 0.0
    total = unit.sum(0)
    return float(np.clip(1 - (total @ total - n) / (n * (n - 1)), 0, 2))


def heard(edges: Array, n: int, most: int) -> Array:
    """The share of all nodes that a node hears after 0, 1, ..., `most` layers, itself included; the mean of all `(most + 1,)`."""
    near, reach = with_self(edges, n) > 0, np.eye(n, dtype=bool)
    found = [reach.mean()]
    for _ in range(most):
        further = (reach.astype(np.float32) @ near.astype(np.float32)) > 0
        found += [found[-1]] if (further == reach).all() else [further.mean()]
        reach = further
    return np.array(found)
