"""A picture and what several networks make of it, side by side as small maps of numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import HIDDEN, data_uri
from components.figures.scale import LABEL, NAMED, Scale, frame

GAP = 0.12  # between two, as a share of their side


def map_row(
    pixels: np.ndarray,
    maps: Sequence[np.ndarray],
    titles: Sequence[str],
    *,
    columns: int = 5,
    scale: Scale = NAMED,
    height: int = 250,
) -> go.Figure:
    """The picture first, then each map in its own range, 0 in the colour of the paper.

    Args:
        pixels: `(h, w, 1 or 3)` in [0, 1].
        maps: each `(h', w')`, not negative.
        titles: one of the picture and one of each map.
        columns: how many stand side by side.
        scale: colours.
        height: pixels.
    """
    colours = [[i / (len(scale.sequential) - 1), c] for i, c in enumerate(scale.sequential)]
    data: list[Any] = []
    notes: list[dict[str, Any]] = []
    boxes: list[dict[str, Any]] = []
    for i, title in enumerate(titles):
        x, y = (i % columns) * (1 + GAP), (i // columns) * (1 + 3 * GAP)
        shape = pixels.shape if i == 0 else maps[i - 1].shape
        dx, dy = 1 / shape[1], 1 / shape[0]
        at = {"x0": x + dx / 2, "dx": dx, "y0": y + dy / 2, "dy": dy}
        if i == 0:
            data.append(go.Image(source=data_uri(pixels), hoverinfo="skip", **at))
        else:
            z = maps[i - 1].astype(np.float32)
            data.append(
                {"type": "heatmap", "z": z, "zmin": 0, "zmax": float(max(z.max(), 1e-6)), "colorscale": colours}
                | {"showscale": False, "hovertemplate": "%{z:.2f}<extra></extra>"}
                | at
            )
        line = {"color": scale.muted, "width": 1.5}
        boxes.append({"type": "rect", "x0": x, "y0": y, "x1": x + 1, "y1": y + 1, "line": line})
        font = {"size": LABEL, "color": scale.ink}
        notes.append({"x": x + 0.5, "y": y - 0.02, "yanchor": "bottom", "text": title, "showarrow": False, "font": font})
    rows = -(-len(titles) // columns)
    layout = frame(
        scale, height=height, annotations=notes, shapes=boxes, dragmode=False, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"range": [-0.02, columns * (1 + GAP) - GAP + 0.02], "constrain": "domain", "fixedrange": True, **HIDDEN},
        yaxis={"range": [rows * (1 + 3 * GAP) - 3 * GAP + 0.02, -0.26], "scaleanchor": "x", "fixedrange": True}
        | {"constrain": "domain", **HIDDEN},
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
