"""A feature map as a picture: its places coloured by what the channels say there, so that similar parts look alike.

    F (h w, c)      one row a place, mean of every channel taken off
    F = U S V^T     singular values from large to small
    colour[p] = F[p] V[:, :3]      red, green and blue, each from its 1 % to its 99 % quantile

Source: principal components of features as colours, for instance Oquab et al. 2023, "DINOv2"; slide "Convolutional Neural
Networks" (increasingly abstract and summarised information).
"""

import numpy as np


def part_colours(maps: np.ndarray) -> np.ndarray:
    """Maps `(c, h, w)` as a picture `(h, w, 3)` in [0, 1]; the sign of each component makes its largest weight positive.

    A component that does not vary is an even grey.
    """
    c, h, w = maps.shape
    rows = np.nan_to_num(maps.reshape(c, h * w).T.astype(np.float64))
    rows = rows - rows.mean(0)
    _, strength, directions = np.linalg.svd(rows, full_matrices=False) if h * w < c else _from_square(rows)
    colours = np.full((h * w, 3), 0.5)
    for i in range(min(3, len(strength))):
        if strength[i] <= 1e-6 * max(1e-12, strength[0]) or strength[i] < 1e-9:
            continue
        axis = directions[i]
        axis = axis * np.sign(axis[np.abs(axis).argmax()])
        colours[:, i] = spread(rows @ axis)
    return colours.reshape(h, w, 3).astype(np.float32)


def _from_square(rows: np.ndarray) -> tuple[None, np.ndarray, np.ndarray]:
    """The same singular values and directions from the small matrix F^T F: many places, few channels."""
    values, vectors = np.linalg.eigh(rows.T @ rows)
    return None, np.sqrt(np.maximum(values[::-1], 0)), vectors.T[::-1]


def spread(values: np.ndarray) -> np.ndarray:
    """Numbers brought to [0, 1], from their 1 % to their 99 % quantile; all 0.5 where they are equal."""
    low, high = np.quantile(values, 0.01), np.quantile(values, 0.99)
    return np.full(values.shape, 0.5) if high - low < 1e-12 else np.clip((values - low) / (high - low), 0, 1)


def one_map(maps: np.ndarray, how: str) -> np.ndarray:
    """Maps `(c, h, w)` as one `(h, w)` in [0, 1]: "mean" of the channels, or at each place the "strongest" of them, where
    every channel is measured by its own largest answer.

    Raises:
        ValueError: the name is neither.
    """
    maps = np.nan_to_num(maps.astype(np.float32))
    if how == "mean":
        found = maps.mean(0)
    elif how == "strongest":
        found = (maps / np.maximum(np.abs(maps).max((1, 2), keepdims=True), 1e-9)).max(0)
    else:
        raise ValueError(f"one of mean and strongest, not {how!r}")
    return spread(found).astype(np.float32)
