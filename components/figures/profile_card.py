"""The profile card: the six dimensions of two samples in one picture. Slides "Modality Profile".

Every dimension has an axis of its own in its own unit, with a faint tick for every bundled example. Nothing is normalised or
added up: readings of different units stand on different axes, words are written, and what is not defined says why.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import isfinite
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.numbers import folded
from components.figures.profile_marks import SYMBOLS, axis_of, cut, defined, lanes_of, mark, value_of, written
from components.figures.scale import LABEL, NAMED, TICK, Scale, fade, frame
from components.values import Reading

Kind = tuple[str, str]
"""What can share an axis: the name of a reading and its unit."""

NAME = 28  # letters of a sample's name
RUG, WIDTHS, LETTER = 0.06, (1088, 346), 8  # height of the examples' ticks; pixels across, wide and narrow, and of a letter
HEAD, TICKS, GAP = 44, 22, 8  # pixels: a title above its axis (narrow), labels under an axis, between rows
LEGEND, NARROW_LEGEND = 34, 58


class Row(NamedTuple):
    """One dimension: its first reading of both samples, and the same of the bundled examples."""

    order: int  # the dimension's order number, which a click on the row gives
    title: str
    left: Reading
    right: Reading
    context: Mapping[Kind, np.ndarray]  # what the bundled examples read, see `contexts`


def contexts(readings: Iterable[Reading]) -> dict[Kind, np.ndarray]:
    """Readings of many samples, sorted by what can share an axis; what is not defined is left out."""
    found: dict[Kind, list[float]] = {}
    for reading in readings:
        if isfinite(reading["value"]):
            found.setdefault((reading["name"], reading["unit"]), []).append(reading["value"])
    return {kind: np.array(values) for kind, values in found.items()}


def profile_card(
    rows: Sequence[Row],
    scale: Scale = NAMED,
    names: tuple[str, str] = ("left", "right"),
    height: int = 520,
    narrow: bool = False,
) -> go.Figure:
    """Two samples, dimension by dimension.

    A click on a row's title or on a mark gives the dimension's order number as text (a whole number would be taken for
    the number of an element, see `chart.js`).

    Args:
        rows: the dimensions, from top to bottom.
        scale: colours.
        names: of the two samples.
        height: in pixels; 520 for a desktop, about 900 where `narrow`.
        narrow: for a phone: every title stands above its axis.
    """
    top = NARROW_LEGEND if narrow else LEGEND
    parts: dict[str, Any] = {"data": [], "annotations": [], "shapes": [], "axes": {}}
    for i, row in enumerate(rows):
        _row(parts, row, (1 - i / len(rows), 1 - (i + 1) / len(rows)), height - top - GAP, names, narrow, scale)
    parts["data"] += _legend(names, any(len(v) for row in rows for v in row.context.values()), scale)
    place = {"orientation": "h", "x": 0, "y": 1, "yanchor": "top", "yref": "container", "font": {"size": LABEL}}
    more: dict[str, Any] = {"annotations": parts["annotations"], "shapes": parts["shapes"]} | parts["axes"]
    more |= {"legend": place | {"itemclick": False, "itemdoubleclick": False}, "margin": {"l": 6, "r": 6, "t": top, "b": GAP}}
    return go.Figure({"data": parts["data"], "layout": frame(scale, height=height, hovermode="closest", dragmode=False, **more)})


def _row(
    parts: dict[str, Any],
    row: Row,
    between: tuple[float, float],
    inside: int,
    names: tuple[str, str],
    narrow: bool,
    scale: Scale,
) -> None:
    """One dimension in the strip `between` its ceiling and its floor, of a picture that is `inside` pixels high."""
    ceiling, floor = between
    under = TICKS if any(map(defined, (row.left, row.right))) else 0
    band = (floor + (under + GAP) / inside, ceiling - (HEAD if narrow else 2) / inside)
    _title(parts, row, (ceiling - HEAD / inside, ceiling) if narrow else (floor, ceiling), narrow, scale)
    panels = _panels(row)
    start, gap = (0.0, 0.06) if narrow else (0.25, 0.04)
    wide = (1 - start - gap * (len(panels) - 1)) / len(panels)
    for j, lanes in enumerate(panels):
        left = start + j * (wide + gap)
        _panel(parts, row, lanes, ((left, left + wide), band), names, narrow, scale)
    if ceiling < 1:
        where = {"xref": "paper", "yref": "paper", "x0": 0, "x1": 1, "y0": ceiling, "y1": ceiling}
        parts["shapes"].append({"type": "line", "line": {"color": scale.grid, "width": 1}} | where)


def _panels(row: Row) -> list[tuple[int, ...]]:
    """Which samples share an axis: both, unless they are numbers of different kinds."""
    pair = (row.left, row.right)
    kinds = {(r["name"], r["unit"]) for r in pair}
    return [(0,), (1,)] if all(map(defined, pair)) and len(kinds) == 2 else [(0, 1)]


def _subplot(parts: dict[str, Any], across: tuple[float, float], up: tuple[float, float], x: dict[str, Any]) -> dict[str, str]:
    """A new pair of axes in a part of the picture; gives what a trace needs to stand on it."""
    number = len(parts["axes"]) // 2 + 1
    suffix = "" if number == 1 else str(number)
    hidden = {"visible": False, "range": [0, 1], "fixedrange": True}
    parts["axes"][f"xaxis{suffix}"] = hidden | x | {"domain": list(across), "anchor": f"y{suffix}", "fixedrange": True}
    parts["axes"][f"yaxis{suffix}"] = hidden | {"domain": list(up), "anchor": f"x{suffix}"}
    return {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}


def _title(parts: dict[str, Any], row: Row, up: tuple[float, float], narrow: bool, scale: Scale) -> None:
    """The dimension's name and what was read, over points that can be clicked."""
    on = _subplot(parts, (0.0, 1.0 if narrow else 0.23), up, {})
    x, y = (a.ravel() for a in np.meshgrid(np.linspace(0.03, 0.97, 12), (0.2, 0.5, 0.8)))
    parts["data"].append(
        {"type": "scatter", "mode": "markers", "x": x, "y": y, "customdata": [str(row.order)] * len(x), "opacity": 0}
        | {"marker": {"size": 26}, "hovertemplate": "Explain<extra></extra>", "showlegend": False}
        | on
    )
    read = " / ".join(dict.fromkeys(r["name"] for r in (row.left, row.right)))
    below = "<br>".join(
        f"<span style='color:{scale.muted};font-size:{TICK}px'>{line}</span>" for line in cut(read, 34, 1 if narrow else 2)
    )
    parts["annotations"].append(
        {"xref": on["xaxis"], "yref": on["yaxis"], "x": 0, "y": 0.5, "xanchor": "left", "align": "left", "showarrow": False}
        | {"text": f"<b>{escape(row.title)} ›</b><br>{below}", "font": {"size": LABEL, "color": scale.ink}}
    )


def _panel(
    parts: dict[str, Any],
    row: Row,
    lanes: tuple[int, ...],
    place: tuple[tuple[float, float], tuple[float, float]],
    names: tuple[str, str],
    narrow: bool,
    scale: Scale,
) -> None:
    """One axis with the marks of one or two samples, and the words of those that have no place on it."""
    pair = (row.left, row.right)
    marked = [i for i in lanes if defined(pair[i])]
    plain, shares, on = _ground(parts, row, marked, place, narrow, scale)
    for i in lanes:
        high = lanes_of(row.left, row.right, narrow)[i]
        if i not in shares:
            written(parts, row.order, pair[i], i, on, plain, (high, narrow, scale))
            continue
        left, right = place[0]
        room = (1 - left - shares[i] * (right - left)) * WIDTHS[narrow]  # to the right of the mark, in pixels
        text = value_of(pair[i], narrow)
        about = f"{escape(names[i][:NAME])}: {escape(value_of(pair[i], False))}<br>{folded(pair[i]['estimator'], 46)}"
        beside = {"text": [f"  {escape(text)}  "], "hovertemplate": f"{about}<extra></extra>"}
        beside["textposition"] = "middle right" if room > LETTER * len(text) + 24 else "middle left"
        parts["data"].append(mark(row.order, pair[i], i, high, scale) | beside | on)


def _ground(
    parts: dict[str, Any],
    row: Row,
    marked: list[int],
    place: tuple[tuple[float, float], tuple[float, float]],
    narrow: bool,
    scale: Scale,
) -> tuple[dict[str, Any], dict[int, float], dict[str, str]]:
    """The axis under the marked samples with the ticks of the examples; gives it, how far along it they stand, and its names."""
    if not marked:
        return {}, {}, _subplot(parts, *place, {})
    pair = (row.left, row.right)
    kind = (pair[marked[0]]["name"], pair[marked[0]]["unit"])
    around = np.asarray(row.context.get(kind, ()), float)
    plain, shares = axis_of(
        np.array([pair[i]["value"] for i in marked]), around, kind[1], narrow or len(_panels(row)) == 2, scale
    )
    on = _subplot(parts, *place, plain)
    if len(around):
        if plain.get("type") == "log":  # what is 0 stands at the beginning
            around = np.maximum(around, 10.0 ** (plain["range"][0] + 1e-3))
        ticks = {"symbol": "line-ns", "size": 9, "line": {"width": 1.5, "color": fade(scale.muted, 0.55)}}
        rug = {"type": "scatter", "mode": "markers", "x": around, "y": np.full(len(around), RUG), "marker": ticks}
        parts["data"].append(rug | {"hoverinfo": "skip", "showlegend": False} | on)
    return plain, dict(zip(marked, shares, strict=True)), on


def _legend(names: tuple[str, str], context: bool, scale: Scale) -> list[dict[str, Any]]:
    """Which mark is which, once for the whole picture."""
    entries = [
        (escape(n[:NAME]), {"size": 13, "symbol": s, "color": scale.series[i]})
        for i, (n, s) in enumerate(zip(names, SYMBOLS, strict=True))
    ]
    if context:
        entries.append(("bundled examples", {"symbol": "line-ns", "size": 11, "line": {"width": 1.5, "color": scale.muted}}))
    empty = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "hoverinfo": "skip"}
    return [empty | {"name": name, "marker": marker} for name, marker in entries]
