"""One picture at several depths side by side, from fine to coarse; and rows of pictures that a layer finds alike."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.activation import FIELD
from components.figures.scale import NAMED, TICK, Scale, frame
from components.figures.tiles import boxed, heading, placed, plain, targets

GAP, FINE = 0.08, 112  # between two pictures, in sides of one; pixels of a side at least, so that one place is a clear square


def enlarged(picture: np.ndarray) -> np.ndarray:
    """A picture `(h, w, 1 or 3)` with every place repeated to a square of clear pixels, `(.., .., 3)`."""
    times = max(1, FINE // max(picture.shape[:2]))
    big = picture.repeat(times, 0).repeat(times, 1)
    return big if big.shape[-1] == 3 else big.repeat(3, -1)


def abstractions(
    pictures: Sequence[np.ndarray],
    titles: Sequence[str],
    shapes: Sequence[str],
    chosen: int | None,
    *,
    names: Sequence[str] | None = None,
    words: Sequence[str] | None = None,
    toward: str = "center",
    scale: Scale = NAMED,
    height: int = 150,
) -> go.Figure:
    """Square pictures in a row, each with a name above and a line below; one framed.

    Args:
        pictures: `(h, w, 1 or 3)` in [0, 1], all drawn equally large.
        titles, shapes: above and below each.
        chosen: the framed one.
        names: what a click on each gives back; none can be clicked without them.
        words: on hovering; else title and shape.
        toward: the side at which the pictures stand where there is more room than they need.
        scale: colours.
        height: pixels.
    """
    n = len(pictures)
    data: list[Any] = []
    notes, boxes = [], []
    for i, picture in enumerate(pictures):
        x = i * (1 + GAP)
        h, w = picture.shape[:2]
        wide, high = w / max(h, w), h / max(h, w)
        data.append(placed(enlarged(picture), x + (1 - wide) / 2, (1 - high) / 2, wide, high))
        text = f"<b>{titles[i]}</b>" if i == chosen else titles[i]
        notes.append(heading(text, x + 0.5, -0.02, scale, TICK))
        notes.append(heading(shapes[i], x + 0.5, 1.02, scale, TICK, yanchor="top"))
        if i == chosen:
            boxes.append(boxed(x - 0.02, -0.02, x + 1.02, 1.02, scale.series[FIELD], 4))
    if names is not None:
        hover = list(words) if words is not None else [f"{t}<br>{s}" for t, s in zip(titles, shapes, strict=True)]
        middles = np.arange(n) * (1 + GAP) + 0.5
        data.append(targets(middles, np.full(n, 0.5), list(names), hover, 0.55 * height))
    top = 0.24 * 150 / height
    deep = 0.22 * (1 + max(s.count("<br>") for s in shapes)) * 150 / height
    layout = frame(
        scale, height=height, dragmode=False, shapes=boxes, annotations=notes, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=plain(-0.05, n * (1 + GAP) - GAP + 0.05, constraintoward=toward), yaxis=plain(1 + deep, -top, scaleanchor="x"),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
