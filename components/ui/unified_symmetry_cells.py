"""What the symmetry bench draws of an input and of an output: the `Cell` of each."""

from typing import Any

import numpy as np

from components.figures.bench_cells import LINES, Cell
from components.learn.bench import Sides
from components.learn.bench_entry import Entry, Graph, Thing

BARS, COLUMNS = 8, 16  # numbers of an answer that are drawn, numbers of an element


def input_cell(entry: Entry, x: Thing) -> Cell:
    """An input as a person meets it."""
    if isinstance(x, Graph):
        flags = x.features.shape[1] and set(np.unique(x.features)) <= {0.0, 1.0}
        kinds = np.where(x.features.any(1), x.features.argmax(1), -1) if flags else np.zeros(0, int)
        return Cell("graph", x.places, edges=np.asarray(x.edges), marks=tuple(int(k) for k in kinds))
    if entry.kind in ("words", "items"):
        names = entry.spell(x) if entry.spell else tuple(str(v) for v in x)
        ids = (x if x.ndim == 1 else x[:, 0]).astype(int)
        marks = tuple(-1 if n == "·" else int(i) for n, i in zip(names, ids, strict=True))
        return Cell("words", x, names=names, marks=marks)
    if entry.kind == "picture":
        return Cell("picture", np.clip(x, 0, 1))
    if entry.kind == "row":
        few = x[:LINES, 0]
        return Cell("bars", few, max(1e-9, float(np.abs(x).max())), tuple(f"place {i + 1}" for i in range(len(few))))
    if entry.kind == "series":
        return Cell("series", x, max(1e-9, float(np.abs(x[:, :3]).max())))
    if entry.tile:
        return Cell("tiles", x.reshape(len(x), entry.tile, entry.tile))
    return Cell("points", x, 1e-9)


def output_cells(entry: Entry, found: Sides) -> tuple[list[Cell], Cell]:
    """f(x), f(g x) and g f(x), and the difference of both sides; signed numbers on one scale."""
    shown = [found.after, found.left, found.right]
    apart = (found.left - found.right) * found.known
    reach = max(1e-9, *(float(np.abs(a).max()) for a in shown))
    if entry.out == "points":
        return [Cell("points", a, 1e-9) for a in shown], Cell("rows", apart, reach)
    if entry.out == "elements" and entry.kind == "picture":
        c = int(np.abs(found.after).max((0, 1)).argmax())
        return [Cell("map", a[..., c], reach) for a in shown], Cell("map", apart[..., c], reach)
    if found.after.ndim == 2 or entry.out == "elements":
        return _rows(shown, apart, reach)
    at = _worth_seeing(found.after, found.left, apart)
    names = tuple(entry.names[i] if i < len(entry.names) else f"no. {i + 1}" for i in at)
    cells = []
    for a in shown:
        best = int(a.argmax())
        note = f": <b>{entry.names[best] if best < len(entry.names) else best + 1}</b>" if entry.classes else ""
        cells.append(Cell("bars", a[at], reach, names, note=note))
    return cells, Cell("bars", apart[at], reach, names)


def _rows(shown: list[np.ndarray], apart: np.ndarray, reach: float) -> tuple[list[Cell], Cell]:
    """One row for each element; of long rows those numbers that differ most."""
    shown = [a.reshape(len(a), -1) for a in shown]
    apart = apart.reshape(len(apart), -1)
    at = np.sort(np.argsort(-np.abs(apart).max(0), kind="stable")[:COLUMNS])
    return [Cell("rows", a[:, at], reach) for a in shown], Cell("rows", apart[:, at], reach)


def _worth_seeing(after: np.ndarray, left: np.ndarray, apart: np.ndarray) -> list[int]:
    """Which numbers of an answer are drawn: all of a few; else the largest on both sides, and where the sides differ most."""
    if len(after) <= LINES:
        return list(range(len(after)))
    order: dict[int, Any] = dict.fromkeys(int(i) for a in (after, left) for i in np.argsort(-a)[:3])
    order |= dict.fromkeys(int(i) for i in np.argsort(-np.abs(apart))[: BARS - len(order)])
    return list(order)
