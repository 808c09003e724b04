"""Set expansion: four members of a set are given; which of eight candidates belongs to it too?

The sets are the keywords that people know pictographs by (Unicode CLDR): "fruit" is a set of apples, grapes and pears. Which
keyword is meant is never said, and keywords of the test are in no training set.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays

if TYPE_CHECKING:
    from torch import Generator, Tensor

FILE, GIVEN, CANDIDATES = "emoji.npz", 4, 8
ROWS = GIVEN + CANDIDATES
NOTE = (
    "1,014 keywords to train on, 59 others of at least 5 members to test on; keywords that share two fifths of their members "
    "are in one part. Wrong candidates come from other keywords, as well known as the right one: guessing gives 1 in 8. The "
    "baseline counts in how many training keywords each candidate met the given signs, and does better than this network."
)


@cache
def signs() -> tuple[np.ndarray, np.ndarray]:
    """The pictographs and their names, `(v,)` each; an element is its number here."""
    data = arrays(FILE)
    return data["sign"], data["name"]


@cache
def keywords(part: str) -> dict[str, np.ndarray]:
    """Keyword -> the numbers of its members, for "train" or "test"; keywords that share two fifths are in one part."""
    data = arrays(FILE)
    sets = np.split(data["member"].astype(np.int64), data["end"][:-1])
    chosen = data["tested"] == (part == "test")
    return {str(word): sets[i] for i, word in enumerate(data["keyword"]) if chosen[i]}


@cache
def together() -> np.ndarray:
    """How many training keywords two pictographs share, `(v, v)`; the memory of a learner that only counts."""
    counts = np.zeros((len(signs()[0]),) * 2, np.float32)
    for members in keywords("train").values():
        counts[np.ix_(members, members)] += 1
    return counts


def question(word: str, part: str, rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """Rows `(12, 2)` of pictograph and whether it is given (1) or a candidate (0), shuffled; and the row that belongs.

    Wrong candidates are members of other keywords, chosen like the right one: a keyword, then a member. So each is as well
    known as the right one, and being well known gives nothing away.
    """
    sets = keywords(part)
    inside = rng.permutation(sets[word])[: GIVEN + 1]
    inside = np.concatenate([np.resize(inside[:-1], GIVEN), inside[-1:]])  # a small set: some are given twice
    words, known = list(sets), set(sets[word].tolist())
    wrong: list[int] = []
    while len(wrong) < CANDIDATES - 1:
        other = sets[words[rng.integers(len(words))]]
        sign = int(other[rng.integers(len(other))])
        if sign not in known:
            known.add(sign)
            wrong.append(sign)
    rows = np.stack([[*inside, *wrong], [1] * GIVEN + [0] * CANDIDATES], -1)
    order = rng.permutation(ROWS)
    return rows[order].astype(np.float32), int(np.flatnonzero(order == GIVEN)[0])


def draw(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n questions about keywords of one part, `x (n, 12, 2)`; `y (n,)` the row that belongs, numbers from 0."""
    import torch

    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    words = list(keywords(part))
    found = [question(words[i], part, rng) for i in rng.integers(len(words), size=n)]
    x, y = zip(*found, strict=True)
    return torch.from_numpy(np.stack(x)), torch.tensor(y)


def counted(x: np.ndarray) -> np.ndarray:
    """What a learner that only counts knows, `(n, 12)`: in how many training keywords each candidate met the given ones,
    as the logarithm of 1 + the sum over the four; 0 at the given rows."""
    rows, given = x[..., 0].astype(int), x[..., 1] > 0.5
    shared = together()[rows[:, :, None], rows[:, None]]
    return np.log1p((shared * given[:, None]).sum(-1)) * ~given
