"""What the symmetry bench draws into one cell of its square: real inputs of every kind, and answers of every kind.

    picture   (h, w, 1 or 3) in [0, 1]          map      (h, w) signed
    points    (n, 2 or more), numbered by shade tiles    (n, k, k) small pictures in their order
    words     (n,) texts, one below another     series   (n, d) lines
    graph     places (n, 2), with edges         rows     (n, h) signed, one row for each element
    bars      (k,) signed, with names

Signed numbers share one scale in all cells: `reach` is its end.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from components.figures.commuting import tint
from components.figures.sample import data_uri
from components.figures.scale import TICK, Scale, fade

W, H = 1.5, 1.0  # of a cell
LINES = 10  # words or bars that a cell holds
Array = np.ndarray
Place = tuple[float, float]


class Cell(NamedTuple):
    """One thing to be drawn."""

    kind: str
    values: Array
    reach: float = 1.0
    names: tuple[str, ...] = ()
    edges: Array | None = None  # (2, m), of a graph
    marks: tuple[int, ...] = ()  # which element is which, where colours should say so
    note: str = ""  # behind its title


def drawn(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    """Add the traces and shapes of a cell whose upper left corner is `place`; y points downwards."""
    KINDS[cell.kind](cell, place, data, shapes, scale)
    x, y = place
    box = {"x0": x, "x1": x + W, "y0": y, "y1": y + H, "line": {"color": scale.muted, "width": 1}}
    shapes.append({"type": "rect", **box})


def _image(pixels: Array, x: float, y: float, wide: float, high: float) -> dict[str, Any]:
    """Pixels `(h, w, 3)` stretched over a rectangle."""
    h, w = pixels.shape[:2]
    corner = {"x0": x + wide / w / 2, "y0": y + high / h / 2, "dx": wide / w, "dy": high / h}
    return {"type": "image", "source": data_uri(pixels), "hoverinfo": "skip", **corner}


def _picture(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    data.append(_image(cell.values, place[0] + (W - H) / 2, place[1], H, H))


def _map(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    pixels = tint(cell.values, scale.diverging, -cell.reach, cell.reach)
    data.append(_image(pixels, place[0] + (W - H) / 2, place[1], H, H))


def _rows(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    pixels = tint(cell.values, scale.diverging, -cell.reach, cell.reach)
    n, h = cell.values.shape
    wide = min(W, max(0.3, 0.12 * h))
    left = place[0] + (W - wide) / 2
    data.append(_image(pixels, left, place[1], wide, H))
    if n <= LINES and wide < W - 0.2:
        data.append(_text([str(i + 1) for i in range(n)], left - 0.07, place[1] + (np.arange(n) + 0.5) * H / n, scale.muted))


def _text(words: list[str], x: float | Array, y: Array, colour: str, side: str = "middle center") -> dict[str, Any]:
    at = np.broadcast_to(x, np.shape(y))
    return {
        "type": "scatter", "mode": "text", "x": at, "y": y, "text": words, "hoverinfo": "skip", "showlegend": False,
        "textposition": side, "textfont": {"size": TICK, "color": colour},
    }  # fmt: skip


def _points(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    """Points in the plane; the shade is their number in the list, and the first three are numbered."""
    x, y = cell.values[:, 0], cell.values[:, 1]
    size = 0.46 * H / max(float(np.abs(cell.values[:, :2]).max()), cell.reach)
    at = place[0] + W / 2 + size * x, place[1] + H / 2 - size * y
    n = len(x)
    dots = {"size": 9, "color": np.arange(n), "colorscale": list(scale.sequential[1:]), "line": {"width": 1, "color": scale.ink}}
    data.append({
        "type": "scatter", "mode": "markers", "x": at[0], "y": at[1], "marker": dots, "showlegend": False,
        "text": [f"element {i + 1} of {n}" for i in range(n)], "hovertemplate": "%{text}<extra></extra>",
    })  # fmt: skip
    few = min(3, n)
    data.append(_text([f"<b>{i + 1}</b>" for i in range(few)], at[0][:few], at[1][:few] - 0.06, scale.series[1]))


def _tiles(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    n = len(cell.values)
    columns = -(-n // 2)
    side = min(W / columns, H / 2) * 0.9
    for i, one in enumerate(cell.values):
        x, y = place[0] + (i % columns + 0.05) * W / columns, place[1] + (i // columns + 0.05) * H / 2
        data.append(_image(tint(one, scale.sequential, 0, 1), x, y, side, side))


def _words(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    """One word a line, its tile in the colour of which word it is."""
    n = len(cell.names)
    high = H / max(n, 6)
    for i, mark in enumerate(cell.marks):
        colour = scale.grid if mark < 0 else fade(scale.series[mark % len(scale.series)], 0.3)
        top = place[1] + i * high
        box = {"x0": place[0] + 0.14, "x1": place[0] + W - 0.04, "y0": top + 0.08 * high, "y1": top + 0.92 * high}
        shapes.append({"type": "rect", "fillcolor": colour, "line": {"width": 0}, **box})
    middle = place[1] + (np.arange(n) + 0.5) * high
    small = [name if len(name) <= 19 else name[:18] + "…" for name in cell.names]
    data.append(_text([str(i + 1) for i in range(n)], place[0] + 0.07, middle, scale.muted))
    data.append(_text(small, place[0] + (W + 0.1) / 2, middle, scale.ink))


def _series(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    n, d = cell.values.shape
    x = place[0] + (np.arange(n) + 0.5) * W / n
    for i in range(min(d, 3)):
        y = place[1] + (i + 0.5) * H / min(d, 3) - 0.45 * H / min(d, 3) * cell.values[:, i] / cell.reach
        line = {"color": scale.series[(2, 5, 9)[i]], "width": 2}
        data.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip", "showlegend": False})


def _graph(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    """Nodes with their numbers, at the places where they belong whatever their number is."""
    low, high = cell.values.min(0), cell.values.max(0)
    at = (cell.values - (low + high) / 2) / np.maximum(high - low, 1e-6) * np.array([W - 0.2, -(H - 0.2)])
    at = at + np.array([place[0] + W / 2, place[1] + H / 2])
    edges = np.zeros((2, 0), int) if cell.edges is None else cell.edges
    gaps = np.full(edges.shape[1], np.nan)
    x, y = (np.stack([at[edges[0], i], at[edges[1], i], gaps], 1).ravel() for i in (0, 1))
    line = {"color": fade(scale.muted, 0.6), "width": 1.5}
    data.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip", "showlegend": False})
    many, n = len(at) > 24, len(at)
    colour = [scale.series[m % len(scale.series)] if m >= 0 else scale.paper for m in cell.marks] or scale.paper
    dots = {"size": 9 if many else 19, "color": scale.paper, "line": {"width": 2, "color": colour if cell.marks else scale.muted}}
    data.append({"type": "scatter", "mode": "markers", "x": at[:, 0], "y": at[:, 1], "marker": dots, "showlegend": False,
                 "text": [f"node {i + 1} of {n}" for i in range(n)], "hovertemplate": "%{text}<extra></extra>"})  # fmt: skip
    shown = 6 if many else n
    up = 0.06 if many else 0.0
    data.append(_text([str(i + 1) for i in range(shown)], at[:shown, 0], at[:shown, 1] - up, scale.ink))


def _bars(cell: Cell, place: Place, data: list[Any], shapes: list[dict[str, Any]], scale: Scale) -> None:
    """Signed bars to both sides of a line, with names; the largest is full, the others are faint."""
    k = len(cell.values)
    high, zero, half = H / max(k, 3), place[0] + 0.72 * W, 0.26 * W
    best = int(cell.values.argmax())
    for i, value in enumerate(np.clip(cell.values / cell.reach, -1, 1).tolist()):
        colour = scale.diverging[2] if value > 0 else scale.diverging[0]
        top = place[1] + i * high
        box = {"x0": zero, "x1": zero + value * half, "y0": top + 0.16 * high, "y1": top + 0.84 * high}
        shapes.append({"type": "rect", "fillcolor": colour if i == best else fade(colour, 0.6), "line": {"width": 0}, **box})
    shapes.append({"type": "line", "x0": zero, "x1": zero, "y0": place[1], "y1": place[1] + k * high,
                   "line": {"color": scale.muted, "width": 1}})  # fmt: skip
    names = [name if len(name) <= 13 else name[:12] + "…" for name in cell.names]
    words = [f"<b>{name}</b>" if i == best and cell.note else name for i, name in enumerate(names)]
    text = _text(words, place[0] + 0.03, place[1] + (np.arange(k) + 0.5) * high, scale.ink, "middle right")
    data.append(
        text | {"hoverinfo": "text", "hovertext": [f"{n}: {v:.3g}" for n, v in zip(cell.names, cell.values, strict=True)]}
    )


KINDS: dict[str, Callable[[Cell, Place, list[Any], list[dict[str, Any]], Scale], None]] = {
    "picture": _picture, "map": _map, "rows": _rows, "points": _points, "tiles": _tiles, "words": _words, "series": _series,
    "graph": _graph, "bars": _bars,
}  # fmt: skip
