"""A network whose nodes are being told apart: on the map of the network, and in the plane of what the last layer knows.

Colour is what the model says, shape is what a node is; the paler, the less sure. A ring is a wrong answer, a dot inside marks a
node whose kind was told in training.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.network import DRAWN, SYMBOLS, colours, lines
from components.figures.sample import HIDDEN
from components.figures.scale import NAMED, TICK, Scale, fade, frame

Array = np.ndarray
FEW = 40
"""Nodes up to which all are drawn large."""


def node_training(
    places: Array, edges: Array, labels: Array, chance: Array, known: Array, names: Sequence[str], classes: Sequence[str], *,
    legend: bool = True, named: Sequence[int] = (), links: float = 1.0, scale: Scale = NAMED, height: int = 400,
) -> go.Figure:  # fmt: skip
    """The nodes at their places, with the answers of this moment.

    Args:
        places: `(n, 2)`.
        edges: `(2, m)`.
        labels: what a node is `(n,)`.
        chance: what the model says `(n, c)`, rows sum to 1.
        known: numbers of the nodes whose kind was told.
        names, classes: of nodes and of kinds.
        legend: whether colours and shapes are explained.
        named: nodes whose names are written.
        links: how strongly edges are drawn, 0 to 1.
        scale: colours.
        height: pixels.
    """
    m, n = edges.shape[1], len(places)
    x, y = lines(places, edges[:, np.linspace(0, m - 1, min(m, DRAWN)).astype(int)] if m else edges)
    strength = (0.5 if m < 300 else 0.16) * links
    data: list[dict[str, Any]] = [
        {"type": "scatter", "x": x, "y": y, "mode": "lines", "hoverinfo": "skip", "showlegend": False,
         "line": {"width": 1, "color": fade(scale.muted, strength)}}
    ]  # fmt: skip
    told = np.zeros(n, bool)
    told[known] = True
    data += _nodes(places, labels, chance, told, names, classes, scale)
    data += _wrong(places, labels, chance, told, scale)
    data += _keys(classes, scale) if legend else []
    notes = [
        {"x": float(places[i, 0]), "y": float(places[i, 1]), "yshift": 23, "showarrow": False,
         "text": f"<b>{escape(str(names[i]))}</b>", "font": {"size": TICK + 1, "color": scale.ink},
         "bgcolor": fade(scale.paper, 0.75)}
        for i in named
    ]  # fmt: skip
    low, high = places.min(0), places.max(0)
    room = 0.09 * np.maximum(high - low, 1e-3)
    layout = frame(
        scale, height=height, margin={"l": 4, "r": 4, "t": 4, "b": 4}, hovermode="closest", showlegend=legend,
        xaxis=HIDDEN | {"range": [low[0] - room[0], high[0] + room[0]]},
        yaxis=HIDDEN | {"range": [low[1] - room[1], high[1] + 1.6 * room[1]]}, uirevision="still", annotations=notes,
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemsizing": "constant"}
    return go.Figure({"data": data, "layout": layout})


def _size(n: int) -> float:
    return 15.0 if n <= FEW else 9.0


def _nodes(
    places: Array, labels: Array, chance: Array, told: Array, names: Sequence[str], classes: Sequence[str], scale: Scale
) -> list[dict[str, Any]]:
    """One trace for all nodes; a node's number is its `customdata`."""
    answer, sure, palette = chance.argmax(1), chance.max(1), colours(scale)
    least = 1 / chance.shape[1]
    alpha = 0.25 + 0.75 * np.clip((sure - least) / (1 - least), 0, 1)
    words = [
        f"<b>{escape(str(names[i]))}</b><br>is: {escape(classes[labels[i]])}{' (told)' if told[i] else ''}"
        f"<br>model: {escape(classes[answer[i]])}, {sure[i]:.0%}"
        for i in range(len(places))
    ]
    colour = [fade(palette[a % len(palette)], float(o)) for a, o in zip(answer, alpha, strict=True)]
    rare = 1.6 if len(places) <= FEW else 1.25  # the fewer of the two are drawn larger: those told, or those asked about
    size = _size(len(places)) * np.where(told == (told.mean() < 0.5), rare, 1.0)
    marker = {
        "size": size, "color": colour, "opacity": 1, "line": {"width": 1, "color": scale.ink},
        "symbol": [SYMBOLS[k % len(SYMBOLS)] + ("-dot" if t else "") for k, t in zip(labels, told, strict=True)],
    }  # fmt: skip
    return [
        {"type": "scatter", "mode": "markers", "x": places[:, 0], "y": places[:, 1], "customdata": np.arange(len(places)),
         "hovertext": words, "hovertemplate": "%{hovertext}<extra></extra>", "marker": marker, "showlegend": False}
    ]  # fmt: skip


def _wrong(places: Array, labels: Array, chance: Array, told: Array, scale: Scale) -> list[dict[str, Any]]:
    """A ring around every wrong answer among the nodes that are asked about."""
    wrong = np.flatnonzero((chance.argmax(1) != labels) & ~told)
    ring = {"size": _size(len(places)) + 8, "symbol": "circle-open", "color": scale.ink, "line": {"width": 2, "color": scale.ink}}
    return [
        {"type": "scatter", "mode": "markers", "x": places[wrong, 0], "y": places[wrong, 1], "marker": ring, "hoverinfo": "skip",
         "name": "wrong", "showlegend": False}
    ]  # fmt: skip


def _keys(classes: Sequence[str], scale: Scale) -> list[dict[str, Any]]:
    """The legend: the kinds, what a dot and what a ring mean."""
    palette, empty = colours(scale), {"type": "scatter", "mode": "markers", "x": [None], "y": [None]}
    found = [
        empty | {"name": escape(str(name)), "marker": {"size": 11, "color": palette[k % len(palette)], "symbol": SYMBOLS[k]}}
        for k, name in enumerate(classes)
    ]
    told = {"size": 13, "color": fade(scale.muted, 0.2), "symbol": "circle-dot", "line": {"width": 1, "color": scale.ink}}
    ring = {"size": 13, "symbol": "circle-open", "color": scale.ink, "line": {"width": 2, "color": scale.ink}}
    return [*found, empty | {"name": "told", "marker": told}, empty | {"name": "wrong", "marker": ring}]
