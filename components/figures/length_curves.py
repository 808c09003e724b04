"""Seven sequence models side by side: accuracy while they learn, and accuracy against the length of the sequence."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, fade, frame

LOOKS: dict[str, tuple[str, int, str, str]] = {
    "bag": ("bag of words", 3, "dot", "square"),
    "feedforward": ("feed-forward", 9, "dashdot", "x"),
    "rnn": ("RNN", 1, "dash", "diamond"),
    "lstm": ("LSTM", 2, "solid", "circle"),
    "convolution": ("convolution", 5, "longdash", "triangle-up"),
    "state space": ("state space", 4, "dash", "star"),
    "attention": ("attention", 0, "solid", "hexagon"),
}
"""Of each kind: its name, the number of its colour, its dash and its marker, on every chart of the view."""
MARGIN = {"l": 4, "r": 8, "t": 30, "b": 4}


def colour(kind: str, scale: Scale) -> str:
    """The colour of a kind."""
    return scale.series[LOOKS[kind][1]]


def learning(
    x: np.ndarray,
    accuracy: np.ndarray,
    chosen: str,
    kinds: Sequence[str],
    *,
    end: float,
    level: float,
    x_title: str = "training step",
    earlier: tuple[np.ndarray, np.ndarray] | None = None,
    scale: Scale = NAMED,
    height: int = 390,
) -> go.Figure:
    """Test accuracy while the models learn, the chosen one bold.

    Args:
        x: steps, or seconds, of every model `(t, 7)`.
        accuracy: `(t, 7, r)`; what is not a number is left out.
        chosen: a member of `LOOKS`.
        kinds: the names behind the second axis.
        end: of the axis.
        level: the accuracy asked for.
        x_title: of the axis.
        earlier: x and accuracy of an earlier run, drawn faded.
        scale: colours.
        height: pixels.
    """
    traces = []
    if earlier is not None:
        traces += [_line(k, earlier[0][:, i], earlier[1][:, i], False, scale, faded=True) for i, k in _order(kinds, chosen)]
    for i, kind in _order(kinds, chosen):
        if np.isfinite(accuracy[:, i]).any():
            traces.append(_line(kind, x[:, i], accuracy[:, i], kind == chosen, scale))
    layout = _layout(scale, height, "<b>While they learn</b>: test accuracy", False)
    layout["shapes"] = [_level(level, "solid", scale), _level(0.5, "dot", scale)]
    layout["annotations"] += [_words(f"{level:.0%} ", level, scale) | {"yanchor": "top"}, _words("guessing", 0.5, scale)]
    layout["xaxis"] = axis(scale, x_title, range=[-0.02 * end, 1.02 * end], nticks=6)
    return go.Figure({"data": traces, "layout": layout})


def by_length(
    bins: Sequence[tuple[int, int]],
    accuracy: np.ndarray,
    chosen: str,
    kinds: Sequence[str],
    *,
    trained: tuple[int, int],
    scale: Scale = NAMED,
    height: int = 390,
) -> go.Figure:
    """Accuracy against length, the lengths of the training shaded; error bars are standard errors over the seeds.

    Args:
        bins: shortest and longest length of each point.
        accuracy: `(7, bins, r)`; what is not a number is left out.
        chosen, kinds, scale, height: see `learning`.
        trained: shortest and longest training sequence.
    """
    x = np.array([(a + b) / 2 for a, b in bins])
    best = np.argsort(-np.nan_to_num(accuracy[:, -3:].mean((1, 2))), kind="stable")
    rank = {kinds[i]: 1 + place for place, i in enumerate(best)}  # the names stand in the order in which the curves end
    traces = []
    for i, kind in _order(kinds, chosen):
        if np.isfinite(accuracy[i]).any():
            traces.append(_line(kind, x, accuracy[i], kind == chosen, scale, bins=bins) | {"legendrank": rank[kind]})
    layout = _layout(scale, height, "<b>When finished</b>: test accuracy by length", True)
    box = {"type": "rect", "x0": trained[0] - 0.5, "x1": trained[1] + 0.5, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    layout["shapes"] = [
        box | {"fillcolor": fade(scale.muted, 0.22), "line": {"width": 0}}, _level(0.5, "dot", scale),
    ]  # fmt: skip
    font = {"size": TICK + 1, "color": scale.ink}
    plain = {"yref": "paper", "y": 0.015, "yanchor": "bottom", "showarrow": False, "font": font}
    layout["annotations"].append(plain | {"x": trained[0], "xanchor": "left", "text": "trained", "y": 0.09})
    if trained[1] < bins[-1][1]:
        layout["annotations"].append(plain | {"x": trained[1] + 2, "xanchor": "left", "text": "never seen →"})
    layout["xaxis"] = axis(
        scale, "tokens in the sequence", range=[0, bins[-1][1] + 2], tickvals=[1, 8, 16, 24, 32, 40, 48, 56, 64]
    )
    return go.Figure({"data": traces, "layout": layout})


def _order(kinds: Sequence[str], chosen: str) -> list[tuple[int, str]]:
    """The kinds with their numbers, the chosen one last, so that it lies on top."""
    return sorted(enumerate(kinds), key=lambda item: item[1] == chosen)


def _line(
    kind: str, x: np.ndarray, accuracy: np.ndarray, bold: bool, scale: Scale, *, faded: bool = False,
    bins: Sequence[tuple[int, int]] = (),
) -> dict[str, Any]:  # fmt: skip
    """One curve; every kind keeps colour, dash and marker wherever it appears."""
    name, _, dash, marker = LOOKS[kind]
    own, many = colour(kind, scale), accuracy.shape[1] > 1
    error = accuracy.std(1, ddof=1) / math.sqrt(accuracy.shape[1]) if many else np.zeros(len(accuracy))
    line = {"color": fade(own, 0.3) if faded else own, "width": 5 if bold else 2, "dash": dash}
    every = max(1, len(x) // 10)
    found = {
        "type": "scatter", "x": x.astype(np.float32), "y": accuracy.mean(1).astype(np.float32), "name": name, "line": line,
        "opacity": 1.0 if bold or faded else 0.75, "mode": "lines" if faded else "lines+markers",
        "legendrank": list(LOOKS).index(kind), "customdata": [kind] * len(x), "showlegend": not faded,
        "marker": {"symbol": marker, "size": 11 if bold else 8, "color": own, "maxdisplayed": 0 if bins else 1 + len(x) // every},
    }  # fmt: skip
    if faded:
        return found | {"hoverinfo": "skip"}
    if bins:
        found["text"] = [f"{a}" if a == b else f"{a} to {b}" for a, b in bins]
        found["error_y"] = {
            "type": "data",
            "array": error.astype(np.float32),
            "thickness": 2 if bold else 1,
            "width": 3,
            "color": own,
        }
        return found | {"hovertemplate": f"<b>{name}</b>, %{{text}} tokens: %{{y:.1%}}<extra></extra>"}
    return found | {"hovertemplate": f"<b>{name}</b> at %{{x:.3~g}}: %{{y:.1%}}<extra></extra>"}


def _layout(scale: Scale, height: int, title: str, named: bool) -> dict[str, Any]:
    """What both charts share: the axis of accuracies and the title; `named` puts the names of the curves to the right."""
    layout = frame(scale, height=height, title=title, margin=dict(MARGIN), hovermode="closest", dragmode=False, showlegend=named)
    layout["title"] |= {
        "font": {"size": LABEL, "color": scale.ink},
        "yref": "container",
        "y": 1,
        "yanchor": "top",
        "pad": {"t": 6},
    }
    layout["legend"] |= {"x": 1.01, "xanchor": "left", "y": 1, "yanchor": "top", "font": {"size": TICK, "color": scale.ink}}
    layout["legend"] |= {"itemclick": False, "itemdoubleclick": False, "itemwidth": 40, "tracegroupgap": 0}
    layout["yaxis"] = axis(scale, range=[0.28, 1.04], tickformat=".0%", tickvals=[0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    layout["annotations"] = []
    return layout


def _level(y: float, dash: str, scale: Scale) -> dict[str, Any]:
    """A horizontal line through the whole picture."""
    line = {"color": scale.muted, "width": 1.5, "dash": dash}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line}


def _words(text: str, y: float, scale: Scale) -> dict[str, Any]:
    """Words at the right end of a level."""
    font = {"color": scale.muted, "size": TICK}
    place = {"x": 1, "xref": "paper", "xanchor": "right", "y": y, "yanchor": "bottom"}
    return place | {"text": text, "showarrow": False, "font": font}
