"""Where a network's nodes are after many layers, in one picture or two side by side."""

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.network import SYMBOLS, lines
from components.figures.sample import HIDDEN
from components.figures.scale import NAMED, TICK, TITLE, Scale, fade, frame

Array = np.ndarray


class Panel(NamedTuple):
    """One picture of the nodes."""

    title: str
    places: Array  # (n, 2)
    low: Array  # (2,) lower left corner
    high: Array  # (2,)
    edges: Array | None = None  # (2, m)
    ray: Array | None = None  # (2,): the direction, from 0, on which all nodes end


def _nodes(panel: Panel, labels: Array, names: Sequence[str], words: Sequence[str], on: dict[str, Any], scale: Scale,
           shown: bool) -> list[dict[str, Any]]:  # fmt: skip
    """The nodes by kind; kinds differ in symbol too."""
    found, n = [], len(labels)
    for k, name in enumerate(names):
        inside = np.flatnonzero(labels == k)
        found.append(on | {
            "type": "scatter", "mode": "markers", "x": panel.places[inside, 0], "y": panel.places[inside, 1],
            "name": escape(name), "legendgroup": name, "showlegend": shown,
            "hovertext": [escape(words[i]) for i in inside.tolist()],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "marker": {"size": 12 if n <= 40 else 10 if n <= 100 else 7, "color": scale.series[k % len(scale.series)],
                       "symbol": SYMBOLS[k % len(SYMBOLS)], "line": {"width": 1, "color": scale.paper}},
        })  # fmt: skip
    return found


def _below(panel: Panel, on: dict[str, Any], scale: Scale) -> list[dict[str, Any]]:
    """The edges, and the ray."""
    plain, found = on | {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}, []
    if panel.edges is not None:
        x, y = lines(panel.places, panel.edges[:, :: 1 + panel.edges.shape[1] // 800])
        found.append(plain | {"x": x, "y": y, "line": {"width": 1, "color": fade(scale.muted, 0.3)}})
    if panel.ray is not None:
        end = panel.ray * float(np.min(panel.high / np.maximum(np.abs(panel.ray), 1e-30)))
        found.append(plain | {"x": [0, end[0]], "y": [0, end[1]], "line": {"width": 2, "color": scale.ink, "dash": "dot"}})
    return found


def depth_nodes(
    panels: Sequence[Panel], labels: Array, names: Sequence[str], words: Sequence[str], *, scale: Scale = NAMED, height: int = 400
) -> go.Figure:
    """The nodes, coloured by kind.

    Args:
        panels: one picture or two.
        labels: kinds `(n,)`.
        names: of the kinds.
        words: said of every node on hovering.
        scale: colours.
        height: pixels.
    """
    layout = frame(scale, height=height, margin={"l": 4, "r": 4, "t": 4, "b": 4}, hovermode="closest")
    domains = [(0.0, 1.0)] if len(panels) == 1 else [(0.0, 0.485), (0.515, 1.0)]
    data: list[dict[str, Any]] = []
    for side, (panel, domain) in enumerate(zip(panels, domains, strict=True)):
        name = str(side + 1) if side else ""
        room = 0.06 * (panel.high - panel.low)
        on = {"xaxis": f"x{name}", "yaxis": f"y{name}"}
        layout[f"xaxis{name}"] = HIDDEN | {
            "domain": list(domain), "range": [panel.low[0] - room[0], panel.high[0] + room[0]], "anchor": f"y{name}"}  # fmt: skip
        layout[f"yaxis{name}"] = HIDDEN | {
            "domain": [0, 0.9], "range": [panel.low[1] - room[1], panel.high[1] + room[1]], "anchor": f"x{name}"}  # fmt: skip
        data += _below(panel, on, scale) + _nodes(panel, labels, names, words, on, scale, side == 0)
    box = {"type": "rect", "xref": "paper", "yref": "paper", "y0": 0, "y1": 0.9, "line": {"width": 1, "color": scale.grid}}
    layout["shapes"] = [box | {"x0": a, "x1": b, "layer": "below"} for a, b in domains]
    layout["annotations"] = [
        {"text": f"<b>{p.title}</b>", "x": sum(d) / 2, "y": 0.915, "xref": "paper", "yref": "paper", "xanchor": "center",
         "yanchor": "bottom", "showarrow": False, "font": {"size": TITLE - 2, "color": scale.ink}}
        for p, d in zip(panels, domains, strict=True)
    ]  # fmt: skip
    layout["legend"] |= {"orientation": "h", "x": 0, "y": -0.02, "yanchor": "top", "itemsizing": "constant",
                         "font": {"size": TICK + 1, "color": scale.ink}}  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
