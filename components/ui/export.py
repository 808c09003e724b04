"""Numbers to take along: readings and the curves behind them as CSV that a spreadsheet opens without running anything.

Pictures are saved by the browser (the buttons above a chart, see `chart.js`): no program that draws is needed on the server.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

import numpy as np
import streamlit as st

from components.modalities.table_readers import FORMULA
from components.values import Reading

HEAD = ("sample", "dimension", "reading", "value", "unit", "words", "estimator", "source", "why not")
SIDES = ("baseline", "low", "high")


def safe(cell: object) -> str:
    """A cell as text: numbers as they are, and words that a spreadsheet would take for a formula with an apostrophe in front."""
    if isinstance(cell, int | float | np.number):
        return f"{cell:.10g}" if isfinite(cell) else ""
    text = str(cell).replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV in UTF-8, with the mark at its beginning that spreadsheets look for."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe(name) for name in head])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def profiles(names: Sequence[str], found: Sequence[Mapping[str, Sequence[Reading]]]) -> bytes:
    """All readings of some samples, one a line: number, unit, how it was estimated, and why where there is none."""
    return written(
        HEAD,
        (
            (name, dimension, r["name"], r["value"], r["unit"], r.get("text", ""), r["estimator"], r["source"], r.get("why", ""))
            for name, profile in zip(names, found, strict=True)
            for dimension, readings in profile.items()
            for r in readings
        ),
    )


def curve(reading: Reading) -> bytes:
    """The curve behind a reading: x, y, and what it is compared with; empty where there is none."""
    if "curve" not in reading:
        return b""
    found = reading["curve"]
    beside = {name: np.asarray(found[name]) for name in SIDES if name in found}  # type: ignore[literal-required]
    head = (found["x_title"], found["y_title"], *beside)
    return written(head, zip(np.asarray(found["x"]), np.asarray(found["y"]), *beside.values(), strict=True))


def named(text: str, ending: str = "csv") -> str:
    """A name for a file, whatever a learner called things: letters, digits and dashes only."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
    return f"{plain or 'numbers'}.{ending}"


def offer(label: str, data: bytes, name: str, key: str) -> None:
    """A button that saves a table; nothing where there are no numbers."""
    if data:
        st.download_button(label, data, named(name), "text/csv", key=key, icon=":material/download:", on_click="ignore")
