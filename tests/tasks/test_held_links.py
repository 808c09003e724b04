"""Held-out links: nothing leaks, and the two ways to choose pairs without a link differ as they say."""

import numpy as np
import pytest
from torch import Generator

from components.tasks.held_links import RULES, anyone, draw_held, pairs, training_links
from components.tasks.links import network_links, pair_rows


@pytest.mark.parametrize("rule", RULES)
def test_pairs_are_linked_or_not_and_test_links_are_never_heard(rule: str) -> None:
    edges, _ = network_links("airports")
    train, held, matrix = training_links("airports")
    every = {tuple(sorted(e)) for e in edges.T.tolist()}
    u, v, y = pairs(600, Generator().manual_seed(1), "test", "airports", rule)
    assert [tuple(sorted(p)) in every for p in zip(u.tolist(), v.tolist(), strict=True)] == y.tolist()
    assert matrix[u, v].sum() == 0
    x, truth = draw_held(600, Generator().manual_seed(1), "test", "airports", rule)
    assert (x.numpy() == pair_rows(matrix, u, v)).all()
    assert (truth.numpy() == y).all()
    assert train.shape[1] + held.shape[1] == len(every)


@pytest.mark.parametrize("rule", RULES)
def test_no_pair_without_a_link_is_in_both_parts(rule: str) -> None:
    found = []
    for part in ("train", "test"):
        u, v, y = pairs(900, Generator().manual_seed(2), part, "airports", rule)
        found.append({(min(p), max(p)) for p in zip(u[~y].tolist(), v[~y].tolist(), strict=True)})
    assert not found[0] & found[1]


def test_the_ends_of_uniform_pairs_are_less_popular_than_those_of_links() -> None:
    degree = training_links("airports")[2].sum(1)
    popular = {}
    for rule in RULES:
        u, v, y = pairs(800, Generator().manual_seed(3), "test", "airports", rule)
        popular[rule] = (degree[u] + degree[v])[~y].mean() / (degree[u] + degree[v])[y].mean()
    assert popular["uniform"] < 0.5 < 0.8 < popular["balanced"] < 1.25


def test_a_network_in_which_nearly_all_are_linked_still_gives_pairs() -> None:
    every = 1 - np.eye(5, dtype=np.float32)
    every[0, 1] = every[1, 0] = 0
    found = anyone(every, 4, "test", np.random.default_rng(0))
    assert found.tolist() == [[0] * 4, [1] * 4]
