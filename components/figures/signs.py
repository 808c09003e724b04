"""A set of pictographs, some given (filled tiles) and some candidates (empty ones). Signs come from the device's own fonts.

`raw` is a table with `sign`, `name` and `given`; the elements `(n, 2)` are the sign's number and 1 where it is given.
"""

from collections.abc import Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

from components.figures.kind import Kind
from components.figures.pictures import layout, numbers, places, square
from components.figures.sample import ACCENT, HIDDEN
from components.figures.scale import LABEL, Scale, frame
from components.values import Sample

MOST, SIZE = 24, 34


def _hover(raw: np.ndarray) -> list[str]:
    return [f"{escape(str(row['name']))}, {'given' if row['given'] else 'candidate'}" for row in raw]


def raw(sample: Sample, scale: Scale, mark: int | None, height: int) -> go.Figure:
    """One tile an element in the order of the rows, element `mark` framed."""
    table = sample["raw"][:MOST]
    column, row, columns, rows = places(len(table))
    y = 1.2 * row
    shapes = [
        square(
            column[i], y[i], scale.muted, layer="below", line={"color": scale.muted, "width": 1.5},
            fillcolor=scale.sequential[1] if given else "rgba(0,0,0,0)",
        )
        for i, given in enumerate(table["given"])
    ]  # fmt: skip
    if mark is not None and mark < len(table):
        shapes.append(square(column[mark], y[mark], scale.series[ACCENT]))
    signs = go.Scatter(
        x=column, y=y, mode="text", text=[escape(str(sign)) for sign in table["sign"]], textfont={"size": SIZE},
        customdata=np.arange(len(table)), hovertext=_hover(table), hovertemplate="%{hovertext}<extra></extra>", showlegend=False,
    )  # fmt: skip
    return go.Figure({"data": [signs, numbers(column, y, scale)], "layout": layout(scale, columns, rows, height, shapes)})


def observation(sample: Sample, x: np.ndarray, scale: Scale, mark: int, height: int) -> go.Figure:
    """The rows of the table: which sign, by its number, and whether it is given; element `mark` framed."""
    first = min(max(0, mark - 6), max(0, len(x) - 12))
    rows = np.arange(first, min(len(x), first + 12))
    columns = {
        "": [f"<b>x<sub>i,{r + 1}</sub></b>" if r == mark else f"x<sub>i,{r + 1}</sub>" for r in rows],
        "pictograph": [f"{x[r, 0]:.0f}" for r in rows],
        "given": [f"{x[r, 1]:.0f}" for r in rows],
        "which is": [escape(str(sample["raw"]["sign"][r])) for r in rows],
    }
    data = [
        go.Scatter(
            x=[i] * (len(rows) + 1), y=[-1, *range(len(rows))], mode="text", text=[f"<b>{name}</b>", *words],
            textfont={"size": LABEL, "color": scale.ink}, hoverinfo="skip", showlegend=False,
        )
        for i, (name, words) in enumerate(columns.items())
    ]  # fmt: skip
    data.append(
        go.Scatter(
            x=[1.5] * len(rows), y=list(range(len(rows))), mode="markers", opacity=0, customdata=rows, showlegend=False,
            marker={"size": 18}, hovertext=_hover(sample["raw"][rows]), hovertemplate="%{hovertext}<extra></extra>",
        )
    )  # fmt: skip
    at = mark - first
    box = {"x0": 0.45, "x1": 2.45, "y0": at - 0.45, "y1": at + 0.45}
    fixed = {"fixedrange": True, **HIDDEN}
    style = frame(
        scale,
        height=height,
        dragmode=False,
        shapes=[{"type": "rect", "line": {"color": scale.series[ACCENT], "width": 3}} | box],
        xaxis={"range": [-0.5, 3.5]} | fixed,
        yaxis={"range": [max(11.7, len(rows)), -1.6]} | fixed,
    )
    return go.Figure({"data": data, "layout": style})


def small(sample: Sample, left: float, top: float, scale: Scale) -> Sequence[BaseTraceType]:
    """The given signs in the upper half, the candidates in the lower."""
    table = sample["raw"][:MOST]
    x, y, text = [], [], []
    for given, start in ((True, 0.12), (False, 0.5)):
        for i, row in enumerate(table[table["given"] == given][:8]):
            x.append(left + 0.14 + 0.24 * (i % 4))
            y.append(top + start + 0.24 * (i // 4))
            text.append(escape(str(row["sign"])))
    line = go.Scatter(
        x=[left + 0.03, left + 0.97], y=[top + 0.33] * 2, mode="lines", line={"color": scale.muted, "width": 1}, hoverinfo="skip"
    )
    return [line, go.Scatter(x=x, y=y, mode="text", text=text, textfont={"size": 20}, hoverinfo="skip")]


KIND = Kind("signs", raw, observation, small)
