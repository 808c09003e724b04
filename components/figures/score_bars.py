"""Scores side by side: what was trained on top with its seeds, below it what it is compared with."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, fade, frame


def score_bars(
    own: str, seeds: np.ndarray, others: Mapping[str, float], title: str, *, guess: float | None = None, percent: bool = False,
    scale: Scale = NAMED, height: int = 250,
) -> go.Figure:  # fmt: skip
    """Horizontal bars, each with its name above it and its number at its end.

    Args:
        own: the name of what was trained.
        seeds: its score with every seed `(r,)`: the bar is the mean, a dot each seed.
        others: what it is compared with, name -> score.
        title: of the axis.
        guess: the score of guessing, drawn as a line.
        percent: whether scores are written as parts of a hundred.
        scale: colours.
        height: pixels.
    """
    names = [own, *others]
    values = np.array([float(seeds.mean()), *others.values()])
    best = int(np.argmax(values))
    rows, colours = np.arange(len(names))[::-1], [scale.series[0]] + [fade(scale.muted, 0.55)] * len(others)
    bars: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": rows, "x": np.maximum(values, 0), "width": 0.42, "customdata": names,
        "marker": {"color": colours, "pattern": {"shape": [""] + ["/"] * len(others)}}, "showlegend": False,
        "hovertemplate": "%{customdata}: %{x:.3f}<extra></extra>",
    }  # fmt: skip
    dots: dict[str, Any] = {
        "type": "scatter", "mode": "markers", "x": np.maximum(seeds, 0), "y": np.full(len(seeds), rows[0]), "showlegend": False,
        "marker": {"color": scale.paper, "size": 8, "line": {"width": 1.5, "color": scale.ink}},
        "hovertemplate": "one seed: %{x:.3f}<extra></extra>",
    }  # fmt: skip
    shown = [f"{v:.0%}" if percent else f"{v:.2f}" for v in values]
    notes = [
        {"x": 0, "y": float(y), "yshift": 19, "xanchor": "left", "xref": "paper", "showarrow": False,
         "text": f"<b>{name}</b>" if i == 0 else name, "font": {"size": TICK + 1, "color": scale.ink}}
        for i, (y, name) in enumerate(zip(rows, names, strict=True))
    ]  # fmt: skip
    notes += [
        {"x": 1, "y": float(y), "yshift": 19, "xanchor": "right", "xref": "paper", "showarrow": False,
         "text": f"<b>{text}</b>" if i == best else text, "font": {"size": LABEL, "color": scale.ink}}
        for i, (y, text) in enumerate(zip(rows, shown, strict=True))
    ]  # fmt: skip
    line = {"color": scale.muted, "width": 1, "dash": "dot"}
    upright = {"type": "line", "x0": guess, "x1": guess, "y0": -0.4, "y1": len(names) - 0.5, "line": line}
    layout = frame(
        scale, height=height, annotations=notes, shapes=[] if guess is None else [upright], hovermode="closest",
        margin={"l": 4, "r": 16, "t": 4, "b": 4},
        xaxis=axis(scale, title, range=[0, 1.0], dtick=0.25, tickformat=".0%" if percent else ".2f"),
        yaxis={"visible": False, "range": [-0.4, len(names) - 0.25], "fixedrange": True},
    )  # fmt: skip
    layout["font"]["size"] = TICK
    return go.Figure({"data": [bars, dots], "layout": layout})


def course(at: np.ndarray, scores: np.ndarray, end: int, title: str, *, scale: Scale = NAMED, height: int = 140) -> go.Figure:
    """The score of every seed `(t, r)` at the steps `at (t,)`, the mean bold."""
    thin = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    data: list[dict[str, Any]] = [
        thin | {"x": at, "y": np.maximum(one, 0), "line": {"color": fade(scale.series[0], 0.3), "width": 1}} for one in scores.T
    ]
    data.append(
        {"type": "scatter", "x": at, "y": np.maximum(scores.mean(1), 0), "mode": "lines" if len(at) > 1 else "markers",
         "line": {"color": scale.series[0], "width": 3}, "showlegend": False,
         "hovertemplate": "step %{x}: mean %{y:.3f}<extra></extra>"}
    )  # fmt: skip
    layout = frame(
        scale, height=height, margin={"l": 4, "r": 12, "t": 8, "b": 4}, hovermode="closest",
        xaxis=axis(scale, f"{title} at each training step", range=[0, end]), yaxis=axis(scale, range=[0, 1.03], dtick=0.5),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
