"""What is left of the nodes' differences, and of the accuracy, against the number of layers."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame

Array = np.ndarray
WAYS = {"plain": ("trained", 0, "solid", "circle"), "skip": ("trained, skip connections", 2, "dash", "square")}
"""Name in the legend, series colour, dash, marker."""


def _curve(way: str, x: Array, y: Array, bold: bool, top: bool, scale: Scale) -> dict[str, Any]:
    """The mean over seeds with its standard error."""
    name, series, dash, marker = WAYS[way]
    colour = scale.series[series]
    error = y.std(1, ddof=1) / math.sqrt(y.shape[1]) if y.shape[1] > 1 else np.zeros(len(y))
    return {
        "type": "scatter", "mode": "lines+markers", "x": x, "y": y.mean(1), "name": name, "showlegend": not top,
        "xaxis": "x", "yaxis": "y2" if top else "y", "customdata": error.tolist(), "opacity": 1.0 if bold else 0.5,
        "line": {"color": colour, "width": 4 if bold else 2, "dash": dash},
        "marker": {"symbol": marker, "size": 9 if bold else 6, "color": colour},
        "error_y": {"type": "data", "array": error, "thickness": 1.5, "width": 4, "color": colour},
        "hovertemplate": f"{name}: %{{y:.3f}} ± %{{customdata:.3f}}<extra></extra>",
    }  # fmt: skip


def depth_curves(
    depths: Sequence[int], found: Mapping[str, tuple[Array, Array]], chosen: str, mixing: Array, heard: Array, at: int,
    guess: float, *, scale: Scale = NAMED, height: int = 400,
) -> go.Figure:  # fmt: skip
    """Above how far the nodes' vectors are apart, below the accuracy on the test.

    Args:
        depths: numbers of layers, evenly spaced on the axis.
        found: way -> accuracy and mean cosine distance, `(k, seeds)` each, for the first k depths.
        chosen: the way drawn bold.
        mixing: mean cosine distance of what is only mixed, `(depths,)`.
        heard: share of the nodes a node hears, `(depths,)`.
        at: the depth looked at, by its place in `depths`.
        guess: accuracy of always saying the most frequent kind.
        scale: colours.
        height: pixels.
    """
    x = np.arange(len(depths))
    data: list[dict[str, Any]] = [
        {"type": "bar", "x": x, "y": heard, "name": "share of the nodes heard", "marker": {"color": fade(scale.muted, 0.25)},
         "hovertemplate": "%{y:.0%} of the nodes heard<extra></extra>", "xaxis": "x", "yaxis": "y"},
        {"type": "scatter", "mode": "lines+markers", "x": x, "y": mixing, "name": "only mixed, no weights", "xaxis": "x",
         "yaxis": "y2", "line": {"color": scale.ink, "width": 2.5, "dash": "dot"}, "marker": {"size": 6, "symbol": "x"},
         "hovertemplate": "only mixed: %{y:.3f}<extra></extra>"},
    ]  # fmt: skip
    for way, (accuracy, mad) in sorted(found.items(), key=lambda item: item[0] == chosen):
        data.append(_curve(way, x[: len(mad)], mad, way == chosen, True, scale))
        data.append(_curve(way, x[: len(accuracy)], accuracy, way == chosen, False, scale))
    line = {"type": "line", "xref": "x", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
            "line": {"color": scale.muted, "width": 2, "dash": "dot"}}  # fmt: skip
    level = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": guess, "y1": guess,
             "line": {"color": scale.muted, "width": 1}}  # fmt: skip
    note = {"x": 1, "xref": "paper", "xanchor": "right", "y": guess, "yref": "y", "yanchor": "top", "text": "guessing",
            "showarrow": False, "font": {"size": TICK, "color": scale.ink}}  # fmt: skip
    layout = frame(
        scale, height=height, shapes=[line, level], annotations=[note], bargap=0.1, hovermode="closest",
        xaxis=axis(scale, "layers", tickvals=x, ticktext=[str(d) for d in depths], anchor="y", showgrid=False),
        yaxis=axis(scale, "test accuracy", domain=[0, 0.47], range=[0, 1.06], dtick=0.5, tickformat=".1f"),
        yaxis2=axis(scale, "nodes differ", domain=[0.56, 1], range=[0, 1.08], dtick=0.5, anchor="x", tickformat=".1f"),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
    return go.Figure({"data": data, "layout": layout})


def depth_bound(
    depths: Array, measured: Mapping[str, Array], bound: Mapping[str, Array], *, scale: Scale = NAMED, height: int = 330
) -> go.Figure:
    """What is left after L rounds of mixing, on a logarithmic axis, under what theory allows; names -> `(depths,)` each."""
    data = []
    for i, (name, y) in enumerate(measured.items()):
        colour = scale.series[i]
        data.append({"type": "scatter", "mode": "lines+markers", "x": depths, "y": y, "name": name,
                     "line": {"color": colour, "width": 3}, "marker": {"size": 7, "symbol": ("circle", "square")[i % 2]},
                     "hovertemplate": f"{name}: %{{y:.2g}}<extra></extra>"})  # fmt: skip
        data.append({"type": "scatter", "mode": "lines", "x": depths, "y": bound[name], "name": f"at most ({name})",
                     "line": {"color": colour, "width": 2, "dash": "dash"},
                     "hovertemplate": "at most %{y:.2g}<extra></extra>"})  # fmt: skip
    layout = frame(
        scale, height=height, hovermode="closest", xaxis=axis(scale, "rounds of mixing"),
        yaxis=axis(scale, "left of the start", type="log", dtick=1 if min(y.min() for y in measured.values()) > 1e-6 else 2,
                   exponentformat="power"),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
    return go.Figure({"data": data, "layout": layout})
