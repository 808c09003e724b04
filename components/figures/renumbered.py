"""One molecule with its atoms numbered in two ways, and what a network says of both. Slides on equivariance, and on graphs."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.learning_curves import ARCHITECTURES, NAMES
from components.figures.network import lines
from components.figures.scale import LABEL, MARKER, NAMED, SHARE_AND_POOL, TICK, Scale, axis, fade, frame


def tint(value: float, reach: float, scale: Scale) -> str:
    """A number as a colour: orange below zero, blue above, clear at zero."""
    part = min(abs(value) / max(reach, 1e-9), 1)
    return fade(scale.diverging[0] if value < 0 else scale.diverging[2], 0.85 * part)


def two_numberings(
    places: np.ndarray, edges: np.ndarray, letters: Sequence[str], values: Sequence[np.ndarray], numbers: Sequence[np.ndarray],
    titles: Sequence[str], *, scale: Scale = NAMED, height: int = 330,
) -> go.Figure:  # fmt: skip
    """Two drawings of one molecule: every atom in the colour of its number `values[k] (n,)`, with its place in the numbering.

    Args:
        places: of the atoms `(n, 2)`.
        edges: bonds `(2, m)`.
        letters: kinds of the atoms.
        values: what a network says of each atom, for each drawing.
        numbers: the atoms' numbers, for each drawing.
        titles: for each drawing.
        scale: colours.
        height: pixels.
    """
    reach, data, notes = float(max(np.abs(v).max() for v in values)), [], []
    low, high = places.min(0), places.max(0)
    wide = float(high[0] - low[0]) or 1.0
    step = wide * 1.3 + 1.0
    for k, (value, number, title) in enumerate(zip(values, numbers, titles, strict=True)):
        at = places + np.array([k * step, 0])
        x, y = lines(at, edges)
        data.append({"type": "scatter", "x": x, "y": y, "mode": "lines", "hoverinfo": "skip", "showlegend": False,
                     "line": {"width": 2, "color": fade(scale.muted, 0.8)}})  # fmt: skip
        blank = {"size": 31, "color": scale.paper}
        data.append({"type": "scatter", "x": at[:, 0], "y": at[:, 1], "mode": "markers", "marker": blank, "hoverinfo": "skip",
                     "showlegend": False})  # fmt: skip
        data.append({
            "type": "scatter", "x": at[:, 0], "y": at[:, 1], "mode": "markers+text", "showlegend": False,
            "text": [f"{a}<sub>{n}</sub>" for a, n in zip(letters, number, strict=True)],
            "textfont": {"size": LABEL, "color": scale.ink},
            "marker": {"size": 31, "color": [tint(float(v), reach, scale) for v in value],
                       "line": {"width": 1.5, "color": scale.muted}},
            "customdata": np.arange(len(places)), "hovertext": [f"{a}, number {n}: adds {v:+.3f} to the log odds"
                                                               for a, n, v in zip(letters, number, value, strict=True)],
            "hovertemplate": "%{hovertext}<extra></extra>",
        })  # fmt: skip
        notes.append({"x": float(low[0] + wide / 2 + k * step), "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
                      "text": title, "font": {"size": LABEL, "color": scale.ink}})  # fmt: skip
    bare: dict[str, Any] = {"visible": False, "fixedrange": True}
    up = 0.12 * float(high[1] - low[1]) + 0.6
    layout = frame(
        scale, height=height, annotations=notes, dragmode=False, margin={"l": 0, "r": 0, "t": 46, "b": 0}, hovermode="closest",
        xaxis=bare | {"range": [low[0] - 0.9, high[0] + step + 0.9]}, yaxis=bare | {"range": [low[1] - up, high[1] + up]},
        uirevision="numberings",
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def answers_of_all(
    p: np.ndarray, difference: Sequence[float], chosen: tuple[bool, bool], shown: int, *, scale: Scale = NAMED, height: int = 330
) -> go.Figure:
    """The whole molecule's answer under every renumbering: one row of dots for each of the four networks.

    Args:
        p: `(4, m)`, the first of each row with the file's numbers.
        difference: the largest |f(Px) - P f(x)| of each network.
        chosen: the network on the page.
        shown: which renumbering the page shows.
        scale: colours.
        height: pixels.
    """
    data = []
    for i, kind in enumerate(ARCHITECTURES):
        colour = scale.series[SHARE_AND_POOL[kind]]
        look = {"symbol": MARKER[kind], "size": 11, "color": fade(colour, 0.55), "line": {"width": 0}}
        hover = [f"renumbering {m}: p = {v:.4f}" if m else f"as in the file: p = {v:.4f}" for m, v in enumerate(p[i])]
        common = {"type": "scatter", "mode": "markers", "showlegend": False, "hovertemplate": "%{hovertext}<extra></extra>"}
        data.append(common | {"x": p[i], "y": [i] * p.shape[1], "marker": look, "hovertext": hover})
        ring = {"symbol": "circle-open", "size": 19, "color": scale.ink, "line": {"width": 2}}
        data.append(common | {"x": [p[i, shown]], "y": [i], "marker": ring, "hovertext": [hover[shown]]})
    names = [
        f"{'<b>' if kind == chosen else ''}{NAMES[kind]}{'</b>' if kind == chosen else ''}<br>{written(d)}"
        for kind, d in zip(ARCHITECTURES, difference, strict=True)
    ]
    half = {"type": "line", "x0": 0.5, "x1": 0.5, "yref": "paper", "y0": 0, "y1": 1}
    layout = frame(
        scale, height=height, dragmode=False, hovermode="closest", uirevision="answers",
        shapes=[half | {"line": {"color": scale.muted, "width": 1, "dash": "dot"}}],
        xaxis=axis(scale, "p(yes) of the whole molecule", range=[-0.04, 1.04], fixedrange=True, dtick=0.25),
        yaxis=axis(
            scale, tickvals=list(range(4)), ticktext=names, range=[3.6, -0.6], fixedrange=True, gridcolor="rgba(0,0,0,0)"
        ),
    )  # fmt: skip
    layout["yaxis"]["tickfont"] = {"size": TICK, "color": scale.ink}
    return go.Figure({"data": data, "layout": layout})


def written(difference: float) -> str:
    """A largest difference, to the digits that are known."""
    if difference >= 0.005 or not difference:
        return f"{difference:.2f}" if difference else "0"
    first, size = f"{difference:.0e}".split("e-")
    return f"{first} · 10⁻{size.lstrip('0').translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
