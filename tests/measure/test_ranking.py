"""The ROC curve and its area against scikit-learn's."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from components.measure.ranking import auc, roc, spread_of_auc


@pytest.mark.parametrize("seed", range(4))
def test_auc_equals_scikit_learns_also_with_ties(seed: int) -> None:
    rng = np.random.default_rng(seed)
    truth = rng.random(200) < 0.4
    score = np.round(rng.normal(size=200) + truth, seed % 2 + 0)
    assert auc(score, truth) == pytest.approx(roc_auc_score(truth, score))


def test_the_curve_runs_from_corner_to_corner_and_a_constant_score_is_guessing() -> None:
    truth = np.array([True, False, True, False])
    x, y = roc(np.array([4.0, 3.0, 2.0, 1.0]), truth)
    assert (x[0], y[0], x[-1], y[-1]) == (0, 0, 1, 1)
    assert auc(np.zeros(4), truth) == 0.5
    assert auc(truth.astype(float), truth) == 1


def test_the_standard_error_is_that_of_many_draws() -> None:
    rng = np.random.default_rng(0)
    truth = np.arange(100) < 50
    found = [auc(rng.normal(size=100) + truth, truth) for _ in range(400)]
    assert spread_of_auc(float(np.mean(found)), 50, 50) == pytest.approx(np.std(found), rel=0.2)
