"""What a pooling cannot tell apart: all small multisets, grouped by their pooled value.

Each symbol is a one-hot vector, so pooled values are exact fractions. Source: How Powerful are Graph Neural Networks?
(Xu et al. 2019, figure 2 and 3): sum sees the multiset, mean the proportions, max the underlying set.
"""

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement

Multiset = tuple[int, ...]
WEIGHT = (1, 2, 3)  # attention: exp(score) of each symbol, as fractions so that equality is exact


def multisets(symbols: int = 3, largest: int = 4) -> list[Multiset]:
    """All multisets of 1 to `largest` symbols, as sorted tuples: 34 for three symbols and sizes up to four."""
    return [m for size in range(1, largest + 1) for m in combinations_with_replacement(range(symbols), size)]


def pooled(multiset: Multiset, pool: str, symbols: int = 3) -> tuple[Fraction, ...]:
    """The pooled one-hot vector, exactly.

    Args:
        multiset: symbol numbers.
        pool: "sum", "mean", "max" or "attention" (a mean weighted by each symbol's own weight).
        symbols: length of the one-hot vectors.

    Raises:
        KeyError: the pooling is unknown.
    """
    count = Counter(multiset)
    counts = [Fraction(count[s]) for s in range(symbols)]
    heavy = [c * WEIGHT[s % len(WEIGHT)] for s, c in enumerate(counts)]
    rules = {
        "sum": counts,
        "mean": [c / len(multiset) for c in counts],
        "max": [Fraction(c > 0) for c in counts],
        "attention": [c / sum(heavy) for c in heavy],
    }
    return tuple(rules[pool])


@cache
def groups(pool: str, symbols: int = 3, largest: int = 4) -> list[list[Multiset]]:
    """The multisets grouped by pooled value, largest group first: those in one group cannot be told apart."""
    found: dict[tuple[Fraction, ...], list[Multiset]] = {}
    for multiset in multisets(symbols, largest):
        found.setdefault(pooled(multiset, pool, symbols), []).append(multiset)
    return sorted(found.values(), key=lambda g: (-len(g), len(g[0]), g[0]))
