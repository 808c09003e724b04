"""Held-out links as a model sees them, and how well it tells them from pairs without a link."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.network import DRAWN, lines
from components.figures.sample import HIDDEN
from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame

Array = np.ndarray
SHOWN, DASHES = 90, ("dash", "dot", "longdash", "dashdot")


def held_links(
    places: Array, edges: Array, u: Array, v: Array, p: Array, names: Sequence[str], *, scale: Scale = NAMED, height: int = 400
) -> go.Figure:
    """The training links pale and solid; held-out links dashed where the model says "linked", dotted where it says "not".

    Args:
        places: of the nodes `(n, 2)`.
        edges: training links `(2, m)`.
        u, v: ends of the held-out links `(k,)`.
        p: what the model says of each, the probability of a link `(k,)`; the first `SHOWN` are drawn.
        names: of the nodes.
        scale: colours.
        height: pixels.
    """
    m = edges.shape[1]
    x, y = lines(places, edges[:, np.linspace(0, m - 1, min(m, DRAWN)).astype(int)])
    plain: dict[str, Any] = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    thin = {"width": 1, "color": fade(scale.muted, 0.45 if m < 300 else 0.13)}
    data = [plain | {"x": x, "y": y, "line": thin, "name": "training links", "showlegend": False}]
    u, v, p = u[:SHOWN], v[:SHOWN], p[:SHOWN]
    for found, colour, dash, said in ((p >= 0.5, 2, "dash", "says: linked"), (p < 0.5, 0, "dot", "says: not linked")):
        x, y = lines(places, np.stack([u[found], v[found]]))
        line = {"width": 2.2, "dash": dash, "color": scale.diverging[colour]}
        data.append(plain | {"x": x, "y": y, "line": line, "name": f"{said} ({found.sum()})"})
    middle = (places[u] + places[v]) / 2
    words = [f"{escape(str(names[a]))} – {escape(str(names[b]))}<br>says {c:.0%}" for a, b, c in zip(u, v, p, strict=True)]
    data.append(
        {"type": "scatter", "mode": "markers", "x": middle[:, 0], "y": middle[:, 1], "hovertext": words, "showlegend": False,
         "hovertemplate": "held-out link<br>%{hovertext}<extra></extra>", "marker": {"size": 9, "color": "rgba(0,0,0,0)"}}
    )  # fmt: skip
    data.append(_nodes(places, edges, names, scale))
    low, high = places.min(0), places.max(0)
    room = 0.05 * np.maximum(high - low, 1e-3)
    layout = frame(
        scale, height=height, margin={"l": 4, "r": 4, "t": 4, "b": 4}, hovermode="closest", uirevision="still",
        xaxis=HIDDEN | {"range": [low[0] - room[0], high[0] + room[0]]},
        yaxis=HIDDEN | {"range": [low[1] - room[1], high[1] + room[1]]},
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}
    return go.Figure({"data": data, "layout": layout})


def _nodes(places: Array, edges: Array, names: Sequence[str], scale: Scale) -> dict[str, Any]:
    n = len(places)
    degree = np.bincount(edges.ravel(), minlength=n)
    small, large = (8, 20) if n <= 100 else (3.5, 12)
    words = [f"<b>{escape(str(name))}</b><br>{d} training links" for name, d in zip(names, degree, strict=True)]
    size = small + (large - small) * np.sqrt(degree / max(1, degree.max()))
    return {
        "type": "scatter", "mode": "markers", "x": places[:, 0], "y": places[:, 1], "hovertext": words, "showlegend": False,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"size": size, "color": scale.ink, "opacity": 1, "line": {"width": 1, "color": scale.paper}},
    }  # fmt: skip


def roc_curves(
    own: str, curve: tuple[Array, Array], others: Mapping[str, tuple[Array, Array]], *, scale: Scale = NAMED, height: int = 400
) -> go.Figure:
    """ROC curves, each (false, true positive rates); what was trained bold, its area filled, guessing the diagonal."""
    flat = {"type": "scatter", "mode": "lines", "x": [0, 1], "y": [0, 1], "hoverinfo": "skip", "name": "guessing"}
    data: list[dict[str, Any]] = [flat | {"line": {"color": scale.muted, "width": 1}, "showlegend": False}]
    colour = scale.series[0]
    filled = {"fill": "tozeroy", "fillcolor": fade(colour, 0.12), "line": {"color": colour, "width": 4}}
    rates = "pairs wrongly called linked %{x:.0%}<br>links found %{y:.0%}"
    for i, (name, (x, y)) in enumerate({own: curve, **others}.items()):
        look = filled if i == 0 else {"line": {"color": scale.series[i], "width": 2, "dash": DASHES[(i - 1) % len(DASHES)]}}
        data.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "name": name,
                     "hovertemplate": f"{escape(name)}<br>{rates}<extra></extra>"} | look)  # fmt: skip
    layout = frame(
        scale, height=height, margin={"l": 4, "r": 8, "t": 6, "b": 4}, hovermode="closest",
        xaxis=axis(scale, "pairs without a link called linked", range=[0, 1], dtick=0.25, tickformat=".0%"),
        yaxis=axis(scale, "held-out links found", range=[0, 1.01], dtick=0.25, tickformat=".0%"),
    )  # fmt: skip
    layout["legend"] |= {"x": 0.99, "xanchor": "right", "y": 0.02, "yanchor": "bottom", "bgcolor": fade(scale.paper, 0.8)}
    layout["legend"]["font"] = {"size": TICK, "color": scale.ink}
    return go.Figure({"data": data, "layout": layout})
