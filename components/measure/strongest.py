"""What a filter answers to most: the places of many pictures where its map is largest, one place a picture.

    p_i = argmax_p h_c(x_i)[p],     pictures ordered by h_c(x_i)[p_i]

Source: Zeiler & Fergus 2014, "Visualizing and understanding convolutional networks" (patches behind the top activations).
"""

from typing import NamedTuple

import numpy as np


class Place(NamedTuple):
    """One strong answer."""

    picture: int
    row: int
    column: int
    value: float


def strongest(maps: np.ndarray, count: int) -> list[Place]:
    """The largest answers of one filter on maps `(n, h, w)`, largest first, at most `count`; a filter that is silent
    everywhere has none."""
    n, _, w = maps.shape
    flat = np.nan_to_num(maps.reshape(n, -1))
    at, value = flat.argmax(1), flat.max(1)
    best = np.argsort(-value, kind="stable")[:count]
    return [Place(int(i), int(at[i]) // w, int(at[i]) % w, float(value[i])) for i in best if value[i] > 0]


def window(picture: np.ndarray, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
    """The pixels `(r, c, d)` of `(h, w, d)` from the first to before the last row and column; zero beyond the border, as the
    padding has it."""
    h, w, d = picture.shape
    (top, bottom), (left, right) = rows, columns
    whole = np.zeros((bottom - top, right - left, d), picture.dtype)
    inner = picture[max(0, top) : max(0, min(h, bottom)), max(0, left) : max(0, min(w, right))]
    r, c = max(0, -top), max(0, -left)
    whole[r : r + inner.shape[0], c : c + inner.shape[1]] = inner
    return whole
