"""Words laid out in lines, so that nothing is ever drawn over something else, whatever a learner brings."""

import unicodedata

import numpy as np

from components.values import Sample

FAMILY = {"family": "Source Code, monospace"}
SIZES = ((22, 40, 24), (30, 31, 18), (40, 24, 14))
"""Signs in a line, pixels from line to line, pixels of the type, so that each fits a phone; a text takes the first it fits."""


def width(word: str) -> int:
    """Columns a word takes: two for each full-width sign, one for the others."""
    return len(word) if word.isascii() else sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in word)


def cut(word: str, most: int) -> str:
    """A word of at most `most` columns, with … where it was cut."""
    while width(word) > most:
        word = word[: max(1, min(len(word) - 2, most - 1))] + "…"
    return word


def clock(seconds: float) -> str:
    """Minutes and seconds, 1:07."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def lay(sample: Sample, across: int) -> tuple[np.ndarray, list[tuple[int, str]]]:
    """Where every token stands, `(n, 2)` line and column; and the labels at line beginnings, as (line, text).

    A turn with a label begins a new line; a mark of punctuation stands close to its word.
    """
    raw = sample["raw"]
    place, labels = np.zeros((len(raw["token"]), 2), int), []
    line, column, turn = 0, 0, -1
    for j, token in enumerate(raw["token"]):
        if raw["turn"][j] != turn:
            turn = int(raw["turn"][j])
            label = raw["speaker"][turn] if turn < len(raw["speaker"]) else ""
            if label:
                line, label = line + (column > 0), cut(label, across // 3)
                if len(raw["start"]):
                    label = f"{clock(raw['start'][j])} {label}"
                labels.append((line, label))
                column = width(label) + 1
        wide = min(width(token), across)
        if column and not any(sign.isalnum() for sign in token):
            column -= 1
        if column and column + wide > across:
            line, column = line + 1, 0
        place[j] = line, column
        column += wide + 1
    return place, labels


def seen_lines(place: np.ndarray, mark: int, room: int) -> tuple[int, int]:
    """First and last line (excluded) of a window of `room` lines around the marked token."""
    total = int(place[-1, 0]) + 1
    first = min(max(0, int(place[mark, 0]) - room // 2), max(0, total - room))
    return first, min(total, first + room)


def fitted(sample: Sample, height: int) -> tuple[int, int, int]:
    """The largest type that the whole text fits in, or the smallest: signs in a line, pixels of the type, lines in all."""
    for across, line, size in SIZES:
        room = max(1, (height - 52) // line)
        if len(sample["raw"]["token"]) <= room * across and lay(sample, across)[0][-1, 0] < room:
            return across, size, room
    return across, size, room
