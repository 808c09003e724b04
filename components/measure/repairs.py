"""What nodes can be told beside their neighbours, so that more graphs are told apart, and what it costs.

    nothing   what they are                                    order of the nodes does not matter
    degree    how many neighbours                              does not matter; one layer of sums finds it alone
    walks     (A^k)_ii, k = 2 ... 6: walks back to the start   does not matter      Dwivedi et al. 2022
    one       one node is marked, each in turn; all added up   does not matter; n passes         You et al. 2021
    two       two nodes are marked, each pair in turn          does not matter; n (n - 1) / 2 passes
    random    a random number each, new at every pass          holds only on average             Sato et al. 2021
    number    its own number, i / n                            matters

Nodes `(n,)` with start colours and edges `(2, m)` become features x `(b, n, d)`, one copy of the graph for each way to mark it.
"""

from itertools import combinations

import numpy as np

from components.measure.refinement import undirected

REPAIRS = ("nothing", "degree", "walks", "one", "two", "random", "number")
INVARIANT = ("nothing", "degree", "walks", "one", "two")
WALKS = range(2, 7)
Array = np.ndarray


def marks(how: str, n: int) -> Array:
    """The nodes marked in each copy of the graph, `(copies, marks)`; `(1, 0)` where none is."""
    count = {"one": 1, "two": min(2, n)}.get(how, 0)
    return np.array(list(combinations(range(n), count)), np.int64)  # one empty row where none is marked


def returning(edges: Array, n: int) -> Array:
    """(A^k)_ii for k = 2 ... 6, `(n, 5)`: in how many ways a walk of k steps from a node comes back to it."""
    a = np.zeros((n, n))
    a[tuple(undirected(edges))] = 1
    return np.stack([np.diag(np.linalg.matrix_power(a, k)) for k in WALKS], 1)


def features(how: str, edges: Array, colours: Array, kinds: int, rng: np.random.Generator) -> Array:
    """What the nodes are told, `(b, n, d)`: their kind as `kinds` numbers of which one is 1, then what the repair adds.

    Args:
        how: a member of `REPAIRS`.
        edges: `(2, m)`, each counts both ways.
        colours: the kind of each node `(n,)`.
        kinds: how many kinds there are in all graphs compared.
        rng: for random numbers.
    """
    n = len(colours)
    own = np.eye(kinds)[colours]
    more = np.zeros((1, n, 0))
    if how == "degree":
        more = np.bincount(undirected(edges)[1], minlength=n)[None, :, None] / 4
    elif how == "walks":
        more = np.log1p(returning(edges, n))[None]
    elif how == "random":
        more = rng.uniform(-1, 1, (1, n, 1))
    elif how == "number":
        more = np.arange(1, n + 1)[None, :, None] / n
    elif how in ("one", "two"):
        chosen = marks(how, n)
        more = np.zeros((len(chosen), n, 1))
        more[np.arange(len(chosen))[:, None], chosen, 0] = 1
    return np.concatenate([np.broadcast_to(own, (len(more), n, kinds)), more], -1)
