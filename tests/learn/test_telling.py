"""Which graphs a network tells apart: no more than colour refinement, and less where neighbours are averaged."""

import networkx as nx
import numpy as np
import pytest

from components.learn.telling import TOLD, Plain, gaps, lesson, lesson_run
from components.measure.refinement import by_node, rounds, told_apart
from components.measure.repairs import INVARIANT, REPAIRS, features, marks
from components.tasks.twins import MAKERS, twins

KINDS = ("convolution", "mean", "sum", "max", "attention", "isomorphism")


def plain(name: str) -> list[Plain]:
    pair = twins(name)
    return [Plain(d.edges, d.colours) for d in (pair.first, pair.second)]


def told_round(graphs: list[Plain], repair: str) -> int | None:
    x = [features(repair, g.edges, g.colours, 2, np.random.default_rng(i)) for i, g in enumerate(graphs)]
    found = rounds(x, [g.edges for g in graphs])
    return told_apart([by_node(c, [marks(repair, len(g.colours)) for g in graphs]) for c in found])


def telling(graphs: list[Plain], repair: str, layers: int) -> set[str]:
    return {k for k, (apart, _) in gaps(*graphs, repair, layers, seeds=3).items() if np.median(apart) > TOLD}


@pytest.mark.parametrize("name", MAKERS)
def test_no_pair_is_the_same_graph(name: str) -> None:
    graphs = []
    for g in plain(name):
        graphs.append(nx.Graph())
        graphs[-1].add_nodes_from((i, {"kind": int(c)}) for i, c in enumerate(g.colours))
        graphs[-1].add_edges_from(g.edges.T.tolist())
    assert nx.number_of_nodes(graphs[0]) == nx.number_of_nodes(graphs[1])
    assert not nx.is_isomorphic(*graphs, node_match=lambda a, b: a == b)


@pytest.mark.parametrize("repair", [r for r in REPAIRS if r != "two"])
@pytest.mark.parametrize("name", MAKERS)
def test_sums_tell_apart_what_refinement_does_and_no_layer_more(name: str, repair: str) -> None:
    graphs = plain(name)
    told = told_round(graphs, repair)
    found = telling(graphs, repair, 4)
    assert ({"sum", "isomorphism"} <= found) == (told is not None)
    if told is None:
        assert not found
    elif told > 1:
        assert not telling(graphs, repair, told - 1) - {"convolution"}  # which is one round ahead: it knows degrees


@pytest.mark.parametrize(
    ("name", "repair", "kinds"),
    [
        ("triangles", "nothing", set()),
        ("decalin", "nothing", set()),
        ("rook", "one", set()),
        ("rook", "two", set(KINDS)),
        ("prismane", "nothing", {"sum", "isomorphism"}),
        ("prismane", "degree", set(KINDS)),
        ("cube", "nothing", set(KINDS) - {"max"}),
        ("hexane", "nothing", {"convolution", "sum", "isomorphism"}),
    ],
)
def test_the_named_pairs(name: str, repair: str, kinds: set[str]) -> None:
    assert telling(plain(name), repair, 3) == kinds


@pytest.mark.parametrize("repair", REPAIRS)
def test_invariance_is_kept_or_broken_as_said(repair: str) -> None:
    found = gaps(*plain("decalin"), repair, 2, seeds=2)
    kept = [float(cost.max()) < TOLD for _, cost in found.values()]
    assert all(kept) if repair in INVARIANT else not any(kept)


def test_training_learns_nothing_where_nothing_can_be_told() -> None:
    for repair, learnt in (("nothing", False), ("walks", True)):
        last = list(lesson_run(lesson(*plain("decalin"), repair)._replace(seeds=2, steps=40), every=20))[-1]
        assert last["loss"].shape == last["right"].shape == (6, 2)
        if learnt:
            assert last["right"].mean() > 0.9
        else:
            np.testing.assert_allclose(last["loss"], np.log(2), atol=0.05)
            np.testing.assert_allclose(last["right"], 0.5)
