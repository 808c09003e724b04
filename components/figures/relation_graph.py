"""Nodes and typed edges around one node: an arrow for every neighbour it hears, in the colour of the edge's type.

On a lattice the type is the direction: a colour for each, a dash for neighbours two steps away. Edges taken away stay as dotted
ghosts. Lecture, slides "Graph Recover Sets" and "Graph Recover Spatial and Temporal Data".
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.filter_cells import word
from components.figures.network import colours, lines
from components.figures.sample import ACCENT, HIDDEN
from components.figures.scale import LABEL, NAMED, TICK, Scale, fade, frame

ROUND, SQUARE, LETTER = "circle", "square", "letter"
"""How a node is drawn."""


class Look(NamedTuple):
    """How the edges of one type are drawn."""

    colour: str
    dash: str


class Around(NamedTuple):
    """What is drawn: some nodes of a graph, their edges, and one node in the middle of the attention."""

    places: np.ndarray  # (n, 2), y upwards
    fills: Sequence[str]  # (n,) colours
    hovers: Sequence[str]  # (n,) what pointing at a node says
    numbers: np.ndarray  # (n,) the nodes' numbers in the whole graph, for clicks
    edges: np.ndarray  # (2, m) among these nodes
    kinds: np.ndarray  # (m,)
    mark: int  # which of these nodes
    kept: np.ndarray  # (m,) bool, whether an edge is there or was taken away
    wide: np.ndarray  # (m,) width in pixels of the arrow of an edge into the marked node; none up to 1.1
    labels: Mapping[int, str]  # words at nodes


def looks(steps: Sequence[tuple[int, ...]], scale: Scale) -> list[Look]:
    """Colour and dash of every direction (row, column): eight colours around the compass; solid for the nearest, dashed two
    steps away, dotted for a knight's move. Two directions of a sequence are the first two colours."""
    palette = colours(scale)
    if not steps or len(steps[0]) == 1:
        return [Look(palette[0 if step[0] < 0 else 1], "solid" if abs(step[0]) == 1 else "dash") for step in steps]
    found = []
    for row, column in steps:
        sector = int(np.floor(np.arctan2(row, column) / (np.pi / 4) + 1e-9)) % 8
        knight = row and column and abs(row) != abs(column)
        dash = "dot" if knight else "solid" if max(abs(row), abs(column)) == 1 else "dash"
        found.append(Look(palette[sector], dash))
    return found


def around(
    seen: Around, types: Sequence[Look], *, node: str = ROUND, size: float = 22, square: bool = False, title: str = "",
    scale: Scale = NAMED, height: int = 340,
) -> go.Figure:  # fmt: skip
    """Draw it.

    Args:
        seen: nodes and edges.
        types: how each type of edge is drawn.
        node: ROUND, SQUARE, or LETTER (the label stands for the node).
        size: of a node in pixels.
        square: the same unit along both sides.
        title: words above.
    """
    data = [*_faint(seen, types, scale), *_ghosts(seen, scale), *_arrows(seen, types, size), *_nodes(seen, node, size, scale)]
    data += _labels(seen, node, scale)
    low, high = seen.places.min(0), seen.places.max(0)
    room = np.maximum(high - low, 1e-6) * (0.09 if len(seen.places) > 1 else 1) + (0.25 if square else 0)
    room[0] *= 2.2 if node == LETTER and not square else 1  # words are wide
    layout = frame(
        scale, height=height, dragmode=False, showlegend=False, hovermode="closest",
        annotations=[word(0, 1, title, scale.ink, LABEL, xref="paper", yref="paper", xanchor="left", yanchor="bottom")],
        margin={"l": 4, "r": 4, "t": 30, "b": 4},
        xaxis=HIDDEN | {"range": [low[0] - room[0], high[0] + room[0]], "fixedrange": True, "constrain": "domain"},
        yaxis=HIDDEN | {"range": [low[1] - room[1], high[1] + room[1]], "fixedrange": True}
        | ({"scaleanchor": "x", "constrain": "domain"} if square else {}),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def _line(x: np.ndarray, y: np.ndarray, colour: str, width: float, dash: str = "solid") -> dict[str, Any]:
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip", "showlegend": False}


def _faint(seen: Around, types: Sequence[Look], scale: Scale) -> list[dict[str, Any]]:
    """All edges that do not end at the marked node, a faint line for each type."""
    found = []
    for kind, look in enumerate(types):
        chosen = (seen.kinds == kind) & seen.kept & (seen.edges[1] != seen.mark) & (seen.edges[0] != seen.edges[1])
        if chosen.any() and (len(types) <= 8 or look.dash == "solid"):  # of many, those between nearest neighbours
            x, y = lines(seen.places, seen.edges[:, chosen])
            few = seen.edges.shape[1] < 80  # a molecule, a chain: each edge is seen as its own
            colour = fade(scale.muted if len(types) > 4 else look.colour, 0.65 if few else 0.3)
            found.append(_line(x, y, colour, 2.4 if few else 1.2, look.dash))
    return found


def _ghosts(seen: Around, scale: Scale) -> list[dict[str, Any]]:
    """Edges that were taken away: dotted where they ended at the marked node."""
    gone = ~seen.kept & (seen.edges[1] == seen.mark) & (seen.edges[0] != seen.mark)
    if not gone.any():
        return []
    return [_line(*lines(seen.places, seen.edges[:, gone]), fade(scale.muted, 0.8), 1.2, "2px,4px")]


def _arrows(seen: Around, types: Sequence[Look], size: float) -> list[dict[str, Any]]:
    """An arrow along every edge into the marked node."""
    found = []
    for i in np.flatnonzero(seen.kept & (seen.edges[1] == seen.mark) & (seen.edges[0] != seen.mark) & (seen.wide > 1.1)):
        look, ends = types[int(seen.kinds[i])], seen.places[seen.edges[:, i]]
        wide = float(seen.wide[i])
        head = {"symbol": "arrow", "angleref": "previous", "size": [0, 8 + 1.6 * wide], "standoff": [0, size / 2], "opacity": 1,
                "color": look.colour, "line": {"width": 0}}  # fmt: skip
        found.append(_line(ends[:, 0], ends[:, 1], look.colour, wide, look.dash) | {"mode": "lines+markers", "marker": head})
    return found


def _nodes(seen: Around, node: str, size: float, scale: Scale) -> list[dict[str, Any]]:
    """The nodes, and the ring around the marked one."""
    symbol = "square" if node == SQUARE else "circle"
    edge = {"width": 0 if node == LETTER or size < 10 else 1, "color": scale.muted}
    dots = {
        "type": "scatter", "mode": "markers", "x": seen.places[:, 0], "y": seen.places[:, 1], "showlegend": False,
        "customdata": [f"n{i}" for i in seen.numbers], "text": list(seen.hovers), "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": symbol, "size": size, "color": list(seen.fills), "line": edge, "opacity": 1},
    }  # fmt: skip
    at = seen.places[[seen.mark]]
    rings = [
        {"type": "scatter", "mode": "markers", "x": at[:, 0], "y": at[:, 1], "hoverinfo": "skip", "showlegend": False,
         "marker": {"symbol": f"{symbol}-open", "size": size + 3, "color": colour, "line": {"width": wide, "color": colour}}}
        for wide, colour in ((6, scale.paper), (3, scale.series[ACCENT]))
    ]  # fmt: skip
    return [dots, *rings]


def _labels(seen: Around, node: str, scale: Scale) -> list[dict[str, Any]]:
    """Words at the nodes: in the ink that is read there."""
    if not seen.labels:
        return []
    at = list(seen.labels)
    if node == LETTER:
        inks = [scale.ink] * len(at)
    else:
        light = [sum(int(seen.fills[i][1 + 2 * c : 3 + 2 * c], 16) * w for c, w in enumerate((0.3, 0.59, 0.11))) for i in at]
        inks = ["#000000" if value > 128 else "#ffffff" for value in light]
    font = {"size": TICK + (3 if node == LETTER else 0), "color": inks}
    return [
        {"type": "scatter", "mode": "text", "x": seen.places[at, 0], "y": seen.places[at, 1], "text": list(seen.labels.values()),
         "textposition": "middle center", "textfont": font, "hoverinfo": "skip",
         "showlegend": False, "cliponaxis": False}
    ]  # fmt: skip
