"""The messages that arrive at one node, as rows of numbers; below them what they add up to, and what the node becomes.

Every row is one neighbour: its name, the weight of its edge, its numbers, and of how many nodes it tells. Colours are centred on
zero; the numbers are written in the cells, so that each sum can be checked.
"""

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.neighbourhood import DISTANCE
from components.figures.numbers import short
from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, frame

ROWS, COLUMNS = 7, 6
"""Neighbours shown at most; the first numbers of a vector."""
Array = np.ndarray


class Strip(NamedTuple):
    """The rows of one layer at one node."""

    names: Sequence[str]  # (k,) of who speaks, the strongest first
    nodes: Array  # (k,) their numbers
    weight: Array  # (k,)
    said: Array  # (k, d) x_j W
    message: Array  # (k, d) w_ij x_j W
    tells: Array  # (k,) of how many nodes it has heard itself
    heard: Array  # (d,)
    own: Array  # (d',) what the node keeps of itself, perhaps of another width
    state: Array  # (h,)
    before: Array  # (d'',) what the node was
    how: str  # "sum", "mean", "max"
    kept: str  # what `own` is called
    phase: str


def cell(value: float, digits: int = 2) -> str:
    """A number that fits into a cell."""
    if not np.isfinite(value):
        return ""
    text = f"{value:.{digits}f}" if abs(value) < 99.5 else short(float(value))
    return "0" if float(value) == 0 else text.replace("-", "−")


def factor(weight: float) -> str:
    """A weight as it is written beside a row."""
    return "× 1" if weight == 1 else f"× {weight:.2f}" if abs(weight) >= 0.05 else f"× {weight:.3f}"


def table(strip: Strip) -> tuple[list[str], Array, list[str], list[str], int]:
    """Names, numbers `(rows, columns)` with NaN for nothing, weights and what is told, row by row; and how many are left out.

    A row is blank until its step has come, so that the picture keeps its shape while the player runs."""
    shown = min(len(strip.nodes), ROWS)
    columns = min(COLUMNS, max(strip.said.shape[1], strip.state.shape[0]))
    phase = ("start", "speak", "message", "aggregate", "update").index(strip.phase)
    rows = [strip.said[i] if phase == 1 else strip.message[i] if phase > 1 else strip.said[:0] for i in range(shown)]
    rows = [row if phase else np.zeros(0) for row in rows]
    rows += [strip.heard if phase > 2 else np.zeros(0), strip.own if phase > 3 else np.zeros(0)]
    rows += [strip.state if phase > 3 else np.zeros(0)]
    values = np.full((len(rows), columns), np.nan)
    for i, row in enumerate(rows):
        values[i, : min(columns, len(row))] = row[:columns]
    weights = [factor(float(w)) if phase > 1 else "" for w in strip.weight[:shown]]
    tells = [f"{int(t):,}" if phase else "" for t in strip.tells[:shown]]
    names = [*strip.names[:shown], strip.how, strip.kept, "it becomes"]
    return names, values, [*weights, "", "", ""], [*tells, "", "", ""], len(strip.nodes) - shown


def places(shown: int, more: int) -> Array:
    """Where the rows lie, downwards: a gap before what they add up to, wider where a line says how many are left out."""
    first = np.arange(shown, dtype=float)
    return np.concatenate([first, shown + (0.9 if more else 0.35) + np.arange(3)])


def heat(values: Array, y: Array, scale: Scale, yaxis: str = "y") -> dict[str, Any]:
    """The cells with their numbers."""
    some = np.abs(values[np.isfinite(values)])
    most = max(1e-6, float(some.max())) if some.size else 1.0
    digits = 2 if most >= 0.2 else 3
    return {
        "type": "heatmap", "z": values.astype(np.float32), "x": np.arange(values.shape[1]), "y": y, "yaxis": yaxis,
        "zmin": -1.6 * most, "zmax": 1.6 * most, "showscale": False, "hoverinfo": "skip", "xgap": 2, "ygap": 3,
        "colorscale": [[k / 2, colour] for k, colour in enumerate(scale.diverging)],
        "text": [[cell(v, digits) for v in row] for row in values], "texttemplate": "%{text}",
        "textfont": {"size": TICK, "color": scale.ink},
    }  # fmt: skip


def strip_figure(strip: Strip, *, scale: Scale = NAMED, height: int = 330) -> go.Figure:
    """The rows. A click on a row tells its node by `customdata`, "n12".

    Args:
        strip: numbers and names.
        scale: colours.
        height: pixels.
    """
    names, values, weights, tells, more = table(strip)
    shown, columns = len(names) - 3, values.shape[1]
    y = places(shown, more)
    data: list[dict[str, Any]] = []
    # each block is a heatmap of its own: rows of one heatmap must lie equally far apart
    if shown:
        data.append(heat(values[:shown], y[:shown], scale))
    data.append(heat(values[shown:], y[shown:], scale))
    words = [
        f"<b>{escape(str(name))}</b> says {', '.join(cell(v) for v in said[:COLUMNS])}"
        + (" …" if len(said) > COLUMNS else "")
        + f"<br>weight {w:.3f}; it tells of {int(t):,} node{'s' * int(t != 1)}. Click to go there"
        for name, said, w, t in zip(strip.names[:shown], strip.said, strip.weight, strip.tells, strict=False)
    ]
    data.append(
        {"type": "scatter", "mode": "markers", "opacity": 0, "x": np.tile(np.arange(columns), shown), "showlegend": False,
         "y": np.repeat(y[:shown], columns), "marker": {"size": 22, "symbol": "square"}, "text": np.repeat(words, columns),
         "customdata": [f"n{i}" for i in np.repeat(strip.nodes[:shown], columns)], "hovertemplate": "%{text}<extra></extra>"}
    )  # fmt: skip
    layout = frame(
        scale, height=height, showlegend=False, dragmode=False, hovermode="closest",
        margin={"l": 8, "r": 46, "t": 22, "b": 4},
        shapes=winners(strip, values, y, scale),
        annotations=_notes(strip, y, weights, tells, columns, more, scale),
        xaxis=HIDDEN_X | {"range": [-1.8, columns - 0.45]},
        yaxis=axis(scale, range=[y[-1] + 0.6, -0.6], tickvals=y, ticktext=[*map(_label, names[:-3]), *names[-3:]], showgrid=False,
                   zeroline=False, fixedrange=True, showline=False, ticks=""),
    )  # fmt: skip
    layout["yaxis"]["tickfont"] = {"size": LABEL - 1, "color": scale.ink}
    return go.Figure({"data": data, "layout": layout})


def winners(strip: Strip, values: Array, y: Array, scale: Scale) -> list[dict[str, Any]]:
    """Where only the largest of each column counts: a frame around it, if it is among the rows shown."""
    if strip.how != "the largest" or strip.phase not in ("aggregate", "update") or not len(strip.nodes):
        return []
    box = {"type": "rect", "line": {"color": scale.ink, "width": 2}}
    best = strip.message.argmax(0)[: values.shape[1]]
    return [
        box | {"x0": k - 0.47, "x1": k + 0.47, "y0": float(y[i]) - 0.44, "y1": float(y[i]) + 0.44}
        for k, i in enumerate(best)
        if i < len(y) - 3
    ]


HIDDEN_X = {"visible": False, "fixedrange": True}


def _label(name: str) -> str:
    return escape(name if len(name) <= 15 else name[:14] + "…")


def _notes(
    strip: Strip, y: Array, weights: list[str], tells: list[str], columns: int, more: int, scale: Scale
) -> list[dict[str, Any]]:
    """Weights left of the cells, what is told right of them, headings, and how many rows are left out."""
    plain = {"showarrow": False, "font": {"size": TICK, "color": scale.ink}}
    faint = plain | {"font": {"size": TICK, "color": scale.muted}}
    blue = plain | {"font": {"size": LABEL - 1, "color": scale.series[DISTANCE[1]]}}
    found = [blue | {"x": -1.12, "y": float(at), "text": text} for at, text in zip(y, weights, strict=True) if text]
    found += [
        faint | {"x": 1, "xref": "paper", "xanchor": "right", "xshift": 36, "y": float(at), "text": t}
        for at, t in zip(y, tells, strict=True)
        if t
    ]
    top = faint | {"yref": "paper", "y": 1, "yanchor": "bottom"}
    found.append(top | {"x": -1.12, "text": "weight"})
    found.append(top | {"x": 1, "xref": "paper", "xshift": 44, "xanchor": "right", "text": "tells of"})
    middle = {"start": "not yet", "speak": "what they say", "message": "messages"}.get(strip.phase, "messages")
    found.append(top | {"x": (columns - 1) / 2, "text": f"<b>{middle}</b>"})
    if more:
        found.append(faint | {"x": (columns - 1) / 2, "y": len(y) - 3 - 0.15, "text": f"and {more:,} more, which count too"})
    return found


def reach_bars(
    heard: Array, typical: Array, n: int, layer: int, *, scale: Scale = NAMED, height: int = 118
) -> go.Figure:  # fmt: skip
    """How many nodes are heard after 1, 2, ... layers, of those there are; a line marks what is usual in this network.

    Args:
        heard: of this node, itself counted `(k,)`, after layers 1 to k.
        typical: the median over all nodes `(k,)`.
        n: nodes.
        layer: the one reached now; later ones are faint.
        scale: colours.
        height: pixels.
    """
    k = list(range(1, len(heard) + 1))
    colours = [scale.series[DISTANCE[min(3, i)]] for i in k]
    bars = {
        "type": "bar", "orientation": "h", "y": k, "x": heard, "width": 0.62, "showlegend": False,
        "marker": {"color": colours, "opacity": [1 if i <= layer else 0.3 for i in k]},
        "hovertemplate": "after %{y} layers: %{x} nodes<extra></extra>",
    }  # fmt: skip
    said = {
        "type": "scatter", "mode": "text", "y": k, "x": np.maximum(heard, typical), "textposition": "middle right",
        "text": [f" {h:,} of {n:,}" for h in heard], "textfont": {"size": LABEL, "color": scale.ink}, "hoverinfo": "skip",
        "showlegend": False, "cliponaxis": False,
    }  # fmt: skip
    usual = {
        "type": "scatter", "mode": "markers", "x": typical, "y": k, "name": "median of all nodes", "showlegend": True,
        "marker": {"symbol": "line-ns", "size": 17, "line": {"width": 3, "color": scale.ink}},
        "hovertemplate": "median: %{x} nodes<extra></extra>",
    }  # fmt: skip
    layout = frame(
        scale, height=height, dragmode=False, margin={"l": 8, "r": 8, "t": 26, "b": 4}, bargap=0.2,
        xaxis={"visible": False, "range": [0, 1.3 * n], "fixedrange": True},
        yaxis=axis(scale, range=[len(heard) + 0.5, 0.5], tickvals=k, fixedrange=True, showgrid=False,
                   ticktext=[f"after {i} layer{'s' * (i > 1)}" for i in k]),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}
    layout["yaxis"]["tickfont"] = {"size": LABEL - 1, "color": scale.ink}
    return go.Figure({"data": [bars, said, usual], "layout": layout})
