"""A learner's own table: separators, decimal comma, heading, encoding and types are found, hostile files refused.

Cells are text and nothing else: nothing is evaluated. Where a cell looks like a formula, `harmless` is what may be exported.
"""

import codecs
import csv
import io
import re

import numpy as np
import pandas as pd

from components.modalities.readers import weighed
from components.tasks.columns import CATEGORY, TEXT, entries, kind
from components.values import BadInput

ROWS, COLUMNS, CELLS, CUT, HEADING, MOST, LARGEST = 50_000, 200, 1_000_000, 200, 40, 50, 1e15
SEPARATORS, LOOK = "\t;|,", 100  # in doubt the first: commas may be decimal; lines that are looked at
GAPS = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "?", ".", "inf", "+inf", "-inf", "infinity", "-infinity", "#n/a"})
FLAGS, LETTERS = ({"true", "false"}, {"yes", "no"}), ({"t", "f"}, {"y", "n"})
DATES = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
COMMA, DAY = r"[+-]?\d+,\d+", r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
CODE = r"0\d+|.*[_xX].*"  # 01067 is a postal code, 0x1F and 1_000 are spellings of programs: no numbers of a table
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def text(data: bytes) -> str:
    """The file's characters: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252 or Latin-1.

    Raises:
        BadInput: empty, too large, or not text.
    """
    weighed(data)
    if data.startswith((codecs.BOM_UTF32_LE, b"PK\x03\x04", b"\x1f\x8b")):
        raise BadInput("This is not a text file; a table is read from CSV or TSV text.")
    marked = [name for mark, name in BOMS if data.startswith(mark)]
    for encoding in marked or ("utf-8", "cp1252", "latin-1"):
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(found):
            return found
        break
    raise BadInput("This is not a text file; a table is read from CSV or TSV text.")


def frame(data: bytes) -> pd.DataFrame:
    """Read a table with typed columns: float64, Int64, boolean, datetime64, category (at most 50 values), else text.

    Raises:
        BadInput: not text, no rows, too many rows, columns or cells, ragged lines, or nothing that can be encoded.
    """
    content = text(data)
    separator = _separator(content[: 1 << 16].splitlines()[:LOOK])
    rows = _cells(content, separator)
    names, body = _heading(rows)
    if not body:
        raise BadInput("This table has a heading but no rows below it.")
    if len(body) > ROWS:
        raise BadInput(f"This table has more than {ROWS:,} rows, the limit here.")
    columns = [typed(pd.Series(cells, dtype="str"), comma=separator != ",") for cells in zip(*body, strict=True)]
    found = pd.DataFrame(dict(zip(names, columns, strict=True)))
    wide = len(entries(found))
    if not wide:
        raise BadInput("No column can be encoded: at least one must hold numbers, dates, or a few categories (at most 50).")
    if wide * len(found) > 2 * CELLS:
        raise BadInput(f"Encoded, this table would have more than {2 * CELLS:,} numbers, the limit here; leave out some columns.")
    return found


def _separator(lines: list[str]) -> str:
    """The separator that divides the first lines most evenly; where none divides them, the comma."""

    def evenness(separator: str) -> float:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        except csv.Error:
            return 0.0
        common = max(set(widths), key=widths.count, default=1)
        return widths.count(common) / len(widths) if common > 1 else 0.0

    best = max(SEPARATORS, key=evenness)
    return best if evenness(best) else ","


def _cells(content: str, separator: str) -> list[list[str]]:
    """All lines as cells of one width, outer blanks removed, long ones cut."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=separator):
            cells = [cell.strip()[:CUT] for cell in row[: COLUMNS + 1]]
            if not any(cells):
                continue
            while len(cells) > 1 and rows and len(cells) > len(rows[0]) and not cells[-1]:
                cells.pop()  # separators at the end of a line
            if len(cells) > COLUMNS:
                raise BadInput(f"This table has more than {COLUMNS} columns, the limit here.")
            if rows and len(cells) > len(rows[0]):
                raise BadInput(f"Row {len(rows) + 1} has more cells than the first row; every row needs the same number.")
            rows.append(cells)
            if len(rows) > ROWS + 1:
                break
            if len(rows) * len(rows[0]) > CELLS:
                raise BadInput(f"This table has more than {CELLS:,} cells, the limit here.")
    except csv.Error:
        raise BadInput("This table could not be divided into cells; a quotation mark may be missing.") from None
    if not rows:
        raise BadInput("This file has no rows.")
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def _number(cells: pd.Series, comma: bool) -> pd.Series:
    """Cells as numbers, with a decimal comma if it may be one; what is no number is NaN."""
    if comma:
        cells = cells.where(~cells.str.fullmatch(COMMA), cells.str.replace(",", "."))
    return pd.to_numeric(cells, errors="coerce").astype(float)


def _heading(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Names of the columns, each once, and the rows below; a first row with a number in it is no heading."""
    first, body = rows[0], rows[1:]
    plain = [c for c in first if c and c.lower() not in GAPS]
    numeric = _number(pd.Series(plain, dtype="str"), True).notna().any() if plain else True
    repeated = any(cell and any(row[i] == cell for row in body[:1000]) for i, cell in enumerate(first))
    named = not numeric and not repeated
    given = first if named else [""] * len(first)
    names: list[str] = []
    for i, name in enumerate(given, 1):
        name = " ".join(name.split())[:HEADING] or f"column {i}"
        copies = sum(other == name or other.startswith(f"{name} (") for other in names)
        while name in names:
            copies += 1
            name = f"{given[i - 1][:HEADING]} ({copies})"
        names.append(name)
    return names, body if named else rows


def typed(cells: pd.Series, comma: bool = False) -> pd.Series:
    """A column of text as the narrowest type that loses nothing; infinite numbers count as missing."""
    low = cells.str.lower()
    gap = low.isin(GAPS)
    known = cells[~gap]
    if known.empty:
        return cells.mask(gap)
    real = _number(known, comma)
    if real.notna().all() and not known.str.fullmatch(CODE).any():
        real = real.where(np.isfinite(real))
        if np.abs(real).max() > LARGEST:
            return cells.mask(gap)
        whole = (real.dropna() % 1 == 0).all() and real.notna().any()
        return real.reindex(cells.index).astype("Int64" if whole else float)
    values = set(low[~gap].unique())
    if any(values <= pair for pair in FLAGS) or values in LETTERS:
        return low.isin({"true", "yes", "t", "y"}).astype("boolean").mask(gap)
    for pattern in DATES if known.iloc[:LOOK].str.match(DAY).all() else ():
        moments = pd.to_datetime(known, format=pattern, errors="coerce")
        if moments.notna().all():
            return moments.reindex(cells.index)
    few = known.nunique() <= min(MOST, max(2, len(cells) // 2))
    return cells.mask(gap).astype("category" if few else "str")


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The same table for a file that a spreadsheet may open: what it would take for a formula gets an apostrophe in front."""

    def guard(cell: object) -> object:
        return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell

    words = (TEXT, CATEGORY)
    return pd.DataFrame({guard(n): c.astype(object).map(guard) if kind(c) in words else c for n, c in table.items()})
