"""Roles of heads: 1 for a head that does nothing else, 0 for one that never does it, chance for one that looks at all alike."""

import numpy as np
import pytest

from components.measure.head_roles import chance, distance, entropy, from_to, mean_error, repeats, score, targets

TOKENS = ("[CLS]", "the", "cat", "sat", ".", "it", "slept", "[SEP]")
N = len(TOKENS)


def test_a_head_that_does_one_thing_scores_one_for_it_and_zero_for_the_others():
    before = np.eye(N, k=-1)
    before[0, 0] = 1
    found = {role: float(score(before, target)) for role, target in targets(TOKENS).items()}
    assert found["previous"] == 1
    assert found["next"] == 0
    assert found["same"] == 0
    behind = before[::-1, ::-1]
    assert score(behind, targets(TOKENS)["next"]) == 1
    assert score(behind, targets(TOKENS)["previous"]) == 0
    assert score(np.eye(N), targets(TOKENS)["same"]) == 1
    first = np.eye(1, N).repeat(N, 0)
    assert score(first, targets(TOKENS)["first"]) == 1
    assert score(first, targets(TOKENS)["marks"]) == 0
    last = first[:, ::-1]
    assert score(last, targets(TOKENS)["marks"]) == 1
    assert score(last, targets(TOKENS)["first"]) == 0


def test_all_alike_scores_chance():
    for target in targets(TOKENS).values():
        assert score(np.full((N, N), 1 / N), target) == pytest.approx(chance(target))
    assert chance(targets(TOKENS)["previous"]) == pytest.approx(1 / N)
    assert chance(targets(TOKENS)["marks"]) == pytest.approx(2 / N)  # the full stop and [SEP]


def test_scores_of_many_heads_at_once_are_those_of_each():
    weights = np.random.default_rng(0).dirichlet(np.ones(N), (2, 3, N))
    for target in targets(TOKENS).values():
        assert score(weights, target)[1, 2] == pytest.approx(score(weights[1, 2], target))


def test_nothing_to_ask_is_not_a_number():
    assert np.isnan(score(np.eye(2), targets(("[CLS]", "[SEP]"))["previous"]))
    assert np.isnan(score(np.eye(3), targets(("[CLS]", "hi", "[SEP]"))["previous"]))


def test_repeats_point_behind_the_same_letter():
    found = repeats([0, 1, 2, 0, 1, 2, 0])["again"]
    assert found.asks.tolist() == [False] * 3 + [True] * 4
    assert np.flatnonzero(found.where[3]).tolist() == [1]
    assert np.flatnonzero(found.where[6]).tolist() == [1, 4]
    assert not np.triu(found.where, 1).any()  # nobody looks ahead


def test_a_word_of_two_pieces_is_asked_as_a_whole():
    weights = np.arange(16.0).reshape(4, 4)
    assert from_to(weights, [1], [2, 3]) == 6 + 7
    assert from_to(weights, [0, 1], [2]) == (2 + 6) / 2


def test_entropy_distance_and_error():
    assert entropy(np.full((8, 8), 1 / 8)) == pytest.approx(3)
    assert entropy(np.eye(3)) == pytest.approx(0, abs=1e-9)
    assert distance(np.eye(4)).tolist() == [0] * 4
    assert distance(np.eye(4)[::-1]).tolist() == [3, 1, 1, 3]
    mean, error = mean_error(np.array([1.0, 2.0, 3.0, np.nan]))
    assert mean == 2
    assert error == pytest.approx(3**-0.5)
