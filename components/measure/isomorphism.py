"""Are two graphs the same, up to the numbers of their nodes?"""

from collections.abc import Sequence

import numpy as np

from components.measure.refinement import by_node, rounds, told_apart
from components.measure.repairs import features, marks

SEARCHED = 24  # nodes up to which a renumbering is searched for where refinement finds no difference
Array = np.ndarray


def same_graph(edges: Sequence[Array], colours: Sequence[Array]) -> bool | None:
    """Whether a renumbering turns one graph into the other, kinds of nodes included; None where that is not known.

    First colour refinement with each node marked in turn: a difference proves that there is none. Then, in small graphs, all
    renumberings are tried that keep those colours (VF2++, Juttner & Madarasi 2018, as networkx has it).
    """
    import networkx as nx

    if len(colours[0]) != len(colours[1]):
        return False
    kinds = int(max(c.max(initial=0) for c in colours)) + 1
    x = [features("one", e, c, kinds, np.random.default_rng(0)) for e, c in zip(edges, colours, strict=True)]
    chosen = [marks("one", len(c)) for c in colours]
    every = [by_node(c, chosen) for c in rounds(x, edges)]
    if told_apart(every) is not None:
        return False
    if len(colours[0]) > SEARCHED:
        return None
    graphs = []
    for own, kind, found in zip(edges, colours, every[-1], strict=True):
        g = nx.Graph()
        g.add_nodes_from((i, {"label": f"{kind[i]}.{found[i]}"}) for i in range(len(kind)))
        g.add_edges_from(own.T.tolist())
        g.remove_edges_from(list(nx.selfloop_edges(g)))
        graphs.append(g)
    return bool(nx.vf2pp_is_isomorphic(*graphs, node_label="label"))
