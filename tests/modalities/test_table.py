"""The Table modality: what its controls, its damage, its tasks and a learner's own tables do."""

import copy
import re

import numpy as np
import pandas as pd
import pytest
from torch import Generator

from components.learn.exercise import Lesson, answer, learn
from components.modalities.table import MODALITY
from components.modalities.table_samples import encoded, forget, lose, met, noise, shuffle, swap
from components.values import BadInput
from tests.modalities.tables import csv, made, one_thread, set_to  # noqa: F401

RNG = np.random.default_rng


@pytest.mark.parametrize("name", MODALITY.examples)
def test_the_sample_holds_together(name: str) -> None:
    sample = MODALITY.examples[name]()
    n, d = sample["elements"].shape
    raw = sample["raw"]
    assert len(raw["frame"]) == n == sample["rate"]
    assert len(raw["entries"]) == len(raw["columns"]) == d
    assert set(raw["columns"]) == set(met(sample))
    assert raw["answer"] not in raw["columns"]
    assert encoded(sample).shape == (n, d)
    assert MODALITY.describe(sample) == {"n": n, "p": len(set(raw["columns"])), "D": d}


@pytest.mark.parametrize("name", MODALITY.examples)
def test_controls_and_damage_are_pure(name: str) -> None:
    sample = MODALITY.examples[name]()
    kept, before = sample["raw"]["frame"].copy(), copy.deepcopy(sample["elements"])
    changes = [lambda s, c=c, v=v: c.apply(s, v) for c in MODALITY.controls.values() for v in c.values]
    changes += [lambda s, f=f: f(s, 0.7, RNG(1)) for f in MODALITY.corrupt.values()]
    for change in changes:
        once, twice = change(sample), change(sample)
        assert once["raw"]["frame"].equals(twice["raw"]["frame"])
        assert np.array_equal(once["elements"], twice["elements"])
        assert np.isfinite(once["elements"]).all()
        assert not np.shares_memory(once["elements"], sample["elements"])
    pd.testing.assert_frame_equal(sample["raw"]["frame"], kept)
    assert np.array_equal(sample["elements"], before)


@pytest.mark.parametrize("damage", MODALITY.corrupt)
def test_damage_of_no_strength_changes_nothing_and_never_the_answer(damage: str) -> None:
    sample = MODALITY.examples["penguins"]()
    same = MODALITY.corrupt[damage](sample, 0.0, RNG(0))
    assert np.allclose(same["elements"], sample["elements"])
    full = MODALITY.corrupt[damage](sample, 1.0, RNG(0))
    assert full["raw"]["frame"]["species"].equals(sample["raw"]["frame"]["species"])
    assert full["elements"].shape == sample["elements"].shape
    assert not np.allclose(full["elements"], sample["elements"])


def test_damage_has_the_strength_it_says() -> None:
    sample = MODALITY.examples["cancer"]()
    frame = sample["raw"]["frame"][met(sample)]
    assert lose(sample, 0.3, RNG(0))["raw"]["frame"].isna().to_numpy()[:, 1:].mean() == pytest.approx(0.3, abs=0.01)
    moved = noise(sample, 0.25, RNG(0))["raw"]["frame"][met(sample)] - frame
    assert (moved.std() / frame.std()).to_numpy() == pytest.approx(0.5, abs=0.05)
    assert (swap(sample, 0.4, RNG(0))["raw"]["frame"][met(sample)] != frame).to_numpy().mean() == pytest.approx(0.4, abs=0.03)
    shuffled = shuffle(sample, 0.5, RNG(0))["raw"]["frame"][met(sample)]
    assert sum((shuffled[c] != frame[c]).any() for c in frame.columns) == 15
    for name in frame.columns:  # a shuffled column keeps its values
        assert sorted(shuffled[name]) == sorted(frame[name])


def test_swapped_cells_are_plausible_and_whole_numbers_stay_whole() -> None:
    sample = MODALITY.examples["penguins"]()
    for changed in (swap(sample, 0.8, RNG(0)), noise(sample, 0.8, RNG(0)), forget(sample, 50)):
        assert changed["raw"]["kinds"] == sample["raw"]["kinds"]
    for name in met(sample):
        known = set(sample["raw"]["frame"][name].dropna())
        assert set(swap(sample, 0.8, RNG(0))["raw"]["frame"][name].dropna()) <= known


def test_dropping_rows_with_gaps_throws_most_of_a_table_away() -> None:
    """What the preset says: with 30 % of the cells forgotten hardly a row is complete."""
    sample = MODALITY.examples["penguins"]()
    assert len(set_to(sample, missing="drop the row")["elements"]) == sample["raw"]["frame"][met(sample)].dropna().shape[0]
    left = set_to(sample, forget=30, missing="drop the row")
    assert 1 <= len(left["elements"]) < 0.1 * len(sample["elements"])
    nothing = set_to(MODALITY.examples["cancer"](), forget=50, missing="drop the row")
    assert nothing["elements"].shape == (1, 30)


def test_a_mark_is_one_more_entry_for_every_column_with_gaps() -> None:
    sample = MODALITY.examples["penguins"]()
    marked = set_to(sample, missing="mean and a mark")
    gaps = sample["raw"]["frame"][met(sample)].isna()
    assert marked["elements"].shape[1] == sample["elements"].shape[1] + gaps.any().sum()
    assert marked["elements"][:, -gaps.any().sum() :].sum() == gaps.to_numpy().sum()
    assert marked["raw"]["entries"][-1].endswith("missing?")


def test_settings_add_up_in_any_order() -> None:
    values = {"scale": "standardised", "encoding": "place in the alphabet", "missing": "median"}
    there, back = (set_to(MODALITY.examples["penguins"](), **dict(v)) for v in (values.items(), reversed(values.items())))
    assert np.array_equal(there["elements"], back["elements"])
    home = set_to(there, scale="as they are", encoding="one-hot", missing="mean")
    assert np.array_equal(home["elements"], MODALITY.examples["penguins"]()["elements"])


@pytest.mark.parametrize("name", MODALITY.tasks)
def test_what_is_shown_is_what_is_met(name: str) -> None:
    exercise = MODALITY.tasks[name]
    x, _ = exercise.draw(20, Generator().manual_seed(3), "test")
    for row in x.numpy():
        assert np.array_equal(exercise.enter(exercise.show(row), 0), row)
        odd = row + np.float32(0.01)  # no row of the table: told from the numbers alone
        assert exercise.show(odd)["elements"].shape[0] == 1
    sample = MODALITY.examples[exercise.suits[0]]()
    first = exercise.enter(sample, 7)
    assert first.shape == x.shape[1:]
    other = next(n for n in MODALITY.examples if n != exercise.suits[0])
    with pytest.raises(BadInput, match="This network knows"):
        exercise.enter(MODALITY.examples[other](), 0)


@pytest.mark.parametrize("name", MODALITY.tasks)
def test_parts_have_the_sizes_the_task_says(name: str) -> None:
    exercise = MODALITY.tasks[name]
    for part, size in (("train", exercise.sizes[-1]), ("test", exercise.test)):
        x, _ = exercise.draw(size, Generator().manual_seed(0), part)
        assert len(np.unique(x[:, 0].numpy(), axis=0)) == size  # each row once: there are so many
    numbers = [int(word.replace(",", "")) for word in re.findall(r"\d[\d,]*", exercise.note)]
    if "to test on, split at random" in exercise.note:
        assert numbers[:2] == [exercise.sizes[-1], exercise.test]


def test_controls_that_change_no_cell_change_no_answer_but_a_gap_filled_with_zero_does() -> None:
    exercise, sample = MODALITY.tasks["species"], MODALITY.examples["penguins"]()
    x = exercise.enter(sample, 3)
    for change in ({"scale": "ranks"}, {"encoding": "how often it occurs"}):
        assert np.array_equal(exercise.enter(set_to(sample, **change), 3), x)
    assert not np.array_equal(exercise.enter(set_to(sample, missing="zero"), 3), x)


def test_a_gap_filled_with_zero_turns_an_adelie_into_another_species() -> None:
    """What the preset says of row 1, of which two cells are missing."""
    exercise, sample = MODALITY.tasks["species"], MODALITY.examples["penguins"]()
    assert sample["raw"]["frame"].iloc[0][met(sample)].isna().sum() == 2
    lesson = Lesson("table", "species", given=exercise)
    *_, frame = learn(lesson)
    mean, zero = (answer(lesson, frame, exercise.enter(set_to(sample, missing=m), 0)) for m in ("mean", "zero"))
    assert exercise.classes[int(mean.argmax())] == "Adelie" == sample["raw"]["frame"]["species"][0]
    assert exercise.classes[int(zero.argmax())] != "Adelie"
    assert zero.max() > 0.95


def test_one_shape_of_row_for_every_damage() -> None:
    exercise, sample = MODALITY.tasks["species"], MODALITY.examples["penguins"]()
    for damage in MODALITY.corrupt.values():
        x = exercise.enter(damage(sample, 1.0, RNG(0)), 0)
        assert x.shape == (1, 20)
        assert np.isfinite(x).all()
