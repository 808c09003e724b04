"""The measured factor of extra samples, on one axis with 1 (no cost) and K! (the slide)."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import plotly.graph_objects as go

from components.figures.learning_curves import NAMES
from components.figures.scale import LABEL, MARKER, NAMED, SHARE_AND_POOL, Scale, axis, frame


class Row(NamedTuple):
    """One learner's factor of extra samples."""

    name: str
    estimate: float  # infinite where it never got there, 0 where only it did, not a number where neither
    low: float  # 95 % interval
    high: float
    words: str  # as a learner reads it
    bound: float  # what the largest sample size tried can show


def factors(size: int, rows: Sequence[Row], *, scale: Scale = NAMED, height: int = 290) -> go.Figure:
    """A dot with its interval for every learner, on a logarithmic axis from 1 to K! and beyond.

    Args:
        size: elements per set, K.
        rows: the learners; one that never got there is an arrow at its bound.
        scale: colours.
        height: pixels.
    """
    bang = math.factorial(size)
    traces = [trace for row in rows for trace in _row(row, scale)]
    lines, notes = [], []
    for value, label, anchor in ((1, "1: no cost", "left"), (bang, f"{size}! = {bang}: the slide", "right")):
        line = {"color": scale.muted, "width": 2, "dash": "dot"}
        lines.append({"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": value, "x1": value, "line": line})
        font = {"color": scale.muted, "size": LABEL - 1}
        place = {"x": math.log10(value), "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": anchor}
        notes.append({"text": label, "showarrow": False, "font": font} | place)
    end = max([bang * 1.6, *(4 * (row.high if math.isfinite(row.high) else row.bound) for row in rows if row.high > 0)])
    layout = frame(
        scale, title=f"The slide: {size}! = {bang} times the samples. Measured:", height=height, showlegend=False,
        uirevision="factor", shapes=lines, annotations=notes,
        xaxis=axis(
            scale, "times as many samples as shared + invariant", type="log", range=[math.log10(0.8), math.log10(end)],
            tickvals=[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
        ),
        yaxis=axis(scale, autorange="reversed", gridcolor="rgba(0,0,0,0)"),
    )  # fmt: skip
    layout["yaxis"]["tickfont"] = {"size": LABEL - 1, "color": scale.ink}
    layout["margin"] |= {"t": 66}
    return go.Figure({"data": traces, "layout": layout})


def _row(row: Row, scale: Scale) -> list[dict[str, Any]]:
    """The dot with its interval, and the words at the interval's end."""
    kind = next((kind for kind, name in NAMES.items() if name == row.name), None)
    colour = scale.series[SHARE_AND_POOL[kind]] if kind else scale.muted
    words: dict[str, Any] = {
        "type": "scatter",
        "y": [row.name],
        "mode": "text",
        "textposition": "middle right",
        "hoverinfo": "skip",
    }
    words |= {"text": [f"  <b>{row.words}</b>"], "textfont": {"size": LABEL, "color": colour}, "cliponaxis": False}
    if math.isnan(row.estimate) or row.estimate == 0:
        return [words | {"x": [1]}]
    reached = math.isfinite(row.estimate)
    at = row.estimate if reached else row.bound
    low = row.low if 0 < row.low < math.inf else at
    high = row.high if row.high < math.inf else at
    bar = {"type": "data", "symmetric": False, "array": [high - at], "arrayminus": [at - low], "color": colour, "width": 5}
    dot = {
        "type": "scatter", "x": [at], "y": [row.name], "mode": "markers", "error_x": bar,
        "marker": {"symbol": MARKER[kind] if kind and reached else "triangle-right", "size": 13, "color": colour},
        "hovertemplate": f"{row.name}: {row.words}<br>95 % interval {low:.2g} to {high:.2g}<extra></extra>",
    }  # fmt: skip
    return [dot, words | {"x": [max(high, at)]}]
