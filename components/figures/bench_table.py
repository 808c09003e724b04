"""The table of the symmetry bench: models down, actions across, the error as colour, number and sign.

Blue with a tick is exact, orange with a cross is not; the colour is the logarithm of the error, its middle at 10^-3. A grey dot:
there is nothing to measure. A click tells the cell: `customdata` is "row,column".
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.commuting import tint
from components.figures.scale import NAMED, TICK, Scale, axis, frame

LOW, HIGH = -6.0, 0.0  # powers of ten at the ends of the colours
ROW, HEAD = 27, 96  # pixels of a row, and of the head
MANY = 10  # columns from which their titles stand upright


def table_height(rows: int) -> int:
    """Pixels of a table of so many rows."""
    return HEAD + ROW * rows


def written(error: float) -> str:
    """An error in a few letters, with a sign: what rounds is equal."""
    if not np.isfinite(error):
        return "·"
    sign = "✓" if error < 1e-5 else "≈" if error < 1e-2 else "✗"
    return f"{sign} 0" if error == 0 else f"{sign} {error:.0e}".replace("e-0", "e−") if error < 1e-2 else f"{sign} {error:.2g}"


def bench_table(
    rows: Sequence[str],
    columns: Sequence[str],
    errors: np.ndarray,
    hints: Sequence[Sequence[str]],
    marked: tuple[int, int],
    *,
    narrow: bool = False,
    scale: Scale = NAMED,
) -> go.Figure:
    """Draw the table.

    Args:
        rows, columns: their titles.
        errors: `(rows, columns)`, not a number where nothing is measured.
        hints: what hovering a cell says.
        marked: row and column of the cell that is framed; -1 where none is.
        narrow: only the signs, for a phone.
    """
    high, upright = table_height(len(rows)), narrow or len(columns) > MANY
    logs = np.clip(np.log10(np.maximum(errors, 10.0**LOW)), LOW, HIGH)
    at = (logs - LOW) / (HIGH - LOW) * 2 - 1  # -1 exact, 1 not
    colours = [[0, scale.diverging[2]], [0.5, scale.diverging[1]], [1, scale.diverging[0]]]
    heat = {
        "type": "heatmap", "z": at, "x": list(range(len(columns))), "y": list(range(len(rows))), "zmin": -1, "zmax": 1,
        "colorscale": colours, "showscale": False, "xgap": 2, "ygap": 2, "hoverinfo": "skip",
    }  # fmt: skip
    y, x = np.indices(errors.shape).reshape(2, -1)
    flat = errors.ravel()
    text = [written(float(e))[: 1 if narrow else None] for e in flat]
    ground = tint(np.nan_to_num(-at, nan=0.0), scale.diverging, -1, 1).mean(-1).ravel()
    dark, bright = (scale.ink, scale.paper) if scale.name == "light" else (scale.paper, scale.ink)
    ink = [scale.muted if not np.isfinite(e) else dark if g > 0.52 else bright for e, g in zip(flat, ground, strict=True)]
    words = {
        "type": "scatter", "mode": "markers+text", "x": x, "y": y, "text": text, "textfont": {"size": TICK, "color": ink},
        "marker": {"size": ROW - 3, "opacity": 0, "symbol": "square"},
        "customdata": [f"{i},{j}" for i, j in zip(y, x, strict=True)],
        "hovertext": [h for row in hints for h in row], "hovertemplate": "%{hovertext}<extra></extra>", "showlegend": False,
    }  # fmt: skip
    shapes = []
    if min(marked) >= 0:
        i, j = marked
        box = {"x0": j - 0.5, "x1": j + 0.5, "y0": i - 0.5, "y1": i + 0.5}
        shapes.append({"type": "rect", "line": {"color": scale.ink, "width": 3}, **box})
    heads = list(columns) if upright else [c.replace(" ", "<br>", 1) for c in columns]
    plain: dict[str, Any] = {"showgrid": False, "fixedrange": True, "zeroline": False}
    layout = frame(scale, height=high, shapes=shapes, dragmode=False, hovermode="closest") | {
        "xaxis": axis(
            scale, tickvals=list(range(len(columns))), ticktext=heads, side="top",
            range=[-0.5, len(columns) - 0.5], tickangle=-90 if upright else 0, **plain,
        ),
        "yaxis": axis(
            scale, tickvals=list(range(len(rows))), ticktext=list(rows), range=[len(rows) - 0.5, -0.5], ticks="", **plain
        ),
    }  # fmt: skip
    return go.Figure({"data": [heat, words], "layout": layout})
