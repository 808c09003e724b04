"""Rewriting dates: "tuesday the 24th of november 2026" becomes 2026-11-24. Synthetic: made by rule, so every answer is known.

A source holds one date or several with "and" between. Days are divided by a fixed rule: the dates of the test occur in no
training example, in no way of writing.
"""

import datetime
import re
from functools import cache

import numpy as np

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORDS = (
    *"0123456789", *MONTHS, *(m[:3] for m in MONTHS if m != "may"), *DAYS, *(d[:3] for d in DAYS),
    "st", "nd", "rd", "th", "the", "of", "and", ",", ".",
)  # fmt: skip
"""The dictionary of the sources: every digit is a token of its own, every word is one."""
WRITTEN = ("end", *"0123456789", "-", " ")
"""What can be written; 0 is the end."""
FIRST, COUNT = datetime.date(1950, 1, 1).toordinal(), 36_524  # 1950 to 2049
LONGEST, MOST = 48, 4  # tokens read, and dates of one source at most


def split(text: str) -> tuple[str, ...]:
    """Tokens: digits one by one, words of letters, every other mark by itself."""
    return tuple(re.findall(r"[0-9]|[^\W\d_]+|[^\w\s]|[\d_]", text.lower()))


def suffix(day: int) -> str:
    """st, nd, rd or th."""
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def spoken(date: datetime.date, way: int) -> str:
    """A date in one of six ways."""
    month, day, year = MONTHS[date.month - 1], date.day, date.year
    week = DAYS[date.weekday()]
    return (
        f"{day} {month} {year}",
        f"{month[:3]} {day}, {year}",
        f"{week} the {day}{suffix(day)} of {month} {year}",
        f"{month} {day}{suffix(day)}, {year}",
        f"{day}.{date.month}.{year}",
        f"{week[:3]} {day} {month[:3]} {year}",
    )[way]


@cache
def days(part: str) -> np.ndarray:
    """Day numbers of one part; a tenth of all, scattered, are for the test."""
    test = np.random.default_rng(1).random(COUNT) < 0.1
    return FIRST + np.flatnonzero(test == (part == "test"))


def examples(n: int, seed: int, part: str, dates: tuple[int, ...] = (1, 2, 3)) -> list[tuple[str, str]]:
    """n pairs of a source and its answer.

    Args:
        n, seed: how many, and which.
        part: "train" or "test"; they share no day.
        dates: how many dates a source may hold, each as often.
    """
    rng, found = np.random.default_rng([seed, part == "test"]), []
    for _ in range(n):
        own = [datetime.date.fromordinal(int(d)) for d in rng.choice(days(part), rng.choice(dates))]
        found.append((" and ".join(spoken(d, int(rng.integers(6))) for d in own), " ".join(d.isoformat() for d in own)))
    return found


def joined(tokens: tuple[str, ...]) -> str:
    """Tokens of an output as it is read."""
    return "".join(tokens)
