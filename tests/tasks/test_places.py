"""Pictures in which place says nothing: pixels are where they are said to be, and nothing is trained on and tested too."""

import numpy as np
import pytest
from torch import Generator

from components.tasks.digits import rows
from components.tasks.places import ALIGNED, CANVAS, MOVES, PICTURE_TASKS
from components.tasks.places_torus import TORUS, TURNS, draw_torus, moved_torus


@pytest.mark.parametrize("name", PICTURE_TASKS)
def test_shapes_and_classes(name: str) -> None:
    task = PICTURE_TASKS[name]
    x, y = task.draw(200, Generator().manual_seed(0), "train")
    moved, label = task.moved(40, 1)
    assert x.shape == (200, 1, task.side**2 * task.colours)
    assert moved.shape == (40, MOVES, task.side**2 * task.colours)
    assert set(y.tolist()) == set(range(len(task.classes)))
    assert label[: len(task.classes)].tolist() == list(range(len(task.classes)))  # the first of each class, in turn
    assert task.pixels(moved[0, 0]).shape == (task.side, task.side, task.colours)
    assert (task.draw(5, Generator().manual_seed(0), "train")[0] == task.draw(5, Generator().manual_seed(0), "train")[0]).all()


@pytest.mark.parametrize(("name", "step"), [("aligned", ALIGNED), ("anywhere", 1)])
def test_digits_stand_at_all_their_places_and_nowhere_else(name: str, step: int) -> None:
    task = PICTURE_TASKS[name]
    x, _ = task.draw(2000, Generator().manual_seed(0), "train")
    ink = np.stack([task.pixels(v) for v in x[:, 0].numpy()])[..., 0].max(2) > 0  # rows with ink
    first = set(ink.argmax(1).tolist())
    assert first == {0, 4, 8, 12} | (set(range(13)) if step == 1 else set()) | (first if step == 1 else set())


@pytest.mark.parametrize("name", PICTURE_TASKS)
def test_moving_moves_the_pixels(name: str) -> None:
    task = PICTURE_TASKS[name]
    moved, _ = task.moved(12, 3)
    for sample in moved:
        first, fifth = task.pixels(sample[0]), task.pixels(sample[5])
        np.testing.assert_array_equal(fifth[:, 5:], first[:, :-5])
    assert moved.std() > 0.05


def test_training_and_test_digits_are_disjoint() -> None:
    train, test = (set(rows(1000, Generator().manual_seed(0), part).tolist()) for part in ("train", "test"))
    assert not train & test
    x, _ = PICTURE_TASKS["aligned"].moved(100, 7)
    shown = {p[p > 0].tobytes() for p in x[:, 0]}
    pool, _ = PICTURE_TASKS["aligned"].draw(1297, Generator().manual_seed(0), "train")
    known = {p[p > 0].tobytes() for p in pool[:, 0].numpy()}
    assert len(shown & known) <= 1  # two people may write the same eight by eight pixels


def test_a_torus_loses_nothing() -> None:
    x, y = draw_torus(200, Generator().manual_seed(0), "train")
    assert x.shape == (200, 1, TORUS**2)
    moved, label = moved_torus(20, 1)
    assert moved.shape == (20, TURNS, TORUS**2)
    assert label[:10].tolist() == list(range(10))
    pictures = moved.reshape(20, TURNS, TORUS, TORUS).transpose(0, 1, 3, 2)
    np.testing.assert_array_equal(np.roll(pictures[:, 0], 8, 2), pictures[:, 8])
    assert len(set(y.tolist())) == 10
    assert CANVAS > TORUS
