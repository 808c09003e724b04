"""The alignment of a translation: which source token each output token looked at, as a map and, for one step, as lines.

The source lies along the top, the output runs down the side. Rows below the current step are not written yet, and empty.
Source: Bahdanau et al. 2015, figure 3; lecture, slide "Birth of attention-based models: dynamic weights for different elements".
"""

import html
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, fade, frame

WEIGHT, STATE, SOURCE = 1, 0, 2  # series colours of a_ij, of the decoder's s_i and of the source's h_j
LAST = 3  # and of the model without attention


def shown(token: str, most: int = 14) -> str:
    """A token as Plotly may write it: no markup, not too long, a space made visible."""
    token = "␣" if token == " " else token
    return html.escape(token if len(token) <= most else token[: most - 1] + "…")


def alignment(
    source: Sequence[str],
    output: Sequence[str],
    weights: np.ndarray,
    at: int,
    *,
    known: Sequence[bool] = (),
    title: str = "",
    scale: Scale = NAMED,
    height: int = 420,
) -> go.Figure:
    """The map, filled to the current row, which is framed; a click on a row gives `customdata` "r<row>".

    Args:
        source, output: tokens, n and m of them.
        weights: a `(m, n)`, each row sums to 1; all zero without attention.
        at: the current row.
        known: whether each source token is in the dictionary; all are where nothing is given.
        title: above the map.
        scale, height: colours and pixels.
    """
    m, n = weights.shape
    values = np.where(np.arange(m)[:, None] <= at, weights, np.nan).astype(np.float32)
    rows = [shown(t) if i <= at else "" for i, t in enumerate(output)]
    columns = [shown(t) if not known or known[j] else f"{shown(t)} (unknown)" for j, t in enumerate(source)]
    texts = [[f"{shown(output[i])} ← {columns[j]}" for j in range(n)] for i in range(m)]
    colours = list(scale.sequential)
    heat: dict[str, Any] = {
        "type": "heatmap", "z": values, "zmin": 0, "zmax": 1, "showscale": False, "xgap": 1, "ygap": 1, "text": texts,
        "colorscale": [[k / (len(colours) - 1), colour] for k, colour in enumerate(colours)], "hoverongaps": False,
        "hovertemplate": "%{text}<br>weight %{z:.3f}<extra></extra>",
    }  # fmt: skip
    target = {
        "type": "scatter", "x": np.tile(np.arange(n), m), "y": np.repeat(np.arange(m), n), "mode": "markers", "opacity": 0,
        "marker": {"size": 16, "symbol": "square"}, "customdata": [f"r{i}" for i in range(m) for _ in range(n)],
        "text": [f"{texts[i][j]}<br>weight {weights[i, j]:.3f}" if i <= at else "not written yet"
                 for i in range(m) for j in range(n)],
        "hovertemplate": "%{text}<extra></extra>", "showlegend": False,
    }  # fmt: skip
    ring = {
        "type": "rect", "x0": -0.5, "x1": n - 0.5, "y0": at - 0.5, "y1": at + 0.5,
        "line": {"color": scale.series[WEIGHT], "width": 3},
    }  # fmt: skip
    font = {"size": LABEL if max(m, n) <= 24 else TICK, "color": scale.ink}
    layout = frame(
        scale, title=title, height=height, dragmode=False, shapes=[ring],
        xaxis=axis(scale, "", side="top", tickmode="array", tickvals=list(range(n)), ticktext=columns, tickfont=font,
                   tickangle=-60,                   range=[-0.5, n - 0.5], showgrid=False, zeroline=False, fixedrange=True),
        yaxis=axis(scale, "", tickmode="array", tickvals=list(range(m)), ticktext=rows, tickfont=font, range=[m - 0.5, -0.5],
                   showgrid=False, zeroline=False, fixedrange=True),
    )  # fmt: skip
    if not weights.any():
        words = "No map: without attention every step<br>sees one and the same vector, the last state."
        layout["annotations"] = [{"x": (n - 1) / 2, "y": (m - 1) / 2, "text": words, "showarrow": False,
                                  "font": {"size": LABEL, "color": scale.ink},
                                  "bgcolor": fade(scale.paper, 0.9), "bordercolor": scale.muted}]  # fmt: skip
    return go.Figure({"data": [heat, target], "layout": layout})


def lines(
    source: Sequence[str], output: Sequence[str], weights: np.ndarray, at: int, *, scale: Scale = NAMED, height: int = 200
) -> go.Figure:
    """The current row as lines from the output token to the source tokens, as thick as the weights; without attention all the
    source goes through one box, the last state."""
    n, attends = len(source), bool(weights.any())
    a, own = weights[at], scale.series[WEIGHT if attends else LAST]
    x = np.arange(n) - (n - 1) / 2
    half = max(n / 2, 4.0)
    data: list[dict[str, Any]] = []
    for j in range(n):
        path = ([0, x[j]], [0, 1]) if attends else ([0, 0, x[j]], [0, 0.5, 1])
        look = {"color": own, "width": 1 + 11 * float(a[j])} if attends else {"color": own, "width": 1.5}
        data.append({"type": "scatter", "x": path[0], "y": path[1], "mode": "lines", "line": look, "hoverinfo": "skip",
                     "opacity": max(0.08, min(1.0, float(a[j]) * 1.5)) if attends else 0.6, "showlegend": False})  # fmt: skip
    sizes = LABEL if n <= 20 else TICK
    data.append({
        "type": "scatter", "x": x, "y": np.ones(n), "mode": "markers", "marker": {"size": 9, "color": scale.series[SOURCE]},
        "text": [f"{shown(t)}<br>weight {v:.3f}" if attends else shown(t) for t, v in zip(source, a, strict=True)],
        "hovertemplate": "%{text}<extra></extra>", "showlegend": False,
    })  # fmt: skip
    strong = (
        {int(j) for j in np.argsort(-a)[:3] if a[j] >= 0.1} if n > 14 and attends else set(range(n)) if n <= 14 else {0, n - 1}
    )
    notes = [
        {"x": x[j], "y": 1.08, "yanchor": "bottom", "text": shown(source[j], 10), "textangle": 0 if n <= 6 else -45}
        for j in sorted(strong)
    ]  # fmt: skip
    notes.append({"x": 0, "y": -0.1, "yanchor": "top", "text": f"<b>{shown(output[at])}</b>"})
    if not attends:
        notes.append({"x": 0, "y": 0.5, "text": "last state", "bgcolor": scale.paper, "bordercolor": own, "borderpad": 4})
    layout = frame(
        scale, height=height, dragmode=False,
        annotations=[{"showarrow": False, "font": {"size": sizes, "color": scale.ink}} | note for note in notes],
        xaxis={"visible": False, "range": [-half, half], "fixedrange": True},
        yaxis={"visible": False, "range": [-0.45, 1.75], "fixedrange": True},
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def candidates(names: Sequence[str], p: np.ndarray, chosen: int, *, scale: Scale = NAMED, height: int = 180) -> go.Figure:
    """The likeliest next tokens of a step as bars, the one that was written in full colour and with a mark."""
    order = np.argsort(-p)[:5]
    bars = {
        "type": "bar", "orientation": "h", "x": p[order].astype(np.float32), "y": list(range(len(order))), "cliponaxis": False,
        "marker": {"color": [scale.series[STATE] if k == chosen else fade(scale.series[STATE], 0.35) for k in order]},
        "text": [f"{p[k]:.1%}" for k in order], "textposition": "outside", "textfont": {"size": TICK + 1, "color": scale.ink},
        "hovertemplate": "%{x:.4f}<extra></extra>",
    }  # fmt: skip
    words = [f"{'▸ ' if k == chosen else ''}{shown(names[k])}" for k in order]
    layout = frame(
        scale, height=height, dragmode=False, bargap=0.25,
        xaxis={"visible": False, "range": [0, 1.25], "fixedrange": True},
        yaxis=axis(scale, tickvals=list(range(len(order))), ticktext=words, range=[len(order) - 0.5, -0.5], fixedrange=True,
                   tickfont={"size": LABEL, "color": scale.ink}, showgrid=False, zeroline=False),
    )  # fmt: skip
    return go.Figure({"data": [bars], "layout": layout})


def by_length(
    edges: Sequence[str],
    rates: dict[str, np.ndarray],
    counts: np.ndarray,
    beyond: int,
    *,
    scale: Scale = NAMED,
    height: int = 340,
) -> go.Figure:
    """Share of exact outputs against the length of the source, with and without attention, with standard errors.

    Args:
        edges: names of the groups of lengths.
        rates: name of the model to `(groups,)`.
        counts: held-out sources of each group.
        beyond: the first group that is longer than any in training; as many as there are groups where none is.
        scale, height: colours and pixels.
    """
    looks = ((scale.series[WEIGHT], "solid", "circle"), (scale.series[LAST], "dash", "square"))
    places = list(range(len(edges)))
    data = [
        {"type": "scatter", "x": places, "y": rate, "mode": "lines+markers", "name": name,
         "line": {"color": colour, "dash": dash, "width": 3},
         "marker": {"size": 10, "symbol": mark}, "error_y": {"type": "data", "array": np.sqrt(rate * (1 - rate) / counts)},
         "hovertemplate": "%{y:.1%}<extra>" + name + "</extra>"}
        for (name, rate), (colour, dash, mark) in zip(rates.items(), looks, strict=True)
    ]  # fmt: skip
    shapes, notes = [], []
    if beyond < len(edges):
        shapes = [{"type": "rect", "x0": beyond - 0.5, "x1": len(edges) - 0.5, "y0": 0, "y1": 1, "yref": "paper",
                   "line": {"width": 0},
                   "fillcolor": fade(scale.muted, 0.15), "layer": "below"}]  # fmt: skip
        notes = [
            {
                "x": beyond,
                "y": 0.5,
                "yref": "paper",
                "text": "longer than<br>in training",
                "showarrow": False,
                "font": {"size": TICK},
            }
        ]
    layout = frame(
        scale, height=height, shapes=shapes, annotations=notes,
        xaxis=axis(scale, "", tickvals=places, ticktext=list(edges), range=[-0.4, len(edges) - 0.5]),
        yaxis=axis(scale, "exactly right", range=[-0.03, 1.05], tickformat=".0%"),
        legend={"orientation": "h", "y": 1.12, "x": 0, "font": {"size": TICK + 1}},
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def learning(step: np.ndarray, exact: np.ndarray, steps: int, *, scale: Scale = NAMED, height: int = 260) -> go.Figure:
    """Share of exact outputs as training goes on, `exact (frames, 2)`: with attention, and without."""
    looks = (("with attention", WEIGHT, "solid"), ("without", LAST, "dash"))
    data = [
        {"type": "scatter", "x": step, "y": exact[:, i], "mode": "lines", "name": name,
         "line": {"color": scale.series[colour], "width": 3, "dash": dash}, "hovertemplate": "step %{x}: %{y:.0%}<extra></extra>"}
        for i, (name, colour, dash) in enumerate(looks)
    ]  # fmt: skip
    layout = frame(
        scale, title="Held-out sources, exactly right", height=height, xaxis=axis(scale, "step", range=[0, steps]),
        yaxis=axis(scale, "", range=[-0.03, 1.05], tickformat=".0%"),
        legend={"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom"},
    )  # fmt: skip
    layout["margin"] = layout["margin"] | {"t": 70}
    return go.Figure({"data": data, "layout": layout})
