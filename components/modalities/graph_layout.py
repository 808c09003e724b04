"""Where to draw the nodes of a graph that came without places: numbers of steps become distances on the page.

First classical scaling of the distances to a few pivot nodes (Brandes & Pich 2007, PivotMDS), then, up to 250 nodes, steps that
lower the stress  sum_jk (|p_j - p_k| - d_jk)^2 / d_jk^2  (Gansner et al. 2005). Always the same places for the same graph, and
well under two seconds for 2,000 nodes.
"""

import numpy as np

PIVOTS, DENSE, STEPS = 40, 250, 50
Array = np.ndarray


def distances(pairs: Array, n: int, start: Array) -> Array:
    """Steps from the nodes `start` to all others `(len(start), n)`; as many as to the farthest where there is no way."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    links = coo_array((np.ones(pairs.shape[1]), (pairs[0], pairs[1])), shape=(n, n)).tocsr()
    found = dijkstra(links, directed=False, unweighted=True, indices=start)
    reached = np.isfinite(found)
    return np.where(reached, found, max(2.0, found[reached].max()))


def scaled(d: Array) -> Array:
    """Places `(n, 2)` from distances to pivots `(pivots, n)`: the two main directions of the squared distances, centred twice."""
    square = d.T**2
    centred = square - square.mean(0) - square.mean(1, keepdims=True) + square.mean()
    u, s, _ = np.linalg.svd(centred, full_matrices=False)
    return u[:, :2] * s[:2] if len(s) > 1 else np.concatenate([u * s, np.zeros_like(u)], 1)


def relaxed(places: Array, d: Array, steps: int) -> Array:
    """Move every node to the mean of where all others would like it, `steps` times; d `(n, n)`."""
    away = np.where(d > 0, d, 1)
    weight = np.where(d > 0, away**-2.0, 0)
    total = np.maximum(weight.sum(1, keepdims=True), 1e-12)
    for _ in range(steps):
        apart = places[:, None] - places[None]
        length = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-9)
        pull = weight * d / length
        places = (weight @ places + pull.sum(1, keepdims=True) * places - pull @ places) / total
    return places


def lying(places: Array) -> Array:
    """Places turned so that their longest direction lies across the page, the middle at 0."""
    centred = places - places.mean(0)
    return centred @ np.linalg.svd(centred, full_matrices=False)[2].T


def layout(pairs: Array, n: int, dense: int = DENSE, steps: int = STEPS) -> Array:
    """Places `(n, 2)` for n nodes with edges `(2, m)`; neighbours are about 1 apart. Up to `dense` nodes take `steps` steps."""
    if n == 1:
        return np.zeros((1, 2), np.float32)
    order = np.random.default_rng(0).permutation(n)
    start = np.arange(n) if n <= dense else order[:PIVOTS]
    d = distances(pairs, n, start)
    d = d.astype(np.float32)
    places = scaled(d)
    size = np.abs(places).max() or 1.0
    places = places / size * d.max() / 2 + np.random.default_rng(1).normal(0, 0.05, (n, 2)).astype(np.float32)
    return lying(relaxed(places, d, steps) if n <= dense else places).astype(np.float32)
