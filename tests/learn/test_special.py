"""Special against general models: the same data and steps, costs that are counted, leads that are read as they were measured."""

import numpy as np
import pytest
import torch
from torch import Generator

from components.learn.special import CONTESTS, Live, contest, held_out, interval, laid_out, multiply_adds, steps_of, weights
from components.learn.special_file import Ahead, ahead, caught, results
from components.models.composition import objections


@pytest.mark.parametrize("modality", CONTESTS)
def test_all_models_of_a_contest_can_be_built_on_the_same_samples(modality: str):
    drawn = []
    for c in CONTESTS[modality][2]:
        found = laid_out(modality, c.sees)
        assert not [o for o in objections(c.composition, found.shape) if o.fatal]
        x, y = found.draw(8, Generator().manual_seed(3), "train")
        drawn.append((x.flatten(1).sum(1), y))
    for x, y in drawn[1:]:
        torch.testing.assert_close(x, drawn[0][0])
        assert torch.equal(y, drawn[0][1])


def test_rates_are_chosen_on_training_samples_that_are_not_trained_on():
    source = laid_out("table", "row").draw
    x, _ = held_out(60, Generator().manual_seed(0), "train", source, 80)
    other, _ = held_out(20, Generator().manual_seed(9), "test", source, 80)
    assert len(x) == 60
    assert len(other) == 20
    assert torch.cdist(x[:, 0], other[:, 0]).min() > 1e-4


def test_work_is_counted_as_by_hand():
    mlp = CONTESTS["table"][2][0]
    assert multiply_adds("table", mlp) == 13 * 64 + 64 * 64 + 64 * 64 + 64 * 3
    assert weights("table", mlp) == multiply_adds("table", mlp) + 64 + 64 + 64 + 3
    deep = CONTESTS["set"][2][0]
    h, n = 32, 32
    assert multiply_adds("set", deep) == n * (3 * h + 2 * h * h) + h * h + h * 6


def test_leads_are_paired_and_have_intervals():
    accuracy = np.zeros((3, 2, 3))
    accuracy[0] = [[0.8, 0.7, 0.9], [0.9, 0.9, 0.9]]
    accuracy[1] = [[0.5, 0.4, 0.6], [0.9, 0.92, 0.88]]
    first, last = ahead("vision", np.array([50, 400]), accuracy, 500)
    assert first.points == pytest.approx(30)
    assert first.clear
    assert last.points == pytest.approx(0)
    assert not last.clear
    assert first.half == pytest.approx(196 * ((0.8 * 0.2 + 0.5 * 0.5) / 500) ** 0.5)  # seeds agree on the difference: tests alone
    assert ahead("vision", np.array([50, 400]), accuracy, 50)[0].half > first.half
    assert caught((first, last)) == 400
    assert caught((first, first)) is None
    assert caught((Ahead(5, 0, -3.0, 9.0),)) == 5
    assert interval(np.array([1.0, 2.0, 3.0]))[1] == pytest.approx(4.303 / 3**0.5, rel=1e-3)
    assert np.isnan(ahead("vision", np.array([50, 400]), accuracy[..., :2], 500)[0].half)


def test_a_live_contest_goes_in_rounds_and_learns():
    found = list(contest(Live("table", (0.003, 0.03, 0.003), seeds=1)))
    assert found[-1]["step"] == found[-1]["steps"] < steps_of("table")
    assert found[-1]["accuracy"].shape == (3, 4, 1)
    assert found[-1]["accuracy"][0, -1, 0] > 0.9
    assert found[0]["accuracy"].mean() < found[-1]["accuracy"].mean()


def test_what_was_recorded_is_what_the_page_says():
    for modality, result in results().items():
        _, sizes, models = CONTESTS[modality]
        assert result.accuracy.shape[:2] == (len(models), len(sizes))
        assert result.accuracy.shape[2] >= 3
        assert tuple(result.sizes) == sizes
        assert [tuple(map(int, row)) for row in result.cost] == [
            (weights(modality, c), multiply_adds(modality, c)) for c in models
        ]
    table = results()["table"]
    assert ahead("table", table.sizes, table.accuracy, table.tested)[0].points > 10  # at 15 wines the transformer is far behind
