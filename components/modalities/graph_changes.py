"""What can be changed about a graph, and how it can be damaged. Every function gives a new sample and leaves the old alone."""

import numpy as np

from components.modalities.graph_sample import OF_EDGES, degree, select_edges, select_nodes
from components.values import Sample

ORDERS = ("as given", "by degree", "by group", *(f"shuffled {i}" for i in range(1, 7)))
KEPT = (100, 90, 70, 50, 30)
HOLDS = ("A", "A and X", "normalised", "Laplacian")
HOPS = (0, 1, 2, 3)


def renumber(sample: Sample, order: str) -> Sample:
    """The same graph with its nodes numbered in another order: rows and columns of A move, the picture stays."""
    n = len(sample["elements"])
    if order == "by degree":
        nodes = np.argsort(-degree(sample), kind="stable")
    elif order == "by group":
        nodes = np.lexsort((-degree(sample), sample["raw"]["labels"]))
    elif order.startswith("shuffled"):
        nodes = np.random.default_rng(int(order.split()[1])).permutation(n)
    else:
        nodes = np.arange(n)
    return select_nodes(sample, nodes)


def keep_edges(sample: Sample, percent: int) -> Sample:
    """Keep so many percent of the edges, chosen at random, always the same."""
    m = sample["edges"].shape[1]
    kept = np.random.default_rng(0).permutation(m)[: round(m * percent / 100)]
    return select_edges(sample, np.sort(kept))


def hold(sample: Sample, what: str) -> Sample:
    """What x_i is: A, [A | X], D^-1/2 (A + I) D^-1/2, or the Laplacian D - A. The graph stays as it is."""
    return sample | {"raw": sample["raw"] | {"holds": np.array(what)}, "elements": sample["elements"].copy()}


def around(sample: Sample, hops: int) -> Sample:
    """Only the node with most edges and what can be reached from it in so many steps, in either direction; 0 leaves all."""
    n, (source, target) = len(sample["elements"]), sample["edges"]
    if hops == 0:
        return select_nodes(sample, np.arange(n))
    inside = np.zeros(n, bool)
    inside[degree(sample).argmax()] = True
    for _ in range(hops):
        reached = np.concatenate([target[inside[source]], source[inside[target]]])
        inside[reached] = True
    return select_nodes(sample, np.flatnonzero(inside))


def lose_edges(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Each edge is lost with probability `strength`."""
    return select_edges(sample, np.flatnonzero(rng.random(sample["edges"].shape[1]) >= strength))


def false_edges(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Add edges that are not there, between nodes taken at random: at strength 1 as many as there are, if there is room."""
    n, edges = len(sample["elements"]), sample["edges"]
    linked = np.eye(n, dtype=bool)
    linked[edges[0], edges[1]] = linked[edges[1], edges[0]] = True
    free = np.stack(np.nonzero(np.triu(~linked)))
    count = min(round(strength * edges.shape[1]), free.shape[1])
    chosen = free[:, rng.choice(free.shape[1], count, replace=False)] if count else free[:, :0]
    if sample["raw"]["directed"]:
        chosen = np.where(rng.random(count) < 0.5, chosen, chosen[::-1])
    raw = dict(sample["raw"])
    for key in OF_EDGES:
        if key in raw:
            raw[key] = np.concatenate([raw[key], rng.choice(raw[key], count)])
    found = sample | {"raw": raw, "elements": sample["elements"].copy(), "edges": np.concatenate([edges, chosen], 1)}
    return found


def cut_off(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Each node is cut off with probability `strength`: its edges and its features are gone, the node itself stays."""
    gone = rng.random(len(sample["elements"])) < strength
    kept = select_edges(sample, np.flatnonzero(~gone[sample["edges"]].any(0)))
    kept["elements"][gone] = 0
    return kept
