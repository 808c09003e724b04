"""Reading a series a learner brings: text with a row for every moment and a column for every channel.

What separates the columns, the decimal sign, a heading and a column of times are found out. Every refusal is one sentence
(`BadInput`) that repeats nothing of the file.
"""

import io
import re
import warnings
from typing import NamedTuple

import numpy as np
import pandas as pd

from components.modalities.readers import weighed
from components.values import BadInput

ROWS, CHANNELS, FEWEST, KEPT, KEPT_ROWS = 200_000, 64, 8, 240_000, 20_000
LARGEST, HOLES, NAME = 1e9, 0.2, 24
SLOWEST, FASTEST = 1e-6, 1e6  # rows a second
TIME = re.compile(r"^\W*(t|time|timestamp|date|datetime|seconds?|secs?|ms|millis\w*|elapsed|zeit|temps|tiempo)(?![a-z])", re.I)
PARTS = {"ms": 1e-3, "milli": 1e-3, "us": 1e-6, "µs": 1e-6, "micro": 1e-6, "ns": 1e-9, "nano": 1e-9, "min": 60.0}
NOT_TEXT = "This is not a text file; a series is read from CSV, TSV or TXT with a row for every moment."


class Series(NamedTuple):
    """What was found in a file."""

    values: np.ndarray  # (t, d) float32
    names: tuple[str, ...]
    rate: float  # rows a second
    remarks: tuple[str, ...]  # what was done to it, in words


def series(data: bytes) -> Series:
    """A text table as a series `(t, d)`.

    Raises:
        BadInput: empty, over 10 MB, not text, too few or too many rows or columns, ragged, not numbers, not finite, or with
            times that do not grow.
    """
    text = decoded(weighed(data))
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if len(lines) < FEWEST:
        raise BadInput(f"A series needs at least {FEWEST} rows, one for every moment.")
    if len(lines) > ROWS + 1:
        raise BadInput(f"This file has more than {ROWS:,} rows, the limit here.")
    mark = separator(lines)
    if len(cells(lines[0], mark)) > CHANNELS + 1:
        raise BadInput(f"This file has more than {CHANNELS} columns, the limit here.")
    frame = table(lines, mark)
    time, names = times(frame)
    values, holes = numbers(frame)
    found = [f"{holes:,} missing cells filled by straight lines"] if holes else []
    rate = 1.0
    if time is None:
        found.append("no column of times, so one row a second")
    else:
        values, rate = even(values, time)
    values, rate, each = thinned(values, rate)
    if each > 1:
        found.append(f"each row the mean of {each}")
    return Series(values.astype(np.float32), names, rate, tuple(found))


def decoded(data: bytes) -> str:
    """Bytes as text: UTF-16 where the file says so, else UTF-8, else Latin-1."""
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16")
        else:
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = data.decode("latin-1")
    except UnicodeDecodeError:
        raise BadInput(NOT_TEXT) from None
    start = text[:10_000]
    if any((c < " " and c not in "\t\r\n\f") or "\x7f" <= c <= "\x9f" for c in start) or "\0" in text:
        raise BadInput(NOT_TEXT)
    return text


def cells(line: str, mark: str) -> list[str]:
    """The cells of one line; a blank as separator means any number of blanks."""
    return line.split() if mark == " " else line.split(mark)


def separator(lines: list[str]) -> str:
    """What separates the columns: that of tab, semicolon, comma and blank that cuts the first lines alike; else a comma."""
    some = lines[:20]
    for mark in "\t;, ":
        counts = {len(cells(line.strip(), mark)) for line in some}
        if len(counts) == 1 and counts != {1}:
            return mark
    return max(",;\t", key=lambda mark: sum(line.count(mark) for line in some))


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with a point or a comma."""
    try:
        float(cell.strip().strip('"').replace(",", "."))
    except ValueError:
        return False
    return True


def table(lines: list[str], mark: str) -> pd.DataFrame:
    """The lines as a table; columns without a heading are called after their number."""
    first = cells(lines[0].strip(), mark)
    headed = not any(is_number(cell) for cell in first)
    decimal = "," if mark in "\t; " and any("," in cell and is_number(cell) for cell in cells(lines[1].strip(), mark)) else "."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame = pd.read_csv(
                io.StringIO("\n".join(line.strip(" ") for line in lines)),
                sep=r"\s+" if mark == " " else mark,
                header=0 if headed else None,
                index_col=False,
                decimal=decimal,
                skipinitialspace=True,
                low_memory=False,
            )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError, OverflowError, IndexError):
        raise BadInput("This table could not be read; every row must have the same number of cells.") from None
    frame.columns = [
        str(name).strip()[:NAME] if headed and not str(name).startswith("Unnamed:") else f"column {i + 1}"
        for i, name in enumerate(frame.columns)
    ]
    if len(frame) < FEWEST:
        raise BadInput(f"A series needs at least {FEWEST} rows, one for every moment.")
    return frame


def times(frame: pd.DataFrame) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """The column of times in seconds, taken out of the table, or None; and the names of the columns that stay."""
    time = None
    for i, name in enumerate(frame.columns[:3]):
        if TIME.match(name) and frame.shape[1] > 1:
            column = frame.iloc[:, i]
            time = clock(column, name)
            keep = [j for j in range(frame.shape[1]) if j != i]
            break
    else:
        return None, numeric(frame, list(range(frame.shape[1])))
    return time, numeric(frame, keep)


def numeric(frame: pd.DataFrame, keep: list[int]) -> tuple[str, ...]:
    """Leave only columns of numbers, in place; a column where some cells are numbers and others are not is refused."""
    kept: dict[int, pd.Series] = {}
    for j in keep:
        column = frame.iloc[:, j]
        found = pd.to_numeric(column, errors="coerce") if not pd.api.types.is_numeric_dtype(column) else column
        share = float(found.notna().sum()) / max(1, int(column.notna().sum()))
        if share >= 1 and column.notna().any():
            kept[j] = found.astype(float)
        elif share > 0.5:
            raise BadInput(f"Column {j + 1} has cells that are not numbers; please correct or remove them.")
    if not kept:
        raise BadInput("No column of this file is made of numbers.")
    if len(kept) > CHANNELS:
        raise BadInput(f"This file has more than {CHANNELS} columns, the limit here.")
    names = tuple(str(frame.columns[j]) for j in kept)
    frame.drop(columns=list(frame.columns), inplace=True)
    for j, column in kept.items():
        frame[f"{j}"] = column
    return names


def unit(name: str, largest: float) -> float:
    """Seconds in one count of a column of times: what its heading says, else what so large a number must be."""
    said = [value for short, value in PARTS.items() if re.search(rf"(^|[\W_]){short}", name.lower())]
    if said:
        return said[0]
    return 1e-9 if largest > 1e17 else 1e-3 if largest > 1e11 else 1.0  # since 1970, in nanoseconds or milliseconds


def clock(column: pd.Series, name: str) -> np.ndarray:
    """Times in seconds from numbers or from dates; the unit is read from the heading, else from how large they are."""
    if pd.api.types.is_numeric_dtype(column):
        time = column.to_numpy(float)
        time = time * unit(name, float(np.nanmax(np.abs(time), initial=0)))
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dates = pd.to_datetime(column.astype(str), errors="coerce", utc=True)
        if dates.isna().any():
            raise BadInput("The column of times has cells that are neither numbers nor dates.")
        time = (dates - dates.iloc[0]).dt.total_seconds().to_numpy(float)
    if not np.isfinite(time).all():
        raise BadInput("The column of times has missing cells; please fill them or remove the column.")
    if (np.diff(time) < 0).any():
        raise BadInput("The column of times must grow from row to row, and here it goes back.")
    if time[-1] <= time[0]:
        raise BadInput("The column of times must grow from row to row, and here it stands still.")
    return time - time[0]


def numbers(frame: pd.DataFrame) -> tuple[np.ndarray, int]:
    """The table as finite numbers `(t, d)`, with gaps filled by straight lines, and how many cells those were."""
    values = np.array(frame, float)
    if np.isinf(values).any() or np.nanmax(np.abs(values)) > LARGEST:
        raise BadInput("Some cells are infinite or beyond a thousand million (10^9), the limit here.")
    missing = np.isnan(values)
    if missing.mean(0).max() > HOLES:
        raise BadInput(f"More than {HOLES:.0%} of a column is missing (empty or NaN); please remove that column.")
    at = np.arange(len(values))
    for hole, column in zip(missing.T, values.T, strict=True):
        if hole.any():
            column[hole] = np.interp(at[hole], at[~hole], column[~hole])
    return values, int(missing.sum())


def even(values: np.ndarray, time: np.ndarray) -> tuple[np.ndarray, float]:
    """The series at equal steps of time, as many as before, by straight lines; and its rate in Hz."""
    steady = np.linspace(0, time[-1], len(time))
    rate = (len(time) - 1) / time[-1]
    if not SLOWEST <= rate <= FASTEST:
        raise BadInput("The column of times gives less than one row in eleven days or more than a million a second.")
    if np.abs(time - steady).max() * rate > 0.5:
        values = np.stack([np.interp(steady, time, column) for column in values.T], -1)
    return values, float(round(rate, 6 if rate < 1 else 3))


def thinned(values: np.ndarray, rate: float) -> tuple[np.ndarray, float, int]:
    """Averages of neighbouring rows where there are more than can be shown; the rate then, and how many became one."""
    most = min(KEPT_ROWS, KEPT // values.shape[1])
    each = -(-len(values) // most)
    if each > 1:
        whole = len(values) // each * each
        values = values[:whole].reshape(-1, each, values.shape[1]).mean(1)
    return values, rate / each, each
