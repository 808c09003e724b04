"""What a measure says of a sample, as a picture: the curve behind the number, with what it is to be compared with."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.numbers import folded, log_axis, said
from components.figures.reading_parts import band, dots, marks_of, words
from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, fade, frame
from components.values import Curve, Reading

MOST, LABELS, WIDEST, POINTS, BARS, WHOLE = (
    30,
    18,
    11,
    2000,
    300,
    10,
)  # names drawn and written, letters of a name, points, bars, labels of counts
BIG = 38
LOST = "for comparison"
SYMBOLS = ("circle", "diamond")
SPACES = {" ": "space", "\n": "line end", "\t": "tab", "": "nothing"}


def reading(reading: Reading, scale: Scale = NAMED, height: int = 260) -> go.Figure:
    """The curve of a reading; without one its number or word, large; where it is not defined, the sentence that says why."""
    curve = reading.get("curve")
    if reading.get("why") or not (said(reading) or curve):
        return words(folded(reading.get("why", "Not defined.")), LABEL, scale.muted, "", scale, height)
    if curve is None or not len(curve["y"]):
        text = said(reading)
        large = len(text) <= 13
        count = said({**reading, "text": ""}) if reading.get("text") else ""  # a word may come with a number
        below = f"{reading['name']}: {count}" if count else reading["name"]
        return words(folded(text, 24), BIG if large else 22, scale.ink, below, scale, height)
    names, kept = _kept(curve)
    x = np.arange(len(kept)) if names else np.asarray(curve["x"], float)[kept]
    lost, low, high = (None if curve.get(k) is None else np.asarray(curve[k], float)[kept] for k in ("baseline", "low", "high"))
    logs = _logs(curve, x, np.asarray(curve["y"], float)[kept])
    traces: list[Any] = []
    if low is not None and high is not None:
        traces += band(x, low, high, scale)
    traces.append(_drawn(curve, x, np.asarray(curve["y"], float)[kept], names, scale.series[0], 0, ""))
    if lost is not None:
        line = {"color": scale.series[1], "dash": "dash", "width": 2}
        traces.append(
            {"type": "scatter", "mode": "lines", "x": x, "y": lost, "line": line, "name": _lost(curve), "hoverinfo": "skip"}
        )
    return _finished(traces, [curve], names, x, logs, scale, height)


def both(
    left: Reading, right: Reading, scale: Scale = NAMED, height: int = 260, names: tuple[str, str] = ("left", "right")
) -> go.Figure | None:
    """The same reading of two samples in one picture; None where their axes or units do not agree."""
    curves = [r["curve"] for r in (left, right) if "curve" in r and len(r["curve"]["y"])]
    if len(curves) < 2 or left["unit"] != right["unit"] or not _alike(*curves):
        return None
    symbols, rows = _aligned(curves)
    traces: list[Any] = []
    logs = _logs(curves[0], *(np.concatenate(v) for v in zip(*rows, strict=True)))
    for i, (curve, (x, y), name) in enumerate(zip(curves, rows, names, strict=True)):
        traces.append(_drawn(curve, x, y, symbols, scale.series[i], i, name, area=not symbols))
        if "baseline" in curve and not symbols:
            kept = _kept(curve)[1]
            line = {"color": scale.series[i], "dash": "dot", "width": 1.5}
            lost = np.asarray(curve["baseline"], float)[kept]
            traces.append(
                {"type": "scatter", "mode": "lines", "x": x, "y": lost, "line": line, "name": f"{_lost(curve)}, {name}"}
            )
            traces[-1] |= {"showlegend": False, "hoverinfo": "skip"}
    if any("baseline" in curve for curve in curves) and not symbols:
        grey = {"color": scale.muted, "dash": "dot", "width": 1.5}
        traces.append({"type": "scatter", "mode": "lines", "x": [None], "y": [None], "line": grey, "name": _lost(curves[0])})
    where = np.concatenate([x for x, _ in rows])
    return _finished(traces, curves, symbols, where, logs, scale, height)


def _lost(curve: Curve) -> str:
    """What the dashed line is, where the curve says so."""
    return escape(str(dict(curve).get("baseline_name", LOST)))


def _alike(a: Curve, b: Curve) -> bool:
    same = all(a.get(key) == b.get(key) for key in ("x_title", "y_title", "style", "log"))
    return same and _named(a) == _named(b)


def _named(curve: Curve) -> bool:
    return np.asarray(curve["x"]).dtype.kind not in "fiub"


def _letters(name: object) -> str:
    """A symbol as it is written under its bar."""
    text = SPACES.get(str(name), str(name))
    return escape(text if len(text) <= WIDEST else text[: WIDEST - 1] + "…")


def _kept(curve: Curve) -> tuple[list[str], np.ndarray]:
    """The names on the x axis (none for numbers), and which points are drawn: the most frequent names, or a line's extremes."""
    y = np.asarray(curve["y"], float)
    if _named(curve):
        kept = np.arange(len(y)) if len(y) <= MOST else np.argsort(-np.nan_to_num(y), kind="stable")[:MOST]
        return [str(curve["x"][i]) for i in kept], kept
    if len(y) <= POINTS:
        return [], np.arange(len(y))
    parts = np.array_split(np.arange(len(y)), POINTS // 2)
    full = np.nan_to_num(y)
    return [], np.unique([part[i] for part in parts for i in (full[part].argmin(), full[part].argmax())])


def _aligned(curves: Sequence[Curve]) -> tuple[list[str], list[tuple[np.ndarray, np.ndarray]]]:
    """Both curves as (x, y); named ones over the same names, those most frequent in either, 0 where one does not have it."""
    if not _named(curves[0]):
        kept = [_kept(curve)[1] for curve in curves]
        return [], [(np.asarray(c["x"], float)[k], np.asarray(c["y"], float)[k]) for c, k in zip(curves, kept, strict=True)]
    tables = [{str(n): float(v) for n, v in zip(c["x"], c["y"], strict=True)} for c in curves]
    union = list(dict.fromkeys(name for table in tables for name in table))
    if len(union) > MOST:
        union = sorted(union, key=lambda name: -max(table.get(name, 0.0) for table in tables))[:MOST]
    return union, [(np.arange(len(union)), np.array([table.get(name, 0.0) for name in union])) for table in tables]


def _logs(curve: Curve, x: np.ndarray, y: np.ndarray) -> str:
    """Which axes can be logarithmic: those that were asked for, are numbers, and hold something positive."""
    asked = curve.get("log", "").replace("x", "" if _named(curve) else "x")
    return "".join(name for name, values in (("x", x), ("y", y)) if name in asked and (values > 0).any())


def _drawn(
    curve: Curve, x: np.ndarray, y: np.ndarray, names: list[str], colour: str, order: int, label: str, area: bool = False
) -> dict[str, Any]:
    """One curve in its style; very many bars, and those that lie over others, become an area."""
    text = [escape(name[:60]) for name in names] if names else None
    hover = "%{text}: %{y:.4g}" if names else "%{x:.4g}: %{y:.4g}"
    trace = {"x": x, "y": y, "name": escape(label), "showlegend": bool(label), "hovertemplate": f"{hover}<extra></extra>"}
    if text:
        trace["text"] = text
    style = curve.get("style", "line")
    if style == "bars" and len(x) <= BARS and not area:
        return trace | {"type": "bar", "marker": {"color": colour, "line": {"width": 0}}, "textposition": "none"}
    trace |= {"type": "scatter", "mode": "markers" if style == "points" else "lines"}
    if style == "points":
        return trace | {"marker": {"color": colour, "size": 6 if len(x) > 60 else 9, "symbol": SYMBOLS[order]}}
    under = {"fill": "tozeroy", "fillcolor": fade(colour, 0.25)} if style == "bars" else {}
    one = {"mode": "markers", "marker": {"color": colour, "size": 9}} if len(x) == 1 else {}
    return trace | {"line": {"color": colour, "width": 2, "dash": ("solid", "solid" if under else "dash")[order]}} | under | one


def _finished(
    traces: list[Any],
    curves: Sequence[Curve],
    names: list[str],
    x: np.ndarray,
    logs: str,
    scale: Scale,
    height: int,
) -> go.Figure:
    """Traces with their axes, marks and legend."""
    most = max(len(np.asarray(c["x"])) for c in curves)
    title = escape(curves[0]["x_title"]) + (f", the {MOST} largest of {most:,}" if names and most > MOST else "")
    across = axis(scale, title, showgrid=not names)
    if names:
        shown = list(range(0, len(names), -(-len(names) // LABELS)))
        steep = len(names) > 6 or any(len(name) > 6 for name in names)
        across |= {"tickvals": shown, "ticktext": [_letters(names[i]) for i in shown], "tickangle": -90 if steep else 0}
        across["range"] = [-0.6, len(names) - 0.4]
    elif "x" not in logs and len(x) and (x == np.round(x)).all() and np.ptp(x) <= WHOLE:
        across["dtick"] = 1  # no half sentences
    up = axis(scale, folded(curves[0]["y_title"], height // 11), nticks=5)
    if "x" in logs:
        across |= log_axis(x)
    if "y" in logs:
        traces = [dots(trace) if trace["type"] == "bar" else trace for trace in traces]
        drawn = [np.array([v for v in t["y"] if v is not None], float) for t in traces]
        up |= log_axis(np.concatenate(drawn))
    shapes, marks = marks_of(curves, x, "x" in logs, scale)
    place = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": TICK, "color": scale.ink}}
    more: dict[str, Any] = {
        "xaxis": across,
        "yaxis": up,
        "shapes": shapes,
        "annotations": marks,
        "showlegend": True,
        "bargap": 0.15,
    }
    return go.Figure({"data": traces, "layout": frame(scale, height=height, legend=place, **more)})
