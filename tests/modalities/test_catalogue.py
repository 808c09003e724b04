"""What holds for every modality that is in the catalogue, now and later."""

import copy
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import numpy as np
import pytest
from torch import Generator

from components.catalogue import discover
from components.learn.goals import GOALS
from components.modalities.base import Exercise, Modality
from components.tasks.base import Task
from components.tasks.downloads import SOURCES
from components.ui.modality_stage import known
from components.values import BadInput, Sample

MODALITIES: dict[str, Modality] = discover("modalities", "MODALITY")
EXAMPLES = [(m, e) for m in MODALITIES for e in MODALITIES[m].examples]
TASKS = [(m, t) for m in MODALITIES for t in MODALITIES[m].tasks if t not in SOURCES]
"""Tasks whose data are here; the downloaded ones are tested on files of the same format in tests/tasks/test_downloaded.py."""


def same(a: Sample, b: Sample) -> bool:
    return a["grid"] == b["grid"] and known(a) == known(b)


def changes(modality: Modality) -> Iterator[tuple[str, Any]]:
    for name, control in modality.controls.items():
        for value in control.values:
            yield name, lambda s, control=control, value=value: control.apply(s, value)
    for name, damage in modality.corrupt.items():
        yield name, lambda s, damage=damage: damage(s, 0.7, np.random.default_rng(1))


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_elements_fit_the_grid(name: str, example: str) -> None:
    sample = MODALITIES[name].examples[example]()
    assert len(sample["elements"]) == (np.prod(sample["grid"]) if sample["grid"] else sample["rate"])
    assert np.isfinite(sample["elements"]).all()
    assert sample["about"]
    assert MODALITIES[name].observe(sample).size > 0


@pytest.mark.parametrize("name", MODALITIES)
def test_changes_are_pure(name: str) -> None:
    """No control and no damage touches the sample it was given, and the same call gives the same result."""
    modality = MODALITIES[name]
    for make in list(modality.examples.values())[:1] + list(modality.examples.values())[-1:]:
        sample = make()
        kept = copy.deepcopy(sample)
        for what, change in changes(modality):
            once, twice = change(sample), change(sample)
            assert same(sample, kept), what
            assert same(once, twice), what
            assert not np.shares_memory(once["elements"], sample["elements"]), what


@pytest.mark.parametrize("name", MODALITIES)
def test_defaults_change_nothing_that_is_seen(name: str) -> None:
    modality = MODALITIES[name]
    for make in modality.examples.values():
        sample = make()
        for control in modality.controls.values():
            assert control.default in control.values
            kept = control.apply(sample, control.default)["elements"]
            assert kept.shape == sample["elements"].shape
            assert np.abs(kept - sample["elements"]).max() <= 0.5 / 255 + 1e-6  # a picture has 8 bits a number


@pytest.mark.parametrize("name", MODALITIES)
def test_presets_name_what_exists(name: str) -> None:
    modality = MODALITIES[name]
    for why, values in modality.presets.values():
        assert why
        for key, value in values.items():
            named = {"example": modality.examples, "task": modality.tasks, "damage": modality.corrupt}
            if key in ("strength", "element"):
                assert value >= 0
            else:
                assert value in (named[key] if key in named else modality.controls[key].values)


@pytest.mark.parametrize("name", MODALITIES)
def test_no_damage_changes_nothing(name: str) -> None:
    for make in list(MODALITIES[name].examples.values())[:2]:
        sample = make()
        for what, damage in MODALITIES[name].corrupt.items():
            kept = damage(sample, 0.0, np.random.default_rng(0))["elements"]
            # a set may come in another order
            a, b = (np.sort(e.reshape(len(e), -1), axis=0) for e in (kept, sample["elements"]))
            assert np.allclose(a, b, atol=1e-5), what


@pytest.mark.parametrize("name", MODALITIES)
def test_every_modality_asks_something_and_can_be_damaged(name: str) -> None:
    modality = MODALITIES[name]
    assert modality.tasks
    assert modality.corrupt
    assert modality.read
    assert 1 <= len(modality.controls) <= 4
    assert 3 <= len(modality.presets) <= 6
    assert all(modality.check)
    for task in modality.tasks.values():
        assert set(task.suits) <= set(modality.examples)
        assert task.goal in GOALS


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_tasks_draw_what_they_say(name: str, task: str) -> None:
    exercise = MODALITIES[name].tasks[task]
    assert isinstance(exercise, Task)
    n = max(exercise.sizes)
    x, y = exercise.draw(n, Generator().manual_seed(0), "train")
    assert x.shape[0] == len(y) == n
    assert x.ndim == 3
    assert bool(x.isfinite().all())
    if exercise.goal == "classification":
        assert set(y.tolist()) <= set(range(len(exercise.classes)))
        assert len(set(y.tolist())) > 1
        if len(exercise.classes) <= 12:
            assert set(y.tolist()) == set(range(len(exercise.classes)))
    else:
        assert bool(y.isfinite().all())
        assert y.ndim == (1 if exercise.goal == "regression" else 3)
    again, _ = exercise.draw(n, Generator().manual_seed(0), "train")
    assert bool((x == again).all())


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_training_and_test_share_nothing(name: str, task: str) -> None:
    """Each test observation, its elements sorted, differs from every training observation."""
    exercise = MODALITIES[name].tasks[task]

    def seen(part: str, n: int) -> set[bytes]:
        x = exercise.draw(n, Generator().manual_seed(1), part)[0].numpy()
        return {np.unique(o, axis=0).tobytes() for o in x}

    assert not seen("train", max(exercise.sizes)) & seen("test", exercise.test)


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_an_observation_survives_being_shown(name: str, task: str) -> None:
    """enter(show(x)) = x: what the page draws is what the network reads. Tasks about one element of a known example (a node, a
    row) show that example; their own tests say which element it is."""
    exercise = MODALITIES[name].tasks[task]
    x = exercise.draw(5, Generator().manual_seed(2), "test")[0].numpy()
    for observation in x:
        shown = exercise.show(observation)
        again = [exercise.enter(shown, mark) for mark in range(min(len(shown["elements"]), 400) if exercise.suits else 1)]
        assert any(np.allclose(observation, other, atol=1e-5) for other in again if other.shape == observation.shape)


def takes(exercise: Exercise, sample: Sample) -> bool:
    try:
        exercise.enter(sample, len(sample["elements"]) // 2)
    except BadInput:
        return False
    return True


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_a_sample_can_be_put_before_the_task(name: str, task: str) -> None:
    """Each task takes at least one example as it is; what it refuses, it refuses with a sentence."""
    modality = MODALITIES[name]
    exercise, taken = modality.tasks[task], 0
    width = exercise.draw(1, Generator().manual_seed(0), "train")[0].shape[-1]
    for example, make in modality.examples.items():
        if exercise.suits and example not in exercise.suits:
            continue
        sample = make()
        refused = pytest.raises(BadInput, match=r"\.$") if not takes(exercise, sample) else nullcontext()
        x = np.empty((1, width))
        with refused:
            x = exercise.enter(sample, len(sample["elements"]) // 2)
            taken += 1
        assert x.ndim == 2
        assert x.shape[1] == width
        assert np.isfinite(x).all()
    assert taken
