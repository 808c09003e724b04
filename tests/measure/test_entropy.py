"""Entropies with known answers."""

import numpy as np
import pytest

from components.measure.entropy import countable, counted, coverage, entropy, miller_madow, mutual_information
from components.measure.views import quantise

RNG = np.random.default_rng


def test_a_fair_coin_has_one_bit_and_a_fair_die_its_logarithm() -> None:
    assert entropy(np.array([50, 50])) == pytest.approx(1)
    assert entropy(np.array([7] * 6)) == pytest.approx(np.log2(6))
    assert entropy(np.array([9])) == 0
    assert entropy(np.zeros(0)) == 0


def test_miller_madow_takes_most_of_the_bias_away() -> None:
    """Mean over many small samples of a die with 16 sides, 4 bits."""
    draws = RNG(0).integers(16, size=(400, 64))
    plain, better = (np.mean([f(counted(d)) for d in draws]) for f in (entropy, miller_madow))
    assert plain < 3.9
    assert abs(better - 4) < 0.02


def test_counts_are_sorted_and_survive_large_numbers() -> None:
    assert counted(np.array([5, 2**60, 5, -3])).tolist() == [2, 1, 1]
    assert coverage(np.array([3, 1])) == pytest.approx(0.75)


def test_mutual_information_of_a_copy_is_the_entropy_and_of_strangers_nothing() -> None:
    a, b = RNG(1).integers(4, size=(2, 20000))
    assert mutual_information(a, a) == pytest.approx(entropy(counted(a)))
    assert mutual_information(a, b) < 0.001


@pytest.mark.parametrize("step", [2**-12, 2**-15])
def test_numbers_too_fine_to_count_have_the_entropy_of_their_density(step: float) -> None:
    """Uniform on [0, 1) in steps q: log2(1 / q) bits, though only 2,000 are seen."""
    stream = quantise(np.round(RNG(2).random(2000) / step) * step, "a", "cell")
    bins, wide = countable(stream)
    assert wide > 1
    assert miller_madow(counted(bins.ids)) + np.log2(wide) == pytest.approx(-np.log2(step), abs=0.1)
    assert entropy(counted(stream.ids)) < 11


def test_what_can_be_counted_is_not_cut() -> None:
    stream = quantise(RNG(3).integers(0, 40, 2000) * 0.1, "a", "cell")
    assert countable(stream) == (stream, 1)
