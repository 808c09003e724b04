"""The words of the view "What it cannot tell", and its graphs as plain hashable values, so that all learners share results."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from components.measure.isomorphism import same_graph
from components.measure.refinement import by_node, neighbours, rounds, told_apart, undirected
from components.measure.repairs import features, marks
from components.tasks.twins import MAKERS, twins

TITLES = {name: twins(name).title for name in MAKERS}
TOLD = {
    "nothing": "nothing",
    "degree": "how many neighbours they have",
    "walks": "how often a walk comes back",
    "one": "which one node is marked",
    "two": "which two nodes are marked",
    "random": "a random number each",
    "number": "their own number",
}
LAYER_NAMES = {
    "convolution": "convolution",
    "mean": "mean",
    "sum": "sum",
    "max": "maximum",
    "attention": "attention",
    "isomorphism": "sum + MLP (GIN)",
}
COSTS = {
    "nothing": "No cost: nodes in another order give the same answer.",
    "degree": "No cost. A layer that sums finds degrees by itself; mean, maximum and attention do not.",
    "walks": "Counted once for each graph, (A^k) for k = 2 to 6; the order of the nodes does not matter.",
    "one": "The network runs once for each node; the sum over all runs does not see the order of the nodes.",
    "two": "The network runs once for each pair of nodes, n (n − 1) / 2 times; the order of the nodes does not matter.",
    "random": "The answer to the same graph changes with every draw: invariance holds only on average.",
    "number": "The answer changes with the order in which nodes happen to be numbered.",
}


class Side(NamedTuple):
    """A graph as plain values."""

    name: str
    edges: tuple[tuple[int, int], ...]
    places: tuple[tuple[float, float], ...]
    colours: tuple[int, ...]

    def pairs(self) -> np.ndarray:
        """The edges `(2, m)`."""
        return np.array(self.edges, np.int64).reshape(-1, 2).T


class Pair(NamedTuple):
    """Two graphs and what is to be seen in them."""

    name: str
    why: str
    sides: tuple[Side, ...]


def side(name: str, edges: np.ndarray, places: np.ndarray, colours: Sequence[int]) -> Side:
    """A graph from arrays; edges both ways become one, loops are left out."""
    edges = undirected(np.asarray(edges, np.int64).reshape(2, -1))
    once = edges[:, edges[0] < edges[1]]
    held = tuple((int(a), int(b)) for a, b in once.T)
    return Side(name, held, tuple((float(x), float(y)) for x, y in places), tuple(int(c) for c in colours))


@lru_cache(maxsize=len(MAKERS))
def pair_of(name: str) -> Pair:
    """A bundled pair."""
    known = twins(name)
    sides = (side(d.name, d.edges, d.places, d.colours.tolist()) for d in (known.first, known.second))
    return Pair(known.title, known.why, tuple(sides))


class Coloured(NamedTuple):
    """All rounds of a pair: colours of the nodes of both graphs, and the first round in which the counts differ."""

    rounds: list[list[np.ndarray]]
    told: int | None
    stable: int  # after so many rounds no class splits


@lru_cache(maxsize=128)
def coloured(pair: Pair, repair: str, least: int = 3) -> Coloured:
    """Colour refinement of a pair; at least `least` rounds are there to be played, the last ones repeated."""
    kinds = max(max(s.colours) for s in pair.sides) + 1
    x = [features(repair, s.pairs(), np.array(s.colours), kinds, np.random.default_rng(i)) for i, s in enumerate(pair.sides)]
    chosen = [marks(repair, len(s.colours)) for s in pair.sides]
    every = [by_node(c, chosen) for c in rounds(x, [s.pairs() for s in pair.sides])]
    stable = len(every) - 1
    return Coloured(every + [every[-1]] * max(0, least + 1 - len(every)), told_apart(every), stable)


@lru_cache(maxsize=64)
def same(pair: Pair) -> bool | None:
    """Whether the two graphs are the same."""
    return same_graph([s.pairs() for s in pair.sides], [np.array(s.colours) for s in pair.sides])


@lru_cache(maxsize=128)
def heard(one: Side) -> list[np.ndarray]:
    """The neighbours of every node."""
    return [row[row >= 0] for row in neighbours(one.pairs(), len(one.colours))]
