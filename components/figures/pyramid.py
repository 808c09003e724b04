"""The pyramid of windows, from the side: one place at the top, the cells of each layer below that it sees, down to the pixels.

One row of cells a layer, each cell as wide as its step in pixels. Under the row of pixels stands how much each does matter.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.activation import FIELD
from components.figures.field_frame import INFLUENCE
from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame
from components.figures.tiles import placed

MANY, ROWS = 34, 9  # seen cells of a row that are still drawn one by one; rows that all have their name
TALL, STRIP = 0.52, 0.9  # height of a cell, and of the row of pixels, in rows
NEAR = 44  # pixels; a smaller field is drawn enlarged


class Row(NamedTuple):
    """One layer of the pyramid along one side."""

    name: str
    first: int  # cells that are seen
    last: int
    cells: int  # that there are
    jump: float  # pixels from one cell to the next
    centre: float  # the pixel in the middle of cell 0
    size: int  # pixels that one cell sees


def pyramid(
    rows: Sequence[Row], pixels: np.ndarray, profile: np.ndarray, *, scale: Scale = NAMED, height: int = 300
) -> go.Figure:
    """The pyramid.

    Args:
        rows: the layers, the first above the pixels first; the last has one seen cell, the top.
        pixels: the row of the picture through the middle of the field, `(w, 1 or 3)` in [0, 1].
        profile: influence of every column of pixels, `(w,)`.
        scale: colours.
        height: pixels.
    """
    top, w = rows[-1], len(pixels)
    middle = top.centre + top.first * top.jump
    low, high = middle - (top.size - 1) / 2 - 0.5, middle + (top.size - 1) / 2 + 0.5
    left, right = (low - 6, high + 6) if top.size <= NEAR else (min(0, low) - 0.02 * w, max(w, high) + 0.02 * w)
    blue = scale.series[FIELD]
    data: list[Any] = [_slopes(rows, low, high, blue)]
    for level, row in enumerate(rows, 1):
        data += _cells(row, level, left, right, level == len(rows), scale)
    shown = pixels if pixels.shape[-1] == 3 else pixels.repeat(3, -1)
    begin, end = max(0, int(np.ceil(left))), min(w, int(np.floor(right)) + 1)  # the pixels in sight
    data.append(placed(shown[None, begin:end].astype(np.float32), begin - 0.5, -STRIP / 2, end - begin, STRIP))
    data += _influence(profile[begin:end], begin, len(rows), scale)
    notes = _notes(rows, left, right, scale)
    edge = {"type": "rect", "x0": low, "x1": high, "y0": -STRIP / 2, "y1": STRIP / 2, "line": {"color": blue, "width": 3}}
    deep = 0.6 + 0.16 * len(rows)
    layout = frame(
        scale, height=height, dragmode=False, showlegend=False, annotations=notes, shapes=[edge],
        margin={"l": 0, "r": 0, "t": 4, "b": 0}, hovermode="closest",
        xaxis=axis(scale, "", range=[left - 0.2 * (right - left), right + 0.17 * (right - left)], visible=False, fixedrange=True),
        yaxis=axis(scale, "", range=[-STRIP - deep, len(rows) + 0.6], visible=False, fixedrange=True, scaleanchor=False),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def _span(row: Row) -> tuple[float, float]:
    """Left and right edge of the seen cells, in pixels."""
    return row.centre + (row.first - 0.5) * row.jump, row.centre + (row.last + 0.5) * row.jump


def _slopes(rows: Sequence[Row], low: float, high: float, colour: str) -> dict[str, Any]:
    """The body of the pyramid."""
    left, right = [low], [high]
    y = [0.0]
    for level, row in enumerate(rows, 1):
        a, b = _span(row)
        left, right, y = [*left, a], [*right, b], [*y, float(level)]
    return {
        "type": "scatter", "x": [*left, *right[::-1]], "y": [*y, *y[::-1]], "fill": "toself", "mode": "lines",
        "hoverinfo": "skip", "line": {"width": 0}, "fillcolor": fade(colour, 0.16),
    }  # fmt: skip


def _cells(row: Row, level: int, left: float, right: float, top: bool, scale: Scale) -> list[dict[str, Any]]:
    """All cells of a layer that are in sight, faint; those that are seen, strong."""
    half = TALL / 2
    begin = max(0, int(np.ceil((left - row.centre) / row.jump)))
    end = min(row.cells - 1, int(np.floor((right - row.centre) / row.jump)))
    blue = scale.series[FIELD]
    seen = range(max(0, row.first), min(row.cells - 1, row.last) + 1)
    others = [i for i in range(begin, end + 1) if i not in seen]
    words = f"{row.name}: {row.last - row.first + 1} of {row.cells} cells along a side<br>one cell sees {row.size} pixels"
    many = len(seen) > MANY or (right - left) / row.jump > 4 * MANY
    found = []
    for cells, colour in ((others, scale.grid), (list(seen), blue)):
        if not cells:
            continue
        if many:
            runs = np.split(np.array(cells), np.flatnonzero(np.diff(cells) > 1) + 1)
            spans = [(run[0] - 0.5, run[-1] + 0.5) for run in runs]
        else:
            spans = [(i - 0.42, i + 0.42) for i in cells]
        x: list[float | None] = []
        y: list[float | None] = []
        for a, b in spans:
            u, v = row.centre + a * row.jump, row.centre + b * row.jump
            x += [u, v, v, u, u, None]
            y += [level - half, level - half, level + half, level + half, level - half, None]
        found.append(
            {
                "type": "scatter", "x": x, "y": y, "fill": "toself", "mode": "lines", "line": {"width": 0},
                "fillcolor": scale.series[INFLUENCE] if top and colour == blue else colour, "hoveron": "fills", "text": words,
                "hoverinfo": "text" if colour == blue else "skip",
            }
        )  # fmt: skip
    return found


def _influence(profile: np.ndarray, begin: int, count: int, scale: Scale) -> list[dict[str, Any]]:
    """Under the pixels, hanging down: how much the top changes with each column."""
    if profile.max(initial=0) <= 0:
        return []
    deep, own = 0.5 + 0.16 * count, scale.series[INFLUENCE]
    part = profile / profile.max()
    x = begin + np.arange(len(profile))
    y = -STRIP / 2 - 0.08 - deep * part
    return [
        {
            "type": "scatter", "x": np.concatenate([x, x[::-1]]), "y": np.concatenate([y, np.full(len(x), -STRIP / 2 - 0.08)]),
            "fill": "toself", "fillcolor": fade(own, 0.55), "line": {"color": own, "width": 1}, "mode": "lines",
            "hoverinfo": "skip",
        }
    ]  # fmt: skip


def _notes(rows: Sequence[Row], left: float, right: float, scale: Scale) -> list[dict[str, Any]]:
    """The name of each layer at its left and what one of its cells sees at its right."""
    found = []
    every = max(1, -(-len(rows) // ROWS))
    for level, row in enumerate(rows, 1):
        if level == len(rows) or (level % every == 1 % every and level + every <= len(rows)):
            bold = level == len(rows)
            name, size = (f"<b>{row.name}</b>", f"<b>{row.size} px</b>") if bold else (row.name, f"{row.size} px")
            found += [_note(name, left, level, "right", scale), _note(size, right, level, "left", scale)]
    found += [_note("pixels", left, 0, "right", scale)]
    return found


def _note(text: str, x: float, y: float, anchor: str, scale: Scale) -> dict[str, Any]:
    return {
        "text": text, "x": x, "y": y, "xanchor": anchor, "showarrow": False, "font": {"size": TICK, "color": scale.ink},
        "xshift": -4 if anchor == "right" else 4,
    }  # fmt: skip
