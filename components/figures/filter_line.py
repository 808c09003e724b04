"""A filter over a signal as the slide draws it: cells above, outputs below, and between them one line for each weight."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.filter_cells import EDGE, OUTPUT, WINDOW, box, cells, filter_colour, plane, said, targets, word
from components.figures.scale import LABEL, NAMED, TICK, Scale

DEEP = 3.2  # from the row of inputs down to the row of outputs


def line(
    x: np.ndarray,
    weights: np.ndarray,
    values: np.ndarray,
    at: int,
    padding: int,
    stride: int,
    hover: Sequence[str],
    *,
    reach: tuple[float | None, float],
    share: bool = True,
    scale: Scale = NAMED,
    height: int = 270,
) -> go.Figure:
    """The signal, the windows up to place `at`, and the outputs.

    Args:
        x: `(n,)`.
        weights: `(m, k)`, the filter of each place; equal rows where it is shared.
        values: `(m,)`, the outputs.
        at: the place reached.
        padding, stride: of the filter.
        hover: what to say of each output.
        reach: ends of the diverging scales of x (None: greys in [0, 1]) and of the outputs.
        share: one filter for all windows; only decides the colour of its name.
        scale: colours.
        height: pixels.
    """
    n, (m, k) = len(x), weights.shape
    middle = -padding + (k - 1) / 2
    places = middle + stride * np.arange(m)
    shapes = _lines(weights, places, at, scale)
    start = stride * at - padding
    shapes.append(box(start - 0.5, -0.5, k, 1, scale.series[WINDOW]))
    shapes.append(box(places[at] - 0.5, DEEP - 0.5, 1, 1, scale.series[OUTPUT]))
    shapes += [box(p - 0.5, DEEP - 0.5, 1, 1, scale.grid, 1) for p in places[at + 1 :]]
    crowded = n + 2 * padding > 11  # on a telephone
    look: dict[str, Any] = {"size": TICK, "room": 4} if crowded else {"size": TICK + 1}
    data: list[dict[str, Any]] = cells(x[None], scale, reach=reach[0], **look)
    for place, value in zip(places[: at + 1], values[: at + 1], strict=True):
        data += cells(np.array([[value]]), scale, x0=place, y0=DEEP, reach=reach[1], **look)
    outside = [*range(-padding, 0), *range(n, n + padding)]
    words = [word(j, 0, "0", scale.muted) for j in outside]
    shapes += [box(j - 0.5, -0.5, 1, 1, scale.muted, 1, "dot") for j in outside]
    colour = filter_colour(scale, share)
    for j in range(k):
        high = 0.3 + 0.2 * (j % 2)
        spot = (1 - high) * (start + j) + high * places[at], (1 - high) * 0.5 + high * (DEEP - 0.5)
        words.append(
            word(
                *spot,
                f"<b>{said(float(weights[at, j]), 4 if crowded else 5)}</b>",
                colour,
                TICK if crowded else LABEL,
                bgcolor=scale.paper,
            )
        )
    cell = max(10.0, 900 / (n + 2 * padding) - 20)
    middles = {int(p): i for i, p in enumerate(places)}
    data.append(targets(range(n), [0.0] * n, [f"sample {i + 1}: {v:.2f}" for i, v in enumerate(x)],
                        [middles.get(i, f"cell {i}") for i in range(n)], min(cell, 40)))  # fmt: skip
    data.append(targets(places.tolist(), [DEEP] * m, hover, list(range(m)), min(cell, 40)))
    edge = -padding - 0.6, n - 0.4 + padding
    words += [
        word(edge[0], -0.55, "input", scale.series[WINDOW], LABEL, xanchor="left", yanchor="bottom"),
        word(edge[0], DEEP + 0.5, "output", scale.series[OUTPUT], LABEL, xanchor="left", yanchor="top"),
    ]
    return plane(data, edge, (-1.15, DEEP + 1.1), scale, height, shapes=shapes, words=words, square=False)


def _lines(weights: np.ndarray, places: np.ndarray, at: int, scale: Scale) -> list[dict[str, Any]]:
    """A line for each weight of each window so far: blue above zero, orange and dashed below, thicker where it is larger."""
    k = weights.shape[1]
    most = max(float(np.abs(weights).max()), 1e-9)
    found = []
    for i in range(at + 1):
        for j in range(k):
            size = float(abs(weights[i, j])) / most
            colour = scale.muted if size == 0 else scale.diverging[2 if weights[i, j] > 0 else 0]
            dash = "dot" if size == 0 else "solid" if weights[i, j] > 0 else "dash"
            style = {"color": colour, "width": 1 + (EDGE if i == at else 2) * size, "dash": dash}
            x0 = places[i] - (k - 1) / 2 + j
            found.append(
                {"type": "line", "x0": x0, "y0": 0.5, "x1": places[i], "y1": DEEP - 0.5, "line": style, "layer": "below",
                 "opacity": 1 if i == at else 0.45}
            )  # fmt: skip
    return found
