"""Attention rollout and distance, against cases that can be worked out by hand."""

import numpy as np
import pytest

from components.measure.rollout import centres, distance, rollout


def weights(*shape: int) -> np.ndarray:
    raw = np.random.default_rng(0).random(shape)
    return raw / raw.sum(-1, keepdims=True)


def test_who_looks_only_at_itself_keeps_all():
    assert rollout(np.broadcast_to(np.eye(4), (3, 2, 4, 4))) == pytest.approx(np.eye(4))


def test_rows_sum_to_one_and_one_layer_is_the_formula():
    attention = weights(3, 2, 5, 5)
    assert rollout(attention).sum(1) == pytest.approx(1)
    assert rollout(attention[:1]) == pytest.approx((attention[0].mean(0) + np.eye(5)) / 2)


def test_the_first_layer_is_applied_first():
    first, last = (np.zeros((1, 3, 3)) for _ in range(2))
    first[0, [0, 1, 2], [0, 2, 2]] = 1  # 1 looks at 2
    last[0, [0, 1, 2], [1, 1, 2]] = 1  # then 0 looks at 1
    assert rollout(np.stack([first, last]))[0] == pytest.approx([0.5, 0.25, 0.25])
    assert rollout(np.stack([last, first]))[0] == pytest.approx([0.5, 0.5, 0])


def test_distance_of_uniform_attention_is_the_mean_distance():
    places = centres(2, 2, 7)
    assert places.tolist() == [[3.5, 3.5], [3.5, 10.5], [10.5, 3.5], [10.5, 10.5]]
    even = np.full((3, 4, 4), 0.25)
    assert distance(even, places) == pytest.approx((0 + 7 + 7 + 7 * 2**0.5) / 4)
    assert distance(np.eye(4), places) == pytest.approx(0)


def test_the_class_token_has_no_place():
    attention = np.zeros((5, 5))
    attention[:, 0] = 0.9
    attention[1:, 1:] = 0.1 * np.eye(4)
    assert distance(attention, centres(2, 2, 7), extra=1) == pytest.approx(0)
