"""Shannon's entropy and what is built from it, from counts. In bits, unless said otherwise.

    plug-in        H  = - sum_v p_v log2 p_v                 too small where symbols were seen only a few times
    Miller-Madow   H' = H + (K - 1) / (2 n ln 2)             K symbols that occurred, n of them in all
    coverage       C  = 1 - f_1 / n                          f_1 symbols seen once (Good 1953): the part of what is to come
                                                             that has been seen

Numbers in steps so fine that there are more steps than numbers cannot be counted one by one. They are cut into wider bins of
w steps, eight or more numbers a bin on average, see `countable`; the entropy at the own step is then (Cover & Thomas 2006, 8.3)

    H(step) = H(bins) + log2 w                               as if all w values of a bin were equally likely

Sources: Shannon 1948; Miller 1955; Good 1953.
"""

import numpy as np

from components.measure.views import LEVELS, Stream

ENOUGH, A_BIN = 0.9, 8  # coverage from which values are counted one by one; numbers a wider bin holds on average


def counted(ids: np.ndarray) -> np.ndarray:
    """How often each symbol that occurs does, most frequent first `(K,)`."""
    ids = np.asarray(ids)
    if not len(ids):
        return np.zeros(0, np.int64)
    low, high = int(ids.min()), int(ids.max())
    counts = np.bincount(ids - low) if high - low < 2**22 else np.unique(ids, return_counts=True)[1]
    return np.sort(counts[counts > 0])[::-1]


def entropy(counts: np.ndarray) -> float:
    """The plug-in entropy of counts of any shape; 0 where nothing was counted."""
    total = counts.sum()
    if total <= 0:
        return 0.0
    p = counts[counts > 0] / total
    return float(max(0.0, -(p * np.log2(p)).sum()))


def miller_madow(counts: np.ndarray) -> float:
    """The entropy with its bias corrected to first order."""
    total, kinds = counts.sum(), np.count_nonzero(counts)
    return entropy(counts) + (max(0, kinds - 1) / (2 * total * np.log(2)) if total else 0.0)


def coverage(counts: np.ndarray) -> float:
    """The part of symbols to come that has been seen before, by Good and Turing: 1 - f_1 / n."""
    total = counts.sum()
    return float(1 - (counts == 1).sum() / total) if total else 0.0


def countable(stream: Stream) -> tuple[Stream, int]:
    """The stream, cut into wider bins where its numbers are too fine to be counted, and w, how many steps a bin has."""
    if (
        stream.names
        or not stream.step
        or stream.element == "degree"
        or not len(stream.ids)
        or coverage(counted(stream.ids)) >= ENOUGH
    ):
        return stream, 1
    first, span = int(stream.ids.min()), int(np.ptp(stream.ids)) + 1
    if span <= len(stream.ids):  # fewer steps than numbers: a longer sample would do, wider bins need not
        return stream, 1
    bins = int(np.clip(len(stream.ids) // A_BIN, 2, LEVELS))
    wide = -(-span // bins)
    ids = (stream.ids - first) // wide
    low = stream.low + stream.step * (first + (wide - 1) / 2)
    return stream._replace(ids=ids, alphabet=int(ids.max()) + 1, low=low, step=stream.step * wide), wide


def mutual_information(a: np.ndarray, b: np.ndarray) -> float:
    """I(A; B) = H(A) + H(B) - H(A, B) of two streams of symbols `(n,)`, plug-in."""
    wide = int(b.max()) + 1 if len(b) else 1
    return entropy(counted(a)) + entropy(counted(b)) - entropy(counted(a.astype(np.int64) * wide + b))
