"""Filters with a name, 3 and 5 cells wide, and the reason for each in one line.

Written as PyTorch applies them (not turned round): the weight at the upper left meets the pixel at the upper left.
Sources: Sobel and Feldman 1968 for the edges; Gonzalez and Woods, "Digital image processing", chapter 3.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from components.values import BadInput

LIMIT = 99.0  # weights lie within
SMOOTH = {3: np.array([1.0, 2, 1]), 5: np.array([1.0, 4, 6, 4, 1])}
SLOPE = {3: np.array([-1.0, 0, 1]), 5: np.array([-1.0, -2, 0, 2, 1])}
CURVE = {3: np.array([1.0, -2, 1]), 5: np.array([1.0, 0, -2, 0, 1])}
LAPLACE = {
    3: np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    5: np.array([[0.0, 0, 1, 0, 0], [0, 1, 2, 1, 0], [1, 2, -16, 2, 1], [0, 1, 2, 1, 0], [0, 0, 1, 0, 0]]),
}


class Kernel(NamedTuple):
    """A filter with a name."""

    title: str
    reason: str
    make: Callable[[int], np.ndarray]


def point(k: int) -> np.ndarray:
    """1 in the middle."""
    found = np.zeros(k)
    found[k // 2] = 1
    return found


def _square(row: np.ndarray) -> np.ndarray:
    return np.outer(row, row)


LINES = {
    "edge_vertical": Kernel(
        "Edge",
        "Left neighbour taken from the right one: large where the signal rises, negative where it falls.",
        SLOPE.__getitem__,
    ),
    "identity": Kernel("Identity", "Only the middle counts: out comes what went in.", point),
    "blur": Kernel("Blur", "The mean of the window: all weights equal, and their sum is 1.", lambda k: np.full(k, 1 / k)),
    "laplacian": Kernel(
        "Laplacian", "Neighbours minus twice the middle: negative on a peak, positive in a dip.", CURVE.__getitem__
    ),
    "sharpen": Kernel(
        "Sharpen", "The signal plus its difference from its neighbours: edges overshoot.", lambda k: point(k) - CURVE[k]
    ),
}
"""Filters for a signal."""

PLANES = {
    "edge_vertical": Kernel(
        "Edge, vertical",
        "Right column minus left column: answers upright edges, positive where it gets brighter to the right.",
        lambda k: np.outer(SMOOTH[k], SLOPE[k]),
    ),
    "edge_horizontal": Kernel(
        "Edge, horizontal",
        "Lower row minus upper row: answers lying edges, positive where it gets brighter downwards.",
        lambda k: np.outer(SLOPE[k], SMOOTH[k]),
    ),
    "laplacian": Kernel(
        "Edge, Laplacian",
        "Neighbours minus the middle (centre negative): a bright dot answers negative, edges in all directions.",
        LAPLACE.__getitem__,
    ),
    "identity": Kernel("Identity", "Only the middle counts: out comes what went in.", lambda k: _square(point(k))),
    "blur": Kernel("Blur", "The mean of the window: all weights equal, and their sum is 1.", lambda k: np.full((k, k), 1 / k**2)),
    "sharpen": Kernel(
        "Sharpen",
        "The picture plus its difference from its neighbours: edges overshoot.",
        lambda k: _square(point(k)) - LAPLACE[k] / (1 if k == 3 else 8),
    ),
    "emboss": Kernel(
        "Emboss",
        "Lower right minus upper left, plus the picture: a relief with light from the upper left.",
        lambda k: np.add.outer(np.arange(k), np.arange(k)) - (k - 1.0) + _square(point(k)),
    ),
}
"""Filters for a picture."""


def flat_sum(weight: np.ndarray) -> float:
    """What a filter answers on a wall of brightness 1: the sum of its weights."""
    return float(weight.sum())


def read_weights(text: str) -> tuple[np.ndarray, float] | None:
    """Weights and bias from the text in an address: 4, 6 (signals), 10 or 26 numbers with commas; None where it is none."""
    try:
        numbers = [float(part) for part in text[:400].split(",")]
    except ValueError:
        return None
    shapes: dict[int, tuple[int, ...]] = {4: (3,), 6: (5,), 10: (3, 3), 26: (5, 5)}
    if len(numbers) not in shapes or not all(abs(n) <= LIMIT for n in numbers):  # also refuses nan
        return None
    return np.array(numbers[:-1]).reshape(shapes[len(numbers)]), numbers[-1]


def write_weights(weight: np.ndarray, bias: float) -> str:
    """The text `read_weights` reads, to four digits."""
    return ",".join(f"{n:.4g}" for n in (*weight.ravel(), bias))


def accepted(cells: list[object]) -> list[float]:
    """Numbers as typed into a table.

    Raises:
        BadInput: a cell is empty, not a finite number, or beyond the limit.
    """
    found = []
    for cell in cells:
        try:
            value = float(str(cell))
        except ValueError:
            raise BadInput("Every cell needs a number; the last change was not taken.") from None
        if not abs(value) <= LIMIT:
            raise BadInput(f"Weights lie between −{LIMIT:.0f} and {LIMIT:.0f}; the last change was not taken.")
        found.append(value)
    return found
