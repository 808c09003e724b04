"""How much the parts of what a model is asked about matter to its answer: pure functions of a `predict`.

    occlusion       I_p = f(x) - f(x without p)                what is lost when part p is hidden, all else is there
    alone           I_p = f(only p) - f(nothing)               what part p says without its context
    permutation     I_c = score(x) - mean_k score(x, column c shuffled)    what is lost when a column no longer fits its row

f is the predicted number, or the evidence for the answer: the logarithm of its odds, log2 p / (1 - p) in bits, which still moves
where the probability is nearly 1. Sources: Zeiler & Fergus 2014 (occlusion), Robnik-Sikonja & Kononenko 2008 (evidence),
Breiman 2001 (permutation), Spearman 1904 (rank correlation); lecture, slide "Modality Profile", 6 Relevance.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from components.measure.base import number, undefined
from components.values import Curve, Reading

T = TypeVar("T")
SEEN = 1e-6
"""Importances smaller than this are rounding."""


class Agreement(NamedTuple):
    """Spearman's rank correlation of two importances, and over how many parts; not a number where it is not defined."""

    rho: float
    n: int
    why: str = ""  # "not defined because ...", a whole sentence


def evidence(logits: np.ndarray, answer: int) -> np.ndarray:
    """log2 p / (1 - p) of one class from logits `(..., classes)`, in bits, exact where p would be rounded to 1: `(...)`."""
    others = np.delete(logits.astype(np.float64), answer, -1)
    top = others.max(-1)
    rest = top + np.log(np.exp(others - top[..., None]).sum(-1))
    return (logits[..., answer] - rest) / np.log(2)


def occlusion(predict: Callable[[Sequence[T]], np.ndarray], whole: T, hidden: Sequence[T]) -> np.ndarray:
    """f(x) - f(x without p) for every part p, `(parts, ...)`.

    Args:
        predict: gives one number, or one row of them, for each of the things it is given.
        whole: the thing itself.
        hidden: the same with one part hidden, one for each part.
    """
    found = predict([whole, *hidden])
    return found[0] - found[1:]


def alone(predict: Callable[[Sequence[T]], np.ndarray], only: Sequence[T], nothing: T) -> np.ndarray:
    """f(only p) - f(nothing) for every part p, `(parts, ...)`: the context is removed.

    Args:
        predict: as in `occlusion`.
        only: the thing with all parts hidden but one, one for each part.
        nothing: the thing with all parts hidden.
    """
    found = predict([nothing, *only])
    return found[1:] - found[0]


def permutation(
    score: Callable[[np.ndarray], float],
    x: np.ndarray,
    groups: Mapping[str, np.ndarray],
    rng: np.random.Generator,
    repeats: int = 5,
) -> tuple[np.ndarray, np.ndarray]:
    """The mean fall of the score when the entries of a group change places between rows, `(groups,)`, and its standard error.

    Args:
        score: of all rows `(n, ..., d)`.
        x: the rows; entries are on the last axis.
        groups: name -> numbers of entries that belong together (all of one column).
        rng: decides the new places.
        repeats: shuffles of each group.
    """
    before = score(x)
    falls = np.zeros((len(groups), repeats))
    for g, entries in enumerate(groups.values()):
        for k in range(repeats):
            other = x.copy()
            other[..., entries] = x[rng.permutation(len(x))][..., entries]
            falls[g, k] = before - score(other)
    return falls.mean(1), falls.std(1, ddof=1) / repeats**0.5 if repeats > 1 else np.zeros(len(groups))


def agreement(a: np.ndarray, b: np.ndarray) -> Agreement:
    """How alike two tasks rank the parts by how much they matter, whichever way: Spearman's rho of |a| and |b|.

    Parts that matter to neither are left out: that both ignore the background is no agreement about the thing.
    """
    from scipy.stats import spearmanr

    a, b = np.abs(a), np.abs(b)
    known = np.isfinite(a) & np.isfinite(b) & ((a > SEEN) | (b > SEEN))
    n = int(known.sum())
    if n < 4:
        return Agreement(
            float("nan"), n, f"Not defined because only {n} parts matter to one of the tasks; at least 4 are needed."
        )
    if np.ptp(a[known]) < SEEN or np.ptp(b[known]) < SEEN:
        return Agreement(float("nan"), n, "Not defined because one of the tasks finds all parts equally important.")
    return Agreement(float(spearmanr(a[known], b[known]).statistic), n)


def spread(values: np.ndarray, question: str) -> Reading:
    """Over how many parts what matters is spread: exp(H) of the shares |v_i| / sum |v|, as a percentage of all parts.

    Args:
        values: what the answer loses without each part `(parts,)`; NaN counts as nothing.
        question: what was asked.

    Few parts that matter give a small number; where all matter alike it is 100. Hill 1973; Jost 2006.
    """
    name, unit, formula = (
        "parts that matter",
        "%",
        r"\tfrac{100}{n}\,e^{H},\quad H=-\sum_i s_i\ln s_i,\quad s_i=|v_i|/\sum_j|v_j|",
    )
    method = "Each part is hidden in turn; effective number of parts behind what the answer loses, of all parts. "
    method += f"It depends on the question, here: {question}"
    source = "Zeiler & Fergus 2014; Hill 1973; slide “Modality Profile” 6"
    share = np.abs(np.nan_to_num(np.asarray(values, float)))
    if share.sum() <= 1e-9:
        return undefined(name, unit, method, formula, source, "no part makes a difference to the answer")
    share = np.sort(share / share.sum())[::-1]
    entropy = -(share[share > 0] * np.log(share[share > 0])).sum()
    curve: Curve = {
        "x": np.arange(1, len(share) + 1), "y": share, "x_title": "parts, the weightiest first",
        "y_title": "share of what matters", "style": "bars",
    }  # fmt: skip
    return number(name, 100 * float(np.exp(entropy)) / len(share), unit, method, formula, source, curve)
