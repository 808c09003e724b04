"""Several composed models learning the same thing: the one under way bold, kept ones in colours, recorded ones faint."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


class Line(NamedTuple):
    """One model's course."""

    name: str
    steps: np.ndarray  # (t,)
    score: np.ndarray  # (t,)
    role: str  # "own": the one on the page, "kept": pinned by the learner, "recorded": what is known of others


def composed_curves(
    found: Sequence[Line],
    baselines: Mapping[str, float],
    *,
    chance: float | None,
    measure: str = "accuracy",
    steps: int = 300,
    scale: Scale = NAMED,
    height: int = 210,
) -> go.Figure:
    """The score on the test over the steps, names at the ends of the lines.

    Args:
        found: the courses; the last drawn lies on top.
        baselines: learner -> its score on the same data.
        chance: accuracy of guessing; None where there is none.
        measure: what is measured.
        steps: at the end of the axis.
        scale: colours.
        height: pixels.
    """
    order = {"recorded": 0, "kept": 1, "own": 2}
    drawn = sorted(found, key=lambda line: order[line.role])
    low = min([0.0, *(float(np.nanmin(line.score)) for line in drawn if len(line.score))])
    low = max(low, -0.5)
    kept = [line for line in drawn if line.role == "kept"]
    data = [_line(line, kept.index(line) if line in kept else 0, scale) for line in drawn]
    levels = [(name, value) for name, value in baselines.items() if value > low]
    if chance is not None:
        levels.append(("guessing", chance))
    ends = [(line.name, float(line.score[-1]), line.role) for line in drawn if len(line.score)]
    notes = _ends([(n, v, r) for n, v, r in ends] + [(n, v, "level") for n, v in levels], low, scale, 15.5 / (height - 40))
    lines = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": v, "y1": v,
         "line": {"color": scale.muted, "width": 1.2, "dash": "dot"}}
        for _, v in levels
    ]  # fmt: skip
    layout = frame(
        scale, height=height, annotations=notes, shapes=lines, dragmode=False, showlegend=False, hovermode="closest",
        margin={"l": 4, "r": 150, "t": 8, "b": 4},
        xaxis=axis(scale, range=[0, steps], nticks=4, ticksuffix=" steps", showticksuffix="last", fixedrange=True),
        yaxis=axis(
            scale, range=[low - 0.02, 1.03], fixedrange=True, nticks=5, tickformat=".0%" if measure == "accuracy" else ".1f"
        ),
    )  # fmt: skip
    layout["yaxis"]["title"] = {"text": f"test {measure}", "font": {"size": TICK, "color": scale.ink}}
    return go.Figure({"data": data, "layout": layout})


def _colour(role: str, number: int, scale: Scale) -> str:
    if role == "own":
        return scale.series[0]
    if role == "kept":
        return scale.series[1 + number % 6]
    return fade(scale.muted, 0.75)


def _line(line: Line, number: int, scale: Scale) -> dict[str, Any]:
    own, kept = line.role == "own", line.role == "kept"
    look = {"color": _colour(line.role, number, scale), "width": 4 if own else 2.5 if kept else 1.5}
    look |= {"dash": DASHES[1 + number % 5] if kept else "solid"}
    few = "lines" if len(line.steps) > 1 else "markers"
    return {
        "type": "scatter", "mode": few, "x": line.steps, "y": line.score, "name": line.name, "line": look,
        "marker": {"size": 9, "color": look["color"]}, "cliponaxis": False,
        "hovertemplate": f"{line.name}<br>step %{{x:.0f}}: %{{y:.3f}}<extra></extra>",
    }  # fmt: skip


def _ends(ends: Sequence[tuple[str, float, str]], low: float, scale: Scale, line: float) -> list[dict[str, Any]]:
    """A name beside the end of every line, moved apart where they would meet; a line of words takes this part of the height."""
    room, found = line * (1.05 - low), []
    order = sorted(ends, key=lambda e: e[1])
    at = [min(max(value, low + 0.02), 1.0) for _, value, _ in order]
    for _ in range(60):
        for i in range(len(at) - 1):
            gap = room - (at[i + 1] - at[i])
            if gap > 1e-4:
                at[i], at[i + 1] = at[i] - gap / 2, at[i + 1] + gap / 2
        over = max(0.0, at[-1] - 1.0) if at else 0.0
        at = [max(low + 0.01, a - over) for a in at]
    kept = [name for name, _, role in ends if role == "kept"]
    for (name, value, role), y in zip(order, at, strict=True):
        colour = scale.muted if role in ("level", "recorded") else _colour(role, kept.index(name) if role == "kept" else 0, scale)
        text = f"<b>{name} {value:.2f}</b>" if role == "own" else f"{name} {value:.2f}"
        found.append(
            {"x": 1.0, "xref": "paper", "xanchor": "left", "xshift": 5, "y": y, "yanchor": "middle", "text": text,
             "showarrow": False, "font": {"size": TICK, "color": colour}}
        )  # fmt: skip
    return found
