"""A row of a table taken apart into its cells. A hidden cell holds what is typical of its column."""

from collections.abc import Collection
from functools import partial

import numpy as np
import pandas as pd

from components.modalities.base import Parts
from components.modalities.table_samples import met, tabled
from components.tasks.columns import DATE, DROP, MEAN, NUMBER, WHOLE, kind
from components.values import Sample


def typical(column: pd.Series) -> object:
    """The median of numbers and dates, else the most frequent value; missing where nothing is known."""
    known, of = column.dropna(), kind(column)
    if not len(known):
        return None
    if of in (NUMBER, WHOLE, DATE):
        middle = known.median()
        return round(middle) if of == WHOLE else middle
    return known.mode().iloc[0]


def parts(sample: Sample, mark: int) -> Parts:
    """The cells of the marked row by their column, but neither the answer nor free text."""
    raw = sample["raw"]
    names = met(sample)
    of = np.array(raw["columns"], object)
    named = {name: np.flatnonzero(of == name) for name in names}
    instead = {name: typical(raw["frame"][name]) for name in names}
    return Parts(named, partial(_hide, sample, mark, instead))


def _hide(sample: Sample, mark: int, instead: dict[str, object], names: Collection[str]) -> tuple[Sample, int]:
    """The marked row alone, as a table."""
    raw = sample["raw"]
    row = raw["frame"].iloc[[mark]].reset_index(drop=True)
    for name in names:
        row[name] = pd.Series([instead[name]], dtype=row[name].dtype)
    missing = MEAN if raw["missing"] == DROP else raw["missing"]
    return tabled(row, sample["about"], raw["answer"], raw["encoding"], raw["scale"], missing), 0
