"""Tables that learners bring: which questions are asked of them, which are not, and that nothing of a file is run."""

import importlib
import inspect
import re

import numpy as np
import pandas as pd
import pytest
from torch import Generator

from components.learn.exercise import Lesson, answer, learn
from components.modalities.table import MODALITY
from components.modalities.table_samples import read, tabled
from components.modalities.table_tasks import distinct, own, plain
from tests.modalities.tables import csv, made, one_thread, set_to  # noqa: F401

RNG = np.random.default_rng


def test_own_table_is_learnt_and_asked() -> None:
    sample = made(200)
    asked = own(sample)
    assert set(asked) == {"sign", "x", "y", "sum"}
    assert asked["sign"].classes == ("minus", "plus")
    lesson = Lesson("table", "sign", own="a test", given=asked["sign"])
    *_, frame = learn(lesson)
    assert frame["accuracy"].item() > 0.85
    p = answer(lesson, frame, asked["sign"].enter(sample, 5))
    assert asked["sign"].classes[int(p.argmax())] == sample["raw"]["frame"]["sign"][5]
    *_, frame = learn(Lesson("table", "sum", own="a test", given=asked["sum"]))
    assert frame["R²"].item() > 0.9


@pytest.mark.parametrize("name", MODALITY.examples)
def test_own_works_on_every_example(name: str) -> None:
    sample = MODALITY.examples[name]()
    asked = own(sample)
    assert 1 <= len(asked) <= 12
    assert next(iter(asked)) == plain(sample["raw"]["answer"]) or not sample["raw"]["answer"]
    for exercise in asked.values():
        sizes = {"train": exercise.sizes[-1], "test": exercise.test}
        parts = {part: exercise.draw(n, Generator().manual_seed(0), part) for part, n in sizes.items()}
        seen = {part: {row.tobytes() for row in x.numpy()} for part, (x, _) in parts.items()}
        assert not seen["train"] & seen["test"]
        x, y = parts["train"]
        assert x.shape[1] == 1
        if exercise.goal == "classification":
            assert set(y.tolist()) == set(range(len(exercise.classes)))
        row = parts["test"][0][0].numpy()
        assert np.array_equal(exercise.enter(exercise.show(row), 0), row)
        assert exercise.enter(sample, 0).shape == x.shape[1:]


def test_equal_rows_are_in_one_part() -> None:
    frame = pd.DataFrame({"a": np.repeat(range(40), 5), "b": np.repeat(RNG(0).random(40), 5), "c": list("xyxyx") * 40})
    exercise = own(read(csv(frame)))["c"]
    train, test = ({row.tobytes() for row in exercise.draw(400, Generator(), part)[0].numpy()} for part in ("train", "test"))
    assert len(train) == 30
    assert len(test) == 10
    assert not train & test


HOPELESS = {
    "nineteen rows": pd.DataFrame({"a": range(19), "b": [x / 7 for x in range(19)]}),
    "one class, one column": pd.DataFrame({"a": [1.5, *[np.nan] * 30], "b": ["k"] * 31}),
    "one column": pd.DataFrame({"a": np.arange(50) / 3}),
    "one row": pd.DataFrame({"a": [1], "b": [2]}),
    "all rows alike": pd.DataFrame({"a": [1] * 50, "b": [2.5] * 50}),
}


@pytest.mark.parametrize("name", HOPELESS)
def test_what_cannot_be_learnt_is_not_asked(name: str) -> None:
    assert own(read(csv(HOPELESS[name]))) == {}


def test_a_target_that_is_missing_or_has_one_class_is_not_asked() -> None:
    n = 80
    frame = pd.DataFrame({"a": np.arange(n) / 3, "one": ["k"] * n, "gone": [np.nan] * n, "rare": ["p"] * (n - 3) + ["q"] * 3})
    frame["half"] = np.where(np.arange(n) < 15, np.arange(n), np.nan)
    assert set(own(read(csv(frame)))) == {"a"}


def test_own_asks_at_most_twelve_questions_and_classes_first() -> None:
    rng = RNG(0)
    frame = pd.DataFrame(rng.random((60, 20)), columns=[f"n{i}" for i in range(20)]).assign(group=list("ab") * 30)
    asked = own(read(csv(frame)))
    assert len(asked) == 12
    assert next(iter(asked)) == "group"


def test_names_from_a_file_carry_no_markup() -> None:
    hostile = "<img src=x onerror=alert(1)> ![](http://example.org/a.png) $x_i$ `code` **b** [a](b) # | \\"
    assert not re.search(r"[<>\[\]()!$`*#|\\_:]", plain(hostile))
    assert plain("bill_length, mm") == "bill length, mm"
    assert plain("***") == "unnamed"
    assert distinct(["a", "a", "a 2", "a"]) == ["a", "a 2", "a 2 2", "a 3"]
    frame = pd.DataFrame({hostile: ["<b>x</b>", "=1+1"] * 30, "number": RNG(0).random(60)})
    for name, exercise in own(read(csv(frame))).items():
        for text in (name, exercise.question, exercise.note, *exercise.classes):
            assert not re.search(r"[<>\[\]!$`*#|\\_]", text)


def test_a_large_table_is_asked_within_bounds() -> None:
    """At most a million numbers of it are used for learning."""
    frame = pd.DataFrame(RNG(0).integers(0, 1000, (6000, 150)), columns=[f"c{i}" for i in range(150)])
    sample = tabled(frame.astype("Int64"), "a test")
    for exercise in own(sample).values():
        assert exercise.draw.keywords["x"].size <= 1_000_000


def test_sentence_about_an_upload_names_no_content() -> None:
    frame = pd.DataFrame({"secret": [f"person {i}" for i in range(30)], "n": range(30)})
    assert read(csv(frame))["about"] == "Your table; not encoded: 1 of 2 columns, which hold free text"


@pytest.mark.parametrize("module", ["components.tasks.columns", "components.tasks.tables", "components.tasks.rows"])
def test_nothing_is_evaluated(module: str) -> None:
    source = inspect.getsource(importlib.import_module(module)) + inspect.getsource(importlib.import_module(read.__module__))
    assert not re.search(r"\beval\(|\bexec\(|pickle|\.query\(", source)
