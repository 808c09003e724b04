"""Is it copied? The longest piece of a generated sequence that stands word for word in what was learned from."""

import numpy as np


def longest_copy(written: np.ndarray, source: np.ndarray) -> tuple[int, int, int]:
    """Length, place in `written` and place in `source` of the longest stretch both have; (0, 0, 0) if none.

    All token numbers are below 65,536: they become characters, so that finding is Python's fast search for a piece of text.
    """
    mine, theirs = ("".join(map(chr, np.asarray(row) + 1)) for row in (written, source))
    best = (0, 0, 0)
    for start in range(len(mine)):
        while start + best[0] < len(mine):
            place = theirs.find(mine[start : start + best[0] + 1])
            if place < 0:
                break
            best = (best[0] + 1, start, place)
    return best


def loop(written: np.ndarray, times: int = 3) -> int:
    """The length of the piece that a sequence repeats at its end at least `times` times; 0 if it does not."""
    n = len(written)
    for period in range(1, n // times + 1):
        tail = written[n - times * period :]
        if (tail == np.tile(tail[:period], times)).all():
            return period
    return 0
