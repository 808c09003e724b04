"""All heads of MiniLM on a sentence, computed once for all who look at the same, and what the heads do as recorded."""

import json
import re
import time
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from components.learn.device import settle
from components.measure.head_roles import from_to
from components.models import minilm
from components.tasks.pronouns import Sentence

FILE = Path(__file__).parents[2] / "pretrained" / "sweeps" / "head_roles.npz"


class Looked(NamedTuple):
    """A sentence, and who looks at whom in it."""

    tokens: tuple[str, ...]
    weights: np.ndarray  # (layers, heads, n, n)
    seconds: float
    whole: int  # tokens of the uncut sentence


@lru_cache(maxsize=12)  # 1.2 MB each at 64 tokens
def looked(text: str, most: int = minilm.DRAWN) -> Looked:
    """One forward pass with all attention kept."""
    settle()
    minilm.load()
    began = time.perf_counter()
    found = minilm.read(text, most)
    weights = minilm.encode(found.ids)[1].numpy()
    return Looked(found.tokens, weights, time.perf_counter() - began, found.whole)


@lru_cache(maxsize=256)
def similarity(one: str, other: str) -> float:
    """Cosine of two sentences."""
    settle()
    return minilm.similarity(one, other)


def of_word(found: minilm.Tokens, text: str, word: str) -> list[int]:
    """The tokens of the first such word in the text."""
    match = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    if match is None:
        raise ValueError(f"{word!r} is not in {text!r}")
    return [i for i, (a, b) in enumerate(found.places) if a < b and a < match.end() and b > match.start()]


def referred(sentence: Sentence) -> tuple[np.ndarray, np.ndarray]:
    """The weight of every head from the pronoun to its noun, and to the other noun: two `(6, 12)`."""
    found = minilm.read(sentence.text)
    asks, noun, other = (of_word(found, sentence.text, w) for w in (sentence.pronoun, sentence.noun, sentence.other))
    weights = minilm.encode(found.ids)[1].numpy()
    return from_to(weights, asks, noun), from_to(weights, asks, other)


@cache
def recorded() -> dict[str, np.ndarray]:
    """Scores of all heads by role, with their standard errors; see the script that wrote them."""
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


def about() -> dict[str, str]:
    """Date, machine, versions."""
    return dict(json.loads(str(recorded()["about"])))
