"""The matrices of one attention head, drawn side by side with their shapes; every number is in the hover.

General in what attends to what: n queries and m keys with any names, patches here, words elsewhere.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, frame


class Matrix(NamedTuple):
    """One matrix to draw."""

    name: str  # as the formula writes it
    values: np.ndarray  # (rows, columns)
    columns: Sequence[str] = ()  # names of the columns; numbers from 1 if none
    share: bool = False  # rows sum to 1: drawn from 0 up, not around 0


def attention_matrices(
    matrices: Sequence[Matrix],
    rows: Sequence[str],
    query: int | None = None,
    *,
    across: int = 4,
    scale: Scale = NAMED,
    height: int = 520,
) -> go.Figure:
    """Matrices with the same rows (the elements that ask), a few next to each other.

    Args:
        matrices: what to draw; shares in one colour, all others around zero in two.
        rows: names of the elements.
        query: row to mark.
        across: matrices next to each other.
        scale: colours.
        height: pixels.
    """
    down = -(-len(matrices) // across)
    data: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    places: dict[str, Any] = {}
    for i, matrix in enumerate(matrices):
        r, c = divmod(i, across)
        end = "" if i == 0 else str(i + 1)
        x0, x1 = c / across + 0.012, (c + 1) / across - 0.012
        y1, y0 = 1 - r / down - 0.14 / down, 1 - (r + 1) / down + 0.03 / down
        data.append(_heat(matrix, rows, end, scale))
        bare: dict[str, Any] = {"showticklabels": False, "showgrid": False, "fixedrange": True, "ticks": ""}
        places[f"xaxis{end}"] = axis(scale, domain=[x0, x1], anchor=f"y{end}", **bare)
        places[f"yaxis{end}"] = axis(scale, domain=[y0, y1], anchor=f"x{end}", autorange="reversed", **bare)
        n, m = matrix.values.shape
        text = f"<b>{matrix.name}</b>  {n} × {m}"
        at = {"x": x0, "y": y1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        notes.append(at | {"text": text, "showarrow": False, "font": {"size": LABEL, "color": scale.ink}})
        if query is not None:
            line = {"color": scale.series[2], "width": 3}
            ends = {"xref": f"x{end}", "yref": f"y{end}", "x0": -0.5, "x1": m - 0.5, "y0": query - 0.5, "y1": query + 0.5}
            shapes.append({"type": "rect", "line": line} | ends)
    layout = frame(scale, height=height, annotations=notes, shapes=shapes, dragmode=False, **places)
    return go.Figure({"data": data, "layout": layout})


def _heat(matrix: Matrix, rows: Sequence[str], end: str, scale: Scale) -> dict[str, Any]:
    """One matrix as a heat; two significant digits of each number in the hover."""
    values = matrix.values.astype(np.float32)
    most = max(float(np.abs(values).max()), 1e-9)
    low, colours = (0.0, list(scale.sequential)) if matrix.share else (-most, list(scale.diverging))
    names = list(matrix.columns) or [f"number {j + 1}" for j in range(values.shape[1])]
    about = [[f"{rows[i]} → {names[j]}" for j in range(values.shape[1])] for i in range(len(values))]
    return {
        "type": "heatmap", "z": values, "zmin": low, "zmax": most, "showscale": False, "text": about,
        "colorscale": [[k / (len(colours) - 1), colour] for k, colour in enumerate(colours)],
        "xaxis": f"x{end}", "yaxis": f"y{end}", "xgap": 0.5, "ygap": 0.5,
        "hovertemplate": f"{matrix.name}<br>%{{text}}: %{{z:.3f}}<extra></extra>", "hoverlabel": {"font": {"size": TICK + 1}},
    }  # fmt: skip
