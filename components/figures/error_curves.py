"""How far an equation fails, against how much a picture is moved; and the same for all networks and actions as a table."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.commuting import tint
from components.figures.scale import NAMED, TICK, TITLE, Scale, axis, fade, frame

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
MARKERS = ("circle", "square", "diamond", "x", "triangle-up", "cross")


def error_curves(
    amounts: Sequence[int],
    curves: Sequence[tuple[str, np.ndarray, np.ndarray]],
    chosen: int,
    at: int,
    titles: tuple[str, str],
    *,
    names: Sequence[str] | None = None,
    scale: Scale = NAMED,
    height: int = 360,
) -> go.Figure:
    """One curve per network.

    Args:
        amounts: along x.
        curves: name, error `(n,)` and its standard error `(n,)`; a network keeps its colour, dash and marker by its place.
        chosen: which is bold.
        at: the amount chosen now.
        titles: of x and y.
        names: of the amounts, where they are no numbers.
    """
    data = [_curve(i, amounts, *curve, i == chosen, scale) for i, curve in enumerate(curves)]
    top = max(0.05, 1.15 * max(float((error + spread).max()) for _, error, spread in curves))
    line = {"color": scale.muted, "width": 2, "dash": "dot"}
    ticks = list(amounts) if len(amounts) < 12 else list(amounts)[::3]
    here = {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": line}
    layout = frame(scale, height=height, shapes=[here]) | {
        "xaxis": axis(scale, titles[0], tickvals=ticks) | ({"ticktext": list(names)} if names else {}),
        "yaxis": axis(scale, titles[1], range=[-0.03 * top, top], tickformat=".0%"),
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "font": {"size": TICK + 1, "color": scale.ink}},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
    }
    return go.Figure({"data": data, "layout": layout})


def _curve(
    i: int, amounts: Sequence[int], name: str, error: np.ndarray, spread: np.ndarray, bold: bool, scale: Scale
) -> dict[str, Any]:
    colour = scale.series[i]
    return {
        "type": "scatter", "mode": "lines+markers", "x": list(amounts), "y": error, "name": name,
        "opacity": 1 if bold else 0.6, "line": {"color": colour, "width": 4.5 if bold else 2, "dash": DASHES[i]},
        "marker": {"symbol": MARKERS[i], "size": 10 if bold else 7, "color": colour},
        "error_y": {"type": "data", "array": spread, "thickness": 1.5 if bold else 0.8, "width": 3, "color": colour},
        "hovertemplate": f"{name}<br>%{{x}}: %{{y:.1%}}<extra></extra>",
    }  # fmt: skip


def error_table(
    rows: Sequence[str], columns: Sequence[str], errors: np.ndarray, marked: int, *, scale: Scale = NAMED, height: int = 320
) -> go.Figure:
    """Networks down, actions across, `errors (rows, columns)` between 0 and 1 as shade and in per cent; one row is framed."""
    shade = [[i / (len(scale.sequential) - 1), c] for i, c in enumerate(scale.sequential)]
    box = {"x0": -0.5, "x1": len(columns) - 0.5, "y0": marked - 0.5, "y1": marked + 0.5}
    frame_of = {"type": "rect", "line": {"color": scale.series[1], "width": 3}, **box}
    heat = {
        "type": "heatmap", "z": errors, "x": list(range(len(columns))), "y": list(range(len(rows))), "zmin": 0, "zmax": 1,
        "colorscale": shade, "showscale": False, "xgap": 3, "ygap": 3, "hoverinfo": "skip",
    }  # fmt: skip
    y, x = np.indices(errors.shape).reshape(2, -1)
    text = ["0" if e < 5e-4 else f"{100 * e:.1f}" if e < 0.1 else f"{100 * e:.0f}" for e in errors.ravel()]
    light = tint(errors, scale.sequential, 0, 1).mean(-1).ravel() > 0.5
    dark, bright = (scale.ink, scale.paper) if scale.name == "light" else (scale.paper, scale.ink)
    words = {
        "type": "scatter", "mode": "text", "x": x, "y": y, "text": text, "hoverinfo": "skip",
        "textfont": {"size": TICK, "color": [dark if bit else bright for bit in light]},
    }  # fmt: skip
    layout = frame(scale, height=height, shapes=[frame_of], dragmode=False) | {
        "xaxis": axis(
            scale, tickvals=list(range(len(columns))), ticktext=list(columns), side="top", showgrid=False, fixedrange=True
        ),
        "yaxis": axis(
            scale, tickvals=list(range(len(rows))), ticktext=list(rows), autorange="reversed", showgrid=False, fixedrange=True
        ),
    }
    return go.Figure({"data": [heat, words], "layout": layout})


def course(
    steps: np.ndarray,
    score: np.ndarray,
    earlier: tuple[np.ndarray, np.ndarray],
    name: str,
    last: int,
    *,
    scale: Scale = NAMED,
    height: int = 400,
) -> go.Figure:
    """The score on held-out pictures while a network learns; the recorded course is faded."""
    colour = scale.series[0]
    plain = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    data = [
        plain | {"x": earlier[0], "y": earlier[1], "line": {"color": fade(colour, 0.35), "width": 2}},
        {
            "type": "scatter", "mode": "lines+markers", "x": steps, "y": score, "showlegend": False,
            "line": {"color": colour, "width": 3}, "hovertemplate": f"step %{{x}}: {name} %{{y:.3f}}<extra></extra>",
        },
    ]  # fmt: skip
    line = {"color": scale.muted, "width": 1, "dash": "dash"}
    level = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.8, "y1": 0.8, "line": line}
    layout = frame(scale, title=f"{name} on held-out pictures", height=height, shapes=[level]) | {
        "xaxis": axis(scale, "step", range=[0, last]),
        "yaxis": axis(scale, "", range=[0, 1]),
        "title": {"text": f"{name}, held-out pictures", "font": {"size": TITLE, "color": scale.ink}, "x": 0, "xanchor": "left"},
    }
    return go.Figure({"data": data, "layout": layout})
