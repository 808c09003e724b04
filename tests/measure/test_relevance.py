"""Relevance: importances of known models come back, and so does the information of known columns."""

import numpy as np
import pandas as pd
import pytest

from components.measure.importance import agreement, alone, evidence, occlusion, permutation
from components.measure.relevance import measure
from components.modalities.table_samples import tabled
from tests.measure.samples import HOSTILE, network, words
from tests.measure.test_readings import EXAMPLES, MODALITIES, measured

RNG = np.random.default_rng
WEIGHTS = np.array([2.0, -1.0, 0.0, 0.5])
X = np.array([1.0, 1.0, 1.0, 1.0])


def linear(rows: list[np.ndarray]) -> np.ndarray:
    return np.stack(rows) @ WEIGHTS


def without(*hidden: int) -> np.ndarray:
    return np.where(np.isin(np.arange(4), hidden), 0.0, X)


def test_a_linear_predictor_gives_back_its_weights() -> None:
    missed = occlusion(linear, X, [without(i) for i in range(4)])
    only = alone(linear, [without(*(j for j in range(4) if j != i)) for i in range(4)], without(0, 1, 2, 3))
    assert np.allclose(missed, WEIGHTS)
    assert np.allclose(only, WEIGHTS)


def test_context_shows_where_parts_need_each_other() -> None:
    def both(rows: list[np.ndarray]) -> np.ndarray:
        return np.stack(rows)[:, 0] * np.stack(rows)[:, 1]

    assert occlusion(both, X, [without(0), without(1), without(2)]).tolist() == [1, 1, 0]
    assert alone(both, [without(1, 2, 3), without(0, 2, 3)], without(0, 1, 2, 3)).tolist() == [0, 0]


def test_evidence_is_the_log_odds_even_where_the_probability_is_one() -> None:
    logits = np.array([[0.0, 0.0], [np.log(3), 0], [200.0, 0.0]])
    assert evidence(logits, 0) == pytest.approx([0, np.log2(3), 200 / np.log(2)])
    three = np.array([1.0, 2.0, 3.0])
    p = np.exp(three) / np.exp(three).sum()
    assert evidence(three, 2) == pytest.approx(np.log2(p[2] / (1 - p[2])))


def test_permutation_ranks_the_columns_of_a_known_model() -> None:
    x = RNG(0).standard_normal((400, 4))
    y = x @ WEIGHTS

    def score(rows: np.ndarray) -> float:
        return float(1 - np.square(rows @ WEIGHTS - y).mean() / y.var())

    fall, error = permutation(score, x, {str(i): np.array([i]) for i in range(4)}, RNG(1), 20)
    assert fall == pytest.approx(2 * WEIGHTS**2 / y.var(), abs=0.15)  # two independent copies differ by twice the variance
    assert fall[2] == error[2] == 0
    assert x @ WEIGHTS == pytest.approx(y)  # the rows were left alone


def test_agreement_ranks_by_size_and_leaves_out_what_nobody_uses() -> None:
    a = np.array([3.0, -2.0, 1.0, 0.5, 0.0, 0.0])
    assert agreement(a, -2 * a)[:2] == (pytest.approx(1), 4)
    assert agreement(a, np.array([0.5, 1, 2, 3, 0, 0.0])).rho == pytest.approx(-1)
    few = agreement(a[2:], a[2:])
    assert np.isnan(few.rho)
    assert few.why.startswith("Not defined because only 2 parts")
    assert "equally" in agreement(np.ones(6), a).why


def test_the_information_of_known_columns() -> None:
    """A fair coin that decides the answer says 1 bit; one that has nothing to do with it says nothing."""
    coin, other = RNG(0).integers(2, size=(2, 1000))
    frame = pd.DataFrame({"answer": coin, "coin": coin, "other": other}).astype(str).astype("category")
    first, less = measure(tabled(frame, "test", "answer"))
    assert first["value"] == pytest.approx(1, abs=0.01)
    assert "“coin”" in first["estimator"]
    assert first["curve"]["x"].tolist() == ["coin", "other"]
    assert first["curve"]["y"][1] < 0.01
    assert less["value"] == 50


def test_the_information_of_a_noisy_number() -> None:
    """I(X; X + Z) of two normals of equal strength is half a bit."""
    x, z = RNG(0).standard_normal((2, 2000))
    first, _ = measure(tabled(pd.DataFrame({"answer": x + z, "x": x}), "test", "answer"))
    assert first["value"] == pytest.approx(0.5, abs=0.08)


def test_a_neighbours_kind() -> None:
    """Two kinds that keep to themselves tell each other 1 bit; of one kind there is nothing to tell."""
    sample = network(8, [(0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (5, 6), (6, 7), (7, 4)])
    assert "one kind" in measure(sample)[0]["why"]
    sample["raw"]["labels"] = np.repeat([0, 1], 4)
    first, alike = measure(sample)
    assert first["value"] == pytest.approx(1, abs=0.1)
    assert alike["value"] == 100
    sample["raw"]["labels"] = np.array([0, 1] * 4)
    assert measure(sample)[1]["value"] == 0


def test_without_a_question_nothing_is_claimed() -> None:
    for reading in measure(words("a clean room")):
        assert "a question is needed" in reading["why"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_samples_give_numbers_or_reasons(hostile: str) -> None:
    measured("relevance", HOSTILE[hostile]())


@pytest.mark.parametrize(("modality", "example"), EXAMPLES)
def test_every_example_can_be_measured(modality: str, example: str) -> None:
    measured("relevance", MODALITIES[modality].examples[example]())
