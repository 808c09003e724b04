"""What a classifier mistakes for what, counted."""

import numpy as np


def confusion(truth: np.ndarray, answer: np.ndarray, classes: int) -> np.ndarray:
    """Counts `(classes, classes)`: entry (t, a) is how often the truth was t and the answer a.

    Args:
        truth: true class numbers `(n,)`.
        answer: answered class numbers `(n,)`.
        classes: how many there are.
    """
    return np.bincount(truth * classes + answer, minlength=classes**2).reshape(classes, classes)


def worst(answer: np.ndarray, sure: np.ndarray, truth: np.ndarray, count: int) -> np.ndarray:
    """Numbers of the wrong answers with the highest probability, the most confident first, at most `count`.

    Args:
        answer: answered class numbers `(n,)`.
        sure: the probabilities of those answers `(n,)`.
        truth: true class numbers `(n,)`.
        count: how many are wanted.
    """
    wrong = np.flatnonzero(answer != truth)
    return wrong[np.argsort(-sure[wrong], kind="stable")][:count]


def most_frequent(truth: np.ndarray) -> float:
    """The accuracy of always answering the most frequent class: what an accuracy is to be compared with."""
    return float(np.bincount(truth).max() / len(truth))


def hardest(matrix: np.ndarray, count: int) -> np.ndarray:
    """Numbers of the classes most often involved in errors, at most `count`, in their own order.

    Args:
        matrix: counts `(classes, classes)` as from `confusion`.
        count: how many are wanted.
    """
    wrong = matrix.sum(0) + matrix.sum(1) - 2 * np.diag(matrix)
    return np.sort(np.argsort(-wrong, kind="stable")[:count])
