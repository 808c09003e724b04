"""The contest: fair, the same alone as among others, and what it measures is true."""

import numpy as np
import pytest
import torch

from components.learn.contest import contest, mixed, models
from components.learn.contest_runs import (
    START,
    TASKS,
    Contest,
    chances,
    costs,
    first_reach,
    loaded,
    looks,
    recorded,
    run,
    shipped,
    weight_counts,
)
from components.learn.device import settle
from components.models.sequence_classifier import KINDS
from components.models.set_classifier import parameters
from components.tasks.last_seen import draw, spelled
from components.values import Frame

BINS = ((2, 2), (12, 12), (64, 64))
SMALL = {"samples": 256, "steps": 30, "every": 10, "peek": 20, "test": 200, "each": 20}


def last(*kinds: str, steps: int = 30, **more: int) -> Frame:
    *_, frame = contest(draw, 8, BINS, kinds=kinds or KINDS, low=2, **(SMALL | {"steps": steps} | more))
    return frame


@pytest.fixture(scope="module")
def everyone() -> Frame:
    settle()
    return last()


def test_a_frame_tells_all_seven(everyone: Frame) -> None:
    assert everyone["accuracy"].shape == (7, 1)
    assert everyone["by_length"].shape == (7, 3, 1)
    assert (everyone["seconds"] > 0).all()
    assert np.isfinite(everyone["loss"]).all()


def test_a_model_learns_the_same_alone_as_among_others(everyone: Frame) -> None:
    alone = last("lstm")
    i = KINDS.index("lstm")
    np.testing.assert_allclose(alone["accuracy"][i], everyone["accuracy"][i])
    np.testing.assert_array_equal(alone["weights/lstm/embed.table"], everyone["weights/lstm/embed.table"])
    assert np.isnan(alone["accuracy"][KINDS.index("rnn")]).all()
    assert "weights/rnn/embed.table" not in alone


def test_the_first_of_several_seeds_learns_as_alone() -> None:
    one, two = last("rnn", steps=4), last("rnn", steps=4, seeds=2)
    np.testing.assert_allclose(one["loss"][2, 0], two["loss"][2, 0], rtol=1e-4)


def test_shuffling_changes_every_answer_but_the_bags(everyone: Frame) -> None:
    assert everyone["changed"][KINDS.index("bag"), 0] == 0
    assert everyone["changed"][KINDS.index("lstm"), 0] > 0.2


def test_shuffled_sequences_keep_their_tokens_in_front() -> None:
    x, _ = draw(50, torch.Generator().manual_seed(1), "test", 2, 40)
    moved = mixed(x, torch.Generator().manual_seed(2))
    assert (moved != x).any()
    assert ((moved == -2) == (x == -2)).all()
    np.testing.assert_array_equal(moved.sort(1).values, x.sort(1).values)


def test_what_a_frame_holds_answers_as_the_trained_model_did(everyone: Frame) -> None:
    nets = loaded("letters", everyone)
    assert set(nets) == set(KINDS)
    p = chances(nets, spelled("CADB"))
    assert ((p > 0) & (p < 1)).all()
    x, y = draw(200, torch.Generator().manual_seed(1_000_003), "test", 2, 12)
    right = (nets["lstm"](x[None]).argmax(-1)[0] == y).float().mean()
    assert abs(float(right) - everyone["accuracy"][KINDS.index("lstm"), 0]) < 0.02  # weights are kept in 16 bits


def test_attention_shares_sum_to_one() -> None:
    found = looks(shipped("letters")["attention"], spelled("CADBFA"))
    assert found.shape == (6, 6)
    np.testing.assert_allclose(found.sum(1), 1, rtol=1e-5)


@pytest.mark.parametrize("task", TASKS)
def test_counts_are_those_of_the_models(task: str) -> None:
    counts = weight_counts(task)
    assert {k: sum(v) for k, v in counts.items()} == {k: parameters(m) for k, m in models(KINDS, TASKS[task].tokens).items()}
    assert len({table for table, _ in counts.values()}) == 1


@pytest.mark.parametrize("task", TASKS)
def test_every_setting_of_the_page_is_recorded(task: str) -> None:
    for samples in TASKS[task].samples:
        for longest in TASKS[task].longest:
            kept = recorded(task, samples, longest)
            assert kept is not None
            assert kept["accuracy"].shape == (len(kept["at"]), 7, 3)
            assert kept["by_length"].shape == (7, len(TASKS[task].bins), 3)
    assert recorded(task, 7, 7) is None


def test_what_the_page_claims_was_measured() -> None:
    kept = recorded("letters", *START["letters"])
    assert kept is not None
    at = {k: kept["by_length"][KINDS.index(k), -1].mean() for k in KINDS}
    assert at["lstm"] > 0.9
    assert at["rnn"] > 0.9
    assert at["feedforward"] < 0.6
    assert at["attention"] < 0.7
    assert abs(kept["accuracy"][-1, KINDS.index("bag")].mean() - 0.5) < 0.05
    words = recorded("text", *START["text"])
    assert words is not None
    assert words["accuracy"][-1, KINDS.index("bag")].mean() > 0.7
    tokens, spent = costs()
    assert spent.shape == (7, len(tokens))


def test_shipped_models_answer_as_they_should() -> None:
    p = chances(shipped("text"), np.array([0]))
    assert np.isfinite(p).all()
    late = chances(shipped("letters"), spelled("CADBFAEBGHCD"))
    assert late[KINDS.index("lstm")] > 0.9
    assert chances(shipped("letters"), spelled("CADBFAEBGHCDA"))[KINDS.index("lstm")] < 0.1


def test_the_first_reach() -> None:
    at = np.array([0, 10, 20])
    assert first_reach(at, np.array([0.5, 0.95, 0.8]), 0.9) == 10
    assert first_reach(at, np.array([0.5, 0.6, 0.8]), 0.9) == float("inf")


def test_a_run_of_the_page_starts_on_real_texts() -> None:
    frame = next(run(Contest("text", 128, 16, ("bag", "lstm"))))
    assert int(frame["step"]) == 0
    assert np.isfinite(frame["accuracy"]).sum() == 2
