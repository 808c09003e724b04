"""Structure that is given: the edges of a graph, beside random graphs in which every node has as many edges.

    C = 3 triangles / paths of two edges                                  are two neighbours of a node neighbours themselves?
    Q = part of the edges inside communities - what degrees would give    does it fall into parts?

Sources: Watts & Strogatz 1998, Newman 2003 for C; Newman & Girvan 2004 for Q; Blondel et al. 2008 for how the parts are found.
"""

import numpy as np

from components.measure.base import number, undefined
from components.measure.surrogates import COPIES, SEED, chance, outside, rewired, simple
from components.values import Curve, Reading, Sample

SLIDE = "slide Modality Profile 3, structure"
LARGE, FEW_COPIES = 5_000, 19  # edges beyond which there are fewer copies
PARTS, WORK = 9, 6_000  # copies whose communities are sought: at most so many, and so many edges in all, but two
CLEAR = 0.05  # modularity beyond that of rewired graphs from which parts are spoken of: there are few copies to compare with
NEAR, FAR = "joined neighbours", "falls into parts"


def transitivity(edges: np.ndarray, nodes: int) -> float:
    """C of a simple graph, `edges (2, m)`; NaN where no node has two neighbours."""
    from scipy.sparse import coo_array

    ones = np.ones(edges.shape[1])
    half = coo_array((ones, (edges[0], edges[1])), shape=(nodes, nodes)).tocsr()
    a = half + half.T
    degree = np.bincount(edges.ravel(), minlength=nodes).astype(float)
    paths = float((degree * (degree - 1)).sum())
    return float((a @ a).multiply(a).sum()) / paths if paths else float("nan")


def communities(edges: np.ndarray, nodes: int) -> tuple[float, list[int]]:
    """Q of the parts that Louvain's method finds (seeded), and their sizes, largest first."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(edges.T.tolist())
    parts = nx.community.louvain_communities(graph, seed=SEED)
    return float(nx.community.modularity(graph, parts)), sorted(map(len, parts), reverse=True)


def measure(sample: Sample) -> tuple[tuple[Reading, ...], bool, bool]:
    """Clustering and modularity, each less that of rewired graphs; whether each is beyond chance."""
    nodes = len(sample["elements"])
    edges = simple(sample["edges"], nodes)
    copies = COPIES if edges.shape[1] <= LARGE else FEW_COPIES
    near = (
        "How often two neighbours of a node are neighbours themselves, less the same in graphs rewired at random, in which every "
        "node keeps its number of edges"
    )
    far = "Modularity: the part of edges inside communities beyond what degrees give, less the same in rewired graphs"
    formulas = (
        r"C-\overline{C}_{\text{rewired}},\quad C=\frac{3\,\text{triangles}}{\text{paths of two edges}}",
        r"Q-\overline{Q}_{\text{rewired}},\quad Q=\frac{1}{2m}\sum_{jk}\Big(A_{jk}-\frac{k_jk_k}{2m}\Big)\delta_{c_jc_k}",
    )
    sources = f"Newman 2003; Maslov & Sneppen 2002 for rewiring; {SLIDE}", f"Newman & Girvan 2004; Blondel et al. 2008; {SLIDE}"
    rng = np.random.default_rng(SEED)
    others = rewired(edges, nodes, rng, copies)
    c = transitivity(edges, nodes) if edges.shape[1] else float("nan")
    if np.isnan(c):
        why = "no node has two neighbours" if edges.shape[1] else "the graph has no edges"
        first, found = undefined(NEAR, "%", f"{near}.", formulas[0], sources[0], why), False
    else:
        by_chance = np.array([transitivity(e, nodes) for e in others])
        found = outside(c, by_chance)
        near += f"; {'beyond' if found else 'within'} chance: {chance(copies)}; below 0: less than in rewired copies."
        curve = _curve(100 * c, 100 * by_chance)
        first = number(NEAR, 100 * (c - by_chance.mean()), "%", near, formulas[0], sources[0], curve, chance=not found)
    if not edges.shape[1]:
        return (first, undefined(FAR, "", f"{far}.", formulas[1], sources[1], "the graph has no edges")), found, False
    q, sizes = communities(edges, nodes)
    some = max(2, min(PARTS, WORK // edges.shape[1]))
    mixed = np.array([communities(e, nodes)[0] for e in others[:some]])
    hold = q - mixed.mean() > max(CLEAR, 3 * mixed.std()) and q > mixed.max()
    far += f". Here Q = {q:.2f} with {len(sizes)} communities, the largest of {sizes[0]} nodes; "
    far += f"{some} rewired graphs have {mixed.mean():.2f} on average; below 0: less than in rewired copies."
    curve = {
        "x": np.arange(1.0, len(sizes) + 1),
        "y": np.array(sizes, float),
        "x_title": "community",
        "y_title": "nodes",
        "style": "bars",
    }
    by_luck = not hold and q >= mixed.min()
    return (first, number(FAR, q - mixed.mean(), "", far, formulas[1], sources[1], curve, chance=by_luck)), found, bool(hold)


def _curve(value: float, copies: np.ndarray) -> Curve:
    """Histogram of what rewired graphs give, with the graph itself marked."""
    y, edges = np.histogram(copies, 10)
    return {
        "x": (edges[1:] + edges[:-1]) / 2,
        "y": y.astype(float),
        "x_title": "joined neighbours, %",
        "y_title": "rewired graphs",
        "style": "bars",
        "marks": {"this graph": value},
    }
