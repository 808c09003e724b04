"""Vectors of many numbers on a page: the plane of their largest spread, kept the same way up from one moment to the next.

    H - mean = U S V^T,    places = U S of the two largest       principal components (Pearson 1901)
    places_t Q_t,  Q_t orthogonal,  nearest to places_(t-1)      orthogonal Procrustes (Schoenemann 1966)

Without the second line the picture of a network that learns would flip and turn between frames, which says nothing.
"""

import numpy as np

Array = np.ndarray


def plane(points: Array) -> tuple[Array, float]:
    """Places `(n, 2)` of points `(n, d)`, the farthest along each direction on its positive side, and the part of their squared
    spread that is seen there (all of it, where there is none)."""
    centred = points - points.mean(0)
    u, s, _ = np.linalg.svd(centred, full_matrices=False)
    found = np.zeros((len(points), 2))
    kept = min(2, len(s))
    found[:, :kept] = u[:, :kept] * s[:kept]
    found *= np.where(found[np.abs(found).argmax(0), [0, 1]] < 0, -1, 1)
    total = float((s**2).sum())
    return found, float((s[:2] ** 2).sum()) / total if total > 0 else 1.0


def turned(places: Array, before: Array) -> Array:
    """The same places turned or mirrored so that they lie as near as can be to those before."""
    u, _, v = np.linalg.svd(places.T @ before)
    found: Array = places @ (u @ v)
    return found
