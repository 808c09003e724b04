"""A table as a sample: made from a typed data frame, changed, damaged, and put before a network row by row.

The frame holds the cells as a person meets them, `elements` the same rows as a model does. Every change is made to the
frame or to a setting, and the elements are made again from them.
"""

from typing import Any

import numpy as np
import pandas as pd

from components.modalities import table_readers
from components.tasks import rows, tables
from components.tasks.columns import AS_IS, DROP, MEAN, NUMBER, ONE_HOT, TEXT, WHOLE, encode, kind
from components.values import BadInput, Sample

NUMERIC = (NUMBER, WHOLE)


def tabled(
    frame: pd.DataFrame, about: str, answer: str = "", encoding: str = ONE_HOT, scale: str = AS_IS, missing: str = MEAN
) -> Sample:
    """A sample from a typed table; its elements are the rows as numbers, `(n, D)`. The column `answer` is no part of them.

    Where rows with missing cells are dropped and none would be left, the fullest one stays.
    """
    if missing == DROP:
        gaps = frame[[c for c in frame.columns if c != answer and kind(frame[c]) != TEXT]].isna().sum(axis=1)
        frame = frame[gaps <= min(gaps)] if min(gaps) == 0 else frame.loc[[gaps.idxmin()]]
    frame = frame.reset_index(drop=True)
    x, wanted = encode(frame, answer, encoding, scale, missing)
    raw: dict[str, Any] = {
        "frame": frame,
        "kinds": tuple(kind(frame[name]) for name in frame.columns),
        "entries": tuple(entry.label for entry in wanted),
        "columns": tuple(entry.column for entry in wanted),  # of each entry
        "answer": answer,
        "encoding": encoding,
        "scale": scale,
        "missing": missing,
    }
    n = len(frame)
    return {"raw": raw, "elements": x, "grid": (), "kind": "table", "rate": float(n), "unit": "rows/table", "about": about}


def _with(sample: Sample, **changed: Any) -> Sample:
    """The sample made again with another frame or another setting."""
    raw = sample["raw"] | changed
    return tabled(raw["frame"], sample["about"], raw["answer"], raw["encoding"], raw["scale"], raw["missing"])


def example(name: str) -> Sample:
    """One of the shipped tables."""
    frame, about = tables.table(name)
    return tabled(frame, about, tables.ANSWERS[name])


def read(data: bytes) -> Sample:
    """A text table as a sample; raises BadInput, see `table_readers.frame`."""
    frame = table_readers.frame(data)
    words = sum(kind(frame[name]) == TEXT for name in frame.columns)
    left = f"; not encoded: {words} of {len(frame.columns)} columns, which hold free text" if words else ""
    return tabled(frame, f"Your table{left}")


def encoded(sample: Sample) -> np.ndarray:
    """The input observations as a model meets them, `(n, D)`: x_i is row i."""
    return sample["elements"]


def setting(sample: Sample, value: str, name: str) -> Sample:
    """The same cells with another encoding, scale, or treatment of missing cells; all of it is made again."""
    return _with(sample, **{name: value})


def met(sample: Sample) -> list[str]:
    """The columns a model meets: neither the answer nor free text."""
    raw = sample["raw"]
    return [c for c, of in zip(raw["frame"].columns, raw["kinds"], strict=True) if of != TEXT and c != raw["answer"]]


def lose(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Each cell goes missing with probability `strength`, whatever it holds (missing completely at random)."""
    frame = sample["raw"]["frame"].copy()
    for name in met(sample):
        frame[name] = frame[name].mask(rng.random(len(frame)) < strength)
    return _with(sample, frame=frame)


def forget(sample: Sample, percent: int) -> Sample:
    """Lose so many per cent of the cells, always the same ones."""
    return lose(sample, percent / 100, np.random.default_rng(percent))


def noise(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Gaussian noise on every number, of standard deviation 2 strength times that of its column; whole ones stay whole."""
    frame = sample["raw"]["frame"].copy()
    for name in (c for c in met(sample) if kind(frame[c]) in NUMERIC):
        column = frame[name].astype(float)
        spread = column.std()
        moved = column + 2 * strength * (0 if np.isnan(spread) else spread) * rng.standard_normal(len(column))
        frame[name] = moved.round().astype("Int64") if kind(frame[name]) == WHOLE else moved
    return _with(sample, frame=frame)


def swap(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Each cell, with probability `strength`, takes what another row has in this column: wrong, but plausible."""
    frame = sample["raw"]["frame"].copy()
    for name in met(sample):
        other = frame[name].take(rng.integers(len(frame), size=len(frame))).set_axis(frame.index)
        frame[name] = frame[name].mask(rng.random(len(frame)) < strength, other)
    return _with(sample, frame=frame)


def shuffle(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """A part `strength` of the columns is shuffled, each as a whole: its values stay, their link to the row is lost."""
    frame = sample["raw"]["frame"].copy()
    names = met(sample)
    for name in rng.permutation(names)[: round(strength * len(names))]:
        frame[name] = frame[name].take(rng.permutation(len(frame))).set_axis(frame.index)
    return _with(sample, frame=frame)


def enter(sample: Sample, mark: int, how: rows.Recipe, needs: str) -> np.ndarray:
    """The marked row as a network meets it, `(1, D)`: the network brings its own encoding and scale, measured on its
    training rows, and fills gaps as the sample says.

    Raises:
        BadInput: the table lacks a column, or has it in another type.
    """
    frame = sample["raw"]["frame"]
    for name in {entry.column for entry in how.wanted}:
        there, here = kind(how.like[name]), kind(frame[name]) if name in frame else ""
        if there != here and not (there in NUMERIC and here in NUMERIC):
            raise BadInput(f"This network knows {needs}.")
    missing = sample["raw"]["missing"]
    return rows.meet(how, frame.iloc[[mark]], missing)[0]


def show(x: np.ndarray, how: rows.Recipe, known: np.ndarray, frame: pd.DataFrame, answer: str) -> Sample:
    """The row that is met as `x (1, D)`: the very row of the table where there is one, else what the numbers tell."""
    same = np.flatnonzero((known == x).all((1, 2)))
    return tabled(frame.iloc[same[:1]] if len(same) else rows.unmeet(how, x), "one row of the table", answer)


def enter_all(sample: Sample, how: rows.Recipe) -> np.ndarray:
    """Every row of a table, or of a part of it, as a network of that table meets it, `(n, 1, D)`."""
    return rows.meet(how, sample["raw"]["frame"], sample["raw"]["missing"])


def specimens(
    count: int, seed: int, frame: pd.DataFrame, answer: str, y: np.ndarray, trained: np.ndarray
) -> list[tuple[Sample, np.ndarray]]:
    """`count` test rows of a table as one table, and what is asked of them; each at most once."""
    own = np.random.default_rng(seed).permutation(np.flatnonzero(~trained.astype(bool)))[:count]
    return [(tabled(frame.iloc[own], "test rows of a table", answer), y[own])]
