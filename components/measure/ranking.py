"""How well a score puts the right ones first: the ROC curve and the area under it.

    true positive rate(t)   part of the links with a score above t        false positive rate(t)   the same of the others
    AUC = P(score of a link > score of a pair without one), a tie counts half

0.5 is guessing, 1 is perfect, whatever the scale of the score. Source: Fawcett 2006, An introduction to ROC analysis.
"""

import numpy as np

Array = np.ndarray


def roc(score: Array, truth: Array) -> tuple[Array, Array]:
    """False and true positive rates `(k,)` each, from (0, 0) to (1, 1); equal scores are one step.

    Args:
        score: `(n,)`, larger means more likely.
        truth: `(n,)` of bool.
    """
    order = np.argsort(-score, kind="stable")
    right = truth[order].astype(float)
    last = np.append(np.flatnonzero(np.diff(score[order])), len(order) - 1)
    hits, misses = right.cumsum()[last], (1 - right).cumsum()[last]
    return np.append(0, misses / max(misses[-1], 1)), np.append(0, hits / max(hits[-1], 1))


def auc(score: Array, truth: Array) -> float:
    """The area under the curve of `roc`."""
    x, y = roc(score, truth)
    return float(((x[1:] - x[:-1]) * (y[1:] + y[:-1]) / 2).sum())


def spread_of_auc(value: float, links: int, others: int) -> float:
    """Standard error of an AUC from so many links and pairs without one (Hanley & McNeil 1982)."""
    q1, q2 = value / (2 - value), 2 * value**2 / (1 + value)
    variance = value * (1 - value) + (links - 1) * (q1 - value**2) + (others - 1) * (q2 - value**2)
    return float(np.sqrt(max(variance, 0) / max(links * others, 1)))
