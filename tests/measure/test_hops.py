"""Whom a node has heard after k layers, on graphs with and without direction, loops, lonely nodes and parts."""

import networkx as nx
import numpy as np
import pytest

from components.measure.hops import arriving, heard, hops

CHAIN = np.array([[0, 1, 2], [1, 2, 3]])


def test_messages_go_both_ways_unless_directed():
    assert arriving(CHAIN, directed=True).tolist() == CHAIN.tolist()
    assert arriving(CHAIN, directed=False).shape == (2, 6)
    assert arriving(np.array([[0, 0, 1], [0, 1, 0]]), directed=False).T.tolist() == [[0, 0], [0, 1], [1, 0]]
    assert arriving(np.zeros((2, 0), int), directed=False).shape == (2, 0)


def test_along_a_directed_chain_only_the_end_hears_everybody():
    assert hops(CHAIN, 4, 3).tolist() == [3, 2, 1, 0]
    assert hops(CHAIN, 4, 0).tolist() == [0, -1, -1, -1]
    assert heard(CHAIN, 4, 3)[:, 3].tolist() == [1, 2, 3, 4]
    assert heard(CHAIN, 4, 3)[:, 0].tolist() == [1, 1, 1, 1]


def test_a_loop_an_isolated_node_and_another_part_are_not_heard():
    edges = arriving(np.array([[0, 0, 2], [0, 1, 3]]), directed=False)
    assert hops(edges, 5, 0).tolist() == [0, 1, -1, -1, -1]
    assert hops(edges, 5, 4).tolist() == [-1, -1, -1, -1, 0]
    assert heard(edges, 5, 2)[2].tolist() == [2, 2, 2, 2, 1]
    assert heard(np.zeros((2, 0), int), 3, 2).tolist() == [[1, 1, 1]] * 3


@pytest.mark.parametrize("directed", [False, True])
def test_equal_to_shortest_paths_and_both_ways_of_counting_agree(directed):
    made = nx.gnm_random_graph(60, 90, seed=3, directed=directed)
    edges = arriving(np.array(made.edges).T, directed)
    sizes = heard(edges, 60, 4)
    for node in range(0, 60, 7):
        far = nx.single_source_shortest_path_length(made.reverse() if directed else made, node)
        found = hops(edges, 60, node)
        assert found.tolist() == [far.get(i, -1) for i in range(60)]
        for k in range(5):
            assert sizes[k, node] == ((found >= 0) & (found <= k)).sum()


def test_another_numbering_of_the_nodes_numbers_what_is_heard_alike():
    generator = np.random.default_rng(0)
    edges, order = generator.integers(0, 30, (2, 50)), generator.permutation(30)
    assert np.array_equal(heard(edges, 30, 3), heard(order[edges], 30, 3)[:, order])
