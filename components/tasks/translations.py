"""Real sentence pairs: what the web framework Django says to its users, in English and as its volunteers translated it.

Source: message catalogues of Django 5.2 (Django Software Foundation and individual contributors, BSD-3-Clause), messages without
placeholders, written small and cut into words and marks. Every fifth message of more than one word is held out.
"""

import re
from collections import Counter
from functools import cache

from components.tasks.files import arrays

LANGUAGES = {"es": "Spanish", "fr": "French", "de": "German"}
LONGEST = 14  # words of a source


def split(text: str) -> tuple[str, ...]:
    """Words and marks, written small."""
    return tuple(re.findall(r"\w+|[^\w\s]", text.lower()))


@cache
def everything(language: str) -> list[tuple[str, str]]:
    """All pairs, in the order of the catalogues."""
    lines = arrays("translations.npz")[language].tobytes().decode().split("\n")
    return [(a, b) for a, b in (line.split("\t") for line in lines)]


@cache
def pairs(language: str, part: str) -> list[tuple[str, str]]:
    """Training or held-out pairs."""
    longer = [pair for pair in everything(language) if len(split(pair[0])) > 1]
    held = set(longer[::5])
    return [pair for pair in everything(language) if (pair in held) == (part == "test")]


@cache
def dictionaries(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of the training pairs: of the source, and what can be written (0 is the end), the frequent first."""
    counts = [Counter(w for pair in pairs(language, "train") for w in split(pair[side])) for side in (0, 1)]
    source, target = (tuple(w for w, _ in c.most_common()) for c in counts)
    return source, ("end", *target)


def joined(tokens: tuple[str, ...]) -> str:
    """Words of an output as they are read: no space before a mark that closes, none after one that opens."""
    text = re.sub(r" ([.,:;!?)\]»’'])", r"\1", " ".join(tokens))
    return re.sub(r"([(\[«¿¡’']) ", r"\1", text)
