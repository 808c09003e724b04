"""The neighbourhood of one node as it grows, layer by layer: colour and size by distance, everything not yet heard faded.

Lines that only show where edges are lie in the picture as one path for each colour: a browser draws 1,500 edges as one path
faster than as 1,500 lines, so that 2,000 nodes answer a click at once.
"""

from html import escape
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.network import DRAWN, doubled, lines
from components.figures.sample import ACCENT, HIDDEN
from components.figures.scale import LABEL, NAMED, TICK, Scale, fade, frame

DISTANCE = (ACCENT, 0, 2, 3)
"""The series colour of the node itself, of those one step away, two, three."""
SYMBOLS = ("circle", "circle", "square", "diamond")
ARROWS, WRITTEN, CARRIED = 40, 5, 800
"""Arrows drawn at most, weights and names written, edges drawn of those that carry from further away."""
Array = np.ndarray


class Scene(NamedTuple):
    """What is drawn: a network and where the messages are."""

    places: Array  # (n, 2)
    names: Array  # (n,)
    edges: Array  # (2, m) as messages go
    letters: Array | None  # (n,) of atoms
    orders: Array | None  # of the bonds `plain`
    plain: Array  # (2, m) edges as they are drawn, each once
    distance: Array  # (n,) steps to the node, -1 where there is no way
    node: int
    layer: int  # 0: nobody has spoken yet
    phase: str  # "start", "speak", "message", "aggregate", "update"
    source: Array  # (k,) who speaks to the node, the strongest first
    weight: Array  # (k,)


def path(x: Array, y: Array) -> str:
    """Broken lines (two points and a NaN for each edge) as one path."""
    points = zip(x[::3], y[::3], x[1::3], y[1::3], strict=True)
    return "".join(f"M{a:.3f},{b:.3f}L{c:.3f},{d:.3f}" for a, b, c, d in points)


def some(edges: Array, most: int) -> Array:
    """At most so many edges, evenly spread."""
    m = edges.shape[1]
    return edges[:, np.linspace(0, m - 1, min(m, most)).astype(int)] if m else edges


def big(scene: Scene) -> float:
    """Diameter of the chosen node, in pixels."""
    n = len(scene.places)
    return 24 if scene.letters is not None else 1.5 * (15 if n <= 40 else 11 if n <= 120 else 8)


def shape(x: Array, y: Array, colour: str, width: float, dash: str = "solid") -> list[dict[str, Any]]:
    """Lines in one colour under the nodes; none where there are none."""
    line = {"color": colour, "width": width, "dash": dash}
    return [{"type": "path", "path": path(x, y), "line": line, "layer": "below"}] if len(x) else []


def paths(scene: Scene, scale: Scale) -> list[dict[str, Any]]:
    """All edges, faint; then those that carry what the node has heard from further away, in the colour of who spoke."""
    m, d, places = scene.plain.shape[1], scene.distance, scene.places
    if scene.letters is not None and scene.orders is not None:
        x, y = doubled(places, scene.plain, scene.orders)
        found = shape(x, y, fade(scale.muted, 0.6), 2)
    else:
        width, alpha = (1.5, 0.3) if m < 300 else (1, 0.16)
        found = shape(*lines(places, some(scene.plain, DRAWN)), fade(scale.muted, alpha), width)
    for k in range(scene.layer, 1, -1):
        inward = scene.edges[:, (d[scene.edges[0]] == k) & (d[scene.edges[1]] == k - 1)]
        colour = fade(scale.series[DISTANCE[k]], 0.75 if inward.shape[1] < 150 else 0.4)
        found += shape(*lines(places, some(inward, CARRIED)), colour, 2 if inward.shape[1] < 150 else 1.2)
    return found


def arrows(scene: Scene, scale: Scale) -> list[dict[str, Any]]:
    """The messages that arrive at the node, the strongest thick; none while nobody speaks."""
    if scene.phase in ("start", "speak"):
        return []
    others = scene.source != scene.node
    source, weight = scene.source[others][:ARROWS], np.abs(scene.weight[others][:ARROWS])
    strong = weight >= 0.66 * weight.max() if len(weight) else weight > 0
    found = []
    for which, width in ((~strong, 2.0), (strong, 3.5)):
        x, y = lines(scene.places, np.stack([source[which], np.full(int(which.sum()), scene.node)]))
        if len(x):
            marker = {
                "symbol": "arrow",
                "angleref": "previous",
                "standoff": big(scene) / 2 + 5,
                "size": np.tile([0, 12, 0], len(x) // 3),
            }
            found.append(
                {"type": "scatter", "x": x, "y": y, "mode": "lines+markers", "hoverinfo": "skip", "showlegend": False,
                 "line": {"width": width, "color": scale.series[DISTANCE[1]]},
                 "marker": marker | {"color": scale.series[DISTANCE[1]]}}
            )  # fmt: skip
    return found


def nodes(scene: Scene, scale: Scale) -> list[dict[str, Any]]:
    """Nodes not yet heard, faint; then those heard, by distance. The clicked one is told by `customdata`, "n12"."""
    found, size = [], big(scene) / 1.5
    layer = max(0, scene.layer)
    groups = [("not heard", (scene.distance < 0) | (scene.distance > layer), scale.muted, "circle", size * 0.7)]
    for k in range(layer, -1, -1):
        title = "this node" if k == 0 else f"{k} step{'s' * (k > 1)} away"
        wide = size * (1.5, 1.2, 1.0, 0.9)[min(k, 3)]
        groups.append((title, scene.distance == k, scale.series[DISTANCE[min(k, 3)]], SYMBOLS[min(k, 3)], wide))
    for title, which, colour, symbol, wide in groups:
        inside = np.flatnonzero(which)
        if not len(inside):
            continue
        faint = title == "not heard"
        words = [f"<b>{escape(str(name))}</b><br>{title}. Click to hear with it" for name in scene.names[inside]]
        look = {"size": wide, "color": fade(colour, 0.4) if faint else colour, "symbol": symbol, "line": {"width": 0}}
        trace: dict[str, Any] = {
            "type": "scatter", "mode": "markers", "x": scene.places[inside, 0], "y": scene.places[inside, 1],
            "name": title if title == "this node" else f"{title}: {len(inside):,}", "hovertext": words,
            "customdata": [f"n{i}" for i in inside], "hovertemplate": "%{hovertext}<extra></extra>", "marker": look,
        }  # fmt: skip
        if scene.letters is not None:
            trace |= {"mode": "markers+text", "text": scene.letters[inside]}
            trace["textfont"] = {"size": LABEL, "color": scale.muted if faint else scale.paper}
            trace["marker"] = look | {"size": 24, "color": scale.paper if faint else colour}
            trace["marker"]["line"] = {"width": 1 if faint else 0, "color": scale.grid}
        found.append(trace)
    return found


def rings(scene: Scene, scale: Scale) -> list[dict[str, Any]]:
    """Who speaks has a ring; the node has one when it has listened."""
    ringed = scene.source if scene.phase == "speak" else np.array([scene.node])
    ringed = ringed[:ARROWS] if len(ringed) else np.array([scene.node])
    wide = {"start": 1, "speak": 2.5, "message": 1.5, "aggregate": 4, "update": 4}[scene.phase]
    line = {"width": wide, "color": scale.ink}
    marker = {"size": big(scene) + 8, "symbol": "circle-open", "color": scale.ink, "line": line}
    return [
        {"type": "scatter", "x": scene.places[ringed, 0], "y": scene.places[ringed, 1], "mode": "markers", "hoverinfo": "skip",
         "showlegend": False, "marker": marker}
    ]  # fmt: skip


def written(scene: Scene, scale: Scale) -> list[dict[str, Any]]:
    """The names of the node and of the strongest who speak to it where there is room; weights on the way, if they differ."""
    spread = np.maximum(np.ptp(scene.places, axis=0), 1e-6)
    others = scene.source[scene.source != scene.node]
    values = scene.weight[scene.source != scene.node]
    shown: list[int] = []
    for i in [scene.node, *(others[: 3 * WRITTEN].tolist() if scene.layer else [])]:
        apart = np.abs(scene.places[shown] - scene.places[i]) / spread > [0.24, 0.08]
        if apart.any(1).all() and len(shown) <= WRITTEN:
            shown.append(i)
    shown = shown if len(scene.places) <= 120 else shown[:1]
    label: dict[str, Any] = {"showarrow": False, "font": {"size": TICK, "color": scale.ink}}
    found = [
        label
        | {
            "x": float(scene.places[i, 0]),
            "y": float(scene.places[i, 1]),
            "yshift": big(scene) / 2 + (13 if i == scene.node else 7),
            "text": _short(scene, i),
        }
        | ({"bgcolor": fade(scale.paper, 0.8)} if len(scene.places) > 120 else {})
        for i in shown
        if scene.letters is None
    ]
    if scene.phase == "message" and len(values) and np.ptp(values) > 0:
        here = scene.places[scene.node]
        for j, w in list(zip(others, values, strict=True))[:WRITTEN]:
            x, y = (0.62 * scene.places[j] + 0.38 * here).tolist()
            text = "× 1" if w == 1 else f"× {w:.2f}"
            blue = {"font": {"size": TICK, "color": scale.series[DISTANCE[1]]}, "bgcolor": fade(scale.paper, 0.8)}
            found.append(label | blue | {"x": x, "y": y, "text": text, "borderpad": 1})
    return found


def _short(scene: Scene, i: int) -> str:
    name = str(scene.names[i])
    text = escape(name if len(name) <= 18 else name[:17] + "…")
    return f"<b>{text}</b>" if i == scene.node else text


def omitted(scene: Scene) -> str:
    """What of it is not drawn, in a few words; empty where everything is."""
    m, said = scene.plain.shape[1], []
    if m > DRAWN and scene.letters is None:
        said.append(f"{DRAWN:,} of {m:,} edges drawn")
    arrive = int((scene.source != scene.node).sum())
    if arrive > ARROWS and scene.phase not in ("start",):
        said.append(f"{ARROWS} of {arrive:,} messages drawn")
    return "; ".join(said)


def neighbourhood(scene: Scene, *, scale: Scale = NAMED, height: int = 430, name: str = "") -> go.Figure:
    """The whole network with what the node has heard so far.

    Args:
        scene: the network, the node, the layer and the phase.
        scale: colours.
        height: pixels.
        name: of the network; another one forgets the zoom.
    """
    low, high = scene.places.min(0), scene.places.max(0)
    room, up = (0.07 * max(float(reach), 1.0) for reach in high - low)
    notes = written(scene, scale)
    if words := omitted(scene):
        notes.append(
            {"text": words, "x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom",
             "showarrow": False, "font": {"size": TICK, "color": scale.muted}}
        )  # fmt: skip
    layout = frame(
        scale, height=height, margin={"l": 4, "r": 4, "t": 4, "b": 4}, hovermode="closest", uirevision=name,
        shapes=paths(scene, scale), annotations=notes, showlegend=True,
        xaxis=HIDDEN | {"range": [low[0] - room, high[0] + room]},
        yaxis=HIDDEN | {"range": [low[1] - up, high[1] + 2 * up]} | ({"scaleanchor": "x"} if scene.letters is not None else {}),
    )  # fmt: skip
    layout["legend"] |= {
        "orientation": "h",
        "x": 0,
        "y": 1,
        "yanchor": "bottom",
        "itemsizing": "constant",
        "traceorder": "reversed",
    }
    data = [*arrows(scene, scale), *rings(scene, scale), *nodes(scene, scale)]
    return go.Figure({"data": data, "layout": layout})
