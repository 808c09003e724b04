"""Noise of a text: words no dictionary has, and those among them that are a slip or two of the finger from a word that it has."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from components.measure.base import number, undefined
from components.measure.views import has, words_of
from components.values import Reading, Sample

SLIDE = "slide “Modality Profile” 5"
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST, TWO, PART = (
    4,
    5,
    3,
)  # letters: of a word, of one with two slips, of each part of a compound; shorter is near to too many
ENDINGS = ("s", "'s", "es", "d", "ed", "ing", "ly")  # after a known word these make no typo
Place = tuple[float, int]


def places() -> dict[str, Place]:
    """Where each letter lies on a QWERTY keyboard: column and row; each row stands half a key to the right of the one above."""
    return {letter: (c + 0.5 * r, r) for r, row in enumerate(KEYS) for c, letter in enumerate(row)}


@cache
def beside(letter: str) -> str:
    """The keys that touch this one."""
    keys = places()
    if letter not in keys:
        return ""
    x, y = keys[letter]
    return "".join(k for k, (c, r) in keys.items() if k != letter and abs(r - y) <= 1 and abs(c - x) <= (1 if r == y else 0.5))


def slips(word: str) -> set[str]:
    """Every word that comes from this one by one letter becoming a neighbour on the keyboard."""
    return {word[:i] + other + word[i + 1 :] for i, letter in enumerate(word) for other in beside(letter)}


def letters(words: Iterable[str]) -> dict[int, np.ndarray]:
    """The words sorted by their length: for n letters `(words, n)`, each letter by its number."""
    found: dict[int, list[str]] = {}
    for word in sorted(words):
        found.setdefault(len(word), []).append(word)
    return {n: np.array(group, f"<U{n}").view(np.uint32).reshape(-1, n) for n, group in found.items() if n}


def slipped_twice(word: str, known: dict[int, np.ndarray]) -> bool:
    """Whether a known word of the same length differs in at most two letters, each a neighbour of the right one."""
    own = np.array([word]).view(np.uint32)
    same = known.get(len(word), np.zeros((0, len(word)), np.uint32))
    near = same[(same != own).sum(1) <= 2]
    return any(all(a == chr(b) or chr(b) in beside(a) for a, b in zip(word, row, strict=True)) for row in near.tolist())


def halves(word: str) -> list[tuple[str, str]]:
    """The ways to cut a word into two parts of three letters or more."""
    return [(word[:i], word[i:]) for i in range(PART, len(word) - PART + 1)]


def compound(word: str, known: set[str]) -> bool:
    """Whether the word is made of two known ones: teacup."""
    return any(a in known and b in known for a, b in halves(word))


def inflected(word: str, known: set[str]) -> bool:
    """Whether a known word and an ending give this one: repeated, arrives."""
    return any(word.endswith(end) and word.removesuffix(end) in known for end in ENDINGS if len(word) >= PART + len(end))


def slipped(word: str, known: set[str], sorted_by_length: dict[int, np.ndarray]) -> bool:
    """Whether an unknown word is near a known one: one slip; two in a longer word; or one in a compound of two known words."""
    if len(word) < SHORTEST or compound(word, known) or inflected(word, known):
        return False
    if not slips(word).isdisjoint(known) or (len(word) >= TWO and slipped_twice(word, sorted_by_length)):
        return True
    one = (
        (a in known and not slips(b).isdisjoint(known)) or (b in known and not slips(a).isdisjoint(known))
        for a, b in halves(word)
    )
    return any(one)


def dictionary(sample: Sample) -> set[str]:
    """The single words of the sample's dictionary; empty where it has none."""
    if not has(sample["raw"], "dictionary"):
        return set()
    return {word for entry in sample["raw"]["dictionary"] for word in str(entry).split()}


def _missed(sample: Sample) -> tuple[list[str], list[str], set[str]]:
    """The words, those in no dictionary (numbers left out), and the dictionary."""
    known = dictionary(sample)
    words = [word for word in words_of(sample)[0] if any(sign.isalpha() for sign in word)]
    return words, [word for word in words if word not in known], known


def likely_typos(sample: Sample) -> Reading:
    """The share of words that are in no dictionary and one or two keys away from one that is, or from two joined."""
    name, formula = "likely typos", r"\tfrac1n|\{j:w_j\notin D,\ \exists\,v\in D:v\text{ one or two keys away}\}|"
    words, missed, known = _missed(sample)
    method = (
        "Words of four letters or more that the dictionary lacks and that become one of its words, or two joined, when a letter "
    )
    method += "is replaced by its neighbour on the keyboard, in a word of five letters or more also two: teacip, teacup; rihjt, "
    method += "right. Rare words can be near another by chance: of the words of the reviews here, which are clean, about 1 %."
    if not words or not known:
        why = "there are no words" if not words else "there is no dictionary to compare with"
        return undefined(name, "%", method, formula, f"Damerau 1964; {SLIDE}", why)
    by_length = letters(known)
    wrong = {word for word in set(missed) if slipped(word, known, by_length)}
    share = sum(word in wrong for word in missed) / len(words)
    return number(name, 100 * share, "%", method, formula, f"Damerau 1964; {SLIDE}")


def unknown(sample: Sample) -> Reading:
    """The share of words that are not in the dictionary."""
    words, missed, known = _missed(sample)
    name, formula, method = (
        "unknown words",
        r"\tfrac1n|\{j:w_j\notin D\}|",
        "Words that the dictionary does not have, counted.",
    )
    if not words or not known:
        why = "there are no words" if not words else "there is no dictionary to compare with"
        return undefined(name, "%", method, formula, SLIDE, why)
    found = number(name, 100 * len(missed) / len(words), "%", method, formula, SLIDE)
    lengths = np.array([len(word) for word in words])
    sizes = np.arange(1, min(20, int(lengths.max())) + 1)
    lost = np.array([len(word) for word in missed])
    share = [100 * float((lost == k).sum() / max(1, (lengths == k).sum())) for k in sizes]
    found["curve"] = {"x": sizes, "y": np.array(share), "x_title": "letters of the word", "y_title": "% unknown", "style": "bars"}
    return found
