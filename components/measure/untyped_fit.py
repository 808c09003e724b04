"""How near a graph layer without edge types comes to one with types: the best least-squares fit, and its R^2.

    y_i ~ x_i W_0 + (sum_{j -> i} x_j) W_1 + b           R^2 = 1 - sum (y - fit)^2 / sum (y - mean y)^2

All neighbours share W_1, so the fit cannot tell left from right. It is exact where the weights of all neighbours are equal (a
blur), and no better than chance where opposite neighbours have opposite weights (an edge): in a sum those cancel.
Lecture, slide "Graph Recover Spatial and Temporal Data".
"""

from typing import NamedTuple

import numpy as np


class Fit(NamedTuple):
    """The best layer without types."""

    fitted: np.ndarray  # (n, h)
    r2: float  # of all h columns together; 1 where y is constant and met
    root: np.ndarray  # W_0 (d, h)
    weight: np.ndarray  # W_1 (d, h)
    bias: np.ndarray  # b (h,)


def heard(x: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """The sum over the neighbours of every node, `(n, d)`; 0 where there are none."""
    total = np.zeros(x.shape, np.float64)
    np.add.at(total, edges[1], x[edges[0]].astype(np.float64))
    return total


def untyped_fit(x: np.ndarray, edges: np.ndarray, y: np.ndarray) -> Fit:
    """Fit W_0, W_1 and b to y `(n, h)` on nodes x `(n, d)` with edges `(2, m)`, in double precision."""
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    known = np.concatenate([x, heard(x, edges), np.ones((len(x), 1))], 1)
    solution = np.linalg.lstsq(known, y, rcond=None)[0]
    fitted, d = known @ solution, x.shape[1]
    middle = y.mean(0)  # taken away per column, so that one R^2 of all columns has the mean of each as its baseline
    r2 = explained((y - middle).reshape(-1, 1), (fitted - middle).reshape(-1, 1))[0]
    return Fit(fitted, max(0.0, float(r2)), solution[:d], solution[d:-1], solution[-1])


def explained(y: np.ndarray, fitted: np.ndarray) -> np.ndarray:
    """R^2 of every column on its own, `(h,)`; a constant column that is met counts as 1, one that is missed as 0."""
    left, whole = ((y - fitted) ** 2).sum(0), ((y - y.mean(0)) ** 2).sum(0)
    tiny = 1e-18 * (1 + (y**2).sum(0))
    return np.where(whole > tiny, 1 - left / np.maximum(whole, tiny), (left <= tiny).astype(float))


def random_filters(x: np.ndarray, near: np.ndarray, edges: np.ndarray, count: int, seed: int = 0) -> np.ndarray:
    """R^2 of the fit for `count` filters of independent normal weights, `(count,)`.

    Args:
        x: the nodes, `(n, d)`.
        near: what a node hears along each type of edge and from itself, `(n, p)`; a filter is p weights.
        edges: `(2, m)`.
    """
    weights = np.random.default_rng(seed).standard_normal((near.shape[1], count))
    y = np.asarray(near, np.float64) @ weights
    known = np.concatenate([x, heard(x, edges), np.ones((len(x), 1))], 1)
    return explained(y, known @ np.linalg.lstsq(known, y, rcond=None)[0])
