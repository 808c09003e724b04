"""Typed columns as numbers: what a cell becomes before a model can meet it.

A column's type is that of the data frame. One row of p cells becomes a vector of D numbers,

    number, whole number   itself                              one entry
    date                   years since 1970                    one entry
    true / false           1 or 0                              one entry
    category               one-hot: one entry per category, 1 for its own and 0 for the others;
                           or one entry: its place in the alphabet, or how often it occurs
    text                   nothing: it is not encoded

and what is not known is filled in afterwards. Source: scikit-learn's user guide, 7.3 (preprocessing) and 7.4 (imputation).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

ONE_HOT, ALPHABET, FREQUENCY = "one-hot", "place in the alphabet", "how often it occurs"
ENCODINGS = (ONE_HOT, ALPHABET, FREQUENCY)
MEAN, MEDIAN, ZERO, MARKED, DROP = "mean", "median", "zero", "mean and a mark", "drop the row"
FILLS = (MEAN, MEDIAN, ZERO, MARKED, DROP)
AS_IS, STANDARD, UNIT, RANKS = "as they are", "standardised", "0 to 1", "ranks"
SCALES = (AS_IS, STANDARD, UNIT, RANKS)
NUMBER, WHOLE, CATEGORY, FLAG, DATE, TEXT = "number", "whole number", "category", "true / false", "date", "text"
YEAR = 365.2425 * 86400  # seconds


@dataclass(frozen=True)
class Entry:
    """One number of an encoded row: the column it comes from and, where it stands for one category, which."""

    column: str
    value: str = ""
    how: str = NUMBER  # NUMBER, or an encoding of categories
    switch: bool = False  # either 0 or 1, so that no scale is needed

    @property
    def label(self) -> str:
        """How it is written beside the number."""
        sign = {ONE_HOT: f" = {self.value}", ALPHABET: ", place", FREQUENCY: ", frequency", MARKED: " missing?"}
        return self.column + sign.get(self.how, "")


def kind(column: pd.Series) -> str:
    """The type of a column, in the words of the page."""
    types = pd.api.types
    if isinstance(column.dtype, pd.CategoricalDtype):
        return CATEGORY
    if types.is_bool_dtype(column.dtype):
        return FLAG
    if types.is_datetime64_any_dtype(column.dtype):
        return DATE
    if types.is_integer_dtype(column.dtype):
        return WHOLE
    return NUMBER if types.is_float_dtype(column.dtype) else TEXT


def entries(frame: pd.DataFrame, skip: str = "", encoding: str = ONE_HOT) -> tuple[Entry, ...]:
    """The D entries a row of this table becomes, column by column; `skip` (what is asked for) and text have none."""
    found: list[Entry] = []
    for name in frame.columns:
        of = kind(frame[name])
        if name == skip or of == TEXT:
            continue
        if of != CATEGORY:
            found.append(Entry(name, switch=of == FLAG))
        elif encoding == ONE_HOT:
            found += [Entry(name, value, ONE_HOT, True) for value in frame[name].cat.categories]
        else:
            found.append(Entry(name, how=encoding))
    return tuple(found)


def numbers(frame: pd.DataFrame, wanted: tuple[Entry, ...]) -> np.ndarray:
    """The rows as numbers `(n, D)`, not a number where the cell is missing.

    A category that is not among the wanted ones is none of them: zeros in one-hot.
    """
    out = np.empty((len(frame), len(wanted)))
    known: dict[str, tuple[np.ndarray, ...]] = {}
    for i, entry in enumerate(wanted):
        if entry.column not in known:
            known[entry.column] = _column(frame[entry.column])
        values, missing = known[entry.column]
        if entry.how == ONE_HOT:
            out[:, i] = values == entry.value
        elif entry.how == ALPHABET:
            places = np.array(sorted(frame[entry.column].cat.categories), str)
            out[~missing, i] = np.searchsorted(places, values[~missing].astype(str))
        elif entry.how == FREQUENCY:
            _, code, count = np.unique(values[~missing].astype(str), return_inverse=True, return_counts=True)
            out[~missing, i] = count[code] / max(1, len(code))
        else:
            out[:, i] = values
        out[missing, i] = np.nan
    return out


def _column(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """A column as plain values and where they are missing; dates as years since 1970."""
    missing = column.isna().to_numpy()
    of = kind(column)
    if of in (CATEGORY, TEXT):
        return column.astype(object).to_numpy(), missing
    if of == DATE:
        seconds = (column - pd.Timestamp("1970-01-01")) / pd.Timedelta(seconds=1)
        return seconds.to_numpy() / YEAR, missing
    return column.to_numpy(dtype=float, na_value=np.nan), missing


def filled(x: np.ndarray, missing: str, known: np.ndarray | None = None) -> np.ndarray:
    """What is missing in `x (n, D)` filled in: with the mean or the median of what is known of the same entry, or with zero.

    `known (m, D)` are the rows that are measured; without it, those of x. An entry nobody knows becomes zero.
    """
    known = x if known is None else known
    instead = np.zeros(x.shape[1])
    for i in np.flatnonzero(np.isnan(x).any(0)) if missing != ZERO else ():
        seen = known[~np.isnan(known[:, i]), i]
        if len(seen):
            instead[i] = np.median(seen) if missing == MEDIAN else seen.mean()
    return np.where(np.isnan(x), instead, x)


def scaled(x: np.ndarray, wanted: tuple[Entry, ...], scale: str) -> np.ndarray:
    """Entries on a common scale; those that are 0 or 1 anyway stay.

    standardised  (x - mean) / standard deviation;    0 to 1  (x - min) / (max - min);
    ranks         the share of rows that are smaller, equals counted half: 0 for the smallest, 1 for the largest of many
    """
    out = x.copy()
    for i in [i for i, entry in enumerate(wanted) if not entry.switch] if scale != AS_IS else ():
        column = x[:, i]
        if scale == RANKS:
            place = np.sort(column)
            below, upto = np.searchsorted(place, column), np.searchsorted(place, column, "right")
            out[:, i] = (below + upto - 1) / 2 / max(1, len(column) - 1)
            continue
        low, width = (column.mean(), column.std()) if scale == STANDARD else (column.min(), np.ptp(column))
        out[:, i] = (column - low) / (width or 1.0)
    return out


def encode(frame: pd.DataFrame, skip: str, encoding: str, scale: str, missing: str) -> tuple[np.ndarray, tuple[Entry, ...]]:
    """A typed table as finite numbers `(n, D)` and what each of the D is."""
    wanted = entries(frame, skip, encoding)
    x = numbers(frame, wanted)
    out = scaled(filled(x, missing), wanted, scale)
    if missing != MARKED:
        return out, wanted
    gaps = {entry.column: np.isnan(x[:, i]) for i, entry in enumerate(wanted) if np.isnan(x[:, i]).any()}
    marks = tuple(Entry(name, how=MARKED, switch=True) for name in gaps)
    return np.column_stack([out, *(gap.astype(float) for gap in gaps.values())]), wanted + marks
