"""A filter at work, place by place: which numbers it sees, their products, and the sum.

    y[t] = b + sum_j w[j] x[s t + j - p]        n_out = floor((n + 2 p - k) / s) + 1

in one dimension; in two, rows and columns alike. The filter is not turned round (cross-correlation, as in PyTorch).
Source: lecture "How to Model", slides "Convolutional Neural Networks", modifications 1 and 2.
"""

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from components.values import BadInput


class Step(NamedTuple):
    """What happens at one place; arrays have the filter's shape `(k,)` or `(k, k)`."""

    place: tuple[int, ...]  # of the output
    start: tuple[int, ...]  # the window's first cell, counted in the input; negative in the padding
    window: np.ndarray
    inside: np.ndarray  # whether the cell is in the input: False in the padding
    products: np.ndarray
    total: float  # the products' sum
    value: float  # with the bias


def out_size(n: int, k: int, padding: int, stride: int) -> int:
    """How many places a window of k has on n cells: floor((n + 2 padding - k) / stride) + 1, or 0 where it does not fit."""
    return max(0, (n + 2 * padding - k) // stride + 1)


def out_shape(shape: tuple[int, ...], k: int, padding: int, stride: int) -> tuple[int, ...]:
    """Places along each side.

    Raises:
        BadInput: the window fits nowhere.
    """
    found = tuple(out_size(n, k, padding, stride) for n in shape)
    if 0 in found:
        said = " × ".join(str(n) for n in shape)
        raise BadInput(f"A window of {k} cells does not fit into {said}: put zeros around it, or take a smaller window.")
    return found


def padded(x: np.ndarray, padding: int, circular: bool = False) -> np.ndarray:
    """`padding` more cells on each side: zeros, or the opposite edge."""
    return np.pad(x, padding, mode="wrap" if circular else "constant")


def windows(x: np.ndarray, k: int, padding: int = 0, stride: int = 1, circular: bool = False) -> np.ndarray:
    """Every window: `(n,) -> (m, k)` or `(h, w) -> (h', w', k, k)`.

    Raises:
        BadInput: the window fits nowhere.
    """
    out_shape(x.shape, k, padding, stride)
    every = sliding_window_view(padded(x, padding, circular), (k,) * x.ndim)
    return every[(slice(None, None, stride),) * x.ndim]


def filtered(
    x: np.ndarray, weight: np.ndarray, bias: float = 0.0, padding: int = 0, stride: int = 1, circular: bool = False
) -> np.ndarray:
    """The whole output. A `weight` with a row for every place, `(m, k)` on a signal, is a layer without sharing.

    Raises:
        BadInput: the window fits nowhere.
    """
    every = windows(x, weight.shape[-1], padding, stride, circular)
    if x.ndim == 1:
        return (every * weight).sum(-1) + bias
    found = np.full(every.shape[:2], bias, np.float64)
    for place, w in np.ndenumerate(weight):  # one shifted picture after another: no copy of all windows
        found += w * every[..., place[0], place[1]]
    return found


def step(x: np.ndarray, weight: np.ndarray, bias: float, at: int, padding: int = 0, stride: int = 1) -> Step:
    """Place number `at`, row by row. `weight` is the filter of this place, `(k,)` or `(k, k)`.

    Raises:
        BadInput: the window fits nowhere.
    """
    k = weight.shape[-1]
    place = tuple(int(i) for i in np.unravel_index(at, out_shape(x.shape, k, padding, stride)))
    start = tuple(stride * i - padding for i in place)
    cells = np.ix_(*(np.arange(s, s + k) for s in start))
    inside = np.ones((k,) * x.ndim, bool)
    for axis, n in zip(cells, x.shape, strict=True):
        inside &= (axis >= 0) & (axis < n)
    window = padded(x, k)[tuple(axis + k for axis in cells)]
    products = window * weight
    total = float(products.sum())
    return Step(place, start, window, inside, products, total, total + bias)


def lively(x: np.ndarray, side: int) -> tuple[int, ...]:
    """Where the piece of `side` cells with the largest spread begins, the first of equals; looked for at every half piece."""
    starts = [np.unique(np.append(np.arange(0, n - side, max(1, side // 2)), max(0, n - side))) for n in x.shape]
    spread = {
        place: float(np.std(x[tuple(slice(p, p + side) for p in place)]))
        for place in (tuple(int(i) for i in p) for p in np.stack(np.meshgrid(*starts, indexing="ij"), -1).reshape(-1, x.ndim))
    }
    return max(spread, key=lambda place: spread[place])


def counts(shape: tuple[int, ...], places: tuple[int, ...], k: int) -> tuple[int, int, int]:
    """Weights of one filter with its bias, of a fully connected layer (its biases not counted), and multiplications."""
    inputs, outputs, cells = int(np.prod(shape)), int(np.prod(places)), k ** len(shape)
    return cells + 1, inputs * outputs, outputs * cells
