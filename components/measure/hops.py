"""Whom a node has heard after k layers: the nodes from which a chain of at most k messages leads to it.

    R_0(i) = {i},    R_k(i) = union of R_(k-1)(j) over all edges j -> i, and R_(k-1)(i)

One layer carries every message one edge further, so R_k(i) is the receptive field of a graph network with k layers. Messages go
from source to target; where edges have no direction, both ways. Lecture "How to Model", slides on graphs.
"""

import numpy as np

Array = np.ndarray


def arriving(edges: Array, directed: bool) -> Array:
    """The edges along which messages go `(2, m')`: each once, both ways where edges `(2, m)` have no direction."""
    both = edges if directed else np.concatenate([edges, edges[::-1]], 1)
    return np.unique(both, axis=1) if both.size else both.reshape(2, 0)


def hops(edges: Array, n: int, node: int) -> Array:
    """How many messages in a row lead from every node to this one, `(n,)`: 0 for itself, -1 where there is no way.

    Args:
        edges: as `arriving` gives them `(2, m)`.
        n: how many nodes.
        node: the one that hears.
    """
    found = np.full(n, -1)
    found[node], k = 0, 0
    while True:
        near = edges[0, found[edges[1]] == k]
        near = near[found[near] < 0]
        if not near.size:
            return found
        k += 1
        found[near] = k


def heard(edges: Array, n: int, most: int) -> Array:
    """How many nodes every node has heard after 0, 1, ... `most` layers, itself counted: `(most + 1, n)`.

    Each R_k is a row of bits; a layer joins the rows of those that speak to a node by "or".
    """
    rows = np.packbits(np.eye(n, dtype=np.uint8), axis=1)
    order = np.argsort(edges[1], kind="stable")
    source, target = edges[0, order], edges[1, order]
    found = [np.ones(n, np.int64)]
    begin = np.flatnonzero(np.diff(target, prepend=-1))
    for _ in range(most):
        if begin.size:
            joined = np.bitwise_or.reduceat(rows[source], begin, axis=0)
            rows = rows.copy()
            rows[target[begin]] |= joined
        found.append(np.bitwise_count(rows).sum(1, dtype=np.int64))
    return np.stack(found)
