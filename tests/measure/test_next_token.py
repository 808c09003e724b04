"""Choosing the next token: temperature, top-k, and dice that are fair."""

import numpy as np

from components.measure.next_token import drawn, shares

SCORES = np.array([0.3, 2.0, -1.0, 1.9, 0.0])


def test_temperature_0_is_the_largest_and_1_is_softmax():
    assert shares(SCORES, 0.0).tolist() == [0, 1, 0, 0, 0]
    np.testing.assert_allclose(shares(SCORES), np.exp(SCORES) / np.exp(SCORES).sum())
    np.testing.assert_allclose(shares(SCORES, 0.5), np.exp(2 * SCORES) / np.exp(2 * SCORES).sum())
    assert shares(SCORES * 1e4, 0.1).max() == 1  # and no overflow


def test_top_k_keeps_k_and_their_ratios():
    for keep in range(1, 5):
        p = shares(SCORES, 1.0, keep)
        assert (p > 0).sum() == keep
        assert abs(p.sum() - 1) < 1e-12
    assert abs(shares(SCORES, 1.0, 2)[1] / shares(SCORES, 1.0, 2)[3] - np.exp(0.1)) < 1e-9
    assert (shares(np.zeros(5), 1.0, 2) > 0).sum() == 2  # also where all are equal


def test_what_is_drawn_occurs_as_often_as_it_should():
    p = shares(SCORES, 1.3, 4)
    luck = np.random.default_rng(0).random(20_000)
    counts = np.bincount([drawn(p, u) for u in luck], minlength=5)
    expected = p * len(luck)
    some = p > 0
    assert counts[~some].sum() == 0
    assert ((counts - expected)[some] ** 2 / expected[some]).sum() < 16.3  # chi squared, 3 degrees of freedom, p = 0.001
    assert drawn(p, 1 - 1e-17) == np.flatnonzero(p)[-1]
