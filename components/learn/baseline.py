"""What well-known learners of scikit-learn reach on the same training and test samples.

    classification   logistic regression, and the label of the majority of the 3 nearest neighbours
    regression       ridge regression, and the mean of the 3 nearest neighbours
    points           the points that belong to the nearest training observation

Numbers are standardised with the mean and spread of the training part. Where the observation is the number of a node, the
task says in `flat` what is known about it. All other settings are scikit-learn's own.
"""

import warnings

import numpy as np

from components.modalities.base import Exercise

NEAR = "3 nearest neighbours"


def baselines(exercise: Exercise, x: np.ndarray, y: np.ndarray, seen: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """The score of each learner: accuracy, R^2, or mean Chamfer distance.

    Args:
        exercise: the task.
        x, y: training observations `(n, k, d)` and answers `(n, ...)`.
        seen, truth: the same of the test.
    """
    flat = exercise.flat or (lambda a: a.reshape(len(a), -1))
    train, test = flat(x).astype(np.float32), flat(seen).astype(np.float32)
    spread = train.std(0)
    kept = spread > 1e-6  # a constant column says nothing
    if not kept.any():
        return {}
    train, test = ((a[:, kept] - train[:, kept].mean(0)) / spread[kept] for a in (train, test))
    if exercise.goal == "points":
        return {"the nearest training example": _nearest(train, y, test, truth)}
    return _classes(train, y, test, truth) if exercise.goal == "classification" else _numbers(train, y, test, truth)


def _classes(train: np.ndarray, y: np.ndarray, test: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier

    found = {}
    if len(np.unique(y)) > 1:
        found["logistic regression"] = LogisticRegression(tol=1e-3)
    found[NEAR] = KNeighborsClassifier(min(3, len(y)), algorithm="brute")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a hundred rounds are enough for a comparison
        return {name: float((model.fit(train, y).predict(test) == truth).mean()) for name, model in found.items()}


def _numbers(train: np.ndarray, y: np.ndarray, test: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    from sklearn.linear_model import Ridge
    from sklearn.neighbors import KNeighborsRegressor

    found = {"ridge regression": Ridge(), NEAR: KNeighborsRegressor(min(3, len(y)), algorithm="brute")}
    return {name: float(model.fit(train, y).score(test, truth)) for name, model in found.items()}


def _nearest(train: np.ndarray, y: np.ndarray, test: np.ndarray, truth: np.ndarray) -> float:
    from sklearn.neighbors import NearestNeighbors

    near = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(train).kneighbors(test, return_distance=False)[:, 0]
    return float(np.mean([_chamfer(y[i], t) for i, t in zip(near, truth, strict=True)]))


def _chamfer(a: np.ndarray, b: np.ndarray) -> float:
    apart = ((a[:, None] - b) ** 2).sum(-1)
    return float(apart.min(1).mean() + apart.min(0).mean())
