"""What a head of attention does, by measurement: the mean weight that a token gives to the one before it, behind it, itself ...

    score = mean over the tokens i that ask of  sum over the targets j of A[i, j]        in [0, 1]; 1: it does nothing else

Chance is the score of a head that looks at all tokens alike. Sources: Clark et al. 2019, "What does BERT look at?"; Voita et al.
2019, "Analyzing multi-head self-attention"; for repeats Olsson et al. 2022, "In-context learning and induction heads".
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

ROLES = {
    "previous": "the token before",
    "next": "the token behind",
    "same": "itself",
    "first": "[CLS]",
    "marks": "[SEP], punctuation",
    "again": "what came after this letter before",
    "reference": "the pronoun's noun",
}
SHORT = {
    "previous": "one before", "next": "one behind", "same": "itself", "first": "[CLS]", "marks": "[SEP]",
    "again": "repeat", "reference": "noun of a pronoun",
}  # fmt: skip
SPECIAL = ("[CLS]", "[SEP]", "[PAD]")
CLEAR = 0.5  # a head has a role where it gets half of the weight


class Target(NamedTuple):
    """Whom a role looks at."""

    where: np.ndarray  # (n, n) truth: row i, its targets
    asks: np.ndarray  # (n,) truth: rows that count


def targets(tokens: Sequence[str]) -> dict[str, Target]:
    """The roles in a sentence of BERT's tokens, the first [CLS] and the last [SEP]: these two do not ask, they only are asked; a
    mark does not ask for marks."""
    n = len(tokens)
    word = np.array([t not in SPECIAL for t in tokens], bool)
    mark = np.array([t == "[SEP]" or (t not in SPECIAL and not any(c.isalnum() for c in t)) for t in tokens], bool)
    before, behind = np.eye(n, k=-1, dtype=bool), np.eye(n, k=1, dtype=bool)
    return {
        "previous": Target(before, word & np.isin(np.arange(n) - 1, np.flatnonzero(word))),
        "next": Target(behind, word & np.isin(np.arange(n) + 1, np.flatnonzero(word))),
        "same": Target(np.eye(n, dtype=bool), word),
        "first": Target(np.eye(1, n, dtype=bool).repeat(n, 0), word),
        "marks": Target(np.tile(mark, (n, 1)), word & ~mark),
    }


def repeats(ids: Sequence[int]) -> dict[str, Target]:
    """The roles in a row of letters read from first to last: the letter before, and "again": the letters behind the same letter
    wherever it stood before, which a row that repeats itself will bring next."""
    n = len(ids)
    again = np.zeros((n, n), bool)
    for i, letter in enumerate(ids):
        again[i, [j + 1 for j in range(i) if ids[j] == letter]] = True
    before = np.eye(n, k=-1, dtype=bool)
    return {
        "previous": Target(before, np.asarray(before.any(1))),
        "same": Target(np.eye(n, dtype=bool), np.arange(n) > 0),
        "again": Target(again, np.asarray(again.any(1))),
    }


def score(weights: np.ndarray, target: Target) -> np.ndarray:
    """The mean weight on the targets, `(..., n, n) -> (...)`; NaN where no token asks."""
    if not target.asks.any():
        return np.full(weights.shape[:-2], np.nan)
    return (weights * target.where).sum(-1)[..., target.asks].mean(-1)


def chance(target: Target) -> float:
    """The score of a head that looks at all tokens alike."""
    n = len(target.asks)
    return float(score(np.full((n, n), 1 / n), target))


def from_to(weights: np.ndarray, asks: Sequence[int], asked: Sequence[int]) -> np.ndarray:
    """The weight from one word to another, both of one or more tokens: mean over the one, sum over the other, `(...)`."""
    return weights[..., list(asks), :][..., list(asked)].sum(-1).mean(-1)


def entropy(weights: np.ndarray) -> np.ndarray:
    """Bits of each row: 0 for all on one token, log2 n for all alike; `(..., n)`."""
    return -(weights * np.log2(np.maximum(weights, 1e-12))).sum(-1)


def distance(weights: np.ndarray) -> np.ndarray:
    """How many tokens away each row looks on average, `(..., n)`."""
    place = np.arange(weights.shape[-1])
    return (weights * np.abs(place[:, None] - place)).sum(-1)


def mean_error(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean over the first axis and its standard error; NaN are left out."""
    count = np.maximum((~np.isnan(values)).sum(0), 2)
    return np.nanmean(values, 0), np.nanstd(values, 0, ddof=1) / np.sqrt(count)


def clearest(scores: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """For each head the place of its strongest role among `scores`, and the score."""
    table = np.stack([np.nan_to_num(value) for value in scores.values()])
    return table.argmax(0), table.max(0)
