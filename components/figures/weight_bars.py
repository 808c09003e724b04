"""Weights of the four kinds of layer as bars on a logarithmic axis, from one weight to trillions."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, SHARE_AND_POOL, TICK, Scale, axis, fade, frame


class Bar(NamedTuple):
    """One kind of layer."""

    name: str
    share: bool
    weights: int
    words: str  # the count as one says it, at the bar's end
    product: str  # how it comes about, under the name
    chosen: bool


def weight_bars(bars: Sequence[Bar], *, scale: Scale = NAMED, height: int = 400) -> go.Figure:
    """A bar for each kind; the chosen one full, the others faded. Shared and separate weights keep their colours."""
    most = max(bar.weights for bar in bars)
    end = math.log10(most) * 1.04 + 0.1
    rows = list(range(len(bars)))
    colours = [scale.series[SHARE_AND_POOL[(bar.share, bar.share)]] for bar in bars]
    trace = {
        "type": "bar", "orientation": "h", "y": rows, "x": [bar.weights for bar in bars], "width": 0.42,
        "marker": {
            "color": [c if bar.chosen else fade(c, 0.6) for bar, c in zip(bars, colours, strict=True)],
            "pattern": {"shape": ["" if bar.share else "/" for bar in bars], "fgcolor": scale.paper, "size": 7, "solidity": 0.2},
        },
        "customdata": [f"{bar.name}: {bar.weights:,} weights<br>{bar.product}" for bar in bars],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    names = [_name(bar, i, scale) for i, bar in enumerate(bars)] + [_count(bar, i, scale) for i, bar in enumerate(bars)]
    ticks = [t for t in (0, 3, 6, 9, 12, 15) if t <= end]
    said = ("1", "1,000", "million", "billion", "10¹²", "10¹⁵")
    layout = frame(
        scale, height=height, showlegend=False, annotations=names, uirevision="weights", dragmode=False,
        xaxis=axis(
            scale, "weights of the layer, logarithmic", type="log", range=[0, end], fixedrange=True,
            tickvals=[10**t for t in ticks], ticktext=list(said[: len(ticks)]),
        ),
        yaxis={"range": [len(bars) - 0.5, -0.75], "visible": False, "fixedrange": True},
    )  # fmt: skip
    return go.Figure({"data": [trace], "layout": layout})


def _name(bar: Bar, row: int, scale: Scale) -> dict[str, Any]:
    """Above the bar at the left: what it is, and how its count comes about."""
    name = f"<b>{bar.name}</b>" if bar.chosen else bar.name
    text = f"{name} <span style='font-size:{TICK}px;color:{scale.muted}'>{bar.product}</span>"
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": row, "yshift": 31, "align": "left"}
    return {"text": text, "showarrow": False, "font": {"size": LABEL, "color": scale.ink}} | place


def _count(bar: Bar, row: int, scale: Scale) -> dict[str, Any]:
    """Above the bar at the right: the count, as one says it."""
    font = {"size": LABEL + 2, "color": scale.ink}
    place = {"x": 1, "xref": "paper", "xanchor": "right", "y": row, "yshift": 31}
    return {"text": f"<b>{bar.words}</b>" if bar.chosen else bar.words, "showarrow": False, "font": font} | place
