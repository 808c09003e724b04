"""What has lost its structure and kept everything else: shuffled copies, rewired graphs, and the band that chance gives.

With 39 copies, the band from their smallest to their largest value is left by chance in 2 of 40 cases, 5 %, whatever the
distribution (a Monte Carlo test: Barnard 1963; for series: Theiler et al. 1992, Testing for nonlinearity: surrogate data).
"""

import numpy as np

COPIES, SEED, ROUNDS = 39, 2026, 10  # copies; start of the random numbers; how often each edge is offered a swap


def chance(copies: int) -> str:
    """How the band is to be read."""
    rare = 200 / (copies + 1)
    return f"the band runs from the smallest to the largest of {copies} copies, and chance leaves it in {rare:.0f} % of cases"


def outside(value: float, copies: np.ndarray) -> bool:
    """Whether a value is beyond all copies."""
    return bool(len(copies)) and (value < copies.min() - 1e-12 or value > copies.max() + 1e-12)


def rewired(edges: np.ndarray, nodes: int, rng: np.random.Generator, copies: int = COPIES) -> np.ndarray:
    """Random graphs `(copies, 2, m)` in which every node has as many edges as in `edges (2, m)`, simple, lower number first.

    Pairs of edges a-b, c-d become a-d, c-b, ten times over, unless that would make a loop or an edge that exists, existed in
    this round or is wanted twice (double edge swaps: Maslov & Sneppen 2002). All copies are made at once.
    """
    m, apart = edges.shape[1], np.arange(copies)[:, None] * nodes**2  # so that no two copies have an edge in common
    code = np.tile(_code(edges, nodes), (copies, 1))
    for _ in range(ROUNDS if m > 1 else 0):
        order = rng.random((copies, m)).argsort(1)[:, : m // 2 * 2].reshape(copies, 2, -1)
        old = np.take_along_axis(code[:, None], order, 2)
        (a, c), (b, d) = (old // nodes).swapaxes(0, 1), (old % nodes).swapaxes(0, 1)
        flip = rng.random(c.shape) < 0.5
        c, d = np.where(flip, d, c), np.where(flip, c, d)
        new = np.stack([_code(np.stack([a, d]), nodes), _code(np.stack([c, b]), nodes)], 1)
        asked = (new + apart[..., None]).ravel()
        rank = asked.argsort()
        known, place = asked[rank], np.sort((code + apart).ravel())
        again = np.append(known[1:] == known[:-1], False)
        bad = np.empty(len(asked), bool)
        bad[rank] = again | np.roll(again, 1) | (place[np.minimum(np.searchsorted(place, known), len(place) - 1)] == known)
        fine = (a != d) & (c != b) & ~bad.reshape(new.shape).any(1)
        np.put_along_axis(code[:, None], order, np.where(fine[:, None], new, old), 2)
    return np.stack([code // nodes, code % nodes], 1)


def simple(edges: np.ndarray, nodes: int) -> np.ndarray:
    """The edges `(2, m)` of the same graph without directions, loops and repetitions, lower number first."""
    edges = np.asarray(edges, np.int64).reshape(2, -1)
    code = np.unique(_code(edges[:, edges[0] != edges[1]], max(nodes, 1)))
    return np.stack([code // max(nodes, 1), code % max(nodes, 1)])


def _code(edges: np.ndarray, nodes: int) -> np.ndarray:
    return edges.min(0) * nodes + edges.max(0)
