"""English prose, letter by letter: the first 450,000 characters of Jane Austen's "Pride and Prejudice" (1813, public domain).

The last tenth is held out: other chapters than those learned from. Slide: "Sequence Generation" (text generation).
"""

from functools import cache

import numpy as np

from components.tasks.corpora import Corpus, numbered
from components.tasks.files import arrays

HELD_OUT = 0.1


@cache
def prose() -> Corpus:
    """The text as numbers of its 60 or so different characters."""
    text = arrays("prose.npz")["text"].tobytes().decode("ascii")
    names = tuple(sorted(set(text)))
    ids, _ = numbered(names, list(text))
    cut = int(len(ids) * (1 - HELD_OUT))
    return Corpus(names, ids[:cut], ids[cut:], "character")


def spelled(ids: np.ndarray) -> str:
    """Characters as text."""
    return "".join(np.array(prose().names)[ids])
