"""A graph: the network to explore, and its adjacency matrix around the marked node. Slide "Graph Modality"."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

from components.figures.kind import Kind
from components.figures.network_matrix import observation
from components.figures.sample import ACCENT, HIDDEN
from components.figures.scale import TICK, Scale, fade, frame
from components.values import Sample

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "star", "hexagon", "triangle-down", "cross", "x")
DRAWN, NAMED, KINDS = 1500, 40, 8
"""Edges a picture draws at most, nodes up to which all are named, classes up to which there is a legend."""
Array = np.ndarray


def colours(scale: Scale) -> list[str]:
    """The series colours without that of the mark."""
    return [colour for i, colour in enumerate(scale.series) if i != ACCENT]


def lines(places: Array, edges: Array) -> tuple[Array, Array]:
    """Edges `(2, m)` as one broken line: x and y with NaN between them, `(3 m,)` each."""
    ends = np.full((edges.shape[1], 3, 2), np.nan, np.float32)
    ends[:, 0], ends[:, 1] = places[edges[0]], places[edges[1]]
    return ends[..., 0].ravel(), ends[..., 1].ravel()


AROMATIC = (1.5, 4)
"""What the order of an aromatic bond may be written as."""


def beside(places: Array, edges: Array, shift: Array | float) -> tuple[Array, Array]:
    """Edges moved sideways by `shift`, one number or one for each, as one broken line."""
    move, m = np.reshape(shift, (-1, 1)) * _across(places, edges), edges.shape[1]
    return lines(np.concatenate([places[edges[0]] + move, places[edges[1]] + move]), np.stack([np.arange(m), np.arange(m) + m]))


def _across(places: Array, edges: Array) -> Array:
    """The direction at right angles to each edge, of length 1."""
    along = places[edges[1]] - places[edges[0]]
    return np.stack([-along[:, 1], along[:, 0]], 1) / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)


def doubled(places: Array, edges: Array, orders: Array) -> tuple[Array, Array]:
    """Bonds as lines side by side: two for a double one, three for a triple one, one for all others."""
    shifts = ((0.0, orders != 2), (0.08, orders == 2), (-0.08, orders == 2), (0.15, orders == 3), (-0.15, orders == 3))
    drawn = [beside(places, edges[:, which], shift) for shift, which in shifts]
    return np.concatenate([x for x, _ in drawn]), np.concatenate([y for _, y in drawn])


def companions(places: Array, edges: Array, orders: Array) -> tuple[Array, Array]:
    """A second line for each aromatic bond, on the side where the aromatic bonds next to it lie: inside the ring."""
    edges, a = edges[:, np.isin(orders, AROMATIC)], np.zeros((len(places),) * 2)
    a[edges[0], edges[1]] = a[edges[1], edges[0]] = 1
    (start, end), near, count = edges, a @ places, a.sum(1)[:, None]
    ends = places[start] + places[end]
    inside = near[start] + near[end] - ends - (count[start] + count[end] - 2) * ends / 2
    return beside(places, edges, np.where((inside * _across(places, edges)).sum(1) < 0, -0.16, 0.16))


def _edges(sample: Sample, scale: Scale) -> list[dict[str, Any]]:
    places, edges = sample["raw"]["positions"], sample["edges"]
    m = edges.shape[1]
    common: dict[str, Any] = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    if "letters" in sample["raw"]:
        orders, colour = sample["raw"]["orders"], fade(scale.muted, 0.9)
        x, y = doubled(places, edges, orders)
        found = [common | {"x": x, "y": y, "line": {"width": 2, "color": colour}}]
        if np.isin(orders, AROMATIC).any():
            x, y = companions(places, edges, orders)
            found.append(common | {"x": x, "y": y, "line": {"width": 1.5, "color": colour, "dash": "3px,3px"}})
        return found
    x, y = lines(places, edges[:, np.linspace(0, m - 1, min(m, DRAWN)).astype(int)] if m else edges)
    width, alpha = (1.5, 0.55) if m < 300 else (1.0, 0.22)
    return [common | {"x": x, "y": y, "line": {"width": width, "color": fade(scale.muted, alpha)}}]


def _links(sample: Sample, scale: Scale, mark: int) -> list[dict[str, Any]]:
    """The marked node's edges: those that go out solid, those that come in dashed, with arrows where there is a direction."""
    places, (source, target) = sample["raw"]["positions"], sample["edges"]
    directed, found = bool(sample["raw"]["directed"]), []
    for which, dash in ((source == mark, "solid"), (target == mark, "dot" if directed else "solid")):
        x, y = lines(places, sample["edges"][:, which][:, :300])
        arrow = {"symbol": "arrow", "angleref": "previous", "standoff": 7, "size": np.tile([0, 9, 0], len(x) // 3)}
        found.append(
            {"type": "scatter", "x": x, "y": y, "mode": "lines+markers" if directed else "lines", "hoverinfo": "skip",
             "line": {"width": 2, "dash": dash, "color": scale.series[ACCENT]}, "showlegend": False}
            | ({"marker": arrow | {"color": scale.series[ACCENT]}} if directed else {})
        )  # fmt: skip
    return found


def _ring(place: Array, size: float, scale: Scale) -> list[dict[str, Any]]:
    """The mark: a ring with an edge in the colour of the paper, so that it is seen on any ground."""
    return [
        {"type": "scatter", "x": place[:1], "y": place[1:], "mode": "markers", "hoverinfo": "skip", "showlegend": False,
         "marker": {"size": size, "symbol": "circle-open", "color": colour, "line": {"width": width, "color": colour}}}
        for width, colour in ((7, scale.paper), (3.5, scale.series[ACCENT]))
    ]  # fmt: skip


def sizes(sample: Sample) -> Array:
    """Diameters of the nodes in pixels `(n,)`: the area grows with the degree."""
    n = len(sample["elements"])
    degree = np.bincount(sample["edges"].ravel(), minlength=n)
    small, large = (9, 26) if n <= NAMED else (6, 20) if n <= 150 else (4, 16)
    return small + (large - small) * np.sqrt(degree / max(1, degree.max()))


def _nodes(sample: Sample, scale: Scale) -> list[dict[str, Any]]:
    raw, palette = sample["raw"], colours(scale)
    letters = raw.get("letters")
    degree = np.bincount(sample["edges"].ravel(), minlength=len(sample["elements"]))
    size, found = sizes(sample), []
    for k, kind in enumerate(raw["label_names"].tolist()):
        inside = np.flatnonzero(raw["labels"] == k)
        if not len(inside):
            continue
        colour = scale.ink if letters is not None and kind == "C" else palette[k % len(palette)]
        words = [f"<b>{escape(str(raw['names'][i]))}</b><br>{degree[i]} links, {escape(kind)}" for i in inside]
        if letters is not None:
            look = {"mode": "markers+text", "text": letters[inside], "textfont": {"size": TICK + 3, "color": colour}}
            look["marker"] = {"size": 22, "color": scale.paper, "line": {"width": 0}}
        else:
            look = {"mode": "markers", "marker": {
                "size": size[inside], "color": colour, "symbol": SYMBOLS[k % len(SYMBOLS)],
                "opacity": 1, "line": {"width": 1, "color": scale.paper}}}  # fmt: skip
        found.append(
            {"type": "scatter", "x": raw["positions"][inside, 0], "y": raw["positions"][inside, 1], "customdata": inside,
             "name": escape(kind), "hovertext": words, "hovertemplate": "%{hovertext}<extra></extra>",
             "showlegend": letters is None} | look
        )  # fmt: skip
    return found


def _written(sample: Sample, mark: int | None, scale: Scale) -> dict[str, Any]:
    """Names beside the nodes, the marked one first, then by degree, as many as find room: in a large graph three more."""
    raw, n = sample["raw"], len(sample["elements"])
    degree = np.bincount(sample["edges"].ravel(), minlength=n)
    places = (raw["positions"] - raw["positions"].min(0)) / np.maximum(np.ptp(raw["positions"], axis=0), 1e-6)
    shown: list[int] = []
    for i in [*([mark] if mark is not None else []), *np.argsort(-degree, kind="stable")[: n if n <= NAMED else 12].tolist()]:
        apart = np.abs(places[shown] - places[i]) > [0.27, 0.1]
        if apart.any(1).all() and len(shown) < (n if n <= NAMED else 4):
            shown.append(i)
    words = [f"<b>{escape(str(raw['names'][i]))}</b>" if i == mark else escape(str(raw["names"][i])) for i in shown]
    return {
        "type": "scatter", "x": raw["positions"][shown, 0], "y": raw["positions"][shown, 1], "mode": "text", "text": words,
        "textposition": "top center", "textfont": {"size": TICK, "color": scale.ink}, "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip


def raw(sample: Sample, scale: Scale, mark: int | None = None, height: int = 400) -> go.Figure:
    """The network: nodes by kind and degree, edges, the marked node with its links. A molecule shows the letters of its atoms."""
    places, letters = sample["raw"]["positions"], "letters" in sample["raw"]
    data = _edges(sample, scale)
    if mark is not None:
        data += _links(sample, scale, mark)
    data += _nodes(sample, scale)
    if mark is not None:
        data += _ring(places[mark], 28 if letters else float(sizes(sample)[mark]) + 8, scale)
    if not letters:
        data.append(_written(sample, mark, scale))
    low, high = places.min(0), places.max(0)
    room, up = (0.07 * max(float(reach), 1.0) for reach in high - low)
    kinds, m = len(np.unique(sample["raw"]["labels"])), sample["edges"].shape[1]
    legend = 1 < kinds <= KINDS and not letters
    ringed = letters and bool(np.isin(sample["raw"]["orders"], AROMATIC).any())
    words = "dotted: aromatic" if ringed else f"{DRAWN:,} of {m:,} edges drawn" if m > DRAWN and not letters else ""
    few = [{"text": words, "x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left",
            "yanchor": "bottom", "showarrow": False, "font": {"size": TICK, "color": scale.muted}}]  # fmt: skip
    layout = frame(
        scale,
        height=height,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis=HIDDEN | {"range": [low[0] - room, high[0] + room]},
        yaxis=HIDDEN | {"range": [low[1] - up, high[1] + 2 * up]} | ({"scaleanchor": "x"} if letters else {}),
        showlegend=legend,
        annotations=few if words else [],
        hovermode="closest",
    )
    layout["legend"] |= {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemsizing": "constant"}
    return go.Figure({"data": data, "layout": layout})


def small(sample: Sample, left: float, top: float, scale: Scale) -> Sequence[BaseTraceType]:
    """The network in the unit square at (left, top), y downwards; the nodes asked about are ringed."""
    raw, palette = sample["raw"], colours(scale)
    places, m = raw["positions"], sample["edges"].shape[1]
    low, high = places.min(0), places.max(0)
    at = (places - (low + high) / 2) * 0.8 / max(float((high - low).max()), 1e-6)
    at = np.stack([left + 0.5 + at[:, 0], top + 0.47 - at[:, 1]], 1)
    x, y = lines(at, sample["edges"][:, np.linspace(0, m - 1, min(m, 300)).astype(int)] if m else sample["edges"])
    colour = [palette[k % len(palette)] for k in raw["labels"]]
    if "letters" in raw:
        colour = [scale.ink if a == "C" else c for a, c in zip(raw["letters"], colour, strict=True)]
    line = {"color": fade(scale.muted, 0.9 if m < 60 else 0.4), "width": 1}
    common: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False}
    found = [go.Scatter(x=x, y=y, mode="lines", line=line, **common)]
    found.append(go.Scatter(x=at[:, 0], y=at[:, 1], mode="markers", marker={"size": 5, "color": colour}, **common))
    focus = np.asarray(raw.get("focus", []), int)
    if len(focus):
        ring = {"size": 12, "symbol": "circle-open", "color": scale.series[ACCENT], "line": {"width": 3}}
        found.append(go.Scatter(x=at[focus, 0], y=at[focus, 1], mode="markers", marker=ring, **common))
    return found


KIND = Kind("graph", raw, observation, small)
