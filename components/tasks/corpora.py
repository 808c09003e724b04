"""What a generator learns to continue: a text letter by letter, or melodies note by note, as one long row of token numbers."""

from typing import NamedTuple

import numpy as np


class Corpus(NamedTuple):
    """Tokens in the order in which they are written.

    Attributes:
        names: what each of the v tokens is called.
        train: token numbers to learn from, `(n,)`.
        test: token numbers held out, `(m,)`; they come from other chapters, or from other melodies.
        unit: what one token is, "character" or "note".
    """

    names: tuple[str, ...]
    train: np.ndarray
    test: np.ndarray
    unit: str


def numbered(names: tuple[str, ...], wanted: list[str]) -> tuple[np.ndarray, list[str]]:
    """The numbers of those tokens that are known, and the names of the others."""
    place = {name: i for i, name in enumerate(names)}
    return np.array([place[w] for w in wanted if w in place], np.int64), [w for w in wanted if w not in place]


def unigram_bits(corpus: Corpus) -> float:
    """Bits a token on the held-out part, if each token is expected as often as it occurs: -mean log2 p(y)."""
    v = len(corpus.names)
    counts = np.bincount(corpus.train, minlength=v) + 1.0
    return float(-np.log2(counts / counts.sum())[corpus.test[1:]].mean())


def bigram_bits(corpus: Corpus) -> float:
    """Bits a token on the held-out part, if only the token before is known: -mean log2 p(y_t | y_(t-1)).

    Rare pairs lean on the single token: p = (count + 1 * p(y)) / (sum of counts + 1).
    """
    v = len(corpus.names)
    single = np.bincount(corpus.train, minlength=v) + 1.0
    single /= single.sum()
    pairs = np.zeros((v, v))
    np.add.at(pairs, (corpus.train[:-1], corpus.train[1:]), 1)
    shares = (pairs + single) / (pairs.sum(1, keepdims=True) + 1)
    return float(-np.log2(shares[corpus.test[:-1], corpus.test[1:]]).mean())
