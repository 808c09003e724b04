"""How heads form while a small transformer learns: the score of every head, and how often it guesses right, over the steps."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame


def head_curves(
    step: np.ndarray,
    right: np.ndarray,
    previous: np.ndarray,
    again: np.ndarray,
    *,
    steps: int,
    chance: float,
    scale: Scale = NAMED,
    height: int = 300,
) -> go.Figure:
    """Three groups of lines, named at their ends.

    Args:
        step: of each frame, `(t,)`.
        right: share of guesses that are right, `(t,)`.
        previous, again: score of every head, `(t, layers, heads)`; the weaker ones pale.
        steps: at the end of the axis.
        chance: share right by guessing.
        scale: colours.
        height: pixels.
    """
    data: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for scores, name, colour, dash in (
        (previous, "the letter before", scale.series[1], "dash"), (again, "repeat", scale.series[0], "dot"),
    ):  # fmt: skip
        layers, heads = scores.shape[1:]
        best = int(scores[-1].argmax())
        for i in range(layers * heads):
            where = f"layer {i // heads + 1}, head {i % heads + 1}"
            data.append({
                "type": "scatter", "mode": "lines", "x": step, "y": scores[:, i // heads, i % heads], "showlegend": False,
                "line": {"color": colour if i == best else fade(colour, 0.35), "width": 3 if i == best else 1.5, "dash": dash},
                "hovertemplate": f"{where}, {name}: %{{y:.2f}}<extra></extra>",
            })  # fmt: skip
        below = "top" if name == "repeat" else "bottom"
        notes.append(_end(step, scores[:, best // heads, best % heads], f"best head, {name}", colour, below))
    data.append({
        "type": "scatter", "mode": "lines", "x": step, "y": right, "showlegend": False,
        "line": {"color": scale.ink, "width": 3.5}, "hovertemplate": "guessed right: %{y:.0%}<extra></extra>",
    })  # fmt: skip
    notes.append(_end(step, right, "guessed right", scale.ink))
    level = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": chance, "y1": chance}
    layout = frame(
        scale, height=height, uirevision="head-curves", annotations=notes, dragmode=False, hovermode="closest",
        shapes=[level | {"line": {"color": scale.muted, "width": 1.5, "dash": "dot"}}],
        xaxis=axis(scale, "training steps", range=[0, steps * 1.02], fixedrange=True),
        yaxis=axis(scale, "", range=[-0.02, 1.04], tickformat=".0%", fixedrange=True),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def _end(step: np.ndarray, line: np.ndarray, text: str, colour: str, side: str = "bottom") -> dict[str, Any]:
    """A name above or below the end of a line, inside the picture."""
    at = {"x": float(step[-1]), "y": float(line[-1]), "xanchor": "right" if step[-1] > 0 else "left", "yanchor": side}
    return at | {"text": text, "showarrow": False, "font": {"size": TICK, "color": colour}}
