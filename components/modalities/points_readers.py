"""Point clouds that a learner brings: CSV and XYZ text, OFF, and PLY in its three forms. Only the points are read.

Every limit is named here and every refusal is one sentence (`BadInput`) that repeats nothing of the file. A header may
promise what it likes: no memory is set aside before the promised bytes are there.
"""

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from components.modalities.readers import weighed
from components.values import BadInput

POINTS, FEWEST, LARGEST = 20_000, 3, 1e9
CORNERS, LINES = 500_000, 100  # of a mesh written as text; of the header of a PLY file
SIZES = {"char": "i1", "uchar": "u1", "short": "i2", "ushort": "u2", "int": "i4", "uint": "u4", "float": "f4", "double": "f8"}
SIZES |= {"int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2", "int32": "i4", "uint32": "u4"}
SIZES |= {"float32": "f4", "float64": "f8"}
FORMS = {"ascii": "", "binary_little_endian": "<", "binary_big_endian": ">"}
SHORT = "This file is damaged or incomplete: it holds fewer points than its header says."


def points(data: bytes) -> np.ndarray:
    """Read a table of points, `(n, 2)` or `(n, 3)`, from CSV or XYZ text: numbers separated by commas, semicolons or blanks.

    One heading line and lines that begin with `#` are passed over.

    Raises:
        BadInput: empty, too large, not text, not numbers, not two or three columns, not finite, too few or too many points.
    """
    rows: list[list[float]] = []
    for number, line in enumerate(io.StringIO(_text(data)), 1):
        parts = line.replace(",", " ").replace(";", " ").split()
        if not parts or parts[0].startswith("#"):
            continue
        if len(rows) >= POINTS:
            raise BadInput(f"This file has more than {POINTS:,} points, the limit here.")
        try:
            rows.append([float(p) for p in parts[:4]])
        except ValueError:
            if rows or number > 1:
                raise BadInput(f"Line {number} is not made of numbers; each line is one point: x, y or x, y, z.") from None
    widths = {len(row) for row in rows}
    if rows and (len(widths) > 1 or not widths <= {2, 3}):
        raise BadInput("Every line must have two numbers (x, y) or three (x, y, z).")
    return checked(np.array(rows))


def off(data: bytes) -> np.ndarray:
    """The corners `(n, 3)` of a mesh in text OFF: the word OFF, how many corners, faces and edges, then a corner a line.

    Raises:
        BadInput: not OFF, not numbers, fewer corners than promised, or not usable as points.
    """
    lines = _filled(_text(data), "#")
    first = next(lines, "").split()
    if not first or not re.fullmatch(r"(ST)?(C|N|CN)?OFF", first[0]):
        raise BadInput("This is not an OFF file: its first word must be OFF.")
    head = first[1:] or next(lines, "").split()
    return checked(_columns(lines, _count(head[0] if head else ""), [0, 1, 2]))


def ply(data: bytes) -> np.ndarray:
    """The vertices `(n, 3)` of a PLY file, text or binary; other properties and elements are passed over.

    Raises:
        BadInput: not PLY, a header that is not understood, fewer vertices than promised, or not usable as points.
    """
    form, body, skipped, count, names = _header(weighed(data))
    order = [name for name, _ in names]
    if not {"x", "y", "z"} <= set(order):
        raise BadInput("The vertices of this PLY file have no x, y and z.")
    places = [order.index(axis) for axis in "xyz"]
    if form == "":
        lines = islice(_filled(body.decode("latin-1")), skipped, None)
        return checked(_columns(lines, count, places))
    kind = np.dtype([(f"{i}", form + SIZES[size]) for i, (_, size) in enumerate(names)])
    if len(body) < skipped + count * kind.itemsize:
        raise BadInput(SHORT)
    found = np.frombuffer(body, kind, count, skipped)
    return checked(np.stack([found[f"{i}"].astype(np.float64) for i in places], -1))


def _header(data: bytes) -> tuple[str, bytes, int, int, list[tuple[str, str]]]:
    """Byte order ("" for text), what follows the header, how much of it to skip (lines or bytes), vertices, properties."""
    if not re.match(rb"ply\s", data):
        raise BadInput("This is not a PLY file: its first line must be the word ply.")
    end = re.search(rb"(^|[\r\n])end_header[ \t]*(\r\n|\n|\r)", data[:20_000])
    if not end:
        raise BadInput("The header of this PLY file has no end; the line end_header is missing.")
    lines = [line.split() for line in data[: end.start()].decode("latin-1").splitlines() if line.strip()][:LINES]
    form: str | None = None
    elements: list[tuple[str, int, list[tuple[str, str]]]] = []
    for line in lines[1:]:
        if line[0] == "format" and len(line) > 1:
            form = FORMS.get(line[1])
        elif line[0] == "element" and len(line) == 3:
            elements.append((line[1], _count(line[2]), []))
        elif line[0] == "property" and elements and len(line) >= 3:
            elements[-1][2].append((line[-1], "list" if line[1] == "list" else line[1]))
    if form is None:
        raise BadInput("The header of this PLY file names no known format: ascii, or binary with its byte order.")
    skipped = 0
    for name, count, properties in elements:
        sizes = [size for _, size in properties]
        if name == "vertex":
            if any(size not in SIZES for size in sizes):
                raise BadInput("The vertices of this PLY file have lists or unknown types among their properties.")
            return form, data[end.end() :], skipped, count, properties
        if form and any(size not in SIZES for size in sizes):
            raise BadInput("In this PLY file lists come before the vertices; please save it with the vertices first.")
        skipped += count * (sum(np.dtype(SIZES[size]).itemsize for size in sizes) if form else 1)
    raise BadInput("This PLY file has no vertices.")


def _text(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 where it says so at its beginning."""
    wide = weighed(data)[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise BadInput("This is not a text file that can be read here; save the points as UTF-8 text.") from None


def _count(word: str) -> int:
    """A count in a header; at most ten digits, so that no other step has to fear it."""
    if not re.fullmatch(r"[0-9]{1,10}", word):
        raise BadInput("The header of this file does not say how many points there are.")
    return int(word)


def _filled(text: str, remark: str = "") -> Iterator[str]:
    """The lines that hold something, one at a time: a file of ten million short lines must not become ten million words."""
    for line in io.StringIO(text):
        kept = (line.split(remark, 1)[0] if remark else line).strip()
        if kept:
            yield kept


def _columns(lines: Iterator[str], count: int, columns: list[int]) -> np.ndarray:
    """Three columns of the words of the next `count` lines as numbers; of more than 20,000 lines so many at random."""
    if count > CORNERS:
        raise BadInput(f"This file says it has more than {CORNERS:,} points, the limit for a mesh written as text.")
    rows = list(islice(lines, count))
    if len(rows) < count:
        raise BadInput(SHORT)
    try:
        return np.array([[float(row.split()[i]) for i in columns] for row in _thinned(rows)])
    except (ValueError, IndexError):
        raise BadInput("Some points of this file are not made of three numbers.") from None


def _thinned(rows: Any) -> Any:
    """At most 20,000 of the rows, drawn at random but always the same ones, in their order."""
    if len(rows) <= POINTS:
        return rows
    kept = np.sort(np.random.default_rng(0).choice(len(rows), POINTS, replace=False))
    return rows[kept] if isinstance(rows, np.ndarray) else [rows[i] for i in kept]


def checked(found: np.ndarray) -> np.ndarray:
    """Points `(n, d)` that a picture can show: at least 3, finite, at most 20,000; of more, so many are drawn at random.

    Raises:
        BadInput: too few, not finite, or beyond a thousand million.
    """
    if len(found) < FEWEST:
        raise BadInput(f"A point cloud needs at least {FEWEST} points.")
    if not np.isfinite(found).all():
        raise BadInput("Some coordinates are not finite numbers (NaN or infinity); please remove those points.")
    if np.abs(found).max() > LARGEST:
        raise BadInput("Some coordinates are beyond a thousand million (10^9), the limit here.")
    return _thinned(found)
