"""A recurrent network unrolled: its state after every token as a column of cells, what it would say as a line."""

import math
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, fade, frame

CELL = "unit "


def state_strip(
    tokens: Sequence[str], state: np.ndarray, p: np.ndarray, at: int, unit: int, answers: tuple[str, str], *,
    scale: Scale = NAMED, height: int = 400,
) -> go.Figure:  # fmt: skip
    """The states up to now as columns, the later ones empty, and above them the probability of the second answer.

    Args:
        tokens: n tokens.
        state: `(n, units)`.
        p: probability of the second answer after each token `(n,)`.
        at: the token reached.
        unit: the unit marked.
        answers: the two answers.
        scale: colours.
        height: pixels.
    """
    n, units = state.shape
    seen = np.where(np.arange(n)[:, None] <= at, state, np.nan).T
    most = max(1.0, float(np.abs(state).max()))
    x = np.arange(n)
    line: dict[str, Any] = {
        "type": "scatter", "x": x[: at + 1], "y": p[: at + 1], "yaxis": "y2", "mode": "lines+markers", "name": answers[1],
        "line": {"color": scale.series[2], "width": 3}, "marker": {"size": 8, "color": scale.series[2]},
        "text": [escape(t) for t in tokens[: at + 1]],
        "hovertemplate": f"after %{{text}}: {answers[1]} %{{y:.1%}}<extra></extra>",
    }  # fmt: skip
    heat = {
        "type": "heatmap", "z": seen.astype(np.float32), "zmin": -most, "zmax": most, "showscale": False, "hoverongaps": False,
        "colorscale": [[k / 2, colour] for k, colour in enumerate(scale.diverging)], "xgap": 1, "ygap": 1,
        "hovertemplate": "unit %{y}, token %{x}: %{z:.3f}<extra></extra>",
    }  # fmt: skip
    rows, columns = (a.ravel() for a in np.mgrid[:units, : at + 1])
    target = {
        "type": "scatter", "x": columns, "y": rows, "mode": "markers", "opacity": 0, "showlegend": False,
        "marker": {"size": 14, "symbol": "square"}, "customdata": [f"c{r}.{c}" for r, c in zip(rows, columns, strict=True)],
        "text": [f"unit {r + 1}, token {c + 1}: {state[c, r]:.3f}" for r, c in zip(rows, columns, strict=True)],
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
    box = {"type": "rect", "xref": "x", "yref": "y", "line": {"color": scale.ink, "width": 3}}
    shapes = [
        box | {"x0": at - 0.5, "x1": at + 0.5, "y0": -0.5, "y1": units - 0.5},
        box | {"x0": -0.5, "x1": n - 0.5, "y0": unit - 0.5, "y1": unit + 0.5, "line": {"color": scale.series[1], "width": 2}},
        {"type": "line", "xref": "x", "yref": "y2", "x0": -0.5, "x1": n - 0.5, "y0": 0.5, "y1": 0.5,
         "line": {"color": scale.muted, "width": 1, "dash": "dot"}},
    ]  # fmt: skip
    names = [escape(t if len(t) <= 10 else t[:9] + "…") for t in tokens]
    layout = frame(
        scale, height=height, showlegend=False, shapes=shapes, dragmode=False,
        xaxis=axis(
            scale, tickvals=x.tolist(), ticktext=names, range=[-0.6, n - 0.4], fixedrange=True, showgrid=False,
            tickangle=-40 if n > 8 else 0, anchor="y",
        ),
        yaxis=axis(scale, "state", domain=[0, 0.66], range=[units - 0.5, -0.5], fixedrange=True, showticklabels=False),
        yaxis2=axis(
            scale, answers[1], domain=[0.74, 1], range=[-0.05, 1.05], tickvals=[0, 0.5, 1], tickformat=".0%", fixedrange=True
        ),
    )  # fmt: skip
    layout["xaxis"]["tickfont"] = {"size": LABEL, "color": scale.ink}
    return go.Figure({"data": [heat, line, target], "layout": layout})


def bars(rows: Sequence[tuple[str, float, int]], *, scale: Scale = NAMED, height: int = 260, title: str = "") -> go.Figure:
    """Named numbers as bars around zero, each with its value; a row is (name, value, series colour)."""
    names, values = [r[0] for r in rows], [r[1] for r in rows]
    most = max(1.0, max(abs(v) for v in values)) * 1.35
    data = {
        "type": "bar", "orientation": "h", "y": list(range(len(rows))), "x": values, "width": 0.6,
        "marker": {"color": [scale.series[r[2]] for r in rows]}, "text": [f"{v:.2f}".replace("-", "−") for v in values],
        "textposition": "outside", "textfont": {"size": LABEL, "color": scale.ink}, "cliponaxis": False, "hoverinfo": "skip",
    }  # fmt: skip
    layout = frame(
        scale, height=height, title=title, dragmode=False,
        xaxis=axis(scale, range=[-most, most], fixedrange=True, zeroline=True, zerolinecolor=scale.muted),
        yaxis=axis(scale, tickvals=list(range(len(rows))), ticktext=names, range=[len(rows) - 0.5, -0.5], fixedrange=True),
    )  # fmt: skip
    layout["yaxis"]["tickfont"] = {"size": LABEL, "color": scale.ink}
    return go.Figure({"data": [data], "layout": layout})


def memory_bars(decay: np.ndarray, state: np.ndarray, unit: int, *, scale: Scale = NAMED, height: int = 260) -> go.Figure:
    """The entries of a state-space model's state over how long they remember, 1 / -ln a steps, on a logarithmic axis."""
    steps = -1 / np.log(np.clip(decay, 1e-9, 1 - 1e-9))
    colours = [scale.series[1] if i == unit else fade(scale.series[0], 0.7) for i in range(len(steps))]
    data = {
        "type": "scatter", "mode": "markers", "x": steps, "y": state, "marker": {"size": 12, "color": colours},
        "text": [f"unit {i + 1}: a = {decay[i]:.3f}, remembers {t:.1f} steps" for i, t in enumerate(steps)],
        "hovertemplate": "%{text}<br>s = %{y:.2f}<extra></extra>",
    }  # fmt: skip
    ticks = [t for t in (0.1, 1, 10, 100, 1000) if steps.min() / 3 < t < steps.max() * 3]
    layout = frame(
        scale, height=height, dragmode=False,
        xaxis=axis(scale, "memory, steps", type="log", tickvals=ticks, ticktext=[f"{t:g}" for t in ticks], fixedrange=True),
        yaxis=axis(scale, "state s", fixedrange=True),
    )  # fmt: skip
    return go.Figure({"data": [data], "layout": layout})


def gradient_lines(curves: Sequence[tuple[str, np.ndarray]], *, scale: Scale = NAMED, height: int = 340) -> go.Figure:
    """The size of the gradient against distance, relative to distance 0, on a logarithmic axis; never below 1e-6."""
    dashes = ("solid", "dash", "dot", "dashdot", "longdash")
    data = [
        {
            "type": "scatter", "mode": "lines", "name": name, "x": np.arange(len(g)), "y": np.clip(g / g[0], 1e-7, None),
            "line": {"color": scale.series[i], "width": 3.5, "dash": dashes[i % 5]},
            "hovertemplate": f"{name}, %{{x}} tokens back: %{{y:.2g}} times<extra></extra>",
        }
        for i, (name, g) in enumerate(curves)
    ]  # fmt: skip
    top = max(1.0, *(float((g / g[0]).max()) for _, g in curves))
    high = math.ceil(math.log10(top))
    line = {"color": scale.muted, "width": 1, "dash": "dot"}
    layout = frame(
        scale, height=height, shapes=[{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.01, "y1": 0.01, "line": line}],
        annotations=[{
            "x": 1, "xref": "paper", "xanchor": "right", "y": -2, "yshift": 9, "text": "1 %", "showarrow": False,
            "font": {"size": TICK, "color": scale.muted},
        }],
        xaxis=axis(scale, "tokens back", fixedrange=True),
        yaxis=axis(
            scale, "gradient, relative", type="log", range=[-6.2, high + 0.3], fixedrange=True,
            tickvals=[10.0**k for k in range(-6, high + 1, 2)], ticktext=[f"10<sup>{k}</sup>" for k in range(-6, high + 1, 2)],
        ),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": data, "layout": layout})
