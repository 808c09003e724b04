"""What filters answer to most: a row for each filter, the filter first, then the windows with its largest answers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import ACCENT
from components.figures.scale import NAMED, TICK, Scale, frame
from components.figures.tiles import boxed, heading, placed, plain, sheet, signed

GAP = 0.5  # units between a filter and its windows


def strong_windows(
    windows: Sequence[np.ndarray],
    values: Sequence[Sequence[float]],
    names: Sequence[str],
    filters: np.ndarray | None = None,
    chosen: int | None = None,
    *,
    columns: int = 8,
    scale: Scale = NAMED,
    height: int = 400,
) -> go.Figure:
    """Rows of windows.

    Args:
        windows: for each filter `(m, k, k, 1 or 3)` in [0, 1], strongest first; m may be 0.
        values: for each filter the m answers, in the same order.
        names: what stands left of each row.
        filters: `(n, k, k, 1 or 3)`, drawn before the windows; None leaves them out.
        chosen: the row that is framed.
        columns: windows in a row.
        scale: colours.
        height: pixels.
    """
    rows, left = len(windows), 0.0 if filters is None else 1 + GAP
    data: list[Any] = []
    notes: list[dict[str, Any]] = []
    if filters is not None:
        data.append(placed(sheet(signed(filters, scale), 1), 0, 0, 1, rows))
    for i, (found, said, name) in enumerate(zip(windows, values, names, strict=True)):
        notes.append(heading(name, -0.12, i + 0.5, scale, TICK, xanchor="right", yanchor="middle"))
        if not len(found):
            notes.append(heading("silent on every picture", left, i + 0.5, scale, TICK, xanchor="left", yanchor="middle"))
            continue
        colours = found if found.shape[-1] == 3 else found.repeat(3, -1)
        data.append(placed(sheet(colours, len(found)), left, i, len(found), 1))
        x = left + np.arange(len(found)) + 0.5
        data.append(
            {
                "type": "scatter", "x": x, "y": np.full(len(found), i + 0.5), "mode": "markers", "opacity": 0,
                "showlegend": False, "marker": {"size": 20, "symbol": "square"}, "text": [f"{v:.3g}" for v in said],
                "hovertemplate": f"{name}: answer %{{text}}<extra></extra>",
            }
        )  # fmt: skip
    shapes = [] if chosen is None else [boxed(-0.02, chosen, left + columns + 0.02, chosen + 1, scale.series[ACCENT])]
    layout = frame(
        scale, height=height, shapes=shapes, annotations=notes, dragmode=False, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=plain(-1.6, left + columns + 0.1, constraintoward="left"),
        yaxis=plain(rows + 0.05, -0.05, scaleanchor="x", constraintoward="top"),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
