"""Pooling by hand: what a k x k region keeps, and what it throws away.

    max     y[r, c] = max   of x[k r ... k r + k - 1, k c ... k c + k - 1]
    mean    y[r, c] = mean  of the same k^2 numbers

Equal to `torch.nn.functional.max_pool2d` and `avg_pool2d`. Slide "Convolutional Neural Networks", modification 3: information
aggregation over a k x k pooling region.
"""

import numpy as np


def pooled(x: np.ndarray, k: int, how: str) -> np.ndarray:
    """`(h, w)` to `(h // k, w // k)`; rows and columns that fill no region are left out.

    Raises:
        ValueError: the region does not fit, or `how` is neither "max" nor "mean".
    """
    h, w = (side // k for side in x.shape)
    if not h or not w:
        raise ValueError(f"no region of {k} x {k} fits into {x.shape[0]} x {x.shape[1]}")
    if how not in ("max", "mean"):
        raise ValueError(f"how is max or mean, not {how!r}")
    regions = x[: h * k, : w * k].reshape(h, k, w, k)
    return regions.max((1, 3)) if how == "max" else regions.mean((1, 3))


def kept(x: np.ndarray, k: int) -> np.ndarray:
    """Which numbers a max pooling keeps, `(h, w)` of truth values: the first largest of each region."""
    found = np.zeros(x.shape, bool)
    for r in range(x.shape[0] // k):
        for c in range(x.shape[1] // k):
            region = x[k * r : k * r + k, k * c : k * c + k]
            i, j = divmod(int(region.argmax()), k)
            found[k * r + i, k * c + j] = True
    return found


def lost(x: np.ndarray, k: int, how: str) -> float:
    """The part of the variation that no region keeps: mean square of x - (its pooled value repeated) over the variance of x.

    0: everything can be read off the pooled map. It can exceed 1 for max, which is not near the middle of its region.
    """
    y = pooled(x, k, how).repeat(k, 0).repeat(k, 1)
    part = x[: y.shape[0], : y.shape[1]]
    return float(((part - y) ** 2).mean() / max(float(part.var()), 1e-12))


def changed(x: np.ndarray, k: int, how: str, shift: int) -> tuple[float, float]:
    """By how much a shift of x to the right changes x itself and its pooled map: |a - b| summed over |a| summed, each.

    Columns that leave come back at the other side.
    """
    moved = np.roll(x, shift, 1)
    before, after = pooled(x, k, how), pooled(moved, k, how)
    return _relative(x, moved), _relative(before, after)


def _relative(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a - b).sum() / max(float(np.abs(a).sum()), 1e-12))
