"""A composed model as a row of sheets: the elements of one real observation, what becomes of them layer by layer, the answer.

Every sheet shows the same elements at the same places. One element is marked in the last layer; whom it has heard of is lit, back
to the data. Elements that share a map share a colour. Lecture, slide "Unified View of Deep Learning Models".
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.composition_sheets import Elements, centres, elements, lines, plane
from components.figures.scale import LABEL, NAMED, SHARE_AND_POOL, TICK, Scale, fade, frame

NARROW, WIDE, FULL = 1.5, 1.9, 9.5
"""Between two sheets: at least, and at most; and all these steps together, where they fill a screen."""
ROOM = {True: (0.41, 0.61), False: (0.56, 0.78)}
"""Room for words above and below, in sheets: where all sheets are in one row, and where they are small and in several."""
LINES = 90
"""Lines between two sheets at most."""
SIGNS = {"sum": "Σ", "mean": "mean", "max": "max", "attention": "Σ αᵢ", "concat": "[ ; ]", "recurrent": "h → h"}


class Sheet(NamedTuple):
    """One column of the diagram."""

    title: str
    above: str  # what happens on the way in; two short lines
    shape: str
    weights: int


def composition(
    data: Elements,
    sheets: Sequence[Sheet],
    lit: np.ndarray,
    looks: np.ndarray,
    *,
    shared: bool,
    pool: str,
    answer: str,
    columns: int = 12,
    scale: Scale = NAMED,
    height: int = 240,
) -> go.Figure:
    """Draw elements -> represent -> layers -> pool -> answer.

    Args:
        data: the elements of one observation, and how they lie.
        sheets: the columns: elements, represent, the layers, the pool unless every element answers, the answer.
        lit: `(layers + 1, n)`, which elements the marked one has heard of; row 0 belongs to the data, the last is itself alone.
        looks: `(n, n)`, who looks at whom in one layer.
        shared: one map for all elements, so one colour.
        pool: "each", or a key of `SIGNS`.
        answer: what is to be said in the end.
        columns: sheets in a row of the picture; on a phone a few.
        scale: colours.
        height: pixels.
    """
    invariant = pool not in ("concat", "recurrent")
    colours = _colours(data, shared, invariant, scale)
    wide, rows = min(columns, len(sheets)), -(-len(sheets) // columns)
    pitch = NARROW if rows > 1 else max(NARROW - 0.15, min(WIDE, FULL / max(1, wide - 1)))
    places = [((k % columns) * pitch, k // columns) for k in range(len(sheets))]
    room, down = ROOM[rows == 1]
    many = len(lit) + 1  # the sheets that show elements: data, represent, layers
    traces: list[Any] = []
    images: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for k, (sheet, (x, row)) in enumerate(zip(sheets, places, strict=True)):
        y = row * (1 + room + down)
        seen = lit[max(0, k - 1)] if k < many else lit[-1]
        if k == 0:
            more, pictures, words = elements(data, x, y, seen, scale)
            traces, images, notes = traces + more, images + pictures, notes + words
        elif k < many:
            traces += plane(data, x, y, seen, colours, scale, marked=k == many - 1)
        elif sheet.title == "pool":
            traces += _pool(pool, x, y, data, colours, scale)
            notes.append(_words(x + 0.5, y + 0.5, f"<b>{SIGNS[pool]}</b>", scale.ink, size=LABEL + 4))
        else:
            notes.append(_words(x + 0.5, y + 0.5, f"<b>{answer}</b>", scale.ink, size=LABEL))
        if k and row == places[k - 1][1]:
            before = (places[k - 1][0], y)
            traces += _between(data, k, many, before, (x, y), lit, looks, sheet.title, colours, scale)
        notes += _said(sheet, x, y, scale)
    layout = frame(
        scale, height=height, annotations=notes, images=images, dragmode=False, showlegend=False, hovermode="closest",
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"range": [-0.12, (wide - 1) * pitch + 1.12], "visible": False, "fixedrange": True, "constrain": "domain"},
        yaxis={
            "range": [rows * (1 + room + down) - room, -room], "visible": False, "fixedrange": True, "scaleanchor": "x",
            "constrain": "domain",
        },
    )  # fmt: skip
    return go.Figure({"data": traces, "layout": layout})


def _colours(data: Elements, shared: bool, invariant: bool, scale: Scale) -> list[str]:
    """One colour for all elements, or one for each; the same as on the page of the sets."""
    one = scale.series[SHARE_AND_POOL[(True, invariant)]]
    return [one if shared else scale.series[(i + 3) % 10] for i in range(len(data.places))]


def _between(
    data: Elements,
    k: int,
    many: int,
    before: tuple[float, float],
    after: tuple[float, float],
    lit: np.ndarray,
    looks: np.ndarray,
    title: str,
    colours: Sequence[str],
    scale: Scale,
) -> list[dict[str, Any]]:
    """The lines from the sheet before: of lit elements, to those that look at them; into the pool from all."""
    left = centres(data, *before)
    if title == "pool":
        start = left[list(data.shown)]
        end = np.tile([after[0] + 0.22, after[1] + 0.5], (len(start), 1))
    elif k >= many:
        mark = int(np.flatnonzero(lit[-1])[0]) if lit[-1].any() else 0
        start = left[[mark]] if k == many else np.array([[before[0] + 0.78, before[1] + 0.5]])
        end = np.array([[after[0] + 0.1, after[1] + 0.5]])
    else:
        right = centres(data, *after)
        pairs = _pairs(data, lit[k - 1], looks) if k > 1 else np.array([[i, i] for i in data.shown if lit[0][i]]).reshape(-1, 2)
        start, end = left[pairs[:, 0]].copy(), right[pairs[:, 1]]
        if k == 1 and data.kind != "cloud":
            start[:, 0] = before[0] + 1.0  # from the edge: what is in the picture stays to be seen
    colour = colours[0] if len(set(colours)) == 1 and k < many else scale.muted
    return lines(start, end, fade(colour, 0.3 if title == "pool" else 0.55))


def _pairs(data: Elements, heard: np.ndarray, looks: np.ndarray) -> np.ndarray:
    """Who looks at whom among the shown elements, `(m, 2)` source and target, for targets that are lit; some of many."""
    shown = np.zeros(len(heard), bool)
    shown[list(data.shown)] = True
    target, source = np.nonzero(looks & (heard & shown)[:, None] & shown[None, :])
    own = np.flatnonzero(heard & shown)
    source, target = np.concatenate([source, own]), np.concatenate([target, own])
    pairs = np.unique(np.stack([source, target], 1), axis=0)
    if len(pairs) > LINES:
        pairs = pairs[np.linspace(0, len(pairs) - 1, LINES).round().astype(int)]
    return pairs


def _pool(pool: str, x: float, y: float, data: Elements, colours: Sequence[str], scale: Scale) -> list[dict[str, Any]]:
    """The box in which all elements become one; where it keeps places, a room for each."""
    invariant = pool not in ("concat", "recurrent")
    colour = scale.series[0 if invariant else 1]
    rooms = 1 if invariant else min(9, len(data.shown))
    found = []
    for i in range(rooms):
        low, high = y + 0.14 + 0.72 * i / rooms, y + 0.14 + 0.72 * (i + 1) / rooms - (0.02 if rooms > 1 else 0)
        found.append(
            {"type": "scatter", "mode": "lines", "fill": "toself", "hoverinfo": "skip", "fillcolor": fade(colour, 0.14),
             "line": {"color": colour, "width": 2}, "x": [x + 0.2, x + 0.8, x + 0.8, x + 0.2, x + 0.2],
             "y": [low, low, high, high, low]}
        )  # fmt: skip
    return found


def _said(sheet: Sheet, x: float, y: float, scale: Scale) -> list[dict[str, Any]]:
    """What happens above a sheet; its name, shape and weights below."""
    count = f"{sheet.weights:,} weights" if sheet.weights else ""
    below = f"<b>{sheet.title}</b><br>{sheet.shape}<br>{count}"
    return [
        _words(x + 0.5, y - 0.02, sheet.above, scale.ink, anchor="bottom"),
        _words(x + 0.5, y + 1.02, below, scale.ink, anchor="top"),
    ]


def _words(x: float, y: float, text: str, colour: str, *, anchor: str = "middle", size: int = TICK) -> dict[str, Any]:
    return {"x": x, "y": y, "text": text, "showarrow": False, "yanchor": anchor, "font": {"size": size, "color": colour}}
