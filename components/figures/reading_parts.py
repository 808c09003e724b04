"""The parts of a reading's picture: the band of chance, dots for bars, named places on the x axis, and words alone."""

from collections.abc import Sequence
from html import escape
from math import isfinite
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.numbers import folded
from components.figures.scale import LABEL, TICK, Scale, fade, frame
from components.values import Curve

CHANCE = "chance"


def dots(bars: dict[str, Any]) -> dict[str, Any]:
    """Bars as dots: on a logarithmic axis, which has no 0, the length of a bar would say nothing."""
    kept = {key: value for key, value in bars.items() if key not in ("type", "textposition", "marker")}
    dots = {"size": 10, "color": bars["marker"]["color"]}
    return kept | {"type": "scatter", "mode": "markers", "marker": dots, "cliponaxis": False}


def band(x: np.ndarray, low: np.ndarray, high: np.ndarray, scale: Scale) -> list[dict[str, Any]]:
    """The shaded band between `low` and `high`."""
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "x": x, "hoverinfo": "skip"}
    fill = {"fill": "tonexty", "fillcolor": fade(scale.muted, 0.28), "name": CHANCE, "showlegend": True}
    return [edge | {"y": low, "showlegend": False}, edge | {"y": high} | fill]


def marks_of(curves: Sequence[Curve], x: np.ndarray, log: bool, scale: Scale) -> tuple[list[Any], list[Any]]:
    """Vertical lines with their names, as shapes and annotations; names that would meet stand below each other."""
    found = {escape(n): v for c in curves for n, v in c.get("marks", {}).items() if isfinite(v) and (v > 0 or not log)}
    place = np.log10 if log else np.asarray
    inside = place(x[x > 0]) if log else x
    low, high = (float(inside.min()), float(inside.max())) if len(inside) else (0.0, 1.0)
    ends = [-np.inf] * 4
    shapes, names = [], []
    for name, value in sorted(found.items(), key=lambda item: item[1]):
        at = float(place(value))
        share = (at - low) / (high - low or 1.0)
        if not -0.02 <= share <= 1.02:
            continue
        wide = 0.022 * len(name) + 0.03  # of a narrow plot
        left = share > 0.6
        start = share - wide if left else share
        row = next((i for i, end in enumerate(ends) if start > end), len(ends) - 1)
        ends[row] = start + wide
        line = {"color": scale.ink, "width": 1.5, "dash": "dot"}
        shapes.append({"type": "line", "x0": value, "x1": value, "yref": "paper", "y0": 0, "y1": 1, "line": line})
        names.append(
            {
                "x": at,
                "y": 1,
                "yref": "paper",
                "yshift": -17 * row,
                "yanchor": "top",
                "xanchor": "right" if left else "left",
                "text": name,
                "showarrow": False,
                "font": {"size": TICK, "color": scale.ink},
                "bgcolor": fade(scale.paper, 0.75),
            }
        )
    return shapes, names


def words(text: str, size: int, colour: str, below: str, scale: Scale, height: int) -> go.Figure:
    """Words in the middle of an empty picture."""
    hidden = {"visible": False, "range": [0, 1], "fixedrange": True}
    middle = {"x": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
    notes = [middle | {"y": 0.56 if below else 0.5, "text": text, "font": {"size": size, "color": colour}}]
    if below:
        notes.append(middle | {"y": 0.24, "text": folded(below), "font": {"size": LABEL, "color": scale.muted}})
    layout = frame(scale, height=height, xaxis=hidden, yaxis=hidden, annotations=notes, dragmode=False)
    return go.Figure({"data": [], "layout": layout})
