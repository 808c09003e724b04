"""The simulated finger: physics that holds, splits that share nothing, labels that say what comes next."""

import numpy as np
import pytest
from torch import Generator

from components.tasks import touch


def test_friction_is_what_was_chosen() -> None:
    """In a slide the force along the surface is the friction coefficient times the force on it; ridges add a little, the part
    of a slide at low speed takes a little away."""
    series, action, where = touch.runs()
    names, _ = touch.surfaces()
    chosen = touch.arrays(touch.FILE)["friction"]
    for i in range(len(names)):
        rows = np.concatenate(
            [s[(a % touch.KINDS == 3) & (s[:, 7] > 30)] for s, a, w in zip(series, action, where, strict=True) if w == i]
        )
        along, on = np.hypot(rows[:, 0], rows[:, 1]), rows[:, 2]
        assert np.median(along / on) == pytest.approx(chosen[i], rel=0.12, abs=0.02), names[i]


def test_torque_is_force_times_lever() -> None:
    """T = r x F with the fingertip 98 mm below the sensor, within the sensors' noise."""
    run = touch.run("rubber", 0)
    fx, fy, fz, tx, ty, tz = run[:, touch.FORCE].T
    assert np.abs(tx - 0.098 * fy).std() < 0.02
    assert np.abs(ty + 0.098 * fx).std() < 0.02
    assert np.abs(tz).max() < 0.05
    assert fz.max() > 2


def test_speed_bounds_the_change_of_height() -> None:
    run = touch.run("steel", 3)
    fall = np.abs(np.diff(run[:, 6])) * touch.RATE
    assert (fall <= np.maximum(run[:-1, 7], run[1:, 7]) * 1.2 + 25).all()


def test_surfaces_and_runs_are_in_one_part_only() -> None:
    names, sticky = touch.surfaces()
    where = touch.runs()[2]
    seen = {part: {names[i] for i in where[touch.sliding(part)[0]]} for part in ("train", "test")}
    assert seen["test"] == set(touch.TESTED)
    assert not seen["train"] & seen["test"]
    assert sum(sticky[names.index(name)] for name in touch.TESTED) == 2
    runs = {part: set(touch.following(part)[0]) for part in ("train", "test")}
    assert not runs["train"] & runs["test"]
    assert (len(runs["train"]), len(runs["test"])) == (96, 48)


def test_what_comes_next() -> None:
    rest, approach, press, slide, lift = range(5)
    action = np.array([rest, rest, approach, press, slide, slide + 5, slide, lift, rest, rest])
    expected = [approach, approach, press, slide, slide, slide, lift, rest, -1, -1]
    assert touch.upcoming(action).tolist() == expected


def test_labels_of_the_windows_are_the_actions_that_follow() -> None:
    which, start, label = touch.following("test")
    action = touch.runs()[1]
    for i in range(0, len(which), 997):
        later = action[which[i]][start[i] + touch.LOOK - 1 :]
        first_change = np.flatnonzero(later != later[0])[0]
        assert later[first_change] % touch.KINDS == label[i]


@pytest.mark.parametrize(("draw", "classes"), [(touch.draw_surface, 2), (touch.draw_next, 5)])
def test_draws_are_even_and_repeat_themselves(draw, classes: int) -> None:
    x, y = draw(1000, Generator().manual_seed(1), "test")
    again = draw(1000, Generator().manual_seed(1), "test")
    assert bool((x == again[0]).all())
    assert np.abs(np.bincount(y, minlength=classes) / 1000 - 1 / classes).max() < 0.06


def test_in_a_window_for_the_surface_the_finger_slides() -> None:
    x, _ = touch.draw_surface(200, Generator().manual_seed(1), "train")
    assert (np.median(x[:, :, 2].numpy(), 1) > 1).mean() > 0.99
