"""Mixing on real networks: the limit, the rate, the energy, what a skip connection keeps, and networkx's distances."""

import networkx as nx
import numpy as np
import pytest

from components.measure.smoothing import KEPT, components, distance, energy, heard, limit, mixed, mixing, rate
from components.tasks.nodes import read_network


def network(name: str) -> tuple[np.ndarray, int]:
    if name == "two parts":
        return np.array([[0, 1, 2, 4], [1, 2, 0, 5]]), 7  # a triangle, one alone, a pair, one alone
    found = read_network(name)
    return found["edges"], len(found["labels"])


@pytest.mark.parametrize("name", ["karate", "davis", "worm", "two parts"])
def test_mixing_ends_at_the_named_limit_at_least_as_fast_as_said(name: str) -> None:
    edges, n = network(name)
    s, end, slow = mixing(edges, n), limit(edges, n), rate(edges, n)
    np.testing.assert_allclose(s @ end, end, atol=1e-12)
    far = [np.linalg.norm(h - end) for h in mixed(s, np.eye(n), 40)]
    assert all(far[k] <= slow**k * far[0] + 1e-12 for k in range(41))
    assert np.linalg.norm(np.linalg.matrix_power(s, 4000) - end) < 1e-6
    if name == "karate":  # nothing is left but the degree
        root = np.sqrt(1 + np.bincount(edges.ravel(), minlength=n))
        np.testing.assert_allclose(end, np.outer(root, root) / (root @ root), atol=1e-12)


@pytest.mark.parametrize("name", ["karate", "davis", "two parts"])
def test_energy_falls_in_every_round_and_stays_under_its_bound(name: str) -> None:
    edges, n = network(name)
    s, slow = mixing(edges, n), rate(edges, n)
    found = np.array([energy(h, s) for h in mixed(s, np.random.default_rng(0).normal(size=(n, 5)), 30)])
    assert (np.diff(found) <= 1e-12).all()
    assert (found <= slow ** (2 * np.arange(31)) * found[0] + 1e-12).all()


def test_energy_is_the_sum_over_edges() -> None:
    edges, n = network("karate")
    h = np.random.default_rng(1).normal(size=(n, 3))
    scaled = h / np.sqrt(1 + np.bincount(edges.ravel(), minlength=n))[:, None]
    assert energy(h, mixing(edges, n)) == pytest.approx(float(((scaled[edges[0]] - scaled[edges[1]]) ** 2).sum()))


def test_what_is_mixed_in_again_keeps_nodes_apart() -> None:
    edges, n = network("karate")
    s = mixing(edges, n)
    plain, kept = ([distance(h) for h in mixed(s, np.eye(n), 32, a)] for a in (0.0, KEPT))
    assert plain[0] == kept[0] == pytest.approx(1)
    assert plain[-1] < 0.01 < 0.5 < kept[-1]
    ends = KEPT * np.linalg.inv(np.eye(n) - (1 - KEPT) * s)  # the closed form of Gasteiger et al. 2019
    np.testing.assert_allclose(list(mixed(s, np.eye(n), 400, KEPT))[-1], ends, atol=1e-10)


def test_distance_is_the_mean_over_pairs() -> None:
    h = np.array([[1.0, 0], [0, 2], [-3, 0], [0, 0]])
    assert distance(h) == pytest.approx((1 + 2 + 1) / 3)
    assert distance(h[:1]) == 0
    assert distance(np.ones((5, 2)) * np.arange(1, 6)[:, None]) == pytest.approx(0, abs=1e-12)


def test_the_share_heard_is_that_of_shortest_paths() -> None:
    edges, n = network("karate")
    length = dict(nx.all_pairs_shortest_path_length(nx.Graph(edges.T.tolist())))
    for k, share in enumerate(heard(edges, n, 6)):
        assert share == pytest.approx(np.mean([sum(d <= k for d in row.values()) / n for row in length.values()]))
    assert heard(np.zeros((2, 0), np.int64), 4, 3).tolist() == [0.25] * 4


def test_single_edgeless_and_looped_graphs_behave() -> None:
    nobody = np.zeros((2, 0), np.int64)
    assert rate(nobody, 1) == rate(nobody, 3) == 0
    np.testing.assert_allclose(limit(nobody, 3), np.eye(3))
    np.testing.assert_allclose(mixing(np.array([[0, 1], [0, 1]]), 2), np.eye(2))
    assert components(np.array([[0], [2]]), 3).tolist() == [0, 1, 0]
