"""Colour refinement against networkx's hash, on pairs that are known, and under renumbering."""

import networkx as nx
import numpy as np
import pytest

from components.measure.isomorphism import same_graph
from components.measure.refinement import by_node, histograms, numbered, refined, rounds, told_apart
from components.measure.repairs import INVARIANT, REPAIRS, features, marks, returning


def alike(n: int) -> np.ndarray:
    return np.zeros((1, n, 1))


def edges_of(graph: nx.Graph) -> np.ndarray:
    return np.array(list(graph.edges), np.int64).reshape(-1, 2).T


@pytest.mark.parametrize("seed", range(12))
def test_it_tells_apart_what_the_hash_of_networkx_tells_apart(seed: int) -> None:
    rng = np.random.default_rng(seed)
    degree = 3 if seed % 2 else 2
    graphs = [nx.random_regular_graph(degree, 8, seed=int(s)) for s in rng.integers(100, size=2)]
    if seed % 3 == 0:  # no longer regular
        graphs = [nx.gnm_random_graph(8, 9, seed=int(s)) for s in rng.integers(100, size=2)]
    if seed == 3:
        graphs[1] = nx.relabel_nodes(graphs[0], dict(zip(range(8), rng.permutation(8).tolist(), strict=True)))
    found = rounds([alike(8), alike(8)], [edges_of(g) for g in graphs])
    hashes = [nx.weisfeiler_lehman_graph_hash(g, iterations=8) for g in graphs]
    assert (told_apart(found) is None) == (hashes[0] == hashes[1])


def test_renumbering_renumbers_the_colours() -> None:
    edges, order = np.array([[0, 1, 2, 2], [1, 2, 3, 4]]), np.array([3, 0, 4, 1, 2])
    both = rounds([alike(5), alike(5)], [edges, np.argsort(order)[edges]])
    for first, second in both:
        np.testing.assert_array_equal(first[:, order], second)
    assert told_apart(both) is None


def test_a_class_that_splits_leaves_its_number_to_its_first_part() -> None:
    np.testing.assert_array_equal(numbered(np.array([[5, 1], [5, 1], [5, 2], [7, 0]]), np.array([5, 5, 5, 7])), [5, 5, 8, 7])
    again = refined([np.array([[0, 0]])], [np.array([[1], [0]])])
    np.testing.assert_array_equal(again[0], [[0, 0]])


def test_edgeless_single_and_looped_graphs_are_coloured() -> None:
    nobody = np.zeros((2, 0), np.int64)
    assert told_apart(rounds([alike(1), alike(1)], [nobody, np.array([[0], [0]])])) is None
    assert told_apart(rounds([alike(2), alike(2)], [nobody, np.array([[0], [1]])])) == 1
    assert told_apart(rounds([alike(2), alike(3)], [nobody, nobody])) == 0


@pytest.mark.parametrize("repair", REPAIRS)
def test_a_repair_keeps_invariance_exactly_where_it_says_so(repair: str) -> None:
    edges, colours, order = np.array([[0, 1, 2, 2], [1, 2, 3, 4]]), np.zeros(5, np.int64), np.array([3, 0, 4, 1, 2])
    both = [edges, np.argsort(order)[edges]]
    x = [features(repair, e, colours, 1, np.random.default_rng(i)) for i, e in enumerate(both)]
    found = [by_node(c, [marks(repair, 5)] * 2) for c in rounds(x, both)]
    assert (told_apart(found) is None) == (repair in INVARIANT)
    assert histograms(found[-1]).sum() == 10


def test_walks_back_are_counted() -> None:
    triangle = np.array([[0, 1, 2], [1, 2, 0]])
    np.testing.assert_array_equal(returning(triangle, 3)[:, :2], [[2, 2]] * 3)  # two ways out and back; round in both directions


def test_sameness_is_decided() -> None:
    path, star = np.array([[0, 1, 2], [1, 2, 3]]), np.array([[0, 0, 0], [1, 2, 3]])
    plain = np.zeros(4, np.int64)
    assert same_graph([path, path[:, ::-1]], [plain, plain]) is True
    assert same_graph([path, star], [plain, plain]) is False
    assert same_graph([path, path], [plain, np.array([0, 1, 0, 0])]) is False
    large = edges_of(nx.cycle_graph(40))
    assert same_graph([large, large], [np.zeros(40, np.int64)] * 2) is None
