"""All heads of a transformer on one sheet, each a small map: row i is the token that looks, column j the one looked at.

Each map is drawn relative to its own largest weight; under it stands what the head was measured to do. Source: the sheet after
BertViz (Vig 2019, "A multiscale visualization of attention in the transformer model").
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import HIDDEN, data_uri
from components.figures.scale import LABEL, NAMED, TICK, Scale, frame

SIDE, GAP = 48, 4  # pixels of one map and between two
SOFT = 0.6  # exponent: weak weights are seen too


def rgb(colour: str) -> np.ndarray:
    """`#rrggbb` as three numbers in [0, 1]."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def shaded(values: np.ndarray, scale: Scale) -> np.ndarray:
    """Values in [0, 1] as colours from small to large, `(...) -> (..., 3)`."""
    stops = np.stack([rgb(colour) for colour in scale.sequential])
    places = np.linspace(0, 1, len(stops))
    return np.stack([np.interp(values, places, stops[:, c]) for c in range(3)], -1)


def tile(weights: np.ndarray, side: int = SIDE) -> np.ndarray:
    """One map `(n, n)` as shares of its largest weight, softened, `(side, side)`; of a long sentence
    each pixel shows the strongest of its tokens."""
    n = len(weights)
    places = np.minimum(np.arange(side) * n // side, n - 1)
    if n > side:  # several tokens a pixel: the strongest is kept, so that thin lines do not vanish
        edges = np.linspace(0, n, side + 1).astype(int)[:-1]
        shown = np.maximum.reduceat(np.maximum.reduceat(weights, edges, 0), edges, 1)
    else:
        shown = weights[places][:, places]
    return (shown / max(float(weights.max()), 1e-9)) ** SOFT


def head_sheet(
    weights: np.ndarray,
    chosen: tuple[int, int],
    labels: dict[tuple[int, int], tuple[str, str]],
    words: Sequence[Sequence[str]],
    *,
    across: int = 0,
    short: bool = False,
    scale: Scale = NAMED,
    height: int = 400,
) -> go.Figure:
    """Every head as a small map, layers downwards, to choose from by a click.

    Args:
        weights: attention `(layers, heads, n, n)`.
        chosen: layer and head, from 0.
        labels: (layer, head) -> what stands under it, and its colour; others have none.
        words: for each layer and head what the hover says.
        across: maps next to each other; all heads of a layer if 0. Must divide the heads.
        short: name the layers by their numbers alone, for a phone.
        scale: colours.
        height: pixels.

    Clicking gives `customdata` "h<layer>.<head>", from 0.
    """
    layers, heads = weights.shape[:2]
    across = across or heads
    lines = heads // across  # rows of maps a layer
    places = [(i, j, i * lines + j // across, j % across) for i in range(layers) for j in range(heads)]
    font = {"size": TICK, "color": scale.muted}
    notes: list[dict[str, Any]] = [
        {"x": -0.08, "y": i * lines + 0.4, "text": str(i + 1) if short else f"layer {i + 1}", "xanchor": "right",
         "showarrow": False, "font": font | {"size": LABEL - 1}} for i in range(layers)
    ]  # fmt: skip
    if lines == 1:
        notes += [
            {"x": j + 0.46, "y": 0, "yanchor": "bottom", "text": f"head {j + 1}" if j == 0 or heads < 6 else str(j + 1),
             "showarrow": False, "font": font} for j in range(heads)
        ]  # fmt: skip
    for i, j, row, column in places:
        if (i, j) in labels:
            text, colour = labels[i, j]
            notes.append({
                "x": column + 0.46, "y": row + 0.73, "yanchor": "top", "yshift": 2, "text": f"<b>{text}</b>", "showarrow": False,
                "font": {"size": TICK, "color": colour},
            })  # fmt: skip
    row, column = places[chosen[0] * heads + chosen[1]][2:]
    box = {"x0": column - 0.02, "x1": column + 0.94, "y0": row - 0.02, "y1": row + 0.76}
    target = {
        "type": "scatter", "mode": "markers", "opacity": 0, "showlegend": False,
        "x": [c + 0.46 for *_, c in places], "y": [r + 0.37 for *_, r, _ in places],
        "marker": {"size": max(18, round(0.8 * height / (layers * lines))), "symbol": "square"},
        "customdata": [f"h{i}.{j}" for i, j, *_ in places], "text": [words[i][j] for i, j, *_ in places],
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
    free = {"fixedrange": True, "scaleanchor": False, **HIDDEN}  # an image would make its pixels square
    layout = frame(
        scale, height=height, dragmode=False, annotations=notes, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        shapes=[{"type": "rect", "line": {"color": scale.series[1], "width": 4}} | box],
        xaxis={"range": [-0.085 * across - 0.15, across], "fixedrange": True, **HIDDEN},
        yaxis={"range": [layers * lines + 0.05, -0.33 if lines == 1 else -0.05], **free},
    )  # fmt: skip
    return go.Figure({"data": [_picture(weights, places, across, layers * lines, scale), target], "layout": layout})


def _picture(weights: np.ndarray, places: list[tuple[int, int, int, int]], across: int, rows: int, scale: Scale) -> go.Image:
    """All maps as one image: a map takes 0.92 x 0.74 of its field, the rest is room for its label."""
    wide, high = round(SIDE / 0.92), round(SIDE / 0.74)
    pixels = np.ones((rows * high, across * wide, 3)) * rgb(scale.paper)
    for i, j, row, column in places:
        pixels[row * high : row * high + SIDE, column * wide : column * wide + SIDE] = shaded(tile(weights[i, j]), scale)
    dot = {"dx": 1 / wide, "dy": 1 / high, "x0": 0.5 / wide, "y0": 0.5 / high}
    return go.Image(source=data_uri(pixels), hoverinfo="skip", **dot)
