"""Telling two collections of clouds apart."""

import numpy as np
import pytest

from components.measure.two_sample import chamfer, told_apart

RNG = np.random.default_rng


def test_chamfer_of_known_clouds() -> None:
    a, b = np.array([[[0.0, 0], [1, 0]]]), np.array([[[0.0, 0], [1, 0], [1, 2]]])
    assert chamfer(a, a).item() == 0
    assert chamfer(a, b).item() == pytest.approx(4 / 3)
    assert chamfer(b, a).item() == pytest.approx(4 / 3)
    assert chamfer(np.repeat(a, 3, 0), np.repeat(b, 5, 0)).shape == (3, 5)


def test_the_order_of_points_means_nothing() -> None:
    a, b = RNG(0).standard_normal((2, 4, 10, 3))
    assert np.allclose(chamfer(a, b), chamfer(a[:, RNG(1).permutation(10)], b))


def test_clouds_of_one_source_cannot_be_told_apart() -> None:
    a, b = RNG(2).standard_normal((2, 100, 8, 2))
    assert told_apart(a, b) == pytest.approx(0.5, abs=0.12)


def test_clouds_of_two_sources_can() -> None:
    a, b = RNG(3).standard_normal((2, 30, 8, 2))
    assert told_apart(a, b + 10) == 1


def test_copies_give_less_than_half() -> None:
    a = RNG(4).standard_normal((30, 8, 2))
    assert told_apart(a, a + 1e-3) < 0.1
    with pytest.raises(ValueError, match="two"):
        told_apart(a[:1], a)
