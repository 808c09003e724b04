"""Noise of a text: words no dictionary has, and those among them that are one slip of a finger from a word that it has."""

import numpy as np

from components.measure.base import number, undefined
from components.measure.views import has, words_of
from components.values import Reading, Sample

SLIDE = "slide “Modality Profile” 5"
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST = 4  # letters; shorter words are near to too many others
Place = tuple[float, int]


def places() -> dict[str, Place]:
    """Where each letter lies on a QWERTY keyboard: column and row; each row stands half a key to the right of the one above."""
    return {letter: (c + 0.5 * r, r) for r, row in enumerate(KEYS) for c, letter in enumerate(row)}


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
    """The share of words that are in no dictionary and one key away from one that is."""
    name, formula = "likely typos", r"\tfrac1n|\{j:w_j\notin D,\ \exists\,v\in D:v\text{ one key away}\}|"
    words, missed, known = _missed(sample)
    method = (
        "Words of four letters or more that the dictionary lacks and that become one of its words when one letter is replaced by "
    )
    method += "its neighbour on the keyboard: teacip, teacup. Rare words and names can be near another word by chance."
    if not words or not known:
        why = "there are no words" if not words else "there is no dictionary to compare with"
        return undefined(name, "%", method, formula, f"Damerau 1964; {SLIDE}", why)
    wrong = {word for word in set(missed) if len(word) >= SHORTEST and not slips(word).isdisjoint(known)}
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
