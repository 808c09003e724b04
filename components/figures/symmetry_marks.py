"""Symmetries as measured: for every action how far the answer moves, before and after training, on a logarithmic line."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame

LEAST, MOST, EXACT = 1e-8, 3.0, 1e-5
TICKS = {1e-7: "10⁻⁷", 1e-5: "10⁻⁵", 1e-3: "10⁻³", 0.1: "0.1", 1: "1"}


def symmetry_marks(
    before: Mapping[str, float],
    after: Mapping[str, float] | None,
    titles: Mapping[str, str],
    *,
    kept: str = "stays the same",
    scale: Scale = NAMED,
    height: int = 190,
) -> go.Figure:
    """A row for each action: a circle for the first weights, a diamond for the trained ones; left of the line it is exact.

    Args:
        before, after: action -> the largest difference relative to the largest answer.
        titles: of the actions.
        kept: what is said of an exact symmetry: the answer stays, or follows.
        scale: colours.
        height: pixels.
    """
    names = list(before)
    rows = list(range(len(names)))
    data = [_marks([before[n] for n in names], rows, "first weights", "circle-open", 15, scale)]
    if after is not None:
        data.append(_marks([after[n] for n in names], rows, "trained", "diamond", 10, scale))
    zone = {"type": "rect", "x0": LEAST, "x1": EXACT, "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}, "layer": "below"}
    notes = [_note(n, before, after, titles, kept, row, scale) for row, n in enumerate(names)]
    layout = frame(
        scale, height=height, annotations=notes, dragmode=False, hovermode="closest",
        shapes=[zone | {"fillcolor": fade(scale.series[2], 0.16)}],
        margin={"l": 4, "r": 8, "t": 4, "b": 4}, showlegend=False,
        xaxis=axis(
            scale, "change of the answer: ○ before, ◆ after training", type="log", range=[-8, 0.5], tickvals=list(TICKS),
            ticktext=list(TICKS.values()), fixedrange=True,
        ),
        yaxis=axis(scale, range=[len(rows) - 0.4, -0.85], visible=False, fixedrange=True),
    )  # fmt: skip
    layout["xaxis"]["title"]["font"]["size"] = TICK
    return go.Figure({"data": data, "layout": layout})


def _marks(values: list[float], rows: list[int], name: str, symbol: str, size: int, scale: Scale) -> dict[str, Any]:
    colours = [scale.series[2] if v < EXACT else scale.series[1] for v in values]
    return {
        "type": "scatter", "mode": "markers", "name": name, "x": [min(max(v, 2 * LEAST), MOST) for v in values], "y": rows,
        "text": [f"{v:.1e}" for v in values], "hovertemplate": f"{name}: %{{text}}<extra></extra>",
        "marker": {"symbol": symbol, "size": size, "color": colours, "line": {"width": 2.5, "color": colours}},
        "cliponaxis": False,
    }  # fmt: skip


def _note(
    name: str,
    before: Mapping[str, float],
    after: Mapping[str, float] | None,
    titles: Mapping[str, str],
    kept: str,
    row: int,
    scale: Scale,
) -> dict[str, Any]:
    """The action and the verdict above its row."""
    worst = max(before[name], (after or before)[name])
    verdict = kept if worst < EXACT else f"moves by {(after or before)[name]:.2g}"
    colour = scale.series[2] if worst < EXACT else scale.series[1]
    text = f'{titles[name]}: <span style="color:{colour}"><b>{verdict}</b></span>'
    return {
        "x": 0, "xref": "paper", "xanchor": "left", "y": row - 0.2, "yanchor": "bottom", "text": text, "showarrow": False,
        "font": {"size": TICK, "color": scale.ink},
    }  # fmt: skip
