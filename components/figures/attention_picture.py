"""Attention over a picture that was cut into patches: one map large, or all layers and heads as a sheet of small ones.

The brighter the colour on a patch, the more of the attention it gets; the frame marks who asks. Colours are relative to the
largest weight of the map, numbers are in the hover. Source: Dosovitskiy et al. 2021; the sheet after BertViz (Vig 2019).
"""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import HIDDEN, data_uri
from components.figures.scale import LABEL, NAMED, TICK, Scale, frame

HEAT, ASKS = 1, 2  # series colours of the attention and of the query
ZOOM, STRONG = 8, 0.8


def rgb(colour: str) -> np.ndarray:
    """`#rrggbb` as three numbers in [0, 1]."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def blended(picture: np.ndarray, heat: np.ndarray, colour: str, zoom: int = 1) -> np.ndarray:
    """A grey picture `(s, s)` under a heat `(k, k)` in [0, 1], each pixel `zoom` wide: `(s zoom, s zoom, 3)`."""
    side = len(picture)
    alpha = STRONG * np.kron(heat, np.ones((side // len(heat),) * 2))[..., None]
    mixed = (1 - alpha) * (0.9 * picture[..., None] + 0.05) + alpha * rgb(colour)
    return mixed.repeat(zoom, 0).repeat(zoom, 1)


def relative(weights: np.ndarray) -> np.ndarray:
    """Weights as shares of the largest."""
    return weights / max(float(weights.max()), 1e-9)


def attention_picture(
    picture: np.ndarray, weights: np.ndarray, query: int, title: str, *, scale: Scale = NAMED, height: int = 400
) -> go.Figure:
    """One map of attention over the picture, to be clicked at.

    Args:
        picture: greys `(s, s)` in [0, 1].
        weights: of the class token and the n patches, row by row, `(1 + n,)`.
        query: who asks: 0 the class token, else a patch from 1.
        title: what the map is.
        scale: colours.
        height: pixels.

    Clicking gives `customdata` "q<number>".
    """
    side, k = len(picture), round((len(weights) - 1) ** 0.5)
    step, shares = side / k, relative(weights)
    image = blended(picture, shares[1:].reshape(k, k), scale.series[HEAT], ZOOM)
    dot = {"dx": 1 / ZOOM, "dy": 1 / ZOOM, "x0": 0.5 / ZOOM, "y0": 0.5 / ZOOM}
    rows, columns = np.divmod(np.arange(k * k), k)
    top = -0.13 * side
    x, y = np.append(3.5, (columns + 0.5) * step), np.append(top + 0.05 * side, (rows + 0.5) * step)
    names = [
        "class token",
        *(f"patch {i + 1} (row {r + 1}, column {c + 1})" for i, (r, c) in enumerate(zip(rows, columns, strict=True))),
    ]
    texts = [f"{name}<br>{w:.1%} of the attention" for name, w in zip(names, weights, strict=True)]
    target = {
        "type": "scatter", "x": x, "y": y, "mode": "markers", "opacity": 0, "showlegend": False, "text": texts,
        "marker": {"size": max(14, round(0.62 * height / k)), "symbol": "square"}, "hovertemplate": "%{text}<extra></extra>",
        "customdata": [f"q{i}" for i in range(len(weights))],
    }  # fmt: skip
    shapes = [_token(side, top, float(shares[0]), scale), *_grid(side, k, scale)]
    shapes.append(_asking(query, side, k, top, scale))
    words = {
        "x": 7.6, "y": top + 0.05 * side, "xanchor": "left", "showarrow": False, "font": {"size": TICK + 1, "color": scale.ink},
        "text": f"class token: {weights[0]:.0%}{' (asks)' if query == 0 else ''}",
    }  # fmt: skip
    layout = frame(
        scale, title=title, height=height, dragmode=False, shapes=shapes, annotations=[words],
        margin={"l": 0, "r": 0, "t": 34, "b": 0},
        xaxis={"range": [-0.3, side + 0.3], "constrain": "domain", "constraintoward": "left", "fixedrange": True, **HIDDEN},
        yaxis={"range": [side + 0.3, top - 0.3], "scaleanchor": "x", "constrain": "domain", "constraintoward": "top",
               "fixedrange": True, **HIDDEN},
    )  # fmt: skip
    return go.Figure({"data": [go.Image(source=data_uri(image), hoverinfo="skip", **dot), target], "layout": layout})


def _grid(side: int, k: int, scale: Scale) -> list[dict[str, Any]]:
    """The cuts between the patches."""
    line, at = {"color": "rgba(160,170,190,0.75)", "width": 1}, [side * i / k for i in range(k + 1)]
    across = [{"type": "line", "x0": 0, "x1": side, "y0": a, "y1": a, "line": line} for a in at]
    return across + [{"type": "line", "x0": a, "x1": a, "y0": 0, "y1": side, "line": line} for a in at]


def _token(side: int, top: float, share: float, scale: Scale) -> dict[str, Any]:
    """The class token's own tile above the picture."""
    mixed = (1 - STRONG * share) * 0.05 + STRONG * share * rgb(scale.series[HEAT])
    colour = "#" + "".join(f"{round(255 * v):02x}" for v in mixed)
    place = {"x0": 0, "x1": 7, "y0": top, "y1": top + 0.1 * side}
    return {"type": "rect", "fillcolor": colour, "line": {"color": scale.muted, "width": 1}} | place


def _asking(query: int, side: int, k: int, top: float, scale: Scale) -> dict[str, Any]:
    """The frame around who asks."""
    line = {"color": scale.series[ASKS], "width": 4}
    if query == 0:
        return {"type": "rect", "x0": 0, "x1": 7, "y0": top, "y1": top + 0.1 * side, "line": line}
    (r, c), step = divmod(query - 1, k), side / k
    return {"type": "rect", "x0": c * step, "x1": (c + 1) * step, "y0": r * step, "y1": (r + 1) * step, "line": line}


def attention_sheet(
    picture: np.ndarray, weights: np.ndarray, chosen: tuple[int, int], *, scale: Scale = NAMED, height: int = 400
) -> go.Figure:
    """The same query's attention in every layer (rows) and head (columns), to choose from by a click.

    Args:
        picture: greys `(s, s)` in [0, 1].
        weights: attention of the query, `(layers, heads, 1 + n)`.
        chosen: layer and head, from 0.
        scale: colours.
        height: pixels.

    Clicking gives `customdata` "b<layer>h<head>", from 0.
    """
    layers, heads, n = weights.shape
    k = round((n - 1) ** 0.5)
    traces: list[Any] = []
    for layer in range(layers):
        for head in range(heads):
            tile = blended(picture, relative(weights[layer, head])[1:].reshape(k, k), scale.series[HEAT], 2)
            step = 0.92 / len(tile)
            at = {"x0": head + 0.04 + step / 2, "y0": layer + 0.04 + step / 2, "dx": step, "dy": step}
            traces.append(go.Image(source=data_uri(tile), hoverinfo="skip", **at))
    rows, columns = np.divmod(np.arange(layers * heads), heads)
    best = weights.reshape(layers * heads, n).argmax(1)
    texts = [
        f"layer {r + 1}, head {c + 1}<br>looks most at {'the class token' if b == 0 else f'patch {b}'}: {weights[r, c, b]:.1%}"
        for r, c, b in zip(rows, columns, best, strict=True)
    ]
    traces.append({
        "type": "scatter", "x": columns + 0.5, "y": rows + 0.5, "mode": "markers", "opacity": 0, "showlegend": False,
        "marker": {"size": round(0.6 * height / max(layers, heads)), "symbol": "square"}, "text": texts,
        "hovertemplate": "%{text}<extra></extra>", "customdata": [f"b{r}h{c}" for r, c in zip(rows, columns, strict=True)],
    })  # fmt: skip
    font = {"size": TICK + 1, "color": scale.muted}
    notes = [{"x": h + 0.5, "y": 0, "yanchor": "bottom", "text": f"head {h + 1}"} for h in range(heads)]
    notes += [{"x": 0, "y": r + 0.5, "xanchor": "right", "textangle": -90, "text": f"layer {r + 1}"} for r in range(layers)]
    place = {"x0": chosen[1] + 0.02, "x1": chosen[1] + 0.98, "y0": chosen[0] + 0.02, "y1": chosen[0] + 0.98}
    ring = {"type": "rect", "line": {"color": scale.series[ASKS], "width": 4}} | place
    layout = frame(
        scale, title="All layers and heads", height=height, dragmode=False, shapes=[ring],
        annotations=[{"showarrow": False, "font": font} | note for note in notes], margin={"l": 0, "r": 0, "t": 34, "b": 0},
        xaxis={"range": [-0.22, heads], "constrain": "domain", "constraintoward": "left", "fixedrange": True, **HIDDEN},
        yaxis={"range": [layers, -0.22], "scaleanchor": "x", "constrain": "domain", "constraintoward": "top",
               "fixedrange": True, **HIDDEN},
    )  # fmt: skip
    layout["title"]["font"] = {"size": LABEL, "color": scale.ink}
    return go.Figure({"data": traces, "layout": layout})
