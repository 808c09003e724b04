"""Sharing over time: the task is as said, what is recorded is what training gives, and the step never seen is never seen."""

import numpy as np
import torch
from torch import Generator

from components.learn.order_models import MODELS, shuffled_chance
from components.learn.time_sweep import LENGTHS, Request, one, recorded, weights
from components.measure.sample_complexity import factor
from components.models.time_classifier import READERS
from components.tasks.noisy_last import draw, symbols


def test_the_last_of_a_and_b_is_the_answer_wherever_they_may_stand():
    for where in ("anywhere", "never there", "there"):
        rows, y = symbols(500, Generator().manual_seed(0), 9, where)
        for row, answer in zip(rows.tolist(), y.tolist(), strict=True):
            places = [i for i, s in enumerate(row) if s < 2]
            assert row[places[-1]] == answer
            assert (4 in places) if where == "there" else where == "anywhere" or 4 not in places
            assert where != "there" or places[-1] == 4
    assert 0.45 < y.float().mean() < 0.55


def test_a_small_sweep_learns_and_separate_cells_need_more():
    *_, shared = one(Request(4, seeds=2), "shared", 10**9)
    *_, separate = one(Request(4, seeds=2), "separate", 10**9)
    assert shared["accuracy"][-1].min() > 0.95
    assert shared["accuracy"][:3].mean() > separate["accuracy"][:3].mean()


def test_what_is_recorded_says_what_the_page_says():
    for steps in LENGTHS[1:]:
        found = recorded(Request(steps))
        ratio = factor(found["sizes"], found["accuracy"][1], found["accuracy"][0], 0.8)
        assert ratio.low > 1.5
        shared, separate, place = found["unseen"][:, 1].mean(1)
        assert shared > 0.95
        assert separate < 0.6
        assert place < 0.6
    assert weights(4, "shared") == weights(12, "shared")
    assert weights(12, "separate") > 2.5 * weights(4, "separate")
    assert READERS[0] == "shared"


def test_draws_are_the_same_for_the_same_generator():
    assert torch.equal(draw(5, Generator().manual_seed(1), "train")[0], draw(5, Generator().manual_seed(1), "train")[0])


def test_who_claims_not_to_see_the_order_does_not_and_the_others_do():
    text = ["i", "bought", "this", "camera", "for", "my", "wife", "and", "she", "loves", "it"]
    orders = [tuple(text), tuple(reversed(text)), tuple(np.random.default_rng(0).permutation(text))]
    for name in MODELS:
        p = shuffled_chance(name, orders)
        spread = float(p.max() - p.min())
        assert spread < 1e-6 if name in ("bag", "attention, no positions") else spread > 1e-3, name
