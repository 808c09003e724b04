"""Two graphs side by side, each node with the colour and the letter of its class, and how many nodes of each class there are."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.network import lines
from components.figures.sample import HIDDEN
from components.figures.scale import LABEL, NAMED, TICK, TITLE, Scale, axis, fade, frame

Array = np.ndarray
SIDES = ((0.0, 0.47), (0.53, 1.0))
HEIGHTS = ((0.36, 0.92), (0.0, 0.23))  # of the graphs, of the bars
WRITTEN = 14  # classes up to which bars have numbers


def letter(colour: int) -> str:
    """A name for a class: A, B, ... Z, A1, B1, ..."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[colour % 26] + (str(colour // 26) if colour >= 26 else "")


def _graph(side: int, places: Array, edges: Array, colours: Array, words: Sequence[str], scale: Scale) -> list[dict[str, Any]]:
    """Edges, then nodes with their letters; what a node was and heard is said on hovering."""
    x, y = lines(places, edges)
    on = {"xaxis": f"x{side + 1}", "yaxis": f"y{side + 1}", "type": "scatter", "showlegend": False}
    n, many = len(places), edges.shape[1] > 40
    line = {"width": 1.2 if many else 2.2, "color": fade(scale.muted, 0.5 if many else 0.8)}
    own = [scale.series[c % len(scale.series)] for c in colours.tolist()]
    look = {
        "size": 30 if n <= 12 else 25 if n <= 20 else 19, "color": scale.paper, "opacity": 1, "line": {"width": 0},
    }  # fmt: skip
    tinted = look | {"color": [fade(c, 0.33) for c in own], "line": {"width": 2.5, "color": own}}
    nodes = {"x": places[:, 0], "y": places[:, 1], "mode": "markers"}
    return [
        on | {"x": x, "y": y, "mode": "lines", "hoverinfo": "skip", "line": line},
        on | nodes | {"marker": look, "hoverinfo": "skip"},
        on | nodes | {
            "mode": "markers+text", "marker": tinted, "text": [letter(c) for c in colours.tolist()],
            "textposition": "middle center", "textfont": {"size": LABEL if n <= 20 else TICK, "color": scale.ink},
            "customdata": [f"t{side}.{i}" for i in range(n)],
            "hovertext": [escape(w) for w in words], "hovertemplate": "%{hovertext}<extra></extra>",
        },
    ]  # fmt: skip


def _bars(side: int, counts: Array, scale: Scale) -> dict[str, Any]:
    """How many nodes of each class; a number that is not the same in the other graph is marked."""
    here, there = counts[side], counts[1 - side]
    colours = [scale.series[c % len(scale.series)] for c in range(len(here))]
    both, few = list(zip(here.tolist(), there.tolist(), strict=True)), len(here) <= WRITTEN // 2
    texts = [f"<b>{a} ≠ {b}</b>" if a != b and few else f"<b>{a}</b>" if a != b else str(a) for a, b in both]
    texts = texts if len(here) <= WRITTEN else []
    return {
        "type": "bar", "xaxis": f"x{side + 3}", "yaxis": f"y{side + 3}", "x": np.arange(len(here)), "y": here,
        "width": min(0.7, 0.15 * len(here)), "text": texts,
        "textposition": "outside", "constraintext": "none", "cliponaxis": False, "showlegend": False,
        "textfont": {"size": TICK, "color": scale.ink},
        "marker": {"color": [fade(c, 0.33) for c in colours], "line": {"width": 2, "color": colours},
                   "pattern": {"shape": ["/" if a != b else "" for a, b in both],
                               "fgcolor": colours, "fillmode": "overlay"}},
        "hovertemplate": "%{y} nodes<extra></extra>",
    }  # fmt: skip


def twin_graphs(
    names: Sequence[str], places: Sequence[Array], edges: Sequence[Array], colours: Sequence[Array],
    words: Sequence[Sequence[str]], *, scale: Scale = NAMED, height: int = 430,
) -> go.Figure:  # fmt: skip
    """Two graphs, and below each the number of nodes of every class.

    Args:
        names: of both graphs.
        places: of their nodes, `(n, 2)`.
        edges: `(2, m)`, each once.
        colours: classes of the nodes `(n,)`; equal numbers mean the same in both.
        words: what is said of every node on hovering.
        scale: colours.
        height: pixels.
    """
    most = max(int(c.max()) for c in colours) + 1
    counts = np.stack([np.bincount(c, minlength=most) for c in colours])
    data: list[dict[str, Any]] = []
    layout = frame(scale, height=height, margin={"l": 4, "r": 4, "t": 6, "b": 4}, hovermode="closest", bargap=0.3)
    top = 1.35 * counts.max()
    written: dict[str, Any] = {"showticklabels": False}
    if most <= 2 * WRITTEN:
        written = {"tickvals": np.arange(most), "ticktext": [letter(c) for c in range(most)]}
    for side, (left, right) in enumerate(SIDES):
        data += [*_graph(side, places[side], edges[side], colours[side], words[side], scale), _bars(side, counts, scale)]
        low, high = places[side].min(0), places[side].max(0)
        room = 0.14 * max(float((high - low).max()), 1.0)
        layout[f"xaxis{side + 1}"] = HIDDEN | {"domain": [left, right], "range": [low[0] - room, high[0] + room],
                                               "anchor": f"y{side + 1}", "constrain": "domain"}  # fmt: skip
        layout[f"yaxis{side + 1}"] = HIDDEN | {"domain": HEIGHTS[0], "range": [low[1] - room, high[1] + room],
                                               "anchor": f"x{side + 1}", "scaleanchor": f"x{side + 1}",
                                               "constrain": "domain"}  # fmt: skip
        layout[f"xaxis{side + 3}"] = axis(scale, "", domain=[left, right], anchor=f"y{side + 3}", showgrid=False,
                                          range=[-0.7, most - 0.3], **written)  # fmt: skip
        layout[f"yaxis{side + 3}"] = HIDDEN | {"domain": HEIGHTS[1], "anchor": f"x{side + 3}", "range": [0, top]}
    layout["xaxis"], layout["yaxis"] = layout.pop("xaxis1"), layout.pop("yaxis1")
    layout["annotations"] = [
        {"text": f"<b>{escape(name)}</b>", "x": sum(SIDES[i]) / 2, "y": 1.0, "xref": "paper", "yref": "paper",
         "xanchor": "center", "yanchor": "top", "showarrow": False, "font": {"size": TITLE, "color": scale.ink}}
        for i, name in enumerate(names)
    ] + [
        {"text": "nodes of each colour", "x": 0, "y": 0.31, "xref": "paper", "yref": "paper", "xanchor": "left",
         "yanchor": "top", "showarrow": False, "font": {"size": TICK, "color": scale.muted}}
    ]  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
