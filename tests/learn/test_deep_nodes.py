"""Deep networks on real graphs: trained here, and as recorded."""

import numpy as np
import pytest

from components.learn.deep_nodes import DEPTHS, LOOKS, RECORDED, SWEPT, Depth, depth_run, first_gradient, halves, recorded
from components.tasks.nodes import read_network


def test_halves_share_no_node_and_hold_half_of_each_kind() -> None:
    labels = read_network("miserables")["labels"]
    train = halves(labels, 3)
    for kind in np.unique(labels):
        inside = labels == kind
        assert (train & inside).sum() == (inside.sum() + 1) // 2
    assert (train != halves(labels, 4)).any()


def test_two_layers_learn_the_club_and_nobody_alone_does() -> None:
    frames = list(depth_run(Depth("karate", False, depths=(0, 2), seeds=3, steps=100)))
    last = frames[-1]
    assert [int(f["step"]) for f in frames] == list(range(1, 2 * LOOKS + 1))
    assert [len(f["depths"]) for f in frames] == [1] * LOOKS + [2] * LOOKS
    short = list(depth_run(Depth("karate", False, depths=(1,), seeds=1, steps=2)))
    assert int(short[-1]["step"]) == int(short[-1]["steps"]) == LOOKS
    assert last["accuracy"].shape == last["mad"].shape == (2, 3)
    assert last["accuracy"][1].mean() > 0.85 > 0.75 > last["accuracy"][0].mean()
    assert last["fitted"].min() > 0.9
    assert last["mad"][0] == pytest.approx([1, 1, 1])  # names are all different
    again = list(depth_run(Depth("karate", False, depths=(2,), seeds=1, steps=100)))[-1]
    np.testing.assert_allclose(again["accuracy"][0, 0], last["accuracy"][1, 0])  # alone as in a stack


@pytest.mark.parametrize("name", SWEPT)
def test_recorded_depth_costs_accuracy_and_skip_connections_keep_it(name: str) -> None:
    plain, skip = recorded(name, False), recorded(name, True)
    n = len(read_network(name)["labels"])
    assert plain["accuracy"].shape == skip["mad"].shape == (len(DEPTHS), 5)
    assert plain["places"].shape == (len(DEPTHS), n, 2)
    assert plain["accuracy"][DEPTHS.index(2)].mean() > plain["accuracy"][DEPTHS.index(32)].mean() + 0.2
    deep = slice(DEPTHS.index(12), None)
    assert skip["accuracy"][deep].mean() > plain["accuracy"][deep].mean() + 0.1
    assert skip["fitted"][deep].mean() > plain["fitted"][deep].mean() + 0.1  # what they keep is that they can be trained
    for found in (plain, skip):
        assert np.isfinite(found["places"]).all()


def test_the_file_is_small() -> None:
    assert RECORDED.stat().st_size < 250_000


def test_the_gradient_fades_with_depth_and_a_skip_connection_keeps_it() -> None:
    plain, skip = ([first_gradient(Depth("karate", s, seeds=1), d) for d in (2, 16)] for s in (False, True))
    assert plain[1] < 1e-4 * plain[0]
    assert skip[1] > 0.1 * skip[0]
