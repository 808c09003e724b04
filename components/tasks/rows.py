"""What does a row of a table say? Rows as the networks meet them, x (n, 1, D), and the split into training and test part.

Everything that is measured to bring rows onto one scale (means, spreads, what fills a gap) is measured on training rows
only; a test row is treated as a new one would be. Entry j of a row, with v its number and m, s mean and standard deviation:

    x_j = (v_j - m_j) / s_j,   x_j = v_j where it is 0 or 1 anyway,   and one more entry per column with gaps: is it missing?
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from components.tasks.columns import (
    AS_IS,
    CATEGORY,
    DATE,
    FLAG,
    MEAN,
    ONE_HOT,
    STANDARD,
    WHOLE,
    YEAR,
    Entry,
    entries,
    filled,
    kind,
    numbers,
)
from components.tasks.tables import ANSWERS, table

if TYPE_CHECKING:
    from torch import Generator, Tensor

SHARE = 2 / 3  # of the rows of a shipped table that are trained on; a learner's own: 3/4
TOGETHER = {"penguins": ["species", "bird"], "gapminder": ["country"]}
"""Columns whose rows belong to one bird or one country, and therefore to one part."""


@dataclass(frozen=True, eq=False)
class Recipe:
    """How a row of one table becomes the x of a network, as measured on its training rows."""

    like: pd.DataFrame  # the table's columns and types, no rows
    wanted: tuple[Entry, ...]
    known: np.ndarray  # (m, D) the training rows as numbers, not a number where missing
    centre: np.ndarray  # (D,)
    spread: np.ndarray  # (D,)
    gaps: tuple[str, ...]  # columns with missing cells among the training rows


def recipe(frame: pd.DataFrame, answer: str, part: np.ndarray, scale: str = STANDARD) -> Recipe:
    """Measure how rows of `frame` are to be encoded, on those that `part (n,)` says are for training."""
    wanted = entries(frame, answer, ONE_HOT)
    known = numbers(frame[part], wanted)
    full = filled(known, MEAN)
    moved = np.array([not entry.switch and scale != AS_IS for entry in wanted], bool)
    spread = full.std(0)
    gaps = {e.column: None for i, e in enumerate(wanted) if np.isnan(known[:, i]).any()}
    return Recipe(
        frame.iloc[:0],
        wanted,
        known,
        np.where(moved, full.mean(0), 0.0),
        np.where(moved & (spread > 0), spread, 1.0),
        tuple(gaps),
    )


def meet(how: Recipe, frame: pd.DataFrame, missing: str = MEAN) -> np.ndarray:
    """Rows as a network meets them, `(n, 1, D + gaps)`; a gap is filled as `missing` says, from the training rows."""
    x = numbers(frame, how.wanted)
    full = (filled(x, missing, how.known) - how.centre) / how.spread
    marks = [frame[name].isna().to_numpy(float) for name in how.gaps]
    return np.column_stack([full, *marks])[:, None].astype(np.float32)


def unmeet(how: Recipe, x: np.ndarray) -> pd.DataFrame:
    """The one row that is met as `x (1, D + gaps)`: its cells, as far as they can be told from the numbers."""
    d = len(how.wanted)
    values = x[0, :d].astype(float) * how.spread + how.centre
    lost = {name for name, mark in zip(how.gaps, x[0, d:], strict=True) if mark}
    row = {}
    for name in how.like.columns:
        at = [i for i, entry in enumerate(how.wanted) if entry.column == name]
        cell = None if not at or name in lost else _cell(how, name, at, values)
        whole = cell is None or not isinstance(cell, float) or kind(how.like[name]) != WHOLE
        row[name] = pd.Series([cell], dtype=how.like[name].dtype if whole else float)
    return pd.DataFrame(row)


def _cell(how: Recipe, name: str, at: list[int], values: np.ndarray) -> object:
    """The cell of column `name` that became the entries `at`; a whole number that was disturbed is a real one now."""
    of, number = kind(how.like[name]), float(values[at[0]])
    if of == CATEGORY:
        best = max(at, key=lambda i: values[i])
        return how.wanted[best].value if values[best] > 0 else None
    if of == DATE:
        return pd.Timestamp(round(number * YEAR * 1e6), unit="us")
    if of == FLAG:
        return number > 0.5
    near = of == WHOLE and abs(number - round(number)) <= 1e-6 * max(1.0, abs(number))
    return round(number) if near else number


def alike(x: np.ndarray) -> np.ndarray:
    """A number for every row of `(n, D)`, the same for rows with the same numbers."""
    plain = np.ascontiguousarray(np.where(np.isnan(x), np.float32(1e30), x + 0.0).astype(np.float32))
    return np.unique(plain.view(f"V{4 * x.shape[1]}").ravel(), return_inverse=True)[1]


def divide(group: np.ndarray, share: float, seed: int = 0) -> np.ndarray:
    """Which rows are trained on, `(n,)` true or false: a group `(n,)` is never divided, and about `share` of the groups are
    for training."""
    order = np.random.default_rng(seed).permutation(int(group.max()) + 1)
    return order[group] < share * len(order)


@cache
def prepared(name: str, apart: bool = True, scale: str = STANDARD) -> tuple[Recipe, np.ndarray, np.ndarray, np.ndarray]:
    """A shipped table ready to be learnt: recipe, `x (n, 1, D)`, `y (n,)`, and which rows are trained on `(n,)`.

    Args:
        name: of the table.
        apart: keep the rows of one bird or country in one part. False splits row by row, which flatters.
        scale: STANDARD, or AS_IS to leave every number in its unit.
    """
    frame, _ = table(name)
    answer = ANSWERS[name]
    if apart and name in TOGETHER:
        group = frame.groupby(TOGETHER[name], sort=False, observed=True).ngroup().to_numpy()
    else:
        group = alike(numbers(frame, entries(frame, answer)))
    part = divide(group, SHARE)
    how = recipe(frame, answer, part, scale)
    asked = frame[answer]
    y = asked.cat.codes.to_numpy(np.int64) if kind(asked) == CATEGORY else asked.to_numpy(np.float32)
    return how, meet(how, frame), y, part


def draw_rows(
    n: int, generator: "Generator", part: str, x: np.ndarray, y: np.ndarray, trained: np.ndarray
) -> "tuple[Tensor, Tensor]":
    """n rows of one part, each at most once where there are enough: `x (n, 1, D)` and `y (n,)`."""
    import torch

    own = np.flatnonzero(trained.astype(bool) == (part == "train"))
    if n <= len(own):
        chosen = own[torch.randperm(len(own), generator=generator)[:n].numpy()]
    else:
        chosen = own[torch.randint(len(own), (n,), generator=generator).numpy()]
    return torch.from_numpy(x[chosen]), torch.from_numpy(y[chosen])


def draw(
    n: int, generator: "Generator", part: str, name: str, apart: bool = True, scale: str = STANDARD
) -> "tuple[Tensor, Tensor]":
    """n rows of a shipped table, and what was asked of them; see `prepared`."""
    return draw_rows(n, generator, part, *prepared(name, apart, scale)[1:])
