"""One head of attention, between the tokens of a sentence: as lines from who looks to whom, or as a matrix.

Source: both views after BertViz (Vig 2019, "A multiscale visualization of attention in the transformer model").
"""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, fade, frame

STEPS = 12  # strengths of a line that are told apart
FAINT = 0.02  # weights below are not drawn
LONG = 14  # letters of a token that are shown


def shown(token: str) -> str:
    """A token as a figure may hold it: no tags, not too long, its direction of writing kept to itself."""
    return f"\u2068{escape(token if len(token) <= LONG else token[: LONG - 1] + '…')}\u2069"


def room(n: int, least: int) -> int:
    """Pixels that n tokens below each other need."""
    return max(least, 17 * n + 40)


def attention_lines(
    tokens: Sequence[str], weights: np.ndarray, asks: int | None, *, colour: int = 0, scale: Scale = NAMED, height: int = 420
) -> go.Figure:
    """Two columns of tokens and a line for every weight of at least two hundredths, the more opaque the larger.

    Args:
        tokens: n tokens.
        weights: attention `(n, n)`.
        asks: the token whose lines alone are drawn, with their numbers; all if None.
        colour: of the lines, a number of the series.
        scale: colours.
        height: pixels.

    Clicking gives `customdata` "t<number>".
    """
    n, line = len(tokens), scale.series[colour]
    drawn = weights if asks is None else np.where(np.arange(n)[:, None] == asks, weights, 0)
    step = np.minimum((drawn * STEPS).astype(int), STEPS - 1)
    data: list[dict[str, Any]] = []
    for k in range(STEPS):
        rows, columns = np.nonzero((step == k) & (drawn >= FAINT))
        if len(rows):
            strength = (k + 0.5) / STEPS
            gap = np.full(len(rows), np.nan)
            data.append({
                "type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False,
                "x": np.tile([0.0, 1.0, np.nan], len(rows)), "y": np.stack([rows, columns, gap], 1).ravel(),
                "line": {"color": fade(line, round(0.12 + 0.88 * strength, 2)), "width": 1.2 + 4.5 * strength},
            })  # fmt: skip
    data += [_column(tokens, weights, asks, side, line, scale) for side in (0, 1)]
    font = {"size": TICK, "color": scale.muted}
    notes = [
        {"x": x, "y": -1, "text": text, "showarrow": False, "font": font, "xanchor": anchor}
        for x, text, anchor in ((-0.02, "who looks", "right"), (1.02, "at whom", "left"))
    ]
    bare = {"visible": False, "fixedrange": True}
    layout = frame(
        scale, height=height, dragmode=False, annotations=notes, margin={"l": 0, "r": 0, "t": 0, "b": 0}, hovermode="closest",
        xaxis=bare | {"range": [-0.62, 1.62]}, yaxis=bare | {"range": [n - 0.4, -1.6]},
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def _column(tokens: Sequence[str], weights: np.ndarray, asks: int | None, side: int, line: str, scale: Scale) -> dict[str, Any]:
    """One column of tokens that can be clicked; at the right each with what it gets from the token that asks."""
    n = len(tokens)
    best = weights.argmax(1) if side == 0 else weights.argmax(0)
    got = np.zeros(n) if asks is None else weights[asks]
    names, colours = [], []
    for i, token in enumerate(tokens):
        strong = asks is not None and (i == asks if side == 0 else got[i] >= 0.1)
        number = f"  {got[i]:.2f}" if side and asks is not None and got[i] >= FAINT else ""
        names.append(f"<b>{shown(token)}{number}</b>" if strong else f"{shown(token)}{number}")
        colours.append(scale.ink if asks is None or strong or (side == 0) else scale.muted)
    about = [
        f"{shown(t)} looks most at {shown(tokens[b])}: {weights[i, b]:.3f}" if side == 0 else
        f"{shown(t)} gets most from {shown(tokens[b])}: {weights[b, i]:.3f}"
        for i, (t, b) in enumerate(zip(tokens, best, strict=True))
    ]  # fmt: skip
    return {
        "type": "scatter", "mode": "markers+text", "x": [float(side)] * n, "y": list(range(n)), "showlegend": False,
        "text": names, "textposition": "middle right" if side else "middle left", "hovertext": about,
        "textfont": {"size": LABEL if n <= 24 else TICK, "color": colours}, "cliponaxis": False,
        "marker": {"size": 7, "color": [line if asks is None or i == asks or side else scale.muted for i in range(n)]},
        "customdata": [f"t{i}" for i in range(n)], "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip


def attention_heat(
    tokens: Sequence[str], weights: np.ndarray, asks: int | None, *, scale: Scale = NAMED, height: int = 420
) -> go.Figure:
    """The same as a matrix: rows look, columns are looked at, each row sums to 1; the asking token's row framed.

    Arguments and clicks as in `attention_lines`.
    """
    n, names = len(tokens), [shown(token) for token in tokens]
    colours = scale.sequential
    gap = 1 if n < 30 else 0
    heat = {
        "type": "heatmap", "z": weights.astype(np.float32), "zmin": 0, "zmax": max(0.1, float(weights.max())),
        "hoverinfo": "skip",
        "colorscale": [[i / (len(colours) - 1), c] for i, c in enumerate(colours)], "xgap": gap, "ygap": gap,
        "colorbar": {"thickness": 10, "outlinewidth": 0, "tickfont": {"size": TICK, "color": scale.muted}, "len": 0.9},
    }  # fmt: skip
    rows, columns = np.divmod(np.arange(n * n), n)
    target = {
        "type": "scatter", "mode": "markers", "x": columns, "y": rows, "opacity": 0, "showlegend": False,
        "marker": {"size": max(5, round(0.7 * height / n)), "symbol": "square"}, "customdata": [f"t{i}" for i in rows],
        "text": [f"{names[i]} looks at {names[j]}: {weights[i, j]:.3f}" for i, j in zip(rows, columns, strict=True)],
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
    box = {"type": "rect", "x0": -0.5, "x1": n - 0.5, "line": {"color": scale.series[1], "width": 3}}
    shapes = [] if asks is None else [box | {"y0": asks - 0.5, "y1": asks + 0.5}]
    ticks = {
        "tickvals": list(range(n)), "ticktext": names, "showgrid": False, "zeroline": False, "fixedrange": True,
        "automargin": True, "tickfont": {"size": TICK, "color": scale.ink}, "ticks": "",
    }  # fmt: skip
    layout = frame(
        scale, height=height, dragmode=False, shapes=shapes, margin={"l": 8, "r": 4, "t": 8, "b": 8},
        xaxis=ticks | {"side": "top", "tickangle": -60, "range": [-0.5, n - 0.5]}, yaxis=ticks | {"range": [n - 0.5, -0.5]},
    )  # fmt: skip
    return go.Figure({"data": [heat, target], "layout": layout})
