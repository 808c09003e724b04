"""Crossings and factors on curves whose answer is known."""

import numpy as np
import pytest

from components.measure.sample_complexity import Factor, factor, samples_needed, spoken

SIZES = np.array([16, 32, 64, 128])


def test_crossing_between_sizes_is_interpolated_on_the_logarithmic_axis():
    assert samples_needed(SIZES, np.array([0.2, 0.6, 1.0, 1.0]), 0.8) == pytest.approx(np.sqrt(32 * 64))


def test_crossing_at_a_size():
    assert samples_needed(SIZES, np.array([0.2, 0.8, 0.9, 1.0]), 0.8) == pytest.approx(32)


def test_above_from_the_start_and_never():
    assert samples_needed(SIZES, np.full(4, 0.9), 0.8) == 16
    assert samples_needed(SIZES, np.full(4, 0.1), 0.8) == np.inf


def test_many_curves_at_once():
    curves = np.array([[0.2, 0.8, 0.9, 1.0], [0.1, 0.1, 0.1, 0.1]])
    assert samples_needed(SIZES, curves, 0.8).tolist() == [pytest.approx(32), np.inf]


def test_a_curve_shifted_by_four_needs_four_times():
    rng = np.random.default_rng(0)
    fast = np.array([0.5, 0.9, 1.0, 1.0])[:, None] + rng.normal(0, 0.01, (4, 5))
    slow = np.array([0.1, 0.3, 0.5, 0.9])[:, None] + rng.normal(0, 0.01, (4, 5))
    found = factor(SIZES, slow, fast, 0.8)
    assert found.estimate == pytest.approx(4, rel=0.1)
    assert found.low <= found.estimate <= found.high
    assert found.high - found.low < 1


def test_equal_curves_give_one_exactly():
    curve = np.random.default_rng(0).uniform(0.2, 1, (4, 5)).cumsum(0)
    assert factor(SIZES, curve, curve, 0.8) == Factor(1.0, 1.0, 1.0)


def test_thresholds_not_reached_are_said_not_made_up():
    low, high = np.full((4, 3), 0.2), np.tile([[0.5], [0.9], [1.0], [1.0]], 3)
    never = factor(SIZES, low, high, 0.8)
    assert never.estimate == np.inf
    assert spoken(never, SIZES, 16.0) == "> 8×"
    assert spoken(factor(SIZES, low, low, 0.8), SIZES, np.inf) == "neither gets there"
    assert spoken(factor(SIZES, high, low, 0.8), SIZES, np.inf) == "shared + invariant fails"
    assert spoken(Factor(7.04, 6, 8), SIZES, 16.0) == "7.0×"
