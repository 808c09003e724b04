"""Nodes of which some kinds are known: nothing that is asked about was told."""

import numpy as np
import pytest
from torch import Generator

from components.tasks.known_nodes import EACH, NETWORKS, draw_known, question
from components.tasks.nodes import read_network


@pytest.mark.parametrize("name", NETWORKS)
def test_every_node_is_told_or_asked_about_and_never_both(name: str) -> None:
    asked = question(name)
    assert sorted([*asked.train, *asked.test]) == list(range(len(asked.labels)))
    assert set(asked.labels[asked.train]) == set(range(len(asked.classes)))


def test_two_members_ten_airports_a_region_and_no_copy_of_a_neuron_on_both_sides() -> None:
    club, airports, worm = (question(name) for name in NETWORKS)
    assert club.train.tolist() == [0, 33]
    assert np.bincount(airports.labels[airports.train]).tolist() == [EACH] * 4
    groups = read_network("worm")["groups"]
    assert not set(groups[worm.train]) & set(groups[worm.test])


@pytest.mark.parametrize("part", ["train", "test"])
def test_drawn_nodes_are_of_their_part_with_their_kind(part: str) -> None:
    asked = question("worm")
    x, y = draw_known(500, Generator().manual_seed(0), part, "worm")
    numbers = x[:, 0, 0].long().numpy()
    assert x.shape == (500, 1, 1)
    assert set(numbers) <= set(getattr(asked, part))
    assert (asked.labels[numbers] == y.numpy()).all()
