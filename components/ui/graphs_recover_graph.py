"""The graph around the node looked at, for every kind of data."""

from collections.abc import Mapping
from html import escape

import numpy as np
import plotly.graph_objects as go
from torch import Tensor

from components.figures.commuting import tint
from components.figures.filter_cells import said
from components.figures.network import colours
from components.figures.relation_graph import LETTER, ROUND, SQUARE, Around, Look, around, looks
from components.figures.scale import Scale
from components.learn.recovering_data import BONDS, Nodes
from components.measure.untyped_fit import Fit
from components.models.lattices import directions
from components.models.relation_layer import RelationLayer

NEAR = 2  # neighbours to each side that are drawn of a picture
LONG = 5  # of a sequence


def framed(h: int, w: int, mark: int) -> tuple[int, int, int, int]:
    """The part of a picture that is drawn as a graph, around a pixel: first row and column, rows and columns."""
    sides = [(min(2 * NEAR + 1, n), at) for n, at in zip((h, w), divmod(mark, w), strict=True)]
    rows, columns = sides[0][0], sides[1][0]
    top, left = (int(np.clip(at - NEAR, 0, n - size)) for (size, at), n in zip(sides, (h, w), strict=True))
    return top, left, rows, columns


def shades(values: np.ndarray, scale: Scale) -> list[str]:
    """Numbers from the smallest to the largest as colours that stand out from the paper."""
    low, high = float(values.min()), float(values.max())
    rgb = tint(values[None], scale.sequential[1:], low, max(high, low + 1e-6))[0]
    return [_hex(c) for c in rgb]


def _hex(rgb: np.ndarray) -> str:
    return "#" + "".join(f"{round(float(c) * 255):02x}" for c in np.clip(rgb, 0, 1))


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text.replace("-", "−")


def drawn(
    nodes: Nodes, layer: RelationLayer, attention: Tensor | None, fit: Fit | None, kept: int, mark: int, scale: Scale, height: int
) -> go.Figure:
    """The figure."""
    types = _types(nodes, fit, scale)
    chosen = _chosen(nodes, mark)
    seen = _around(nodes, chosen, attention, kept if fit is None else nodes.types, mark, scale)
    if nodes.shape == "set":
        title = f"{len(nodes.x)} nodes, no edges"
        return around(seen, types, size=6, square=True, title=title, scale=scale, height=height)
    if nodes.shape == "attention":
        labels = _shares(seen, nodes, attention)
        title = f"Who “{escape(nodes.names[mark])}” hears, and how much"
        seen = seen._replace(labels=labels)
        return around(seen, types, node=LETTER, size=34, title=title, scale=scale, height=height)
    if nodes.shape == "graph":
        seen = seen._replace(labels={i: nodes.names[i].rstrip("0123456789") for i in range(len(chosen))})
        return around(seen, types, node=LETTER, size=24, square=True, title=_bonds(nodes, types), scale=scale, height=height)
    seen = seen._replace(labels=_weights(seen, layer, fit))
    if nodes.shape == "picture":
        title = "Edges, and the weight of each"
        size = 0.55 * (height - 60) / (2 * NEAR + 1)
        return around(seen, types, node=SQUARE, size=size, square=True, title=title, scale=scale, height=height)
    words = ("from the left", "from the right")
    title = (
        "Edges: one W for both"
        if fit is not None
        else "Edges " + "   ".join(_coloured(word, look) for word, look in zip(words, types, strict=True)) + ": their weights"
    )
    return around(seen, types, node=ROUND, size=32, title=title, scale=scale, height=height)


def _types(nodes: Nodes, fit: Fit | None, scale: Scale) -> list[Look]:
    """How each type of edge is drawn; all alike where they are one type."""
    if fit is not None:
        return [Look(scale.ink, "solid")] * nodes.types
    if nodes.grid:
        return looks(directions(nodes.k, len(nodes.grid)), scale)
    dashes = ("solid", "dash", "dot", "dashdot")
    return [Look(colour, dash) for colour, dash in zip(colours(scale), dashes, strict=False)][: max(1, nodes.types)]


def _chosen(nodes: Nodes, mark: int) -> np.ndarray:
    """The numbers of the nodes that are drawn: a window of a picture or a sequence, else all."""
    if nodes.shape == "picture":
        top, left, rows, columns = framed(nodes.grid[0], nodes.grid[1], mark)
        return (np.arange(top, top + rows)[:, None] * nodes.grid[1] + np.arange(left, left + columns)).ravel()
    if nodes.shape == "sequence":
        t = nodes.grid[0]
        first = int(np.clip(mark - LONG, 0, max(0, t - 2 * LONG - 1)))
        return np.arange(first, min(t, first + 2 * LONG + 1))
    return np.arange(len(nodes.x))


def _around(nodes: Nodes, chosen: np.ndarray, attention: Tensor | None, kept: int, mark: int, scale: Scale) -> Around:
    place = np.full(len(nodes.x), -1)
    place[chosen] = np.arange(len(chosen))
    edges, kinds = place[nodes.edges.numpy()], nodes.kinds.numpy()
    inside = (edges >= 0).all(0)
    wide = np.full(edges.shape[1], 3.5 if nodes.k < 5 else 2.0)
    if attention is not None:
        wide = 1 + 6 * attention.numpy()
    x = nodes.x[chosen].numpy()
    if nodes.shape == "picture":
        fills = [_hex(np.repeat(v, 3)) for v in x[:, 0]]
    elif nodes.shape == "set":
        fills = shades(x[:, 2], scale)
    else:
        fills = [scale.paper] * len(chosen)
    hovers = []
    for i in chosen:
        value = "" if nodes.x.shape[1] > 3 or nodes.shape == "graph" else ": " + ", ".join(_number(float(v)) for v in nodes.x[i])
        hovers.append(f"{escape(nodes.names[i])}{value}<br>click to look at it")
    return Around(
        nodes.places[chosen], fills, hovers, chosen, edges[:, inside], kinds[inside], int(place[mark]),
        (kinds < kept)[inside], wide[inside], {},
    )  # fmt: skip


def _weights(seen: Around, layer: RelationLayer, fit: Fit | None) -> Mapping[int, str]:
    """The weight with which each neighbour and the node itself are heard, on the nodes."""
    root = float(layer.itself.weight[0, 0, 0, 0, 0]) if fit is None else float(fit.root[0, 0])
    found = {seen.mark: said(root, 4)}
    for i in np.flatnonzero((seen.edges[1] == seen.mark) & seen.kept):
        weight = float(layer.weight[0, int(seen.kinds[i]), 0, 0]) if fit is None else float(fit.weight[0, 0])
        found[int(seen.edges[0, i])] = said(weight, 4)
    return found


def _shares(seen: Around, nodes: Nodes, attention: Tensor | None) -> Mapping[int, str]:
    """Every token, with its share of the marked one's attention from 5 % on."""
    found = {i: escape(name) for i, name in enumerate(nodes.names)}
    if attention is not None:
        for source, target, share in zip(*nodes.edges.tolist(), attention.tolist(), strict=True):
            if target == seen.mark and share >= 0.05:
                found[source] = f"<b>{found[source]}</b> {share:.0%}"
    return found


def _bonds(nodes: Nodes, types: list[Look]) -> str:
    """The legend of the types."""
    if len(set(types)) == 1 and len(types) > 1:
        return "All bonds alike"
    return "   ".join(_coloured(BONDS[order], look) for order, look in zip(nodes.orders, types, strict=True))


def _coloured(text: str, look: Look) -> str:
    return f"<span style='color:{look.colour}'>{text}</span>"
