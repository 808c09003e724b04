"""Accuracy against samples for readers of sequences, the unrolled chain they are, and a step at which nothing was learnt."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import DASH, LABEL, MARKER, NAMED, SHARE_AND_POOL, TICK, Scale, axis, fade, frame

READERS = {
    "shared": ("one cell, shared", (True, True)),
    "separate": ("a cell for each step", (False, False)),
    "place": ("feed-forward, no cell", (True, False)),
}
"""Reader -> its name, and the combination of sharing whose colour, dash and marker it keeps."""


def time_curves(
    sizes: np.ndarray, accuracy: np.ndarray, chosen: int, threshold: float, *, earlier: np.ndarray | None = None,
    scale: Scale = NAMED, height: int = 380,
) -> go.Figure:  # fmt: skip
    """Three learning curves with standard errors, the chosen one bold; `accuracy (3, s, seeds)`, `earlier` faded behind."""
    data: list[dict[str, Any]] = []
    for i, (name, kind) in enumerate(READERS.values()):
        colour = scale.series[SHARE_AND_POOL[kind]]
        if earlier is not None:
            line = {"color": fade(colour, 0.35), "width": 2}
            data.append(
                {"type": "scatter", "x": sizes, "y": earlier[i].mean(1), "mode": "lines", "line": line, "showlegend": False}
            )
            data[-1] |= {"hoverinfo": "skip"}
        bold = i == chosen
        error = accuracy[i].std(1, ddof=1) / math.sqrt(accuracy.shape[2]) if accuracy.shape[2] > 1 else np.zeros(len(sizes))
        data.append({
            "type": "scatter", "x": sizes, "y": accuracy[i].mean(1), "name": name, "mode": "lines+markers",
            "customdata": error.tolist(),
            "opacity": 1.0 if bold else 0.65, "line": {"color": colour, "width": 4.5 if bold else 2, "dash": DASH[kind]},
            "marker": {"symbol": MARKER[kind], "size": 11 if bold else 7, "color": colour},
            "error_y": {"type": "data", "array": error, "thickness": 1, "width": 4, "color": colour},
            "hovertemplate": f"{name}<br>%{{x}} samples: %{{y:.3f}} ± %{{customdata:.3f}}<extra></extra>",
        })  # fmt: skip
    line = {"color": scale.muted, "width": 1}
    notes = [
        {"x": 1, "xref": "paper", "xanchor": "right", "y": y, "yshift": 9, "text": text, "showarrow": False,
         "font": {"size": TICK, "color": scale.muted}}
        for y, text in ((threshold, f"accuracy {threshold:g}"), (0.5, "guessing"))
    ]  # fmt: skip
    levels = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": n["y"], "y1": n["y"], "line": line} for n in notes]
    layout = frame(
        scale, height=height, annotations=notes, shapes=levels, uirevision="time",
        xaxis=axis(
            scale, "training sequences", type="log", tickvals=sizes.tolist(), ticktext=[str(s) for s in sizes],
            range=[math.log10(sizes[0]) - 0.06, math.log10(sizes[-1]) + 0.06],
        ),
        yaxis=axis(scale, "test accuracy", range=[0.42, 1.04], dtick=0.1, tickformat=".1f"),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": data, "layout": layout})


def chain(letters: Sequence[str], reader: str, answer: str, *, scale: Scale = NAMED, height: int = 300) -> go.Figure:
    """The reader unrolled over its steps: cells of one colour where they are shared, of a colour each where they are not."""
    n = len(letters)
    kind = READERS[reader][1]
    own = [scale.series[SHARE_AND_POOL[kind]] if reader != "separate" else scale.series[(3 + i) % 10] for i in range(n)]
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for i, letter in enumerate(letters):
        big = letter in "AB"
        font = {"size": LABEL + (7 if big else 0), "color": scale.ink if big else scale.muted}
        notes.append({"x": i, "y": 0, "text": f"<b>{letter}</b>" if big else letter, "showarrow": False, "font": font})
        if reader == "place":
            notes.append(_arrow(i, 0.22, (n - 1) / 2 + (i - (n - 1) / 2) * 0.5, 0.78, own[i]))
            continue
        box = {"type": "rect", "x0": i - 0.36, "x1": i + 0.36, "y0": 0.8, "y1": 1.2, "line": {"color": own[i], "width": 2}}
        shapes.append(box | {"fillcolor": fade(own[i], 0.25)})
        text = "W, U" if reader == "shared" else f"W<sub>{i + 1}</sub>"
        notes.append({"x": i, "y": 1, "text": text, "showarrow": False, "font": {"size": TICK, "color": scale.ink}})
        notes.append(_arrow(i, 0.22, i, 0.78, own[i]))
        if i:
            notes.append(_arrow(i - 0.62, 1, i - 0.38, 1, own[i]))
    if reader == "place":
        box = {"type": "rect", "x0": -0.4, "x1": n - 0.6, "y0": 0.8, "y1": 1.2, "line": {"color": own[0], "width": 2}}
        shapes.append(box | {"fillcolor": fade(own[0], 0.25)})
        text = f"one map of all {n} places"
        notes.append({"x": (n - 1) / 2, "y": 1, "text": text, "showarrow": False, "font": {"size": LABEL, "color": scale.ink}})
    end = n - 1 if reader != "place" else (n - 1) / 2
    notes.append(_arrow(end, 1.22, end, 1.62, scale.muted))
    font = {"size": LABEL, "color": scale.ink}
    notes.append(
        {
            "x": end,
            "y": 1.75,
            "text": f"<b>{answer}</b>",
            "showarrow": False,
            "font": font,
            "xanchor": "right" if end == n - 1 else "center",
        }
    )
    bare = {"visible": False, "fixedrange": True}
    layout = frame(
        scale, height=height, shapes=shapes, annotations=notes, dragmode=False, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=bare | {"range": [-0.6, n - 0.4]}, yaxis=bare | {"range": [-0.25, 1.95]},
    )  # fmt: skip
    return go.Figure({"data": [{"type": "scatter", "x": [0], "y": [0], "mode": "none"}], "layout": layout})


def _arrow(x0: float, y0: float, x1: float, y1: float, colour: str) -> dict[str, Any]:
    """From one place of the drawing to another."""
    return {
        "x": x1, "y": y1, "ax": x0, "ay": y0, "xref": "x", "yref": "y", "axref": "x", "ayref": "y", "showarrow": True,
        "arrowhead": 2, "arrowwidth": 2, "arrowcolor": colour, "text": "",
    }  # fmt: skip


def unseen_bars(values: np.ndarray, *, scale: Scale = NAMED, height: int = 300) -> go.Figure:
    """Accuracy where the last A or B stands at steps that were trained, and at the one that was not; `values (3, 2, seeds)`."""
    data = []
    for i, (name, kind) in enumerate(READERS.values()):
        colour = scale.series[SHARE_AND_POOL[kind]]
        mean, error = values[i].mean(1), values[i].std(1, ddof=1) / math.sqrt(values.shape[2])
        data.append({
            "type": "bar", "name": name, "x": ["steps it learnt at", "the step it never saw"],
            "y": mean, "text": [f"{m:.2f}" for m in mean],
            "textposition": "outside", "textfont": {"size": LABEL, "color": scale.ink}, "cliponaxis": False,
            "error_y": {"type": "data", "array": error, "thickness": 1, "width": 3, "color": scale.muted},
            "marker": {"color": colour, "line": {"color": scale.ink, "width": 1}},
            "hovertemplate": f"{name}: %{{y:.3f}}<extra></extra>",
        })  # fmt: skip
    line = {"color": scale.muted, "width": 1, "dash": "dot"}
    layout = frame(
        scale, height=height, barmode="group", dragmode=False,
        shapes=[{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5, "line": line}],
        xaxis=axis(scale, fixedrange=True),
        yaxis=axis(scale, "test accuracy", range=[0, 1.18], tickvals=[0, 0.5, 1], fixedrange=True),
    )  # fmt: skip
    layout["xaxis"]["tickfont"] = {"size": LABEL, "color": scale.ink}
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": data, "layout": layout})
