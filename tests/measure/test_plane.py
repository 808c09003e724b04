"""The plane of largest spread, and the same way up."""

import numpy as np
import pytest

from components.measure.plane import plane, turned


def test_places_keep_all_distances_of_what_is_flat() -> None:
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(30, 2)) @ rng.normal(size=(2, 9))
    places, seen = plane(flat)
    assert seen == pytest.approx(1)
    for i in range(5):
        assert np.linalg.norm(places - places[i], axis=1) == pytest.approx(np.linalg.norm(flat - flat[i], axis=1))


def test_a_turned_and_mirrored_picture_is_turned_back() -> None:
    rng = np.random.default_rng(1)
    before = plane(rng.normal(size=(20, 2)))[0]
    away = before @ np.array([[np.cos(2), np.sin(2)], [np.sin(2), -np.cos(2)]])
    assert turned(away, before) == pytest.approx(before)


@pytest.mark.parametrize("shape", [(5, 1), (1, 4), (6, 3)])
def test_one_number_one_node_and_no_spread_are_drawn_too(shape: tuple[int, int]) -> None:
    places, seen = plane(np.ones(shape))
    assert places.shape == (shape[0], 2)
    assert np.isfinite(places).all()
    assert 0 <= seen <= 1
