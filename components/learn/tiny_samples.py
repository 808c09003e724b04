"""Pairs of samples so small that every number fits on a page, one of each class, taken from the shipped data.

picture    handwritten digits of 8 x 8 pixels, each 2 x 2 averaged: 4 rows of 4 numbers
review     five words of a review that is kept for tests, two numbers each, counted in the training reviews
points     four points of a mesh, (x, y, z)
molecule   five atoms without hydrogens: which element each is
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from components.tasks.molecules import ATOMS, molecule
from components.tasks.texts import texts
from components.tasks.words import spelled
from components.tasks.zero import digits

Array = np.ndarray
DIGITS, REVIEWS, MESHES, MOLECULES = (3, 3), (475, 153), ("teapot", "cow"), (684, 771)
"""Which zero and which one of scikit-learn's digits; rows of the texts; meshes; numbers of molecules in the NCI set."""


class Tiny(NamedTuple):
    """A sample with the names of all of its numbers."""

    x: Array  # (n, d), 64-bit
    truth: int
    classes: tuple[str, str]
    elements: tuple[str, ...]  # n names
    columns: tuple[str, ...]  # d names
    links: Array  # (n, n), 0 or 1
    ordered: bool  # whether the elements have an order
    picture: bool
    about: str


def word_numbers(word: int) -> tuple[float, float]:
    """How one-sided a word is, from -1 (only in negative training reviews) to 1, one imagined review on both sides, and how
    common: log2(1 + reviews) / log2(1 + all)."""
    found, mean, test = texts()
    held = np.array([bool((text == word).any()) for text in found]) & ~test
    good, bad = int((held & (mean > 0)).sum()), int((held & (mean <= 0)).sum())
    return (good - bad) / (good + bad + 2), float(np.log2(1 + good + bad) / np.log2(1 + int((~test).sum())))


def _picture(which: int) -> Tiny:
    _, label, images = digits()
    small = images[np.flatnonzero(label == which)[DIGITS[which]]].reshape(4, 2, 4, 2).mean((1, 3)) / 16
    rows, columns = tuple(f"row {i + 1}" for i in range(4)), tuple(f"pixel {i + 1}" for i in range(4))
    about = f"A real “{which}” of scikit-learn's digits (UCI, CC BY 4.0), 2 × 2 pixels averaged to one. 0 is paper, 1 is ink."
    return Tiny(small.round(2), which, ("a zero", "a one"), rows, columns, np.zeros((4, 4)), True, True, about)


def _review(which: int) -> Tiny:
    found, mean, _ = texts()
    numbers, rating = found[REVIEWS[which]][:5], float(mean[REVIEWS[which]])
    words, spelling = tuple(str(spelled()[int(i)]) for i in numbers), np.array([word_numbers(int(i)) for i in numbers])
    about = (
        f"A real review, rated {rating:.1f} (−4 to 4) by about 20 people (Hutto & Gilbert 2014, MIT). A word's two numbers are "
        "counted in the training reviews: how one-sided (−1 only in negative ones, 1 only in positive ones), how common."
    )
    classes = ("negative", "positive")
    return Tiny(spelling.round(2), int(rating > 0), classes, words, ("one-sided", "common"), np.zeros((5, 5)), True, False, about)


def _points(which: int) -> Tiny:
    from components.modalities.sets import MODALITY

    points = np.array(MODALITY.examples[MESHES[which]]()["elements"][:4], np.float64).round(2)
    names = tuple(f"point {i + 1}" for i in range(4))
    about = f"Four points of a mesh of a {MESHES[which]}, in no order. The mesh's centre is 0, its farthest point at distance 1."
    classes = ("a teapot", "a cow")
    return Tiny(points, which, classes, names, ("x", "y", "z"), np.zeros((4, 4)), False, False, about)


def _molecule(which: int) -> Tiny:
    found = molecule("nci", MOLECULES[which])
    kinds = [ATOMS[k] for k in found["kinds"]]
    columns = ("C", "N", "O")
    x = np.array([[float(kind == c) for c in columns] for kind in kinds])
    links = np.zeros((len(kinds), len(kinds)))
    a, b = found["bonds"]
    links[a, b] = links[b, a] = 1
    names = tuple(f"atom {i + 1}, {kind}" for i, kind in enumerate(kinds))
    spelling = ("Glycine, H₂N–CH₂–COOH", "Allyl cyanide, H₂C=CH–CH₂–CN")[which]
    about = f"{spelling}, of the NCI set (public domain), without hydrogens; log P {found['label']:.2f}. A 1 says which element."
    classes = ("prefers water", "prefers fat")
    return Tiny(x, int(found["label"] > 0), classes, names, columns, links, False, False, about)


SAMPLES = {"picture": "Picture, 4 × 4", "review": "Review, 5 words", "points": "4 points", "molecule": "Molecule, 5 atoms"}
_MADE = {"picture": _picture, "review": _review, "points": _points, "molecule": _molecule}


@lru_cache(maxsize=8)
def tiny(name: str) -> tuple[Tiny, Tiny]:
    """Two samples of one of `SAMPLES`, one of each class, of the same shape."""
    return _MADE[name](0), _MADE[name](1)
