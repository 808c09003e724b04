"""What is asked of a text, and how a text enters each question: as words' numbers that the network counts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from components.modalities.base import Exercise
from components.modalities.language_text import text
from components.tasks import order, sentiment
from components.tasks.texts import KNOWN, observed
from components.tasks.words import FILE, NOTHING, bag, is_word, numbered, spelled
from components.values import BadInput, Sample

if TYPE_CHECKING:
    from torch import Generator, nn

LOST = "□"


def enter(sample: Sample, mark: int, words: int = 1, turn: bool = False, plain: bool = False) -> np.ndarray:
    """A text as a network meets it, `(k, 2)`, see `tasks.texts.observed`; the dictionary is at most the one chosen.

    Args:
        sample: a text.
        mark: number of the marked word.
        words: words an entry of the network's dictionary is made of.
        turn: only the sentence or turn of the marked word, not the whole text.
        plain: without punctuation.

    Raises:
        BadInput: nothing is left.
    """
    token, turns = sample["raw"]["token"], sample["raw"]["turn"]
    kept = [t for t, own in zip(token, turns == turns[mark], strict=True) if (own or not turn) and (is_said(t) or not plain)]
    if not kept:
        raise BadInput("There are no words in this sentence. Mark a word in another one.")
    return observed(numbered(kept), words, min(KNOWN, len(sample["raw"]["dictionary"])))


def is_said(token: str) -> bool:
    """Whether a token can be heard: not a mark of punctuation."""
    return is_word(token) or token == LOST


def show(x: np.ndarray) -> Sample:
    """The text behind an observation `(k, 2)`: one sentence, □ for words that no shipped text has."""
    ids = x[:, 0].astype(int)
    token = [spelled()[i] if i >= 0 else LOST for i in ids[ids != NOTHING]]
    return text(token, np.zeros(len(token), int), (), "a test text")


def counts(x: np.ndarray) -> np.ndarray:
    """Observations `(n, k, 2)` as bags `(n, 2000)`, for scikit-learn."""
    return bag(x[..., 1], KNOWN)


def two(generators: "Sequence[Generator]") -> "nn.Module":
    """The network of the questions with two answers."""
    from components.models.bag import Bag

    return Bag(KNOWN, 2, generators)


def one(generators: "Sequence[Generator]") -> "nn.Module":
    """The network of the rating."""
    from components.models.bag import Bag

    return Bag(KNOWN, 1, generators)


APART = "Texts of one review, and texts that are nearly the same, are on the same side. Coarse language was left out."
RATE = 3e-3
ask: Callable[..., Exercise] = partial(Exercise, show=show, order="fixed", network=two, flat=counts, data=(FILE,))

TASKS: dict[str, Exercise] = {
    "sentiment": ask(
        "Is this text positive or negative?",
        sentiment.CLASSES,
        sentiment.draw,
        "permutation",
        enter,
        note="2,310 texts to train on, 794 others to test on: sentences of reviews and tweets with a mean rating beyond ±1; "
        f"those in between are left out. As many positive as negative. {APART}",
        sizes=(50, 200, 800, 2310),
        test=794,
        rate=RATE,
    ),
    "order from single words": ask(
        "Has this sentence been shuffled? Asked of a bag of words, which cannot know.",
        order.CLASSES,
        order.draw,
        "permutation",
        partial(enter, turn=True),
        note=f"5,240 texts to train on, 1,000 others to test on, half of them shuffled. {APART} Half right is a coin's result.",
        sizes=(50, 200, 800, 5240),
        test=1000,
        rate=RATE,
    ),
    "order from pairs": ask(
        "Has this sentence been shuffled? Asked of a bag of pairs of words.",
        order.CLASSES,
        partial(order.draw, words=2),
        "none",
        partial(enter, words=2, turn=True),
        note=f"5,240 texts to train on, 1,000 others to test on, half of them shuffled. {APART}",
        sizes=(50, 200, 800, 5240),
        test=1000,
        rate=RATE,
    ),
    "response": ask(
        "Does the marked sentence or turn call for a response: is it a question?",
        order.ANSWERS,
        order.draw_questions,
        "permutation",
        partial(enter, turn=True, plain=True),
        note="369 questions, each several times, and 2,000 statements to train on; 131 others of each to test on. The label is "
        f"the question mark that its writer put; the network does not see it. {APART}",
        sizes=(50, 200, 800, 4000),
        test=262,
        rate=1e-3,
    ),
    "rating": ask(
        "How positive do people find the marked sentence or turn, from −4 to 4?",
        ("mean rating",),
        sentiment.draw_rating,
        "permutation",
        partial(enter, turn=True),
        note=f"5,443 texts to train on, 1,000 others to test on, rated by about 20 people each. {APART}",
        goal="regression",
        unit="points on the scale from −4 to 4",
        network=one,
        sizes=(50, 200, 800, 5443),
        test=1000,
        rate=RATE,
    ),
}
