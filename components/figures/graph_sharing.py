"""Which weights a node uses for which neighbour: the graph beside the table of its maps. Slide "Graph Neural Networks"."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.network import lines
from components.figures.sample import ACCENT
from components.figures.scale import LABEL, NAMED, SHARE_AND_POOL, TICK, Scale, fade, frame

MIDDLE = {"xanchor": "center"}


def map_number(i: int, j: int, share: bool, aggregate: bool) -> int:
    """Which series colour the map has that node i uses for neighbour j: equal numbers where it is the same map."""
    return (0 if share else 3 * i) + (0 if aggregate else j)


def graph_sharing(
    places: np.ndarray, matrix: np.ndarray, letters: Sequence[str], fill: np.ndarray, node: int, share: bool, aggregate: bool,
    maps: int, *, scale: Scale = NAMED, height: int = 300,
) -> go.Figure:  # fmt: skip
    """Left the graph, its edges into one node in the colours of their maps; right row i, column j: the map of node i for j.

    Args:
        places: of the nodes `(n, 2)`.
        matrix: adjacency `(n, n)`, 1 at (i, j) if i hears j.
        letters: what stands in a node.
        fill: how dark a node is `(n,)` in [0, 1].
        node: whose edges are shown.
        share: one map for all nodes, or one for each.
        aggregate: neighbours in any order, or each in a place of its own.
        maps: how many different maps for neighbours the network has.
        scale: colours.
        height: pixels.
    """
    colour = scale.series[SHARE_AND_POOL[share, aggregate]]
    data = [*_graph(places, matrix, letters, fill, node, share, aggregate, scale)]
    data.append(_table(matrix, share, aggregate, scale))
    n, words = len(places), "1 map for all" if maps == 1 else f"{maps} different maps"
    row = {"type": "rect", "xref": "x2", "yref": "y2", "x0": -0.6, "x1": n - 0.4, "y0": node - 0.5, "y1": node + 0.5}
    titles = [
        _title("<b>into the ringed node</b>", 0.24, scale.ink),
        _title(f"<b>{words}</b>", 0.77, colour),
    ]
    under = MIDDLE | {"showarrow": False, "xref": "paper", "yref": "paper", "y": 0, "yanchor": "top", "yshift": -2}
    under |= {"font": {"size": TICK, "color": scale.muted}}
    titles += [under | {"x": 0.24, "text": "click another node"}, under | {"x": 0.77, "text": "row i hears column j"}]
    low, high = places.min(0), places.max(0)
    room = 0.14 * float((high - low).max() or 1)
    bare: dict[str, Any] = {"visible": False, "fixedrange": True}
    layout = frame(
        scale, height=height, showlegend=False, dragmode=False, margin={"l": 0, "r": 0, "t": 28, "b": 24}, annotations=titles,
        shapes=[row | {"line": {"color": scale.series[ACCENT], "width": 2.5}}], hovermode="closest", uirevision="sharing",
        xaxis=bare | {"domain": [0, 0.48], "range": [low[0] - room, high[0] + room]},
        yaxis=bare | {"range": [low[1] - room, high[1] + room], "scaleanchor": "x"},
        xaxis2=bare | {"domain": [0.54, 1], "anchor": "y2", "range": [-0.7, n - 0.3]},
        yaxis2=bare | {"anchor": "x2", "range": [n - 0.3, -0.7], "scaleanchor": "x2"},
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def _title(text: str, x: float, colour: str) -> dict[str, Any]:
    font = {"size": LABEL, "color": colour}
    return {
        "text": text,
        "x": x,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": font,
    } | MIDDLE


def _graph(
    places: np.ndarray, matrix: np.ndarray, letters: Sequence[str], fill: np.ndarray, node: int, share: bool, aggregate: bool,
    scale: Scale,
) -> list[dict[str, Any]]:  # fmt: skip
    """Edges in grey, those into the node in the colours of their maps, nodes with their letters, a ring around the node."""
    x, y = lines(places, np.stack(np.nonzero(np.triu(matrix))))
    plain: dict[str, Any] = {"type": "scatter", "hoverinfo": "skip", "showlegend": False}
    found = [plain | {"x": x, "y": y, "mode": "lines", "line": {"width": 1.2, "color": fade(scale.muted, 0.5)}}]
    for j in np.flatnonzero(matrix[node]):
        ends = np.stack([places[j], places[node]])
        colour = scale.series[map_number(node, int(j), share, aggregate) % len(scale.series)]
        found.append(plain | {"x": ends[:, 0], "y": ends[:, 1], "mode": "lines", "line": {"width": 5, "color": colour}})
    many = len(places) > 10
    ring = {"size": 32 if many else 40, "color": scale.series[ACCENT]}
    found.append(plain | {"x": places[[node], 0], "y": places[[node], 1], "mode": "markers", "marker": ring})
    ground = [fade(scale.ink, 0.75 * float(f)) for f in fill]
    size = 24 if many else 31
    below = {"size": size, "color": scale.paper, "line": {"width": 1.5, "color": scale.muted}}
    found.append(plain | {"x": places[:, 0], "y": places[:, 1], "mode": "markers", "marker": below})
    heard = [int(row.sum()) for row in matrix]
    found.append({
        "type": "scatter", "x": places[:, 0], "y": places[:, 1], "mode": "markers+text", "text": list(letters),
        "marker": {"size": size, "color": ground, "line": {"width": 1.5, "color": scale.muted}}, "showlegend": False,
        "textfont": {"size": TICK + 1, "color": scale.ink}, "customdata": [f"g{i}" for i in range(len(places))],
        "hovertext": [f"node {i + 1}<br>hears {k} neighbours" for i, k in enumerate(heard)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    })  # fmt: skip
    return found


def _table(matrix: np.ndarray, share: bool, aggregate: bool, scale: Scale) -> dict[str, Any]:
    """One square for every pair that is linked, in the colour of its map; a dot for every other pair."""
    n = len(matrix)
    i, j = (a.ravel() for a in np.indices((n, n)))
    linked = matrix[i, j] > 0
    numbers = [map_number(int(a), int(b), share, aggregate) % len(scale.series) for a, b in zip(i, j, strict=True)]
    look = {
        "symbol": "square",
        "opacity": 1,
        "size": np.where(linked, 15 if n <= 10 else 9, 3),
        "color": [scale.series[k] if on else scale.grid for k, on in zip(numbers, linked, strict=True)],
        "line": {"width": 0},
    }
    name = "W" + ("" if share and aggregate else "<sub>%s</sub>")
    subs = [("" if share else f"{a + 1}") + ("" if share or aggregate else ",") + ("" if aggregate else f"{b + 1}")
            for a, b in zip(i, j, strict=True)]  # fmt: skip
    words = [
        f"node {a + 1} hears {b + 1}<br>through {name % s if '%s' in name else name}" if on else f"{a + 1} does not hear {b + 1}"
        for a, b, s, on in zip(i, j, subs, linked, strict=True)
    ]
    return {
        "type": "scatter", "x": j, "y": i, "xaxis": "x2", "yaxis": "y2", "mode": "markers", "marker": look, "hovertext": words,
        "hovertemplate": "%{hovertext}<extra></extra>", "customdata": [f"g{a}" for a in i], "showlegend": False,
    }  # fmt: skip
