"""A table: every column with its type, all its values and those of the marked row; and the marked row as numbers.

The raw picture has one strip per column, and in it one dot per row, piled up where many rows agree: a histogram that can be
clicked. The line joins the cells of the marked row.
"""

from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.figures.kind import Kind
from components.figures.observation import excerpt
from components.figures.sample import ACCENT, HIDDEN
from components.figures.scale import LABEL, TICK, Scale, fade, frame
from components.values import Sample

DOTS, BINS, LINE, HEAD = 3000, 40, 26, 30  # dots in all; bins of a pile; pixels of a line and of the heading
NEAR = 3  # rows shown beside the marked one
CLIP, GOLDEN = 16, 0.6180339887
STRIP, GAPS, VALUE = (
    (0.44, 0.70),
    0.765,
    0.80,
)  # where a strip, the missing cells and the marked value stand, in parts of the width
TYPES = {"whole number": "whole", "true / false": "yes / no"}


def clipped(text: object, length: int = CLIP) -> str:
    """Words from a file as a figure may hold them: cut, and with nothing that Plotly would take for markup."""
    words = " ".join(str(text).split())
    return escape(words if len(words) <= length else words[: length - 1] + "…")


def short(value: float) -> str:
    """A number in about six signs: 4201.75 is 4201.8, 1318683096 is 1.3e9."""
    size = abs(value)
    if size and not 1e-3 <= size < 1e5:
        return f"{value:.1e}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")
    text = f"{value:.{4 if size < 0.1 else 2 if size < 100 else 1 if size < 1e4 else 0}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(cell: Any) -> str:
    """A cell as a person reads it."""
    if isinstance(cell, str):
        return cell
    if pd.isna(cell):
        return "missing"
    if isinstance(cell, (bool, np.bool_)):
        return "yes" if cell else "no"
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    if isinstance(cell, (int, np.integer)) and abs(int(cell)) < 1e9:
        return f"{cell:,}" if abs(int(cell)) >= 1e4 else f"{cell}"  # 2,002 is no year
    return short(float(cell))


def places(column: pd.Series) -> np.ndarray:
    """Where the cells of a column lie in its strip, `(n,)` in [0, 1]; not a number where missing, or where it is text."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        values = column.cat.codes.to_numpy(float)
        values[values < 0] = np.nan
    elif pd.api.types.is_datetime64_any_dtype(column.dtype):
        values = ((column - column.min()) / pd.Timedelta(days=1)).to_numpy(float, na_value=np.nan)
    elif pd.api.types.is_numeric_dtype(column.dtype):
        values = column.to_numpy(float, na_value=np.nan)
    else:
        return np.full(len(column), np.nan)
    if np.isnan(values).all():
        return values
    low, high = np.nanmin(values), np.nanmax(values)
    return (values - low) / (high - low) if high > low else values * 0 + 0.5


def _piled(x: np.ndarray) -> np.ndarray:
    """How high each dot lies, `(n,)` in [0, 1]: spread evenly below the height of the histogram there."""
    known = ~np.isnan(x)
    bins = np.minimum(np.where(known, x, 0) * BINS, BINS - 1).astype(int)
    count = np.bincount(bins[known], minlength=BINS)
    return (np.arange(len(x)) * GOLDEN % 1) * count[bins] / max(1, count.max())


def _say(x: float, y: float, text: str, colour: str, size: int = TICK, anchor: str = "left") -> dict[str, Any]:
    font = {"size": size, "color": colour}
    return {"x": x, "y": y, "text": text, "xref": "paper", "xanchor": anchor, "showarrow": False, "font": font}


def raw(sample: Sample, scale: Scale, mark: int | None, height: int) -> go.Figure:
    """One line per column: its name, its type, all its cells, how many are missing, and the cell of the marked row."""
    table = sample["raw"]["frame"]
    room = max(2, (height - HEAD) // LINE)
    names = list(table.columns)[: room if table.shape[1] <= room else room - 1]
    lines = len(names) + (len(names) < table.shape[1])
    says = [_say(0, -0.85, "column", scale.muted), _say(0.28, -0.85, "type", scale.muted)]
    says += [_say(GAPS, -0.85, "gaps", scale.muted, anchor="right")]
    if lines > len(names):
        says.append(_say(0, len(names), f"and {table.shape[1] - len(names)} more columns", scale.muted))
    if mark is not None:
        says.append(_say(VALUE, -0.85, f"<b>row {mark + 1}</b>", scale.series[ACCENT], LABEL))
    for j, name in enumerate(names):
        says += _line(sample, j, name, scale, mark)
    layout = frame(scale, height=height, showlegend=False, dragmode=False, annotations=says)
    layout["margin"] = {"l": 4, "r": 4, "t": 4, "b": 4}
    layout["xaxis"] = {"range": [-0.04, 1.04], "domain": STRIP, "fixedrange": True, **HIDDEN}
    layout["yaxis"] = {"range": [max(lines, 5) - 0.4, -1.25], "fixedrange": True, **HIDDEN}
    return go.Figure({"data": _strips(table, names, scale, mark), "layout": layout})


def _strips(table: pd.DataFrame, names: list[str], scale: Scale, mark: int | None) -> list[dict[str, Any]]:
    """The dots of every column, and the line through those of the marked row."""
    n = len(table)
    rows = np.unique(np.linspace(0, n - 1, min(n, max(20, DOTS // len(names)))).round().astype(int))
    dots: dict[str, list[Any]] = {"x": [], "y": [], "customdata": [], "text": []}
    path: list[tuple[float, float]] = []
    for j, name in enumerate(names):
        x = places(table[name])
        y = j + 0.36 - 0.7 * _piled(x)
        seen = rows[~np.isnan(x[rows])]
        cells = table[name].iloc[seen].tolist()
        said = {cell: f"{clipped(name, 30)} {clipped(written(cell), 30)}" for cell in set(cells)}
        dots["x"] += x[seen].tolist()
        dots["y"] += y[seen].tolist()
        dots["customdata"] += seen.tolist()
        dots["text"] += [f"row {i + 1}: {said[cell]}" for i, cell in zip(seen.tolist(), cells, strict=True)]
        if mark is not None:
            path.append((x[mark], y[mark]))  # not a number where missing: the line is broken there
    dot = {"size": 4, "color": fade(scale.series[0], 0.75)}
    data: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "markers", "marker": dot, "hovertemplate": "%{text}<extra></extra>", **dots}
    ]
    if path:
        ring = {"size": 9, "color": scale.series[ACCENT], "line": {"width": 1.5, "color": scale.paper}}
        line = {"color": fade(scale.series[ACCENT], 0.55), "width": 1.5}
        points = {"x": [x for x, _ in path], "y": [y for _, y in path], "marker": ring, "line": line}
        data.append({"type": "scatter", "mode": "lines+markers", "hoverinfo": "skip", **points})
    return data


def _line(sample: Sample, j: int, name: str, scale: Scale, mark: int | None) -> list[dict[str, Any]]:
    """The words of one column."""
    held, column = sample["raw"], sample["raw"]["frame"][name]
    kind = held["kinds"][j]
    says = [_say(0, j, clipped(name), scale.ink)]
    says.append(_say(0.28, j, "<i>answer</i>" if name == held["answer"] else TYPES.get(kind, kind), scale.muted))
    if kind == "text" and not column.isna().all():
        says.append(_say(STRIP[0], j, "not encoded", scale.muted))
    if gaps := int(column.isna().sum()):
        says.append(_say(GAPS, j, f"{gaps:,}", scale.ink, anchor="right"))
    if mark is not None:
        cell = written(column.iloc[mark])
        text = "<b>missing</b>" if cell == "missing" else clipped(cell, 12)
        says.append(_say(VALUE, j, text, scale.series[ACCENT] if cell == "missing" else scale.ink))
    return says


def nearest(x: np.ndarray, mark: int, count: int = NEAR) -> tuple[np.ndarray, np.ndarray]:
    """The rows nearest to row `mark` of `(n, D)` and their Euclidean distances; of equally near ones the upper."""
    with np.errstate(over="ignore"):
        apart = np.sqrt(((x - x[mark]) ** 2).sum(1))
    apart[mark] = -1
    found = np.argsort(apart, kind="stable")[1 : count + 1]
    return found, apart[found]


def observation(sample: Sample, x: np.ndarray, scale: Scale, mark: int, height: int) -> go.Figure:
    """The marked row as the vector x_i, entry by entry, and beside it the rows that are nearest to it in these numbers."""
    room = max(3, (height - 56) // 24)
    shown = excerpt(x.shape[1], list(range(min(x.shape[1], room - 2))), room)
    near, apart = nearest(x, mark)
    rows, labels = np.array([mark, *near.tolist()]), sample["raw"]["entries"]
    says = [_say(0.36, k, "⋮" if i is None else clipped(labels[i], 21), scale.ink, anchor="right") for k, i in enumerate(shown)]
    says.append(_say(0.36, -0.85, "distance", scale.muted, anchor="right"))
    for c, (row, away) in enumerate(zip(rows.tolist(), ["", *map(short, apart.tolist())], strict=True)):
        head = f"<b>x<sub>{row + 1}</sub></b>" if c == 0 else f"x<sub>{row + 1}</sub>"
        colour = scale.series[ACCENT] if c == 0 else scale.ink
        says.append(_say(c, -1.75, head, colour, LABEL, "center") | {"xref": "x"})
        says.append(_say(c, -0.85, away, scale.muted, TICK, "center") | {"xref": "x"})
    cells = _cells(sample, x, rows, shown, scale)
    if any(text.startswith("(") for line in cells["text"] for text in line):
        says.append(_say(0, -1.75, "( ) missing, filled in", scale.muted))
    columns, lines = np.meshgrid(range(len(rows)), range(len(shown)))
    numbers = rows[columns.ravel()].tolist()
    hits = {
        "type": "scatter", "x": columns.ravel(), "y": lines.ravel(), "mode": "markers", "opacity": 0, "customdata": numbers,
        "marker": {"size": 22, "symbol": "square"}, "hovertemplate": "row %{text}<extra></extra>",
        "text": [f"{number + 1}" for number in numbers],
    }  # fmt: skip
    box = {"type": "rect", "x0": -0.5, "x1": 0.5, "y0": -0.5, "y1": len(shown) - 0.5}
    layout = frame(scale, height=height, showlegend=False, dragmode=False, annotations=says)
    layout["shapes"] = [box | {"line": {"color": scale.series[ACCENT], "width": 3}}]
    layout["margin"] = {"l": 4, "r": 4, "t": 4, "b": 4}
    layout["xaxis"] = {"range": [-0.55, NEAR + 0.55], "domain": (0.375, 1), "fixedrange": True, **HIDDEN}
    layout["yaxis"] = {"range": [max(len(shown), 6) - 0.4, -2.3], "fixedrange": True, **HIDDEN}
    return go.Figure({"data": [cells, hits], "layout": layout})


def _cells(sample: Sample, x: np.ndarray, rows: np.ndarray, shown: list[int | None], scale: Scale) -> dict[str, Any]:
    """The numbers of `rows`, one entry a line, shaded from the smallest of the table to the largest; in brackets what was
    missing and has been filled in."""
    held, at = sample["raw"], np.array([i or 0 for i in shown])
    low, width = x.min(0)[at, None], np.ptp(x, 0)[at, None]
    values = x[np.ix_(rows, at)].T
    z = (values - low) / np.where(width > 0, width, 1)
    text = [[short(v) for v in line] for line in values.tolist()]
    for k, i in enumerate(shown):
        if i is None:
            z[k], text[k] = np.nan, [""] * len(rows)
        elif not held["entries"][i].endswith("missing?"):
            for c in np.flatnonzero(held["frame"][held["columns"][i]].iloc[rows].isna()):
                text[k][c] = f"({text[k][c]})"
    return {
        "type": "heatmap", "z": z.astype(np.float32), "text": text, "texttemplate": "%{text}",
        "textfont": {"size": TICK, "color": scale.ink}, "zmin": 0, "zmax": 1, "showscale": False, "xgap": 3, "ygap": 1,
        "colorscale": [[0, scale.sequential[0]], [1, scale.sequential[1]]], "hoverinfo": "skip",
    }  # fmt: skip


def small(sample: Sample, left: float, top: float, scale: Scale) -> list[go.Scatter]:
    """One row as a short list of its cells, free text (a name) first; a whole table as a chequered square."""
    held, table = sample["raw"], sample["raw"]["frame"]
    if len(table) > 1:
        x = np.stack([places(table[name]) for name in list(table.columns)[:8]], -1)[:8]
        r, c = np.indices(x.shape)
        dots = {"size": 8, "symbol": "square", "color": np.nan_to_num(x.ravel(), nan=0), "colorscale": list(scale.sequential[1:])}
        at = {"x": left + 0.08 + c.ravel() * 0.12, "y": top + 0.06 + r.ravel() * 0.12}
        return [go.Scatter(**at, mode="markers", marker=dots, hoverinfo="skip")]
    wanted = [n for n, kind in zip(table.columns, held["kinds"], strict=True) if kind == "text" and not table[n].isna().any()]
    wanted += [n for n in table.columns if n not in wanted and n != held["answer"] and not table[n].isna().any()]
    lines = []
    for name in wanted[:5]:
        cell = written(table[name].iloc[0])
        words = pd.api.types.is_numeric_dtype(table[name].dtype)
        lines.append(clipped(f"{cell} {name}" if words else cell, 15))
    y = [top + 0.1 + 0.19 * k for k in range(len(lines))]
    font = {"size": TICK, "color": scale.ink}
    place = {"x": [left + 0.02] * len(lines), "y": y, "textposition": "middle right"}
    return [go.Scatter(text=lines, mode="text", textfont=font, hoverinfo="skip", **place)]


KIND = Kind("table", raw, observation, small)
