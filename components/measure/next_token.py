"""Choosing the next token: scores to probabilities by temperature, the k most likely, one of them by a random number.

    p_i = exp(s_i / temperature) / sum_j exp(s_j / temperature)

Temperature 1 is what was learned, 0 takes the most likely token always ("greedy"), above 1 all become more alike.
Source: lecture, slide "Sequence Generation"; Ackley, Hinton & Sejnowski 1985; Fan, Lewis & Dauphin 2018 (top-k).
"""

import numpy as np


def shares(scores: np.ndarray, temperature: float = 1.0, keep: int = 0) -> np.ndarray:
    """Probabilities `(v,)` from scores `(v,)`; only the `keep` most likely tokens stay, 0 keeps all."""
    scores = scores.astype(np.float64)
    if temperature <= 0:
        return (np.arange(len(scores)) == scores.argmax()).astype(np.float64)
    if 0 < keep < len(scores):
        lost = np.argsort(-scores, kind="stable")[keep:]
        scores = scores.copy()
        scores[lost] = -np.inf
    parts = np.exp((scores - scores.max()) / temperature)
    return parts / parts.sum()


def drawn(p: np.ndarray, u: float) -> int:
    """The token whose piece of the line from 0 to 1, cut by the probabilities, the random number u falls into."""
    return int(min(np.searchsorted(np.cumsum(p), u, side="right"), np.flatnonzero(p)[-1]))
