"""Colour refinement: what nodes can know of themselves by hearing their neighbours, and only that.

    c_i^0 = what node i is,     c_i^(k+1) = a colour of its own for each ( c_i^k , {{ c_j^k : j next to i }} )

Two graphs are told apart in the first round in which they do not have equally many nodes of every colour. A network of k layers
of messages tells no two graphs apart that k rounds do not (Xu et al. 2019, lemma 2; Morris et al. 2019, theorem 1). This is the
one-dimensional test of Weisfeiler and Leman (1968); it stops when no class of nodes splits any more.

Many copies of a graph, each with other marks, are refined at once: x `(b, n, d)`. With one node marked in each copy this is the
test behind networks that know who asks (You et al. 2021, "Identity-aware graph neural networks"; Zhang et al. 2021, "Labeling
trick").
"""

from collections.abc import Sequence

import numpy as np

Array = np.ndarray
MOST = 60  # rounds at most; a graph of n nodes needs fewer than n


def undirected(edges: Array) -> Array:
    """Edges in both directions, each once, without loops: `(2, m) -> (2, m')`."""
    edges = np.concatenate([edges, edges[::-1]], 1)
    return np.unique(edges[:, edges[0] != edges[1]], axis=1)


def neighbours(edges: Array, n: int, width: int = 0) -> Array:
    """Numbers of the neighbours of every node, `(n, largest degree or width)`, -1 for none; edges count both ways."""
    source, target = undirected(edges)
    degree = np.bincount(target, minlength=n)
    table = np.full((n, max(width, 1, degree.max(initial=0))), -1)
    order = np.argsort(target, kind="stable")
    place = np.arange(len(target)) - np.repeat(np.cumsum(degree) - degree, degree)
    table[target[order], place] = source[order]
    return table


def numbered(rows: Array, before: Array | None = None) -> Array:
    """A number for each different row `(m, w) -> (m,)`. Where a class of `before` splits, its first part keeps the number."""
    unique, which = np.unique(rows, axis=0, return_inverse=True)
    if before is None:
        return which.ravel()
    old = np.zeros(len(unique), np.int64)
    old[which.ravel()] = before
    first = np.zeros(len(unique), bool)
    first[np.unique(old, return_index=True)[1]] = True
    new = np.where(first, old, 0)
    new[~first] = before.max() + 1 + np.arange((~first).sum())
    return new[which.ravel()]


def split(flat: Array, like: Sequence[Array]) -> list[Array]:
    """One long list of colours laid back into the shapes of the graphs."""
    ends = np.cumsum([a.size for a in like])[:-1]
    return [part.reshape(a.shape) for part, a in zip(np.split(flat, ends), like, strict=True)]


def refined(colours: Sequence[Array], tables: Sequence[Array]) -> list[Array]:
    """One round: colours `(b, n)` of every graph to the next ones; equal numbers mean the same in all graphs.

    Args:
        colours: of each graph and each of its marked copies.
        tables: neighbours of each graph `(n, w)`, the same w for all.
    """
    rows = []
    for colour, table in zip(colours, tables, strict=True):
        near = np.where(table >= 0, colour[:, table.clip(0)], -1)  # (b, n, w)
        rows.append(np.concatenate([colour[..., None], np.sort(near, -1)], -1).reshape(-1, table.shape[1] + 1))
    every = np.concatenate(rows)
    return split(numbered(every, every[:, 0]), colours)


def rounds(features: Sequence[Array], edges: Sequence[Array], most: int = MOST) -> list[list[Array]]:
    """All rounds until no class splits: a list of rounds, each with the colours `(b, n)` of every graph.

    Args:
        features: what the nodes of each graph are, `(b, n, d)`: equal rows, equal colour.
        edges: `(2, m)` of each graph; they count both ways.
        most: rounds at most.
    """
    tables = [neighbours(e, x.shape[1]) for e, x in zip(edges, features, strict=True)]
    width = max(t.shape[1] for t in tables)
    tables = [np.pad(t, ((0, 0), (0, width - t.shape[1])), constant_values=-1) for t in tables]
    start = numbered(np.concatenate([x.reshape(-1, x.shape[-1]) for x in features]))
    found = [split(start, [x[..., 0] for x in features])]
    while len(found) <= most:
        after = refined(found[-1], tables)
        if classes(after) == classes(found[-1]):
            break
        found.append(after)
    return found


def classes(colours: Sequence[Array]) -> int:
    """How many colours there are in all graphs together."""
    return len(np.unique(np.concatenate([c.ravel() for c in colours])))


def by_node(colours: Sequence[Array], marks: Sequence[Array]) -> list[Array]:
    """Marked copies brought back to one colour a node: what the copies say in which this node is marked, in any order.

    Args:
        colours: of each graph `(b, n)`.
        marks: the nodes marked in each copy of each graph, `(b, k)`; k = 0 for a single copy, whose colours are kept.

    Returns:
        `(n,)` for each graph.
    """
    if not marks[0].shape[1]:
        return [c[0] for c in colours]
    whole = np.concatenate([np.pad(np.sort(c, 1), ((0, 0), (0, max(a.shape[1] for a in colours) - c.shape[1])),
                                   constant_values=-1) for c in colours])  # fmt: skip
    said = split(numbered(whole), [c[:, 0] for c in colours])  # one number for each copy
    rows = []
    for c, own, mark in zip(colours, said, marks, strict=True):
        rows += [np.sort(own[(mark == i).any(1)]) for i in range(c.shape[1])]
    width = max(len(r) for r in rows)
    padded = np.stack([np.pad(r, (0, width - len(r)), constant_values=-1) for r in rows])
    return split(numbered(padded), [c[0] for c in colours])


def histograms(colours: Sequence[Array]) -> Array:
    """How many nodes of each graph have each colour, `(graphs, colours)`, in the order of the colours' numbers."""
    names = np.unique(np.concatenate([c.ravel() for c in colours]))
    return np.stack([(c.ravel()[:, None] == names).sum(0) for c in colours])


def told_apart(every: Sequence[Sequence[Array]]) -> int | None:
    """The first round in which two graphs differ in their histograms; None where none does."""
    for k, colours in enumerate(every):
        counts = histograms(colours)
        if (counts[0] != counts[1]).any():
            return k
    return None
