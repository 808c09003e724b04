"""The outputs of two layers in the same scale, side by side, and whether they are equal.

A panel is a picture, a line, points, a table of numbers, or a molecule; the marked node is ringed in all of them.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.filter_cells import targets, word
from components.figures.sample import ACCENT, HIDDEN
from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, frame

CLICKS = 28  # places along a side of a picture that can be clicked
GAP = 0.07  # between two panels, as part of the width


class Said(NamedTuple):
    """What is written: a title above each panel, whether the two outputs are equal, and how far they are apart."""

    titles: tuple[str, ...]
    equal: bool
    apart: str


def panes(count: int, gap: float = GAP) -> list[tuple[float, float]]:
    """The domains of panels side by side."""
    wide = (1 - gap * (count - 1)) / count
    return [(i * (wide + gap), i * (wide + gap) + wide) for i in range(count)]


def _axes(i: int) -> tuple[str, str]:
    return (f"x{i + 1}", f"y{i + 1}") if i else ("x", "y")


def _ring(x: float, y: float, i: int, symbol: str, size: float, scale: Scale) -> list[dict[str, Any]]:
    """The marked node in panel i."""
    names = dict(zip(("xaxis", "yaxis"), _axes(i), strict=True))
    return [
        {"type": "scatter", "mode": "markers", "x": [x], "y": [y], "hoverinfo": "skip", "showlegend": False,
         "marker": {"symbol": f"{symbol}-open", "size": size, "color": colour, "line": {"width": wide, "color": colour}}} | names
        for wide, colour in ((5, scale.paper), (2.5, scale.series[ACCENT]))
    ]  # fmt: skip


def _between(said: Said, scale: Scale) -> list[dict[str, Any]]:
    """Titles above the panels, and the sign between the last two."""
    places = panes(len(said.titles))
    paper: dict[str, Any] = {"xref": "paper", "yref": "paper"}
    found = [
        word((left + right) / 2, 1, title, scale.ink, LABEL, xanchor="center", yanchor="bottom", yshift=2, **paper)
        for title, (left, right) in zip(said.titles, places, strict=True)
    ]
    middle = (places[-2][1] + places[-1][0]) / 2
    return [*found, word(middle, 0.5, sign(said), sign_colour(said, scale), 34, xanchor="center", yanchor="middle", **paper)]


def sign(said: Said) -> str:
    """Equal or not."""
    return "<b>=</b>" if said.equal else "<b>≠</b>"


def sign_colour(said: Said, scale: Scale) -> str:
    """Of the sign; the sign itself says the same."""
    return scale.series[2] if said.equal else scale.series[ACCENT]


def _figure(
    data: list[Any], axes: dict[str, Any], words: list[dict[str, Any]], scale: Scale, height: int, reach: float | None
) -> go.Figure:
    layout = frame(
        scale, height=height, dragmode=False, showlegend=False, hovermode="closest", annotations=words,
        margin={"l": 4, "r": 4, "t": 48 if len(words) else 8, "b": 40 if reach else 8},
    ) | axes  # fmt: skip
    if reach:
        bar = {
            "orientation": "h", "thickness": 9, "len": 0.5, "y": -0.02, "yanchor": "top", "x": 0.5, "outlinewidth": 0,
            "tickvals": [-reach, 0, reach], "ticktext": [f"{-reach:.2g}".replace("-", "−"), "0", f"{reach:.2g}"],
            "tickfont": {"size": TICK, "color": scale.muted},
        }  # fmt: skip
        stops = [[i / 2, colour] for i, colour in enumerate(scale.diverging)]
        layout["coloraxis"] = {"colorscale": stops, "cmin": -reach, "cmax": reach, "colorbar": bar}
    return go.Figure({"data": data, "layout": layout})


def reach_of(*outputs: np.ndarray) -> float:
    """The end of a scale that all outputs share, zero in its middle."""
    return max(1e-9, *(float(np.abs(y).max()) if y.size else 0.0 for y in outputs))


def pictures(
    x: np.ndarray, graph: np.ndarray, special: np.ndarray, mark: tuple[int, int], framed: tuple[int, int, int, int],
    said: Said, *, scale: Scale = NAMED,
    height: int = 340,
) -> go.Figure:  # fmt: skip
    """A picture `(h, w)` in [0, 1] and both outputs; `framed` is the part drawn as a graph: row, column, rows, columns."""
    h, w = x.shape
    data: list[Any] = []
    axes: dict[str, Any] = {}
    reach = reach_of(graph, special)
    rows, columns = (np.unique(np.linspace(0, n - 1, min(n, CLICKS)).round().astype(int)) for n in (h, w))
    spots = [(int(i), int(j)) for i in rows for j in columns]
    greys = [[0, "#000000"], [1, "#ffffff"]]
    for i, (values, domain) in enumerate(zip((x, graph, special), panes(3), strict=True)):
        names = dict(zip(("xaxis", "yaxis"), _axes(i), strict=True))
        tone = {"coloraxis": "coloraxis"} if i else {"colorscale": greys, "zmin": 0, "zmax": 1, "showscale": False}
        data.append({"type": "heatmap", "z": values.astype(np.float32), "hoverinfo": "skip"} | tone | names)
        text = [f"row {r + 1}, column {c + 1}: {values[r, c]:.3f}" for r, c in spots]
        size = max(5, 200 / CLICKS)
        numbers = [f"n{r * w + c}" for r, c in spots]
        data.append(targets([c for _, c in spots], [r for r, _ in spots], text, numbers, size) | names)
        data += _ring(mark[1], mark[0], i, "square", 10, scale)
        axes |= _square(i, domain, (-0.5, w - 0.5), (h - 0.5, -0.5))
    top, left, high, wide = framed
    box = {"type": "rect", "x0": left - 0.5, "x1": left + wide - 0.5, "y0": top - 0.5, "y1": top + high - 0.5}
    axes["shapes"] = [box | {"line": {"color": scale.series[ACCENT], "width": 2, "dash": "dot"}}]
    return _figure(data, axes, _between(said, scale), scale, height, reach)


def _square(i: int, domain: tuple[float, float], x: tuple[float, float], y: tuple[float, float]) -> dict[str, Any]:
    """Hidden axes of panel i with one unit for both sides."""
    n = str(i + 1) if i else ""
    common = {"fixedrange": True, "constrain": "domain"}
    return {
        f"xaxis{n}": HIDDEN | common | {"domain": list(domain), "range": list(x), "anchor": f"y{n}"},
        f"yaxis{n}": HIDDEN | common | {"range": list(y), "scaleanchor": f"x{n}", "anchor": f"x{n}"},
    }


def points(
    graph: np.ndarray, special: np.ndarray, fills: Sequence[str], mark: int, said: Said, *, scale: Scale = NAMED,
    height: int = 340,
) -> go.Figure:  # fmt: skip
    """Both outputs `(n, 2 or more)` as points in the same square; every point keeps its colour."""
    data: list[Any] = []
    axes: dict[str, Any] = {}
    ends = np.concatenate([graph[:, :2], special[:, :2]])
    middle, half = (ends.max(0) + ends.min(0)) / 2, float(np.ptp(ends, axis=0).max()) * 0.55 + 1e-6
    for i, (values, domain) in enumerate(zip((graph, special), panes(2), strict=True)):
        names = dict(zip(("xaxis", "yaxis"), _axes(i), strict=True))
        data.append(
            {"type": "scatter", "mode": "markers", "x": values[:, 0], "y": values[:, 1], "showlegend": False,
             "customdata": [f"n{j}" for j in range(len(values))],
             "text": [f"point {j + 1}: ({', '.join(f'{v:.3f}' for v in row)})" for j, row in enumerate(values)],
             "hovertemplate": "%{text}<extra></extra>", "marker": {"size": 6, "color": list(fills), "opacity": 1}} | names
        )  # fmt: skip
        data += _ring(values[mark, 0], values[mark, 1], i, "circle", 13, scale)
        axes |= _square(i, domain, *((float(m - half), float(m + half)) for m in middle))
    return _figure(data, axes, _between(said, scale), scale, height, None)


def signals(
    x: np.ndarray, graph: np.ndarray, special: np.ndarray, names: Sequence[str], mark: int, said: Said, *, scale: Scale = NAMED,
    height: int = 340,
) -> go.Figure:  # fmt: skip
    """A sequence `(t,)` and both outputs `(t,)` as bars, one above the other; the outputs on the same scale."""
    t, paper = len(graph), {"xref": "paper", "yref": "paper"}
    data: list[Any] = []
    axes: dict[str, Any] = {"xaxis": HIDDEN | {"range": [-0.7, t - 0.3], "fixedrange": True, "anchor": "y3"}}
    words = []
    for i, (values, domain) in enumerate(zip((x, graph, special), ((0.76, 1.0), (0.38, 0.62), (0.0, 0.24)), strict=True)):
        name = f"y{i + 1}" if i else "y"
        reach = 1.3 * (reach_of(graph, special) if i else reach_of(x))
        ticks: dict[str, Any] = {
            "tickvals": [-reach / 1.3, 0, reach / 1.3],
            "ticktext": [f"−{reach / 1.3:.2g}", "0", f"{reach / 1.3:.2g}"],
        }
        colour = [scale.diverging[2] if value >= 0 else scale.diverging[0] for value in values] if i else scale.muted
        data.append(
            {"type": "bar", "x": np.arange(t), "y": values.astype(np.float32), "yaxis": name, "textposition": "none",
             "text": [f"{n}: {value:.3f}" for n, value in zip(names, values, strict=True)], "marker": {"color": colour},
             "customdata": [f"n{j}" for j in range(t)], "hovertemplate": "%{text}<extra></extra>", "showlegend": False}
        )  # fmt: skip
        data += [trace | {"xaxis": "x", "yaxis": name} for trace in _ring(mark, float(values[mark]), i, "circle", 12, scale)]
        axes[f"yaxis{i + 1 if i else ''}"] = axis(scale, fixedrange=True, domain=list(domain), range=[-reach, reach], **ticks)
        words.append(
            word(
                0,
                domain[1],
                said.titles[i].replace("<br> ", "").replace("<br>", ", "),
                scale.ink,
                LABEL,
                xanchor="left",
                yanchor="bottom",
                **paper,
            )
        )
    words.append(word(0.5, 0.31, sign(said), sign_colour(said, scale), 30, xanchor="center", yanchor="middle", **paper))
    aside = {"xanchor": "left", "yanchor": "middle", "xshift": 22}
    words.append(word(0.5, 0.31, said.apart, sign_colour(said, scale), TICK + 1, **aside, **paper))
    return _figure(data, axes, words, scale, height, None)


def tables(
    graph: np.ndarray, special: np.ndarray, names: Sequence[str], mark: int, said: Said, *, scale: Scale = NAMED,
    height: int = 340,
) -> go.Figure:  # fmt: skip
    """Both outputs `(n, h)` as tables of colours, a row for each node."""
    n, h = graph.shape
    data: list[Any] = []
    axes: dict[str, Any] = {}
    for i, (values, domain) in enumerate(zip((graph, special), panes(2, 0.1), strict=True)):
        number, pair = str(i + 1) if i else "", dict(zip(("xaxis", "yaxis"), _axes(i), strict=True))
        data.append({"type": "heatmap", "z": values.astype(np.float32), "coloraxis": "coloraxis", "hoverinfo": "skip"} | pair)
        spots = [(r, c) for r in range(n) for c in range(h)]
        text = [f"{names[r]}, number {c + 1}: {values[r, c]:.3f}" for r, c in spots]
        data.append(targets([c for _, c in spots], [r for r, _ in spots], text, [f"n{r}" for r, _ in spots], 10) | pair)
        data.append({"type": "scatter", "mode": "lines", "x": [-0.5, h - 0.5, h - 0.5, -0.5, -0.5], "showlegend": False,
                     "y": [mark + s for s in (-0.5, -0.5, 0.5, 0.5, -0.5)], "hoverinfo": "skip", "cliponaxis": False,
                     "line": {"color": scale.series[ACCENT], "width": 2.5}} | pair)  # fmt: skip
        axes[f"xaxis{number}"] = HIDDEN | {"domain": list(domain), "range": [-0.5, h - 0.5], "fixedrange": True}
        axes[f"yaxis{number}"] = axis(
            scale, fixedrange=True, range=[n - 0.5, -0.5], showgrid=False, zeroline=False, anchor=f"x{number}",
            tickvals=list(range(n)), ticktext=list(names), showticklabels=not i,
        )  # fmt: skip
    reach = reach_of(graph, special)
    return _figure(data, axes, _between(said, scale), scale, height, reach)


def networks(
    graph: np.ndarray, special: np.ndarray, places: np.ndarray, bonds: tuple[np.ndarray, np.ndarray], names: Sequence[str],
    mark: int, said: Said, *, scale: Scale = NAMED,
    height: int = 340,
) -> go.Figure:  # fmt: skip
    """Both outputs `(n,)` on the nodes of a molecule, as colour and as number."""
    data: list[Any] = []
    axes: dict[str, Any] = {}
    reach = reach_of(graph, special)
    low, high = places.min(0) - 0.8, places.max(0) + 0.8
    for i, (values, domain) in enumerate(zip((graph, special), panes(2), strict=True)):
        pair = dict(zip(("xaxis", "yaxis"), _axes(i), strict=True))
        line = {"width": 2, "color": scale.muted}
        data.append({"type": "scatter", "mode": "lines", "x": bonds[0], "y": bonds[1], "line": line, "hoverinfo": "skip",
                     "showlegend": False} | pair)  # fmt: skip
        inks = ["#ffffff" if abs(v) > 0.55 * reach and scale.name == "light" else scale.ink for v in values]
        if scale.name == "dark":
            inks = ["#000000" if abs(v) > 0.55 * reach else scale.ink for v in values]
        data.append(
            {"type": "scatter", "mode": "markers+text", "x": places[:, 0], "y": places[:, 1], "showlegend": False,
             "text": [f"{v:.1f}".replace("-", "−").replace("−0.0", "0.0") for v in values],
             "textfont": {"size": TICK, "color": inks}, "customdata": [f"n{j}" for j in range(len(values))],
             "hovertext": [f"{name}: {v:.3f}" for name, v in zip(names, values, strict=True)], "hoverinfo": "text",
             "marker": {"size": 28, "color": values.astype(np.float32), "coloraxis": "coloraxis", "opacity": 1,
                        "line": {"width": 1, "color": scale.muted}}} | pair
        )  # fmt: skip
        data += _ring(places[mark, 0], places[mark, 1], i, "circle", 32, scale)
        axes |= _square(i, domain, (low[0], high[0]), (low[1], high[1]))
    return _figure(data, axes, _between(said, scale), scale, height, reach)
