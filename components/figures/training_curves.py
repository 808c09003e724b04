"""A run while it goes on, small: accuracy above, loss below, over the steps; and what the network answers now, as bars."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, frame

MOST = 12
"""Bars that fit."""
TICKS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 1000, 10_000)


def training_curves(
    step: np.ndarray,
    tested: np.ndarray,
    learnt: np.ndarray,
    loss: np.ndarray,
    *,
    steps: int = 600,
    chance: float = 0.1,
    at: int | None = None,
    scale: Scale = NAMED,
    height: int = 400,
) -> go.Figure:
    """Accuracy on test and on training pictures, and the loss on a logarithmic axis.

    Args:
        step: of each frame, `(t,)`.
        tested, learnt: accuracy on test and on training pictures, `(t,)`.
        loss: mean cross entropy since the frame before, `(t,)`; what is not positive and finite is left out.
        steps: at the end of the axis.
        chance: accuracy of guessing.
        at: the step that is looked at, marked.
        scale: colours.
        height: pixels.
    """
    known = np.isfinite(loss) & (loss > 0)
    data = [
        _line(step, tested, "test", scale.series[0], "solid", "y"),
        _line(step, learnt, "training", scale.series[1], "dash", "y"),
        _line(step[known], np.maximum(loss[known], 1e-4), "loss", scale.muted, "solid", "y2"),
    ]
    level = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": chance, "y1": chance}
    shapes = [level | {"line": {"color": scale.muted, "width": 1.5, "dash": "dot"}}]
    if at is not None:
        mark = {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1}
        shapes.append(mark | {"line": {"color": scale.ink, "width": 1}})
    font = {"size": TICK + 1, "color": scale.ink}
    words = {"showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "yanchor": "bottom", "font": font}
    notes = [
        words | {"text": f"<b>accuracy</b>  {_said('━ test', scale.series[0])}  {_said('╍ train', scale.series[1])}", "y": 1.0},
        words | {"text": "<b>loss</b>", "y": 0.4},
        {"showarrow": False, "xref": "paper", "x": 1, "y": chance, "yanchor": "bottom", "xanchor": "right", "text": "guessing"}
        | {"font": {"size": TICK, "color": scale.muted}},
    ]
    layout = frame(
        scale, height=height, shapes=shapes, annotations=notes, margin={"l": 4, "r": 6, "t": 26, "b": 4}, dragmode=False,
        showlegend=False,
        xaxis=axis(scale, "step", range=[0, steps], nticks=4, anchor="y2"),
        yaxis=axis(scale, range=[0, 1.04], domain=[0.54, 1.0], dtick=0.5, tickformat=".0%"),
        yaxis2=axis(scale, type="log", domain=[0, 0.39], tickvals=TICKS, ticktext=[f"{t:g}" for t in TICKS]),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def _said(text: str, colour: str) -> str:
    return f'<span style="color:{colour}">{text}</span>'


def _line(x: np.ndarray, y: np.ndarray, name: str, colour: str, dash: str, where: str) -> dict[str, Any]:
    many = "lines" if len(x) > 1 else "markers"
    return {
        "type": "scatter", "x": x, "y": y, "mode": many, "name": name, "yaxis": where,
        "line": {"color": colour, "width": 2.5, "dash": dash}, "marker": {"color": colour, "size": 8},
        "hovertemplate": f"step %{{x}}: {name} %{{y:{'.1%' if where == 'y' else '.3g'}}}<extra></extra>",
    }  # fmt: skip


def class_bars(
    p: np.ndarray, classes: tuple[str, ...], truth: int | None = None, *, scale: Scale = NAMED, height: int = 190
) -> go.Figure:
    """Class probabilities `(c,)`; the largest in the first colour, the true class, where it is known, marked by a dot."""
    kept = np.arange(len(p)) if len(p) <= MOST else np.sort(np.argsort(-p, kind="stable")[:MOST])
    top, names = int(p.argmax()), [classes[i] + (" ●" if i == truth else "") for i in kept]
    colours = [scale.series[0] if i == top else scale.muted for i in kept]
    bars = {
        "type": "bar", "orientation": "h", "x": p[kept], "y": names, "marker": {"color": colours}, "showlegend": False,
        "text": [f"{v:.0%}" if v >= 0.005 else "" for v in p[kept]], "textposition": "outside", "cliponaxis": False,
        "textfont": {"size": TICK, "color": scale.ink}, "constraintext": "none", "textangle": 0,
        "hovertemplate": "%{y}: %{x:.3f}<extra></extra>",
    }  # fmt: skip
    layout = frame(
        scale, height=height, margin={"l": 4, "r": 4, "t": 2, "b": 2}, dragmode=False, bargap=0.22,
        xaxis=axis(scale, range=[0, 1.28], visible=False, fixedrange=True),
        yaxis=axis(scale, type="category", autorange="reversed", dtick=1, showgrid=False, fixedrange=True),
    )  # fmt: skip
    return go.Figure({"data": [bars], "layout": layout})
