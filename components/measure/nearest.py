"""Which pictures a layer finds most alike: cosine of the angle between their features.

    similarity(a, b) = (a - m) . (b - m) / (|a - m| |b - m|)        m: mean features of the pictures to choose from

Slide "Convolutional Neural Networks": early layers find the same colours and strokes, late layers the same things.
"""

import numpy as np


def similarity(query: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Cosine similarity of `query (c,)` to `others (n, c)`, `(n,)` in [-1, 1]; 0 where one has no direction."""
    middle = others.astype(np.float64).mean(0)
    a, b = query.astype(np.float64) - middle, others.astype(np.float64) - middle
    size = np.linalg.norm(a) * np.linalg.norm(b, axis=1)
    return np.where(size > 1e-9, b @ a / np.maximum(size, 1e-9), 0.0)


def nearest(query: np.ndarray, others: np.ndarray, count: int, without: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the most similar and their similarity, the most similar first; `without` is left out."""
    found = similarity(query, others)
    if without is not None:
        found[without] = -np.inf
    order = np.argsort(-found, kind="stable")[:count]
    return order, found[order]
