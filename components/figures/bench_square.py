"""Both sides of an equation as a square: along it f, across it g. The equation holds where both ways end in the same.

    x   --f-->  f(x)   --g-->  g f(x)         (an answer for the whole ends at f(x))
    | g
    g x --f-->  f(g x)         f(g x) - g f(x)

Orange is g, what is done; blue is f, the model. What is drawn of each thing is a `Cell`.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.figures.bench_cells import Cell, H, W, drawn
from components.figures.scale import LABEL, NAMED, TITLE, Scale, frame

F, G = 0, 1  # the series colours of the model and of the action
Place = tuple[float, float]
GAP = (0.42, 0.36)  # between cells, along a row and from row to row


def square(
    cells: Sequence[Cell],
    difference: Cell,
    words: tuple[str, str],
    *,
    moves: bool,
    narrow: bool = False,
    scale: Scale = NAMED,
    height: int = 430,
) -> go.Figure:
    """Draw the square.

    Args:
        cells: x, g x, f(x), f(g x) and, where the action moves the output too, g f(x).
        difference: of both sides.
        words: what g is called, and the verdict below the difference.
        moves: whether the action moves the output.
        narrow: down the page instead of along it, for a phone.
    """
    across, down = W + GAP[0], H + GAP[1] + (0.1 if narrow else 0.0)

    def at(along: float, which: float) -> Place:
        return (which * across, along * down) if narrow else (along * across, which * down)

    places = [at(0, 0), at(0, 1), at(1, 0), at(1, 1), at(2, 0)]
    end = at(2, 1 if moves else 0.5)
    data: list[Any] = []
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    titles = ["x", f"g x: {words[0]}" if narrow else "g x", "f(x)", "f(g x)", "g f(x)"]
    shown = [*zip(titles, cells, places, strict=False)][: 5 if moves else 4]
    for title, cell, place in [*shown, (f"f(g x) − {'g f(x)' if moves else 'f(x)'}", difference, end)]:
        drawn(cell, place, data, shapes, scale)
        notes.append(_title(f"{title}{cell.note}", place, scale))
    notes += _arrow(places[0], places[1], "g" if narrow else f"g: {words[0]}", G, not narrow, scale)
    notes += _arrow(places[0], places[2], "f", F, narrow, scale) + _arrow(places[1], places[3], "f", F, narrow, scale)
    notes += _arrow(places[2], places[4], "g", G, narrow, scale) if moves else []
    notes.append(_below(words[1], end, scale))
    right = (across if narrow else 2 * across) + W
    bottom = (2 * down if narrow else down) + H + 0.24
    hidden = {"visible": False, "fixedrange": True}
    layout = frame(scale, height=height, shapes=shapes, annotations=notes, showlegend=False, dragmode=False) | {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "xaxis": {"range": [-0.04, right + 0.04], "constrain": "domain", **hidden},
        "yaxis": {"range": [bottom, -0.2], "scaleanchor": "x", "constrain": "domain", **hidden},
        "hovermode": "closest",
    }
    return go.Figure({"data": data, "layout": layout})


def _arrow(a: Place, b: Place, text: str, series: int, upright: bool, scale: Scale) -> list[dict[str, Any]]:
    """An arrow from one cell to the next, with the name of what happens on it."""
    colour = scale.series[series]
    if upright:
        tail, head = (a[0] + W * 0.28, a[1] + H + 0.03), (b[0] + W * 0.28, b[1] - 0.05)
        beside = {"xanchor": "left", "xshift": 8}
    else:
        tail, head = (a[0] + W + 0.03, a[1] + H / 2), (b[0] - 0.05, b[1] + H / 2)
        beside = {"yanchor": "bottom", "yshift": 4}
    line = {
        "x": head[0], "y": head[1], "ax": tail[0], "ay": tail[1], "axref": "x", "ayref": "y", "showarrow": True, "text": "",
        "arrowhead": 2, "arrowwidth": 3, "arrowcolor": colour,
    }  # fmt: skip
    middle = {"x": (head[0] + tail[0]) / 2, "y": (head[1] + tail[1]) / 2}
    font = {"size": TITLE, "color": colour}
    return [line, middle | beside | {"text": f"<b>{text}</b>", "showarrow": False, "font": font}]


def _title(text: str, place: Place, scale: Scale) -> dict[str, Any]:
    """The name of a cell, above its right corner: arrows arrive at the left."""
    font = {"size": LABEL, "color": scale.ink}
    corner = {"x": place[0] + W, "y": place[1], "xanchor": "right", "yanchor": "bottom"}
    return {"text": text, "showarrow": False, "font": font, **corner}


def _below(text: str, place: Place, scale: Scale) -> dict[str, Any]:
    """The verdict, below the difference."""
    font = {"size": TITLE, "color": scale.ink}
    middle = {"x": place[0] + W / 2, "y": place[1] + H + 0.02, "xanchor": "center", "yanchor": "top", "align": "center"}
    return {"text": text, "showarrow": False, "font": font, **middle}
