"""What four networks say while the picture moves, pixel by pixel."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.learning_curves import ARCHITECTURES
from components.figures.scale import DASH, LABEL, MARKER, NAMED, SHARE_AND_POOL, Scale, axis, frame

PLACE_NAMES = {
    (True, True): "shared + pooled",
    (True, False): "shared, places kept",
    (False, True): "separate + pooled",
    (False, False): "separate, places kept",
}
WAYS = ("max", "stride", "blur", "none")
WAY_NAMES = {
    "max": "largest of 2 × 2",
    "stride": "every second pixel",
    "blur": "blurred, then every second",
    "none": "not subsampled",
}
WAY_DASH = {"max": "dash", "stride": "dot", "blur": "solid", "none": "dashdot"}


def shift_lines(
    values: np.ndarray,
    chosen: tuple[bool, bool],
    at: int,
    title: str,
    *,
    answers: Sequence[Sequence[str]] | None = None,
    scale: Scale = NAMED,
    height: int = 320,
) -> go.Figure:
    """Four lines over the pixels moved, in the house's colours of sharing and pooling, the chosen one bold.

    Args:
        values: shares in [0, 1], `(4, moves)` in the order of `ARCHITECTURES`.
        chosen: (sharing, pooling) of the network on the page.
        at: the move that is looked at, marked.
        title: of the vertical axis.
        answers: what each network says at each move, shown on hovering.
        scale: colours.
        height: pixels.
    """
    lines = []
    for i, kind in sorted(enumerate(ARCHITECTURES), key=lambda item: item[1] == chosen):
        colour, bold = scale.series[SHARE_AND_POOL[kind]], kind == chosen
        line = _line(values[i], PLACE_NAMES[kind], colour, DASH[kind], bold, None if answers is None else answers[i])
        line["marker"]["symbol"] = MARKER[kind]
        lines.append(line)
    return _figure(lines, values.shape[1], at, scale, height, title, [-0.03, 1.05])


def way_lines(values: np.ndarray, chosen: str, at: int, title: str, *, scale: Scale = NAMED, height: int = 320) -> go.Figure:
    """The same for four ways to subsample, `(4, moves)` in the order of `WAYS`, any numbers."""
    lines = []
    for i, way in sorted(enumerate(WAYS), key=lambda item: item[1] == chosen):
        lines.append(_line(values[i], WAY_NAMES[way], scale.series[(1, 7, 0, 2)[i]], WAY_DASH[way], way == chosen, None))
    low, high = float(values.min()), float(values.max())
    room = max(0.08 * (high - low), 0.02)
    return _figure(lines, values.shape[1], at, scale, height, title, [low - room, high + room])


def _line(y: np.ndarray, name: str, colour: str, dash: str, bold: bool, answers: Sequence[str] | None) -> dict[str, Any]:
    says = "" if answers is None else ", says %{text}"
    return {
        "type": "scatter", "x": np.arange(len(y)), "y": y, "mode": "lines+markers", "name": name,
        "opacity": 1.0 if bold else 0.62, "line": {"color": colour, "width": 4.5 if bold else 2, "dash": dash}, "text": answers,
        "marker": {"size": 11 if bold else 7, "color": colour},
        "hovertemplate": f"{name}<br>moved %{{x}} px: %{{y:.3f}}{says}<extra></extra>",
    }  # fmt: skip


def _figure(
    lines: list[dict[str, Any]], moves: int, at: int, scale: Scale, height: int, title: str, reach: list[float]
) -> go.Figure:
    mark = {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": scale.ink, "width": 1.5}}
    layout = frame(
        scale, height=height, shapes=[mark], hovermode="closest", dragmode=False,
        xaxis=axis(scale, "moved to the right, pixels", range=[-0.4, moves - 0.6], dtick=1 if moves < 10 else 2),
        yaxis=axis(scale, title, range=reach),
    )  # fmt: skip
    layout["legend"] |= {
        "orientation": "h",
        "y": 1.0,
        "yanchor": "bottom",
        "x": 0,
        "font": {"size": LABEL - 1, "color": scale.ink},
    }
    return go.Figure({"data": lines, "layout": layout})
