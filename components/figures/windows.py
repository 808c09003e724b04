"""What two outputs of a layer see of the picture, and with which weights."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import HIDDEN, data_uri
from components.figures.scale import LABEL, NAMED, SHARE_AND_POOL, Scale, fade, frame

PLACES = ((0.24, 0.3), (0.72, 0.66))  # of the two outputs, as shares of width and height
LEFT, SIDE = 1.35, 0.8  # where the map of outputs begins, and its side; the picture is the unit square


def windows(
    pixels: np.ndarray, local: bool, share: bool, window: float, *, patches: int = 0, scale: Scale = NAMED, height: int = 330
) -> go.Figure:
    """The picture, the map of outputs, and the two windows between them.

    Args:
        pixels: `(h, w, 1 or 3)` in [0, 1], a square.
        local: each output sees a window only.
        share: both outputs use the same weights: one colour and one name for both.
        window: the window's side as a share of the picture's.
        patches: patches along a side, drawn as a grid; 0 for none.
        scale: colours.
        height: pixels.
    """
    n = pixels.shape[0]
    picture = go.Image(source=data_uri(pixels), x0=0.5 / n, y0=0.5 / n, dx=1 / n, dy=1 / n, hoverinfo="skip")
    shapes: list[dict[str, Any]] = [_box(LEFT, 0.1, LEFT + SIDE, 0.1 + SIDE, scale.muted, 1)]
    for i in range(1, patches if patches <= 40 else 0):
        line = {"color": fade(scale.paper, 0.75), "width": 1}
        shapes += [{"type": "line", "x0": i / patches, "x1": i / patches, "y0": 0, "y1": 1, "line": line}]
        shapes += [{"type": "line", "y0": i / patches, "y1": i / patches, "x0": 0, "x1": 1, "line": line}]
    names = []
    for i, (x, y) in enumerate(PLACES):
        colour = scale.series[SHARE_AND_POOL[(True, True)] if share else (SHARE_AND_POOL[(False, False)], 5)[i]]
        half = max(0.03, window / 2)
        left, right = (max(0.0, x - half), min(1.0, x + half)) if local else (0.0 + 0.02 * i, 1.0 - 0.02 * i)
        top, bottom = (max(0.0, y - half), min(1.0, y + half)) if local else (0.0 + 0.02 * i, 1.0 - 0.02 * i)
        out = (LEFT + SIDE * x, 0.1 + SIDE * y)
        shapes.append(_box(left, top, right, bottom, colour, 4, fade(colour, 0.12), "solid" if share or not i else "dash"))
        shapes.append(_box(out[0] - 0.03, out[1] - 0.03, out[0] + 0.03, out[1] + 0.03, colour, 2, colour))
        line = {"color": colour, "width": 1.5, "dash": "solid" if share or not i else "dash"}
        shapes += [{"type": "line", "x0": right, "y0": v, "x1": out[0], "y1": out[1], "line": line} for v in (top, bottom)]
        text = "<b>W</b>" if share else f"<b>W<sub>{i + 1}</sub></b>"
        place = {"x": (right + out[0]) / 2, "y": ((top + bottom) / 2 + out[1]) / 2 + (0 if local else 0.1 * (2 * i - 1))}
        names.append(
            {"text": text, "showarrow": False, "font": {"size": LABEL + 3, "color": colour}, "bgcolor": scale.paper} | place
        )
    titles = {"font": {"size": LABEL, "color": scale.ink}, "showarrow": False, "y": 1.0, "yanchor": "top", "yshift": -4}
    names += [{"x": 0.5, "text": "picture"} | titles, {"x": LEFT + SIDE / 2, "text": "outputs"} | titles]
    layout = frame(
        scale, height=height, shapes=shapes, annotations=names, dragmode=False, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"range": [-0.02, LEFT + SIDE + 0.02], "constrain": "domain", "fixedrange": True, **HIDDEN},
        yaxis={"range": [1.12, -0.02], "scaleanchor": "x", "constrain": "domain", "fixedrange": True, **HIDDEN},
    )  # fmt: skip
    return go.Figure({"data": [picture], "layout": layout})


def _box(
    x0: float, y0: float, x1: float, y1: float, colour: str, width: int, fill: str = "", dash: str = "solid"
) -> dict[str, Any]:
    """A frame, filled or not."""
    box = {"type": "rect", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": {"color": colour, "width": width, "dash": dash}}
    return box | ({"fillcolor": fill} if fill else {})
