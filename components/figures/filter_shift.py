"""Shift, then filter, beside filter, then shift: the two sides of equivariance, and their difference."""

import numpy as np
import plotly.graph_objects as go

from components.figures.filter_cells import OUTPUT, WINDOW, plane, shade, word
from components.figures.sample import data_uri
from components.figures.scale import NAMED, TICK, Scale, axis, frame

TITLES = ("shift, then filter", "filter, then shift", "difference")


def planes(first: np.ndarray, second: np.ndarray, reach: float, *, scale: Scale = NAMED, height: int = 220) -> go.Figure:
    """Two outputs `(h, w)` and their difference, all on the scale from -reach to reach."""
    h, w = first.shape
    unit = 1 / max(h, w)
    data, words = [], []
    for i, values in enumerate((first, second, first - second)):
        left = i * (w * unit + 0.12)
        data.append(
            {"type": "image", "source": data_uri(shade(values, reach, scale)), "hoverinfo": "skip",
             "x0": left + unit / 2, "y0": unit / 2, "dx": unit, "dy": unit}
        )  # fmt: skip
        words.append(word(left + w * unit / 2, 0, TITLES[i], scale.ink, TICK, yanchor="bottom"))
        if i:
            words.append(word(left - 0.06, h * unit / 2, ("", "−", "=")[i], scale.ink, 20))
    return plane(data, (0, 3 * w * unit + 0.24), (-0.13, h * unit), scale, height, shapes=[], words=words)


def lines(first: np.ndarray, second: np.ndarray, *, scale: Scale = NAMED, height: int = 220) -> go.Figure:
    """Two outputs `(m,)` over each other."""
    looks = ({"color": scale.series[OUTPUT], "width": 5}, {"color": scale.series[WINDOW], "width": 2, "dash": "dash"})
    data = [
        {"type": "scatter", "mode": "lines", "y": y.astype(np.float32), "line": look, "name": title}
        for y, look, title in zip((first, second), looks, TITLES, strict=False)
    ]
    legend = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
    layout = frame(
        scale, height=height, legend=legend, dragmode=False, margin={"l": 4, "r": 4, "t": 32, "b": 4},
        xaxis=axis(scale, "place", fixedrange=True), yaxis=axis(scale, fixedrange=True),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
