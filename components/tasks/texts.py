"""The shipped texts: sentences of product reviews and tweets, as word numbers, with the mean rating of about 20 people each."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays
from components.tasks.words import END, FILE, NOTHING, entries, is_word, spelled

if TYPE_CHECKING:
    from torch import Generator

LONGEST = 64  # words a network sees; room behind a shorter text holds -2
KNOWN = 2000  # entries of the dictionary the networks count: the beginning of the page's


@cache
def texts() -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Word numbers of every text, the mean rating `(n,)` from -4 to 4, and whether it is of the test part `(n,)`."""
    data = arrays(FILE)
    found = np.split(data["ids"].astype(np.int64), data["ends"][:-1].astype(int))
    return found, data["mean"].astype(np.float32), data["test"]


@cache
def marks() -> tuple[np.ndarray, np.ndarray]:
    """For every word number: does it end a sentence, and is it a word (not punctuation); two `(v,)` of truth values."""
    words = spelled()
    return np.array([bool(END.match(w)) for w in words]), np.array([is_word(w) for w in words])


@cache
def utterances() -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """The single sentences inside the texts: their words without punctuation, whether a question mark ended them `(n,)`,
    and whether they are of the test part `(n,)`. At least three words; sentences of the same words come once."""
    ends, plain = marks()
    query = np.array(["?" in word for word in spelled()])
    kept: dict[bytes, tuple[np.ndarray, bool, bool]] = {}
    for text, _, held in zip(*texts(), strict=True):
        stops = np.flatnonzero(ends[text])
        for piece in np.split(text, stops + 1):
            if len(piece) and ends[piece[-1]]:
                words = piece[plain[piece]]
                if len(words) >= 3:
                    kept.setdefault(np.unique(words).tobytes(), (words, bool(query[piece[-1]]), bool(held)))
    found, asked, test = zip(*kept.values(), strict=True)
    return list(found), np.array(asked), np.array(test)


def observed(text: np.ndarray, n: int = 1, known: int = KNOWN) -> np.ndarray:
    """A text as a network of this modality receives it, `(k, 2)` with k at least 64: the number of each word, and the entry
    of the dictionary it counts for; -1 is unknown, -2 no word."""
    padded = np.full(max(LONGEST, len(text)), NOTHING, np.int64)
    padded[: len(text)] = text
    return np.stack([padded, entries(padded, n, known)], -1).astype(np.float32)


def pick(rows: np.ndarray, n: int, generator: "Generator") -> np.ndarray:
    """n of these rows: each at most once if there are enough."""
    import torch

    if n <= len(rows):
        return rows[torch.randperm(len(rows), generator=generator)[:n].numpy()]
    return rows[torch.randint(len(rows), (n,), generator=generator).numpy()]
