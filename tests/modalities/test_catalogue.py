"""What holds for every modality that is in the catalogue, now and later."""

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from torch import Generator

from components.catalogue import discover
from components.modalities.base import Modality
from components.tasks.base import Task
from components.values import Sample

MODALITIES: dict[str, Modality] = discover("modalities", "MODALITY")
EXAMPLES = [(m, e) for m in MODALITIES for e in MODALITIES[m].examples]
TASKS = [(m, t) for m in MODALITIES for t in MODALITIES[m].tasks]


def same(a: Sample, b: Sample) -> bool:
    return a["grid"] == b["grid"] and np.array_equal(a["raw"], b["raw"]) and np.array_equal(a["elements"], b["elements"])


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
            assert np.abs(kept - sample["elements"]).max() <= 0.5 / 255 + 1e-6  # a picture has 8 bits a number


@pytest.mark.parametrize("name", MODALITIES)
def test_presets_name_what_exists(name: str) -> None:
    modality = MODALITIES[name]
    for why, values in modality.presets.values():
        assert why
        for key, value in values.items():
            known = {"example": modality.examples, "task": modality.tasks, "damage": modality.corrupt}
            assert value in (known[key] if key in known else modality.controls[key].values)


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_tasks_draw_what_they_say(name: str, task: str) -> None:
    exercise = MODALITIES[name].tasks[task]
    assert isinstance(exercise, Task)
    x, y = exercise.draw(300, Generator().manual_seed(0), "train")
    assert x.shape[0] == len(y) == 300
    assert x.ndim == 3
    assert set(y.tolist()) == set(range(len(exercise.classes)))
    again, _ = exercise.draw(300, Generator().manual_seed(0), "train")
    assert bool((x == again).all())


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_training_and_test_share_nothing(name: str, task: str) -> None:
    """Each test observation, its elements sorted, differs from every training observation."""
    exercise = MODALITIES[name].tasks[task]

    def seen(part: str, n: int) -> set[bytes]:
        x = exercise.draw(n, Generator().manual_seed(1), part)[0].numpy()
        return {np.unique(o, axis=0).tobytes() for o in x}

    assert not seen("train", 1297) & seen("test", 500)


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_an_observation_survives_being_shown(name: str, task: str) -> None:
    """enter(show(x)) = x: what the page draws is what the network reads."""
    exercise = MODALITIES[name].tasks[task]
    x = exercise.draw(5, Generator().manual_seed(2), "test")[0].numpy()
    for observation in x:
        assert np.array_equal(exercise.enter(exercise.show(observation)), observation)
