"""What can be asked of a row: the shipped tables' questions, and those a learner's own table brings with it."""

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from components.modalities.base import Exercise
from components.modalities.table_samples import NUMERIC, enter, enter_all, met, show, specimens
from components.tasks import rows, tables
from components.tasks.columns import CATEGORY, FLAG, STANDARD, WHOLE, entries, kind, numbers
from components.values import Sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Generator, nn

SHARE, FEWEST, QUESTIONS, MOST = 3 / 4, 20, 12, 1_000_000  # own tables: rows trained on; rows needed; questions; numbers used
RARE = 4  # a class with fewer rows is left out
SIGNS = re.compile(r"[^\w\s%°²³.,/+-]|_")  # what Markdown, HTML or LaTeX could take for more than text


def _network(generators: "Sequence[Generator]", name: str, classes: int, scale: str = STANDARD) -> "nn.Module":
    """The network for a shipped table; where the answer is a number, it answers in its unit."""
    from components.models.row_network import RowNetwork
    from components.tasks.rows import prepared

    _, x, y, trained = prepared(name, True, scale)
    known = y[trained] if classes == 1 else np.array([-1.0, 1.0])  # mean 0, standard deviation 1
    return RowNetwork(generators, x.shape[2], classes, float(known.mean()), float(known.std()))


def _enter(sample: Sample, mark: int, name: str, scale: str = STANDARD) -> np.ndarray:
    return enter(sample, mark, rows.prepared(name, True, scale)[0], f"the columns of one table: choose the example “{name}”")


def _show(x: np.ndarray, name: str, scale: str = STANDARD) -> Sample:
    how, known, _, _ = rows.prepared(name, True, scale)
    return show(x, how, known, tables.table(name)[0], tables.ANSWERS[name])


def _enter_all(sample: Sample, name: str, scale: str = STANDARD) -> np.ndarray:
    return enter_all(sample, rows.prepared(name, True, scale)[0])


def _specimens(count: int, seed: int, name: str) -> list[tuple[Sample, np.ndarray]]:
    return specimens(count, seed, tables.table(name)[0], tables.ANSWERS[name], *rows.prepared(name)[2:])


def shipped(
    name: str, question: str, classes: tuple[str, ...], sizes: tuple[int, ...], test: int, note: str, **more: Any
) -> Exercise:
    """A question about a row of a shipped table; `scale` in `more` is how the network meets its numbers."""
    scale = {"scale": more.pop("scale")} if "scale" in more else {}
    network = partial(_network, name=name, classes=len(classes), **scale)
    data = (tables.FILE,) if name in tables.SHIPPED else ()
    return Exercise(
        question, classes, partial(rows.draw, name=name, **scale), "none", partial(_enter, name=name, **scale),
        partial(_show, name=name, **scale), note, order="fixed", network=network, sizes=sizes, test=test, suits=(name,),
        data=data, specimens=partial(_specimens, name=name), enter_all=partial(_enter_all, name=name, **scale),
        **{"steps": 300} | more,
    )  # fmt: skip


TASKS = {
    "species": shipped(
        "penguins", "Which species is this penguin?", ("Adelie", "Chinstrap", "Gentoo"), (30, 100, 238), 106,
        "238 rows to train on, 106 others to test on, split by bird: 60 birds were measured in two years, "
        "and no bird is in both parts.",
    ),
    "cultivar": shipped(
        "wine", "Which cultivar is this wine from?", ("one", "two", "three"), (30, 60, 119), 59,
        "119 wines to train on, 59 others to test on, split at random. Every number is standardised.",
    ),
    "cultivar unscaled": shipped(
        "wine", "Which cultivar, with every number in its unit?", ("one", "two", "three"), (30, 60, 119), 59,
        "The same wines and the same split as “cultivar”, but no number is standardised: proline counts in hundreds, hue in "
        "tenths. Over nine runs the same network gets 90 % of the test right on average, instead of 98 %.", scale="as they are",
    ),
    "diagnosis": shipped(
        "cancer", "Is this tumour malignant?", ("malignant", "benign"), (50, 100, 380), 189,
        "380 tumours to train on, 189 others to test on, split at random; each comes from another person.",
    ),
    "progression": shipped(
        "diabetes", "How far is the disease after a year?", ("progression",), (50, 100, 295), 147,
        "295 people to train on, 147 others to test on, split at random. The score has no unit of its own: 25 to 346 points.",
        goal="regression", unit="points", steps=150,
    ),
    "life expectancy": shipped(
        "gapminder", "How long do people live, in this country and year?", ("life expectancy",), (100, 300, 1140), 564,
        "Split by country: 95 to train on, 47 others to test on, 12 years each. With years split at random every country would "
        "be known from other years: over nine runs R² would be 0.82 instead of 0.78, and the error 5.4 years instead of 5.9.",
        goal="regression", unit="years", steps=500,
    ),
}  # fmt: skip


def plain(text: object) -> str:
    """A name from a learner's file with nothing in it but letters, digits and a few signs, at most 40 of them."""
    return " ".join(SIGNS.sub(" ", str(text)).split())[:40] or "unnamed"


def distinct(names: list[str]) -> list[str]:
    """The names, a repeated one with a number behind it."""
    found: list[str] = []
    for name in names:
        copies = 1
        while (name if copies == 1 else f"{name} {copies}") in found:
            copies += 1
        found.append(name if copies == 1 else f"{name} {copies}")
    return found


def own(sample: Sample) -> dict[str, Exercise]:
    """A question for every column that the others may tell, at most 12: which class, or which number.

    No question where a column has fewer than 20 known cells, or only one value, or where rows are so alike that they cannot
    be divided into two parts. A table with none gives an empty dictionary. Of a very large table a random part is used.
    """
    frame, answer = sample["raw"]["frame"], sample["raw"]["answer"]
    most = max(FEWEST, MOST // max(1, sample["elements"].shape[1]))
    frame = frame if len(frame) <= most else frame.sample(most, random_state=0).sort_index()
    columns = [*([answer] if answer else []), *met(sample)]
    names = distinct([plain(column) for column in columns])
    order = sorted(zip(columns, names, strict=True), key=lambda c: c[0] != answer and kind(frame[c[0]]) in NUMERIC)
    found: dict[str, Exercise] = {}
    for column, name in order:
        exercise = asked(frame, column, name) if len(found) < QUESTIONS else None
        if exercise is not None:
            found[name] = exercise
    return found


def _answers(cells: pd.Series) -> tuple[np.ndarray, tuple[str, ...]] | None:
    """The known answers `(n,)` as class numbers, -1 for a rare one, with the names of the classes; or as real numbers."""
    few = kind(cells) == WHOLE and cells.nunique() <= min(10, len(cells) // 10)
    if few or kind(cells) in (CATEGORY, FLAG):
        counts = cells.value_counts()
        kept = sorted(counts.index[counts >= RARE])
        place = {value: i for i, value in enumerate(kept)}
        y = cells.astype(object).map(lambda cell: place.get(cell, -1)).to_numpy(np.int64)
        return (y, tuple(distinct([plain(value) for value in kept]))) if len(kept) > 1 else None
    y = cells.to_numpy(np.float32) if kind(cells) in NUMERIC else np.zeros(1, np.float32)
    return (y, ()) if y.std() > 0 else None


def asked(frame: pd.DataFrame, column: str, name: str) -> Exercise | None:
    """The task to tell `column` from the others, or None where it cannot be learnt."""
    from components.models.row_network import RowNetwork

    frame = frame[frame[column].notna()]
    answers = _answers(frame[column]) if len(frame) >= FEWEST else None
    wanted = entries(frame, column)
    if answers is None or not wanted:
        return None
    y, classes = answers
    frame, y = frame[y >= 0] if classes else frame, y[y >= 0] if classes else y
    trained = _parts(rows.alike(numbers(frame, wanted)), y, len(classes)) if len(frame) >= FEWEST else None
    if trained is None:
        return None
    how = rows.recipe(frame, column, trained)
    x = rows.meet(how, frame)
    known = y[trained] if not classes else np.array([-1.0, 1.0])
    many, test = int(trained.sum()), int((~trained).sum())
    network: Callable[..., nn.Module] = partial(
        RowNetwork, d=x.shape[2], classes=max(1, len(classes)), centre=float(known.mean()), spread=float(known.std())
    )
    return Exercise(
        f"{'Which' if classes else 'How much is'} “{name}”, told from the rest of the row?",
        classes or (name,),
        partial(rows.draw_rows, x=x, y=y, trained=trained),
        "none",
        partial(enter, how=how, needs="the columns of the table it was made from"),
        partial(show, how=how, known=x, frame=frame, answer=column),
        f"{many:,} rows to train on, {test:,} others to test on, split at random; equal rows are in the same part. Rows that "
        f"belong together in another way (one person, one day) may be in both: then the score flatters.",
        order="fixed",
        goal="classification" if classes else "regression",
        network=network,
        sizes=tuple(sorted({size for size in (50, 200, 800) if size < many} | {many})),
        test=min(500, test),
        steps=300 if classes else 150,
        specimens=partial(specimens, frame=frame, answer=column, y=y, trained=trained),
        enter_all=partial(enter_all, how=how),
    )


def _parts(group: np.ndarray, y: np.ndarray, classes: int) -> np.ndarray | None:
    """Which rows are trained on: the first division that has every class in training and several answers in both parts."""
    for seed in range(20):
        trained = rows.divide(group, SHARE, seed)
        enough = trained.sum() >= FEWEST // 2 and (~trained).sum() >= FEWEST // 8
        if enough and len(np.unique(y[~trained])) > 1 and len(np.unique(y[trained])) >= max(2, classes):
            return trained
    return None
