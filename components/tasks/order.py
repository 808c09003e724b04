"""What word order changes: has this sentence been shuffled, and is it a question?"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.texts import LONGEST, observed, pick, texts, utterances

if TYPE_CHECKING:
    from torch import Generator, Tensor

SHORTEST = 6  # tokens of a sentence that may have been shuffled
CLASSES = ("as written", "shuffled")
ANSWERS = ("a statement", "a question")


@cache
def long_enough(part: str) -> np.ndarray:
    """Rows of the texts of one part with 6 to 64 tokens, of which at least four differ."""
    found, _, test = texts()
    fits = np.array([SHORTEST <= len(text) <= LONGEST and len(np.unique(text)) > 3 for text in found])
    return np.flatnonzero(fits & (test == (part == "test")))


def draw(n: int, generator: "Generator", part: str, words: int = 1) -> "tuple[Tensor, Tensor]":
    """n texts, half of them (by coin) with their words in a random order, `x (n, 64, 2)`; `y (n,)` 1 where shuffled.

    Args:
        n, generator, part: see `Task`.
        words: words an entry of the dictionary is made of: 1 for a bag of words, 2 for a bag of pairs.
    """
    import torch

    found, _, _ = texts()
    chosen = pick(long_enough(part), n, generator)
    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    y = rng.integers(2, size=n)
    x = [observed(rng.permutation(found[i]) if moved else found[i], words) for i, moved in zip(chosen, y, strict=True)]
    return torch.from_numpy(np.stack(x)), torch.from_numpy(y)


@cache
def sides(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the statements and of the questions of one part."""
    _, asked, test = utterances()
    own = test == (part == "test")
    return np.flatnonzero(own & ~asked), np.flatnonzero(own & asked)


def draw_questions(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n sentences without punctuation, `x (n, 64, 2)`; `y (n,)` 1 if its writer ended it with a question mark.

    Half of them are questions. There are only few of those: a large training set holds each several times.
    """
    import torch

    found, asked, _ = utterances()
    statements, questions = sides(part)
    chosen = np.concatenate([pick(statements, n - n // 2, generator), pick(questions, n // 2, generator)])
    chosen = chosen[torch.randperm(n, generator=generator).numpy()]
    x = np.stack([observed(found[i][:LONGEST]) for i in chosen])
    return torch.from_numpy(x), torch.from_numpy(asked[chosen].astype(np.int64))
