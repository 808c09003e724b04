"""What one place of a layer could see of a picture, framed, and what it does see, as light.

The picture is dark grey; a pixel is lit by its influence. The dashed frame is the receptive field of the arithmetic.
"""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.activation import CLICKS, FIELD, Box, clickable, outlined
from components.figures.scale import NAMED, Scale, fade, frame
from components.figures.tiles import placed, plain

INFLUENCE = 1  # series colour of what a place does see, in every figure of the view


def lit(picture: np.ndarray, influence: np.ndarray, colour: str) -> np.ndarray:
    """The picture `(h, w, 1 or 3)` in faded grey, in its own colours where the influence `(h, w)` is largest, with a tint."""
    own = picture if picture.shape[-1] == 3 else picture.repeat(3, -1)
    grey = own.mean(-1, keepdims=True) * 0.6 + 0.2
    part = np.sqrt(np.clip(influence / max(float(influence.max()), 1e-12), 0, 1))[..., None]
    tint = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return grey * (1 - part) + part * (0.45 * own + 0.55 * tint)


def field_frame(
    picture: np.ndarray,
    influence: np.ndarray,
    field: Box,
    middle: tuple[float, float],
    width: float,
    *,
    scale: Scale = NAMED,
    height: int = 300,
) -> go.Figure:
    """The picture with the field of one place.

    Args:
        picture: as the network sees it, `(h, w, 1 or 3)` in [0, 1].
        influence: of every pixel on the place, `(h, w)`.
        field: first column and row, and those after the last, of the receptive field inside the picture.
        middle: column and row of the middle of the influence.
        width: of the effective field, pixels; 0 for none.
        scale: colours.
        height: pixels.
    """
    h, w = picture.shape[:2]
    rows, columns = (np.unique(np.linspace(0, side - 1, CLICKS).round().astype(int)) for side in (h, w))
    r, c = (a.ravel() for a in np.meshgrid(rows, columns, indexing="ij"))
    names = [f"s{i}.{j}" for i, j in zip(r, c, strict=True)]
    words = [f"row {i + 1}, column {j + 1}<br>click to look from here" for i, j in zip(r, c, strict=True)]
    colour = scale.series[INFLUENCE]
    data: list[Any] = [
        placed(lit(picture, influence, colour), 0, 0, w, h),
        clickable(c + 0.5, r + 0.5, names, words, height / CLICKS),
    ]
    shapes = outlined(field, scale.series[FIELD], scale, "dash")
    if width > 0:
        x, y, half = middle[0] + 0.5, middle[1] + 0.5, width / 2
        round_ = {"type": "circle", "x0": x - half, "x1": x + half, "y0": y - half, "y1": y + half}
        shapes += [
            round_ | {"line": {"color": fade(scale.paper, 0.85), "width": 5}},
            round_ | {"line": {"color": colour, "width": 3}},
        ]
    room = 0.02 * max(h, w)
    layout = frame(
        scale, height=height, dragmode=False, shapes=shapes, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=plain(-room, w + room), yaxis=plain(h + room, -room, scaleanchor="x"),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
