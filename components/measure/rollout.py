"""Where attention goes in the end, and how far it looks.

    rollout    R = A'_L ... A'_2 A'_1      A'_l = (mean over heads of A_l + I) / 2
    distance   D = sum_ij A_ij |p_i - p_j| / sum_ij A_ij       in pixels between the middles of patches

Each layer adds what it attends to onto what was there: half the weight stays with the element itself, so row i of R says how
much of each input element is left in element i at the end, as far as attention alone tells. Rows sum to 1. It knows nothing of
the values that are moved. Sources: Abnar & Zuidema 2020, "Quantifying attention flow in transformers"; Dosovitskiy et al. 2021,
"An image is worth 16x16 words" (mean attention distance).
"""

import numpy as np


def rollout(attention: np.ndarray) -> np.ndarray:
    """Attention through all layers, `(layers, heads, n, n) -> (n, n)`."""
    result = np.eye(attention.shape[-1])
    for layer in attention.mean(1, dtype=np.float64):
        result = (layer + np.eye(len(layer))) / 2 @ result
    return result


def centres(columns: int, rows: int, patch: int) -> np.ndarray:
    """Row and column, in pixels, of the middle of each patch, row by row: `(rows columns, 2)`."""
    r, c = np.divmod(np.arange(rows * columns), columns)
    return (np.stack([r, c], 1) + 0.5) * patch


def distance(attention: np.ndarray, places: np.ndarray, extra: int = 0) -> np.ndarray:
    """Mean attention distance between elements at `places (m, 2)`, `(..., n, n) -> (...)`, in the unit of the places.

    The first `extra` elements (a class token) have no place: they are left out, as a query and as a key.
    """
    apart = np.linalg.norm(places[:, None] - places, axis=-1)
    own = attention[..., extra:, extra:].astype(np.float64)
    return (own * apart).sum((-2, -1)) / own.sum((-2, -1)).clip(1e-12)
