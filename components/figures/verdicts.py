"""What several models say of the same thing: the chance of the second class, one bar for each, from one half."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, fade, frame


def verdicts(
    names: Sequence[str],
    chances: np.ndarray,
    classes: tuple[str, str],
    chosen: int,
    *,
    before: np.ndarray | None = None,
    scale: Scale = NAMED,
    height: int = 320,
) -> go.Figure:
    """One bar for each model, to the left for the first class and to the right for the second.

    Args:
        names: of the models.
        chances: of the second class `(m,)`; what is not a number gets no bar.
        classes: the two answers.
        chosen: the number of the bar whose frame is bold.
        before: chances for the unchanged sequence `(m,)`, a mark on each bar.
        scale: colours.
        height: pixels.
    """
    known = np.isfinite(chances)
    p = np.where(known, chances, 0.5)
    colours = [scale.diverging[2] if v >= 0.5 else scale.diverging[0] for v in p]
    each = list(zip(names, p, known, strict=True))
    bars: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": list(names), "x": p - 0.5, "base": 0.5, "showlegend": False,
        "marker": {"color": colours, "line": {"color": scale.ink, "width": [3 if i == chosen else 0 for i in range(len(p))]}},
        "hovertext": [f"{n}: {classes[1]} {v:.1%}" if k else f"{n}: not trained" for n, v, k in each],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip
    data = [bars]
    if before is not None:
        mark = {"symbol": "line-ns-open", "size": 22, "color": scale.ink, "line": {"width": 3, "color": scale.ink}}
        data.append(
            {"type": "scatter", "x": before, "y": list(names), "mode": "markers", "marker": mark, "showlegend": False}
            | {"hovertemplate": "%{y}, as written: %{x:.1%}<extra></extra>"}
        )
    font = {"size": TICK + 1, "color": scale.ink}
    notes = [
        {"x": 1.04, "y": name, "text": f"<b>{max(v, 1 - v):.0%}</b>" if k else "–", "xanchor": "left", "font": font}
        | {"showarrow": False}
        for name, v, k in zip(names, p, known, strict=True)
    ]
    large = {"yref": "paper", "y": 1.0, "yanchor": "bottom", "showarrow": False, "font": {"size": LABEL, "color": scale.ink}}
    notes += [
        large | {"x": 0, "xanchor": "left", "text": f"← {classes[0]}"},
        large | {"x": 1, "xanchor": "right", "text": f"{classes[1]} →"},
    ]
    half = {"type": "line", "x0": 0.5, "x1": 0.5, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": scale.ink, "width": 1.5}}
    layout = frame(scale, height=height, shapes=[half], annotations=notes, dragmode=False, bargap=0.3)
    layout["margin"] = {"l": 4, "r": 4, "t": 30, "b": 4}
    layout["xaxis"] = axis(
        scale, range=[0, 1.24], tickvals=[0, 0.5, 1], ticktext=["100%", "50%", "100%"], gridcolor=fade(scale.muted, 0.2)
    )
    layout["yaxis"] = axis(scale, type="category", autorange="reversed", showgrid=False, dtick=1)
    layout["yaxis"]["tickfont"] = {"size": LABEL, "color": scale.ink}
    return go.Figure({"data": data, "layout": layout})
