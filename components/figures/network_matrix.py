"""The adjacency matrix of a graph around one node, with the row of that node framed, and how many nodes have how many links."""

from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.observation import written
from components.figures.sample import ACCENT
from components.figures.scale import LABEL, TICK, Scale, axis, fade, frame
from components.values import Sample

WHOLE, WINDOW, FEATURES, SIGNS = 36, 18, 10, 12
"""Nodes up to which the whole matrix is shown; else rows of a window; columns of features; letters of a name."""
Array = np.ndarray


def window(sample: Sample, mark: int) -> Array:
    """Which rows and columns to show: all of a small graph, else the marked node, its neighbours, and nodes numbered like it."""
    n, (source, target) = len(sample["elements"]), sample["edges"]
    if n <= WHOLE:
        return np.arange(n)
    near = np.unique(np.concatenate([target[source == mark], source[target == mark]]))
    near = near[near != mark]
    if len(near) > WINDOW - 1:
        near = near[np.linspace(0, len(near) - 1, WINDOW - 1).astype(int)]
    others = np.setdiff1d(np.arange(n), [mark, *near])
    others = others[np.argsort(np.abs(others - mark), kind="stable")][: WINDOW - 1 - len(near)]
    return np.sort(np.concatenate([[mark], near, others])).astype(int)


def _named(sample: Sample, node: int, mark: int) -> str:
    name = str(sample["raw"]["names"][node])
    name = escape(name if len(name) <= SIGNS else name[: SIGNS - 1] + "…")
    return f"<b>{name}</b>" if node == mark else name


def _cells(sample: Sample, x: Array, shown: Array, scale: Scale) -> dict[str, Any]:
    """The numbers of x_i in the window as a heatmap: 0 and 1 as paper and ink, real numbers around zero."""
    n, holds = len(sample["elements"]), str(sample["raw"]["holds"])
    z = x[np.ix_(shown, shown)].astype(np.float32)
    if x.shape[1] > n:
        features = x[shown, n : n + FEATURES].astype(np.float32)
        z = np.concatenate([z, np.full((len(shown), 1), np.nan, np.float32), features], 1)
    whole = holds in ("A", "A and X")
    reach = 1.0 if whole else 3.0 if holds == "Laplacian" else float(np.abs(z).max()) or 1.0
    colours = [[0, fade(scale.muted, 0.12)], [1, scale.series[0]]]
    if not whole:
        colours = [[i / 2, colour] for i, colour in enumerate(scale.diverging)]
    found = {"type": "heatmap", "z": z, "zmin": 0 if whole else -reach, "zmax": reach, "colorscale": colours, "showscale": False,
             "xgap": 1, "ygap": 1, "hoverinfo": "skip", "hoverongaps": False}  # fmt: skip
    if max(z.shape) <= (12 if holds == "normalised" else 16):
        signs = [["" if np.isnan(v) else f"{v:.0f}" if v == round(v) else written(v) for v in row] for row in z.tolist()]
        found |= {"text": signs, "texttemplate": "%{text}", "textfont": {"size": TICK}}
    return found


def _clicks(sample: Sample, shown: Array) -> dict[str, Any]:
    """Invisible points over the cells: clicking one marks the node of its row."""
    k = len(shown)
    row, column = (a.ravel() for a in np.meshgrid(np.arange(k), np.arange(k), indexing="ij"))
    names = [escape(str(name)) for name in sample["raw"]["names"][shown]]
    words = [f"{names[i]} → {names[j]}" for i, j in zip(row, column, strict=True)]
    return {"type": "scatter", "x": column, "y": row, "mode": "markers", "customdata": shown[row], "hovertext": words,
            "hovertemplate": "%{hovertext}<extra></extra>", "marker": {"size": 12, "symbol": "square"}, "opacity": 0,
            "showlegend": False}  # fmt: skip


def _step(top: int, most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, ... of which at most `most` fit below `top`: whole numbers for an axis of counts."""
    return next(k * 10**power for power in range(18) for k in (1, 2, 5) if top <= most * k * 10**power)


def _degrees(sample: Sample, mark: int, scale: Scale) -> tuple[dict[str, Any], int]:
    """How many nodes have how many links, up to 12 bars; the bar of the marked node stands out. And its degree."""
    degree = np.bincount(sample["edges"].ravel(), minlength=len(sample["elements"]))
    width = max(1, -(-(int(degree.max()) + 1) // 12))
    counts = np.bincount(degree // width)
    middle = np.arange(len(counts)) * width + (width - 1) / 2
    bars = [scale.series[ACCENT] if i == degree[mark] // width else fade(scale.muted, 0.6) for i in range(len(counts))]
    words = [f"{int(m - (width - 1) / 2)}–{int(m + (width - 1) / 2)}" if width > 1 else f"{int(m)}" for m in middle]
    found = {"type": "bar", "orientation": "h", "x": counts, "y": middle, "width": 0.85 * width, "marker": {"color": bars},
             "xaxis": "x2", "yaxis": "y2", "hovertext": words, "showlegend": False,
             "hovertemplate": "%{x} nodes with %{hovertext} links<extra></extra>"}  # fmt: skip
    return found, int(degree[mark])


def observation(sample: Sample, x: Array, scale: Scale, mark: int, height: int) -> go.Figure:
    """The rows of x_i of the marked node and its neighbours, the marked one framed; beside it the degrees of all nodes."""
    n, shown = len(sample["elements"]), window(sample, mark)
    cells, (bars, degree) = _cells(sample, x, shown, scale), _degrees(sample, mark, scale)
    wide, at = cells["z"].shape[1], int(np.flatnonzero(shown == mark)[0])
    top, most = bars["y"][-1] + (bars["y"][1] - bars["y"][0] - 1) / 2 if len(bars["y"]) > 1 else 0, int(bars["x"].max())
    box = {"type": "rect", "x0": -0.5, "x1": wide - 0.5, "y0": at - 0.5, "y1": at + 0.5}
    few = len(shown) <= WINDOW
    ticks = np.arange(len(shown)) if few else np.array([at])
    size = f"{x.shape[0]} × {x.shape[1]}" + (f", {len(shown)} rows shown" if len(shown) < n else "")
    head: dict[str, Any] = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    layout = frame(
        scale,
        height=height,
        margin={"l": 4, "r": 4, "t": 30, "b": 4},
        hovermode="closest",
        dragmode=False,
        shapes=[box | {"line": {"color": scale.series[ACCENT], "width": 3}}],
        annotations=[
            head | {"x": 0, "xanchor": "left", "text": f"<b>x<sub>i</sub></b>: {size}", "font": {"size": LABEL}},
            head | {"x": 1, "xanchor": "right", "text": f"links: <b>{degree}</b>", "font": {"size": LABEL}},
        ],
        xaxis=axis(scale, domain=[0, 0.76], range=[-0.5, wide - 0.5], showgrid=False, zeroline=False, fixedrange=True)
        | {"showticklabels": False, "ticks": ""},
        yaxis=axis(scale, range=[len(shown) - 0.5, -0.5], showgrid=False, zeroline=False, fixedrange=True)
        | {"tickvals": ticks, "ticktext": [_named(sample, int(shown[i]), mark) for i in ticks], "ticks": ""},
        xaxis2=axis(scale, "nodes", domain=[0.83, 1], fixedrange=True, anchor="y2")
        | {"range": [0, 1.05 * most], "tick0": 0, "dtick": _step(most, 2)},
        yaxis2=axis(scale, "", fixedrange=True, anchor="x2", side="left", zeroline=False)
        | {"range": [-0.5, top + 0.5], "tick0": 0, "dtick": _step(int(top), 5)},
    )
    return go.Figure({"data": [cells, _clicks(sample, shown), bars], "layout": layout})
