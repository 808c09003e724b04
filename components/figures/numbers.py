"""Numbers and readings as a person says them, and the labels of a logarithmic axis."""

from html import escape
from math import floor, isfinite, log10
from textwrap import wrap
from typing import Any

import numpy as np

from components.values import Reading

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(value: float) -> str:
    """A number as a person says it, three digits where it has no more to tell: 7.41, 196,608, 1.57 million, 4.2 · 10⁻⁵."""
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-3:
        power = floor(log10(size))
        text = f"{value / 10.0**power:.1f} · 10{str(power).translate(RAISED)}"
    elif size >= 1e6:
        unit, name = (1e12, "trillion") if size >= 1e12 else (1e9, "billion") if size >= 1e9 else (1e6, "million")
        text = f"{value / unit:.3g} {name}"
    elif size >= 999.5:
        text = f"{value:,.0f}"
    else:
        text = f"{float(f'{value:.3g}'):g}"
    return text.replace("-", "−")


def said(reading: Reading) -> str:
    """What is read: the word, else the number with its unit, not yet escaped; empty where it is not defined."""
    if reading.get("text"):
        return reading["text"]
    return f"{short(reading['value'])} {reading['unit']}".strip() if isfinite(reading["value"]) else ""


def folded(text: str, letters: int = 38) -> str:
    """A sentence broken into lines, safe to be shown."""
    return "<br>".join(escape(line) for line in wrap(text, letters))


def log_axis(values: np.ndarray) -> dict[str, Any]:
    """A logarithmic axis with few and large labels: powers of ten, or 1, 2, 5 where it spans less than two decades."""
    some = values[np.isfinite(values) & (values > 0)]
    low, high = log10(some.min()), log10(some.max())
    step = max(1, -(-(floor(high) - floor(low)) // 5))
    steps = (1,) if high - low >= 2 else (1, 2, 5) if high - low >= 0.6 else range(1, 10)
    ticks = [m * 10.0**k for k in range(floor(low), floor(high) + 2, step) for m in steps]
    if sum(low <= log10(t) <= high for t in ticks) < 2 and high > low:  # too narrow for round numbers
        ticks = [float(f"{t:.2g}") for t in np.geomspace(some.min(), some.max(), 4)]
        return {"type": "log", "tickvals": ticks, "ticktext": [short(t) for t in ticks], "range": [low - 0.05, high + 0.05]}
    text = [short(t) if 1e-3 <= t < (1e5 if len(steps) == 1 else 1e6) else _power(t) for t in ticks]
    room = 0.04 * (high - low) or 0.3
    return {"type": "log", "tickvals": ticks, "ticktext": text, "range": [low - room, high + room]}


def _power(value: float) -> str:
    """A round number as a power of ten: 10⁵, 2 · 10⁵."""
    power = floor(log10(value) + 0.01)
    times = round(value / 10.0**power)
    return f"{times} · " * (times > 1) + f"10{str(power).translate(RAISED)}"
