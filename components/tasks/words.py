"""Words and the dictionary: how a text is cut into tokens, and which entry of the dictionary each of them is.

    "Ideal for anyone!"  ->  ("Ideal", "for", "anyone", "!")  ->  (512, 14, 203, 4)

The dictionary's words are in order of how often they occur in the training texts, so that a small dictionary is the beginning
of a large one. An entry may also be a run of n words (an n-gram). What is not in the dictionary has the number -1.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

import numpy as np

from components.tasks.files import arrays

FILE = "reviews.npz"
ENTRIES = 4000  # of the largest dictionary, for every n
UNKNOWN, NOTHING = -1, -2  # not in the dictionary; no word at all (the room behind a short text)
TOKEN = re.compile(r"[:;=]-?[()DPp|/\\]|<3|[^\W_]+(?:['’][^\W_]+)*|[!?]+|\.\.+|[.,]")
END = re.compile(r"[.!?]+$")


def split(text: str, most: int | None = None) -> tuple[str, ...]:
    """A text as tokens: words with their apostrophes, numbers, . , ! ? and smiling faces; all else is left out.

    Args:
        text: any text.
        most: stop after so many.
    """
    return tuple(found[0].replace("’", "'") for found in islice(TOKEN.finditer(text), most))


def is_word(token: str) -> bool:
    """Whether it is a word or a number, not a mark of punctuation."""
    return any(sign.isalnum() for sign in token)


def sentences(tokens: Sequence[str]) -> np.ndarray:
    """Which sentence each token belongs to, `(n,)` from 0: one ends with a full stop, an exclamation or a question mark."""
    ends = np.array([bool(END.match(token)) for token in tokens], bool)
    fresh = np.append(False, ends[:-1] & ~ends[1:]) if len(ends) else ends
    return np.cumsum(fresh)


@cache
def vocabulary() -> dict[str, int]:
    """All words of the shipped texts and their numbers; the first 4,000 are the dictionary."""
    return {word: i for i, word in enumerate(arrays(FILE)["words"].tobytes().decode().split("\n"))}


@cache
def spelled() -> tuple[str, ...]:
    """The words by their numbers."""
    return tuple(vocabulary())


def numbered(tokens: Sequence[str]) -> np.ndarray:
    """The number of every token, `(n,)`, whatever its case; -1 for words that no shipped text has."""
    known = vocabulary()
    return np.array([known.get(token.lower(), UNKNOWN) for token in tokens], np.int64)


@cache
def _runs(n: int) -> dict[tuple[int, ...], int]:
    table = arrays(FILE)[{2: "pairs", 3: "triples"}[n]].astype(int)
    return {tuple(run): i for i, run in enumerate(table.tolist())}


def entries(ids: np.ndarray, n: int, size: int = ENTRIES) -> np.ndarray:
    """The dictionary's entry for the n words that begin at each place, `(k,)`; -1 where there is none among the first `size`.

    Args:
        ids: numbers of the words, `(k,)`.
        n: words an entry is made of: 1, 2 or 3.
        size: entries of the dictionary.
    """
    if n == 1:
        return np.where(ids < size, ids, np.minimum(ids, UNKNOWN))
    known, found = _runs(n), np.full(len(ids), UNKNOWN, np.int64)
    plain = ids.tolist()
    for j in range(len(plain) - n + 1):
        entry = known.get(tuple(plain[j : j + n]), UNKNOWN)
        found[j] = entry if entry < size else UNKNOWN
    return np.where(ids == NOTHING, NOTHING, found)


def entry_name(entry: int, n: int) -> str:
    """What stands in the dictionary at this place."""
    words = spelled()
    if n == 1:
        return words[entry]
    run = arrays_of_runs(n)[entry]
    return " ".join(words[i] for i in run)


@cache
def arrays_of_runs(n: int) -> tuple[tuple[int, ...], ...]:
    """The runs of n words of the dictionary, in its order."""
    return tuple(_runs(n))


def bag(found: np.ndarray, size: int) -> np.ndarray:
    """The bag-of-words vector: how often each entry occurs, `(..., k)` entries to `(..., size)` counts. Order is gone."""
    flat = found.reshape(-1, found.shape[-1]).astype(int)
    counts = np.zeros((len(flat), size), np.float32)
    row, column = np.nonzero((flat >= 0) & (flat < size))
    np.add.at(counts, (row, flat[row, column]), 1)
    return counts.reshape(*found.shape[:-1], size)
