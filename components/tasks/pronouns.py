"""Whom does the pronoun mean? Twenty sentences in ten pairs, written for this page (synthetic).

The two of a pair differ in one word, and the answer changes with it, so that no place in the sentence gives it away. In six
pairs only the meaning tells, in four the pronoun's gender or number. Source: after Levesque et al. 2012, "The Winograd schema
challenge".
"""

from typing import NamedTuple


class Sentence(NamedTuple):
    """One sentence with its pronoun."""

    text: str
    pronoun: str
    noun: str  # whom it means
    other: str  # the other noun
    tells: str  # "meaning" or "form"


BY_MEANING = (
    ("The trophy did not fit into the suitcase because it was too {}.", "trophy", "big", "suitcase", "small"),
    ("The cat lay down on the mat because it was {}.", "cat", "tired", "mat", "soft"),
    ("The dog pulled the sled because it was {}.", "dog", "strong", "sled", "stuck"),
    ("The stone broke the window because it was so {}.", "stone", "heavy", "window", "thin"),
    ("The truck passed the bus because it was {}.", "truck", "faster", "bus", "slower"),
    ("The mouse escaped from the owl because it was {}.", "mouse", "hidden", "owl", "blind"),
)
BY_FORM = (
    ("Mary thanked John because {} felt happy.", "mary", "she", "john", "he"),
    ("The king met the queen after {} came home.", "king", "he", "queen", "she"),
    ("The boy called the girl when {} was ill.", "boy", "he", "girl", "she"),
    ("The teacher praised the students because {} worked hard.", "teacher", "she", "students", "they"),
)


def sentences() -> tuple[Sentence, ...]:
    """All twenty, the two of a pair one after the other."""
    found = []
    for text, one, first, two, second in BY_MEANING:
        found += [Sentence(text.format(w), "it", a, b, "meaning") for w, a, b in ((first, one, two), (second, two, one))]
    for text, one, first, two, second in BY_FORM:
        found += [Sentence(text.format(w), w, a, b, "form") for w, a, b in ((first, one, two), (second, two, one))]
    return tuple(found)
