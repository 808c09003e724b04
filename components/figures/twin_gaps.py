"""How far apart the outputs for two graphs are, for every kind of layer; and those for one graph in two orders of its nodes."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame

Array = np.ndarray
FLOOR, ROUNDING = 1e-17, 1e-13  # differences of nothing are drawn at the floor; all below `ROUNDING` is rounding


def _dots(name: str, rows: list[Array], shift: float, colour: str, symbol: str, seen: bool) -> list[dict[str, Any]]:
    """One dot for each replica, and a large one for the middle of them."""
    common = {"type": "scatter", "mode": "markers", "name": name, "showlegend": False}
    y = np.concatenate([np.full(len(r), i + shift) for i, r in enumerate(rows)])
    small = {"size": 6, "color": fade(colour, 0.45), "symbol": symbol}
    large = {"size": 15, "color": colour, "symbol": symbol, "line": {"width": 2.5, "color": colour}}
    middle = [float(np.maximum(np.median(r), FLOOR)) for r in rows]
    return [
        common | {"x": np.maximum(np.concatenate(rows), FLOOR), "y": y, "marker": small, "hoverinfo": "skip"},
        common | {"x": middle, "y": np.arange(len(rows)) + shift, "marker": large, "showlegend": seen,
                  "hovertemplate": f"{name}: %{{x:.1e}}<extra></extra>"},
    ]  # fmt: skip


def twin_gaps(
    found: Mapping[str, tuple[Array, Array]], names: Mapping[str, str], *, scale: Scale = NAMED, height: int = 430
) -> go.Figure:
    """Relative differences on a logarithmic line for each kind of layer.

    Args:
        found: kind -> between both graphs `(seeds,)`, between one graph and itself in another order `(seeds,)`.
        names: of the kinds, as they are read.
        scale: colours.
        height: pixels.
    """
    kinds = list(found)
    data = _dots("the two graphs", [found[k][0] for k in kinds], -0.14, scale.series[0], "circle", True)
    data += _dots("one graph, nodes reordered", [found[k][1] for k in kinds], 0.2, scale.series[1], "diamond-open", True)
    shape = {"type": "rect", "xref": "x", "yref": "paper", "x0": FLOOR / 5, "x1": ROUNDING, "y0": 0, "y1": 1, "layer": "below",
             "fillcolor": fade(scale.muted, 0.16), "line": {"width": 0}}  # fmt: skip
    notes = [
        {"text": words, "x": x, "xref": "x", "y": 1, "yref": "paper", "xanchor": anchor, "yanchor": "bottom", "showarrow": False,
         "font": {"size": TICK, "color": scale.ink}}
        for words, x, anchor in (("<b>cannot tell</b>", (-17.7 - 13) / 2, "center"), ("<b>tells apart</b>", -6, "center"))
    ]  # fmt: skip
    layout = frame(
        scale, height=height, shapes=[shape], annotations=notes, hovermode="closest", margin={"l": 4, "r": 8, "t": 30, "b": 4},
        xaxis=axis(scale, "relative difference of the outputs", type="log", range=[-17.7, 1],
                   tickvals=[1e-16, 1e-12, 1e-8, 1e-4, 1], ticktext=["10⁻¹⁶", "10⁻¹²", "10⁻⁸", "10⁻⁴", "1"]),
        yaxis=axis(scale, "", tickvals=np.arange(len(kinds)), ticktext=[names[k] for k in kinds],
                   range=[len(kinds) - 0.45, -0.55], zeroline=False),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": -0.26, "yanchor": "top", "x": 0, "xanchor": "left"}
    layout["yaxis"]["tickfont"] = {"size": TICK + 1, "color": scale.ink}
    return go.Figure({"data": data, "layout": layout})
