"""Pairs of graphs that are not the same, and that graph networks take for the same, or just not.

Colour refinement (Weisfeiler & Leman 1968) cannot tell the first three apart, and so no network whose nodes only hear their
neighbours can (Xu et al. 2019, "How powerful are graph neural networks?"; Morris et al. 2019). The others tell what each way to
bring neighbours together forgets. The molecules are real ones: carbon atoms only, every bond counted as one edge.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

Array = np.ndarray


class Drawn(NamedTuple):
    """A graph, and how it is drawn."""

    name: str
    edges: Array  # (2, m), each once, without loops
    places: Array  # (n, 2)
    colours: Array  # (n,) what every node is at the start; all 0 where nodes are alike


class Twins(NamedTuple):
    """Two graphs that are not the same."""

    title: str
    why: str  # one sentence: what is to be seen
    first: Drawn
    second: Drawn


def circle(n: int, radius: float = 1.0, start: float = 90.0, centre: tuple[float, float] = (0.0, 0.0)) -> Array:
    """n places on a circle, clockwise from `start` degrees, `(n, 2)`."""
    angle = np.radians(start - 360 / n * np.arange(n))
    return np.stack([np.cos(angle), np.sin(angle)], 1) * radius + centre


def ring(nodes: Sequence[int]) -> list[tuple[int, int]]:
    """The edges of a ring through these nodes."""
    return list(zip(nodes, [*nodes[1:], nodes[0]], strict=True))


def _drawn(name: str, edges: Sequence[tuple[int, int]], places: Array, colours: Array | None = None) -> Drawn:
    n = len(places)
    pairs = np.unique(np.sort(np.array(edges, np.int64).T, 0), axis=1)
    return Drawn(name, pairs, np.asarray(places, float), np.zeros(n, np.int64) if colours is None else colours)


def _triangles() -> Twins:
    two = np.concatenate([circle(3, 0.65, 180, (-0.95, 0)), circle(3, 0.65, 0, (0.95, 0))])
    return Twins(
        "Two triangles, a hexagon", "Every node has two neighbours, and so have these, and so on: no node can say where it is.",
        _drawn("two triangles", ring([0, 1, 2]) + ring([3, 4, 5]), two), _drawn("hexagon", ring(range(6)), circle(6)),
    )  # fmt: skip


def _decalin() -> Twins:
    half = 3**0.5 / 2
    left, right = circle(6, 1, 30, (-half, 0)), circle(6, 1, 210, (half, 0))
    fused = np.concatenate([left, right[2:]])  # left holds the shared atoms 0 (top) and 1; the right ring lacks its first two
    bonds = [*ring(range(6)), (0, 6), (6, 7), (7, 8), (8, 9), (1, 9)]
    five = np.concatenate([circle(5, 0.85, 0, (-1.35, 0)), circle(5, 0.85, 180, (1.35, 0))])
    two = [*ring(range(5)), *ring(range(5, 10)), (0, 5)]
    return Twins(
        "Decalin, bicyclopentyl", "Two real molecules of ten carbon atoms and eleven bonds: rings of six, or of five.",
        _drawn("decalin", bonds, fused), _drawn("bicyclopentyl", two, five),
    )  # fmt: skip


def _rook() -> Twins:
    row, column = np.divmod(np.arange(16), 4)
    apart = (row[:, None] - row) % 4, (column[:, None] - column) % 4
    rook = (apart[0] == 0) ^ (apart[1] == 0)
    steps = [(0, 1), (0, 3), (1, 0), (3, 0), (1, 1), (3, 3)]
    other = np.any([(apart[0] == a) & (apart[1] == b) for a, b in steps], 0)
    bent = 0.2 * (np.stack([row, column], 1) - 1.5) ** 2  # rows and columns are bows, so that no edge hides another
    places = np.stack([column, 3 - row], 1) + bent
    graphs = [_drawn(name, [*zip(*np.nonzero(np.triu(a)), strict=True)], places)
              for name, a in (("rook, 4 × 4", rook), ("Shrikhande", other))]  # fmt: skip
    return Twins(
        "Rook, Shrikhande", "Six neighbours each, two in common with every neighbour: not even one marked node helps.", *graphs
    )


def _prismane() -> Twins:
    prism = np.concatenate([circle(3, 1.0), circle(3, 0.42)])
    edges = [*ring([0, 1, 2]), *ring([3, 4, 5]), (0, 3), (1, 4), (2, 5)]
    return Twins(
        "Benzene, prismane", "Two or three neighbours, all alike: a mean, a maximum and attention forget how many there were.",
        _drawn("benzene", ring(range(6)), circle(6)), _drawn("prismane", edges, prism),
    )  # fmt: skip


def _cube() -> Twins:
    bits = np.arange(8)[:, None] >> np.arange(3) & 1
    edges = [(i, i | 1 << k) for i in range(8) for k in range(3) if not i >> k & 1]
    places = np.stack([bits[:, 0] + 0.42 * bits[:, 2], bits[:, 1] + 0.3 * bits[:, 2]], 1)
    return Twins(
        "A cube, coloured twice", "Neighbours of the same kinds, in other numbers: 2 + 1, or 1 + 2. A maximum forgets that.",
        _drawn("two faces", edges, places, bits[:, 0]), _drawn("four edges", edges, places, bits[:, 0] ^ bits[:, 1]),
    )  # fmt: skip


def _hexane() -> Twins:
    chain = np.stack([np.arange(5) * 0.87, np.arange(5) % 2 * 0.5], 1)
    bonds = [(i, i + 1) for i in range(4)]
    second, third = (np.concatenate([chain, chain[i : i + 1] + np.array([0, 1 if i % 2 else -1])]) for i in (1, 2))
    return Twins(
        "2- and 3-methylpentane", "Both have one atom with three neighbours. What stands beside it differs: that is heard.",
        _drawn("2-methylpentane", [*bonds, (1, 5)], second), _drawn("3-methylpentane", [*bonds, (2, 5)], third),
    )  # fmt: skip


MAKERS: dict[str, Callable[[], Twins]] = {
    "triangles": _triangles,
    "decalin": _decalin,
    "rook": _rook,
    "prismane": _prismane,
    "cube": _cube,
    "hexane": _hexane,
}


@lru_cache(maxsize=len(MAKERS))
def twins(name: str) -> Twins:
    """A pair by name."""
    return MAKERS[name]()
