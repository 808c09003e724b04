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


def worst(p: np.ndarray, truth: np.ndarray, count: int) -> np.ndarray:
    """Numbers of the wrong answers with the highest probability, the most confident first, at most `count`.

    Args:
        p: class probabilities `(n, classes)`.
        truth: true class numbers `(n,)`.
        count: how many are wanted.
    """
    wrong = np.flatnonzero(p.argmax(1) != truth)
    return wrong[np.argsort(-p.max(1)[wrong], kind="stable")][:count]


def most_frequent(truth: np.ndarray) -> float:
    """The accuracy of always answering the most frequent class: what an accuracy is to be compared with."""
    return float(np.bincount(truth).max() / len(truth))
