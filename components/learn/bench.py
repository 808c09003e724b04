"""The symmetry bench: how far any model is from f(g x) = f(x) and from f(g x) = g f(x), computed and not declared.

    invariance error      max |f(g x) - f(x)| / max |f(x)|
    equivariance error    max |f(g x) - g f(x)| / max |f(x)|        where the output has a row (a cell) for each element

the largest over several transformations g and several real inputs x; max |f(x)| is over all inputs. 32-bit numbers round at
10^-7, so what is equal is equal to about 10^-6.
Source: lecture "How to Model", slides "Data invariances" and "Data equivariances".
"""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from components.learn.bench_actions import COLUMNS, move, why_not
from components.learn.bench_entry import Entry, Thing, made
from components.learn.bench_models import ENTRIES
from components.learn.device import settle
from components.values import Frame

RECORDED = Path(__file__).parents[2] / "pretrained" / "sweeps" / "bench.npz"
EXACT, NEARLY = 1e-5, 1e-2
"""Below the first an error is the rounding of 32-bit numbers; below the second it is small, but not rounding."""
NUMBERS = ("error", "invariance", "equivariance", "stays", "between")


class Kept(NamedTuple):
    """How well a model keeps its equation under an action; not a number where it is not defined."""

    error: float = np.nan  # of the equation the output asks for
    invariance: float = np.nan
    equivariance: float = np.nan
    stays: float = np.nan  # share of answers that stay, of models with classes
    between: float = np.nan  # how far two inputs' outputs lie apart, in the same unit: what counts as a large error
    cases: int = 0  # transformations times inputs
    why: str = ""  # where there is nothing to measure: the reason


class Sides(NamedTuple):
    """One x and one g, and everything that follows."""

    x: Thing
    moved: Thing
    after: np.ndarray  # f(x)
    left: np.ndarray  # f(g x)
    right: np.ndarray  # g f(x); f(x) for an answer
    known: np.ndarray  # where the two sides are compared
    error: float  # the largest difference there, in units of `size_of`
    invariance: float  # the same with f(x) itself; not a number where the shapes differ


@lru_cache(maxsize=24)
def answers(entry: Entry) -> tuple[np.ndarray, ...]:
    """f(x) of every input."""
    settle()
    return tuple(made(entry)(x) for x in entry.inputs())


def size_of(entry: Entry) -> float:
    """The largest number in any of them: the unit of all errors."""
    return max(1e-12, *(float(np.abs(a).max()) for a in answers(entry)))


def sides(entry: Entry, action: str, amount: int, number: int = 0) -> Sides:
    """Both sides of the equation for one of the inputs, by number."""
    x, after, size = entry.inputs()[number], answers(entry)[number], size_of(entry)
    g = move(entry, action, amount, x)
    moved = g.act(x)
    left, right = made(entry)(moved), g.echo(after)
    known = g.known(right)
    error = float(np.abs((left - right) * known).max()) / size
    same = float(np.abs(left - after).max()) / size if left.shape == after.shape else np.nan
    return Sides(x, moved, after, left, right, known, error, same)


def measure(entry: Entry, action: str, amounts: Sequence[int] | None = None) -> Kept:
    """The largest errors over all inputs of an entry and these amounts (those of the table where not said).

    Raises:
        KeyError: there is no such action.
    """
    amounts = amounts or {name: own for _, name, own in COLUMNS}[action]
    why = [why_not(entry, action, a) for a in amounts]
    if any(why):
        return Kept(why=next(w for w in why if w))
    found = [sides(entry, action, a, i) for i in range(len(answers(entry))) for a in amounts]
    stays = np.nan
    if entry.classes:
        stays = float(np.mean([s.left.argmax() == s.after.argmax() for s in found]))
    largest = max(s.error for s in found)
    inner = [s.invariance for s in found if np.isfinite(s.invariance)]
    own = largest if entry.out != "answer" else np.nan
    return Kept(largest, max(inner, default=np.nan), own, stays, _between(entry), len(found))


def _between(entry: Entry) -> float:
    """The largest difference of two inputs' outputs, in the same unit."""
    after = answers(entry)
    apart = [float(np.abs(a - b).max()) for i, a in enumerate(after) for b in after[:i] if a.shape == b.shape]
    return max(apart, default=np.nan) / size_of(entry)


def verdict(error: float) -> str:
    """ "exact", "nearly" or "not"; "none" where there is no number."""
    if not np.isfinite(error):
        return "none"
    return "exact" if error < EXACT else "nearly" if error < NEARLY else "not"


def members(family: str) -> list[Entry]:
    """The models of one family, in order; of all where the name is "all"."""
    return [e for e in ENTRIES.values() if family in (e.family, "all")]


def meaningful(family: str) -> list[int]:
    """The columns of the table that make sense for some model of the family."""
    own = members(family)
    return [i for i, (_, action, amounts) in enumerate(COLUMNS) if not all(why_not(e, action, amounts[0]) for e in own)]


def table(family: str, only: Sequence[str] = ()) -> Iterator[Frame]:
    """Measure every model of a family under every action; a frame after each cell.

    Yields:
        `step`, `steps`, and for each of `NUMBERS` the table so far `(models, columns)`: not a number where there is none yet, or
        nothing to measure; `done (models, columns)` of bool.
    """
    own = [e for e in members(family) if not only or e.key in only]
    shape = (len(own), len(COLUMNS))
    found = {name: np.full(shape, np.nan, np.float32) for name in NUMBERS}
    done, step = np.zeros(shape, bool), 0
    steps = sum(not why_not(e, action, amounts[0]) for e in own for _, action, amounts in COLUMNS)
    for i, entry in enumerate(own):
        for j, (_, action, amounts) in enumerate(COLUMNS):
            kept = measure(entry, action, amounts)
            for name in NUMBERS:
                found[name][i, j] = getattr(kept, name)
            done[i, j] = True
            if kept.why:
                continue
            step += 1
            yield {n: a.copy() for n, a in found.items()} | {
                "done": done.copy(), "step": np.array(step), "steps": np.array(steps)
            }  # fmt: skip


@lru_cache(maxsize=1)
def _file() -> Frame:
    with np.load(RECORDED, allow_pickle=False) as data:
        return dict(data)


def about() -> dict[str, str]:
    """Date, machine and versions of what was recorded."""
    return json.loads(str(_file()["about"]))


def recorded(family: str) -> Frame:
    """The recorded table of a family, as the last frame of `table`; models or columns that were not there yet are empty."""
    keys, columns = _file()["keys"].tolist(), _file()["columns"].tolist()
    at = [(keys.index(e.key) if e.key in keys else -1) for e in members(family)]
    across = [(columns.index(title) if title in columns else -1) for title, *_ in COLUMNS]
    found = {}
    for name in NUMBERS:
        whole = np.pad(_file()[name].astype(np.float32), ((0, 1), (0, 1)), constant_values=np.nan)  # -1 is the empty row
        found[name] = whole[np.ix_(at, across)]
    return found
