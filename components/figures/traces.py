"""Series of a sensor: moving traces, the window around the marked moment, and the numbers in that window.

What these pictures need beside the elements lies in `sample["raw"]`: `names` and `units` of the channels, and `window`, the
moments of a window and how many it moves on.
"""

from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

from components.figures.kind import Kind
from components.figures.observation import excerpt
from components.figures.sample import ACCENT, HIDDEN
from components.figures.scale import LABEL, TICK, Scale, axis, fade, frame
from components.values import Sample

POINTS, FEWEST = 4_000, 150  # of a figure, and of a trace
LANES, ACROSS, ROOM, WORD = 6, 6, 10, 9  # panels; columns and rows of the table; letters of a name
HUES = (0, 2, 3, 5)  # series colours of the channels in one panel; the accent is kept for the mark
DASHES = ("solid", "dash", "dot", "dashdot")
GAP = 0.07  # between panels, of the height


def panels(sample: Sample) -> list[list[int]]:
    """Channels that are drawn together: those of one unit; a lane for each where units are not known, at most six in all."""
    units = sample["raw"]["units"]
    if any(units):
        return [[i for i, u in enumerate(units) if u == unit] for unit in dict.fromkeys(units)]
    return [list(part) for part in np.array_split(np.arange(len(units)), min(LANES, len(units)))]


def window(sample: Sample, mark: int) -> tuple[int, int, int]:
    """The window whose middle is nearest to moment `mark`: its number, its first moment, and the moment after its last."""
    wide, hop = (int(v) for v in sample["raw"]["window"])
    last = len(sample["elements"]) - wide
    number = min(max(0, int((mark - (wide - hop) / 2) // hop)), -(-last // hop))
    start = min(number * hop, last)
    return number, start, start + wide


def shown(length: int, d: int, mark: int | None) -> np.ndarray:
    """Which moments are drawn: equally far apart, about 4,000 points in all traces, and the marked one always."""
    step = -(-length // max(FEWEST, POINTS // d))
    kept = np.arange(0, length, step)
    return kept if mark is None else np.union1d(kept, [mark])


def word(name: str) -> str:
    """A channel's name as a picture has room for it, with nothing in it that Plotly would take for markup."""
    return escape(name if len(name) <= WORD else name[: WORD - 1] + "…")


def title(sample: Sample, channels: list[int]) -> str:
    """What a panel's axis says: the unit, the name of its only channel, or which columns it holds."""
    unit, name = sample["raw"]["units"][channels[0]], word(sample["raw"]["names"][channels[0]])
    if len(channels) > 1 and not unit:
        return f"{channels[0] + 1}–{channels[-1] + 1}"
    return ", ".join(part for part in (name if len(channels) == 1 else "", escape(unit)) if part)


def raw(sample: Sample, scale: Scale, mark: int | None, height: int) -> go.Figure:
    """Traces over time in panels; the marked moment is a line, the window around it a band."""
    elements, rate, facts = sample["elements"], sample["rate"], sample["raw"]
    groups = panels(sample)
    rows = shown(len(elements), elements.shape[1], mark)
    data, layout = [], frame(scale, height=height, hovermode="closest", dragmode="zoom", showlegend=False)
    layout["margin"] = {"l": 8, "r": 12, "t": 26, "b": 8}
    deep = (1 - GAP * (len(groups) - 1)) / len(groups)
    for p, channels in enumerate(groups):
        tail = str(p + 1) if p else ""
        top = 1 - p * (deep + GAP)
        ticks = 5 if len(groups) < 3 else 2
        layout[f"yaxis{tail}"] = axis(
            scale, title(sample, channels), domain=[max(0.0, top - deep), top], nticks=ticks, fixedrange=True, zeroline=True
        )
        if 1 < len(channels) <= len(HUES):
            layout[f"legend{tail}"] = {
                "orientation": "h", "x": 0, "y": top, "yanchor": "bottom", "font": {"size": TICK, "color": scale.ink},
                "bgcolor": "rgba(0,0,0,0)", "itemwidth": 34,
            }  # fmt: skip
        listed = 1 < len(channels) <= len(HUES)
        for k, i in enumerate(channels):
            name, unit = word(facts["names"][i]), escape(facts["units"][i])
            data.append({
                "type": "scatter", "mode": "lines", "name": name, "x": rows / rate, "y": elements[rows, i], "customdata": rows,
                "line": {"width": 1.6, "color": scale.series[HUES[k % 4]], "dash": DASHES[k % 4]}, "yaxis": f"y{tail}",
                "legend": f"legend{tail}" if listed else "legend", "showlegend": listed,
                "hovertemplate": f"{name} %{{y:.3~g}} {unit}<br>%{{x:.3~f}} s<extra></extra>",
            })  # fmt: skip
    layout["showlegend"] = any(len(channels) > 1 for channels in groups)
    layout["xaxis"] = axis(
        scale, "seconds", anchor=f"y{len(groups) if len(groups) > 1 else ''}", range=[0, (len(elements) - 1) / rate]
    )
    if mark is not None:
        layout["shapes"] = _band(sample, mark, scale)
    return go.Figure({"data": data, "layout": layout}, skip_invalid=False)


def _band(sample: Sample, mark: int, scale: Scale) -> list[dict[str, Any]]:
    """The window as a band over all panels, the marked moment as a line in it."""
    _, start, end = window(sample, mark)
    rate, accent = sample["rate"], scale.series[ACCENT]
    whole = {"yref": "paper", "y0": 0, "y1": 1}
    band = {"type": "rect", "x0": start / rate, "x1": (end - 1) / rate, "fillcolor": fade(accent, 0.14), "layer": "below"}
    return [
        band | whole | {"line": {"color": accent, "width": 1}},
        {"type": "line", "x0": mark / rate, "x1": mark / rate, "line": {"color": accent, "width": 3}} | whole,
    ]


def decimals(column: np.ndarray) -> int:
    """Decimals that show a column's changes with two or three digits."""
    spread = float(column.std()) or float(np.abs(column).max()) or 1.0
    return min(3, max(0, 1 - int(np.floor(np.log10(spread)))))


def written(value: float, places: int) -> str:
    """A number with so many decimals, with a true minus; the very large and very small in powers of ten."""
    text = f"{value:.{places}f}" if abs(value) < 1e5 and (abs(value) >= 5e-4 or value == 0 or places < 3) else f"{value:.0e}"
    text = text.replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")
    return text.replace("-", "−")


def observation(sample: Sample, x: np.ndarray, scale: Scale, mark: int, height: int) -> go.Figure:
    """The window around moment `mark`, a row for each moment and a column for each channel, and the length of its vector."""
    facts, elements = sample["raw"], sample["elements"]
    number, start, end = window(sample, mark)
    numbers = x[number].reshape(end - start, -1)
    rows, d = excerpt(end - start, [mark - start], ROOM), elements.shape[1]
    columns = list(range(min(d, ACROSS)))
    text, shade = [], np.zeros((len(rows), len(columns)), np.float32)
    middle, spread = numbers.mean(0), np.abs(numbers - numbers.mean(0)).max(0)
    places = [decimals(elements[:, c]) for c in columns]
    for i, row in enumerate(rows):
        text.append(["⋮" if row is None else written(numbers[row, c], places[c]) for c in columns])
        if row is not None:
            shade[i] = ((numbers[row] - middle) / np.maximum(spread, 1e-9))[: len(columns)]
    cells = [(c, i, start + row) for i, row in enumerate(rows) if row is not None for c in columns]
    data = [
        {
            "type": "heatmap", "z": shade, "text": text, "texttemplate": "%{text}", "textfont": {"size": TICK}, "zmin": -1.6,
            "zmax": 1.6, "colorscale": [[0, scale.diverging[0]], [0.5, scale.diverging[1]], [1, scale.diverging[2]]],
            "showscale": False, "xgap": 2, "ygap": 2, "hoverinfo": "skip",
        },
        {
            "type": "scatter", "mode": "markers", "x": [c for c, _, _ in cells], "y": [i for _, i, _ in cells], "opacity": 0,
            "customdata": [t for _, _, t in cells], "marker": {"size": 24, "symbol": "square"},
            "text": [f"{word(facts['names'][c])} {elements[t, c]:.4g} {escape(facts['units'][c])}" for c, _, t in cells],
            "hovertemplate": "%{text}<extra></extra>",
        },
    ]  # fmt: skip
    layout = frame(scale, height=height, dragmode=False, showlegend=False)
    layout["annotations"] = _words(sample, x, mark, rows, columns, scale)
    at = next(i for i, row in enumerate(rows) if row == mark - start)
    layout["shapes"] = [
        {
            "type": "rect", "x0": -0.5, "x1": len(columns) - 0.5, "y0": at - 0.5, "y1": at + 0.5,
            "line": {"color": scale.series[ACCENT], "width": 3},
        }
    ]  # fmt: skip
    room = max(1.1, 0.24 * len(columns))
    layout["xaxis"] = HIDDEN | {"range": [-0.5 - room, len(columns) - 0.3], "fixedrange": True}
    layout["yaxis"] = HIDDEN | {"range": [len(rows) + 0.9, -1.7], "fixedrange": True}
    return go.Figure({"data": data, "layout": layout})


def _words(
    sample: Sample, x: np.ndarray, mark: int, rows: list[int | None], columns: list[int], scale: Scale
) -> list[dict[str, Any]]:
    """Names and units above the columns, times beside the rows, and the length of the vector below."""
    facts, d = sample["raw"], sample["elements"].shape[1]
    number, start, end = window(sample, mark)
    plain: dict[str, Any] = {"showarrow": False, "font": {"size": TICK, "color": scale.muted}}
    found = []
    for c in columns:
        name, unit = word(facts["names"][c]), escape(facts["units"][c])
        found.append(plain | {"x": c, "y": -1.1, "text": f"<b>{name}</b>" + (f"<br>{unit}" if unit else "")})
    for i, row in enumerate(rows):
        if row is not None:
            time = f"{(start + row) / sample['rate']:.{2 if sample['rate'] > 2 else 0}f} s"
            colour = scale.ink if row == mark - start else scale.muted
            found.append(plain | {"x": -0.6, "y": i, "text": time, "xanchor": "right", "font": {"size": TICK, "color": colour}})
    hidden = f", {d - len(columns)} columns more" if d > len(columns) else ""
    below = (
        f"window {number + 1} of {len(x)}{hidden}<br>x<sub>i</sub>: {end - start} moments × {d} = <b>{x.shape[1]:,} numbers</b>"
    )
    middle = (len(columns) - 1) / 2 - 0.3
    found.append(plain | {"x": middle, "y": len(rows) + 0.2, "text": below, "font": {"size": LABEL, "color": scale.ink}})
    return found


def small(sample: Sample, left: float, top: float, scale: Scale) -> list[BaseTraceType]:
    """All traces in the unit square, the panels one above the other."""
    elements, groups = sample["elements"], panels(sample)
    rows = np.arange(0, len(elements), -(-len(elements) // FEWEST))
    x = left + 0.04 + 0.92 * rows / max(1, len(elements) - 1)
    deep, found = 0.9 / len(groups), []
    for p, channels in enumerate(groups):
        values = elements[rows][:, channels]
        low, reach = values.min(), max(float(np.ptp(values)), 1e-9)
        for k, column in enumerate(values.T):
            y = top + 0.02 + deep * (p + 0.96 - 0.9 * (column - low) / reach)
            line = {"width": 1.5, "color": scale.series[HUES[k % 4]]}
            found.append(go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False))
    return found


KIND = Kind("traces", raw, observation, small)
