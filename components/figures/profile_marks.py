"""What stands on the rows of the profile card: marks with their values, words, reasons, and the axis under them."""

from html import escape
from math import isfinite
from textwrap import wrap
from typing import Any

import numpy as np

from components.figures.numbers import folded, log_axis, said, short
from components.figures.scale import LABEL, TICK, Scale, axis
from components.values import Reading

SYMBOLS, DECADES = ("circle", "diamond"), 2.0  # of the two samples; a logarithmic axis spans at least so many
LINEAR = ("dB", "%")  # units that are logarithms already, or shares


def defined(reading: Reading) -> bool:
    """Whether a reading has a place on an axis: a number, and not only a word."""
    return isfinite(reading["value"]) and not reading.get("why") and bool(reading["unit"] or not reading.get("text"))


def lanes_of(left: Reading, right: Reading, narrow: bool) -> tuple[float, float]:
    """How high above the axis the two samples stand; a sentence of two lines needs more room than a mark."""
    if not any(map(defined, (left, right))):
        return 0.76, 0.28
    if narrow and not defined(left):
        return 0.72, 0.28
    return (0.88, 0.45) if narrow and not defined(right) else (0.82, 0.42)


def axis_of(values: np.ndarray, around: np.ndarray, unit: str, few: bool, scale: Scale) -> tuple[dict[str, Any], np.ndarray]:
    """The axis under `values` and those `around` them, and where each of the first stands on it, from 0 to 1.

    It is logarithmic where the values are positive and span decades.
    """
    plain = axis(scale, visible=True, automargin=False, showgrid=True, zeroline=False, ticks="outside", ticklen=3)
    every = np.concatenate([values, around])
    positive = every[every > 0]
    wide = len(positive) > 1 and np.log10(positive.max() / positive.min()) >= DECADES
    if wide and (values > 0).all() and every.min() >= 0 and unit not in LINEAR:
        plain |= log_axis(positive)
        values = np.log10(values)
    else:
        low, high = float(every.min()), float(every.max())
        low = min(low, 0.0) if low < 0.6 * high else low
        room = 0.06 * (high - low) or max(0.5, abs(high) / 2)
        start = max(0.0, low - room) if unit == "%" and low >= 0 else low - room  # no share is below 0
        plain |= {"range": [start, high + room], "nticks": 4 if few else 6}
    start, end = plain["range"]
    return plain | {"showline": True, "linecolor": scale.muted}, (values - start) / (end - start)


def cut(text: str, letters: int, lines: int) -> list[str]:
    """A sentence in at most so many lines, safe to be shown."""
    found = wrap(text, letters) or [""]
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][: letters - 1] + "…"]
    return [escape(line) for line in found]


def value_of(reading: Reading, narrow: bool) -> str:
    """What stands beside a mark: the number with its unit, after the word where there is one."""
    number, letters = f"{short(reading['value'])} {reading['unit']}".strip(), 18 if narrow else 60
    word = reading.get("text", "")
    number += (", chance" if narrow else ", within chance") if reading.get("chance") else ""
    return f"{word if len(word) <= letters else word[: letters - 1] + '…'} ({number})" if word else number


def mark(order: int, reading: Reading, i: int, high: float, scale: Scale) -> dict[str, Any]:
    """A sample's mark on its axis, hollow where the value lies within what chance gives."""
    symbol = f"{SYMBOLS[i]}-open" if reading.get("chance") else SYMBOLS[i]
    edge = scale.series[i] if reading.get("chance") else scale.paper
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [reading["value"]],
        "y": [high],
        "textfont": {"size": LABEL, "color": scale.ink},
        "marker": {"size": 14, "symbol": symbol, "color": scale.series[i], "line": {"width": 1.5, "color": edge}},
        "customdata": [str(order)],
        "cliponaxis": False,
        "showlegend": False,
    }


def written(
    parts: dict[str, Any],
    order: int,
    reading: Reading,
    i: int,
    on: dict[str, str],
    plain: dict[str, Any],
    look: tuple[float, bool, Scale],
) -> None:
    """A word, or why there is none, in the sample's lane."""
    high, narrow, scale = look
    why = reading.get("why") or ("" if said(reading) else "Not defined.")
    lines = cut(why or said(reading), 46 if narrow else 118, 2 if narrow else 1)
    start, end = plain.get("range", (0, 1))
    at = start + 0.02 * (end - start)
    x = 10**at if plain.get("type") == "log" else at
    colour = scale.muted if why else scale.ink
    hover = folded(why or said(reading), 46) + "<extra></extra>"
    parts["data"].append(
        {"type": "scatter", "mode": "markers", "x": [x], "y": [high], "customdata": [str(order)], "showlegend": False}
        | {"marker": {"size": 14, "symbol": f"{SYMBOLS[i]}-open" if why else SYMBOLS[i], "color": scale.series[i]}}
        | {"hovertemplate": hover, "cliponaxis": False}
        | on
    )
    parts["annotations"].append(
        {"xref": on["xaxis"], "yref": on["yaxis"], "x": at, "y": high, "xanchor": "left", "xshift": 12, "showarrow": False}
        | {"text": "<br>".join(lines), "align": "left", "font": {"size": TICK if why else LABEL, "color": colour}}
    )
