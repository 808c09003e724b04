"""The numbers of message passing: equal to the layers, summed by hand, on odd graphs, and after learning."""

import numpy as np
import pytest
import torch
from torch import Generator

from components.learn.messaging import WIDTH, at_node, halves, inputs, told
from components.learn.messaging_file import DEPTHS, NETWORKS, recorded
from components.measure.hops import arriving
from components.models.graph_layers import LAYERS
from components.models.node_classifier import NodeClassifier
from components.tasks.nodes import CLUB, read_network

ODD = np.array([[0, 0, 2, 3], [0, 1, 3, 2]])  # a loop at 0, node 1 hears 0, 2 and 3 are a part of their own, 4 is alone


@pytest.fixture(scope="module")
def karate():
    found = read_network(CLUB)
    edges = arriving(found["edges"], directed=False)
    return edges, inputs(np.ones((34, 1)), edges)[0], found["labels"]


@pytest.mark.parametrize("kind", LAYERS)
def test_every_step_adds_up_to_what_the_network_computes(karate, kind):
    edges, features, _ = karate
    found = told(edges, features, kind, 3)
    x, there = torch.from_numpy(features), torch.from_numpy(edges)
    net = NodeClassifier(x, there, 2, [Generator().manual_seed(found.seed)], kind=kind, layers=3, h=WIDTH)
    for layer, state in zip(found.layers, net.states()[1:], strict=True):
        assert np.allclose(layer["state"], state[0, 0].detach().numpy(), atol=1e-6)
        here = at_node(layer, 31)
        how = {"mean": np.mean, "max": np.max}.get(kind, np.sum)
        assert np.allclose(how(here["message"], 0), here["heard"], atol=1e-5)
        if kind != "isomorphism":
            assert np.allclose(np.maximum(here["heard"] + here["own"], 0), here["state"], atol=1e-5)


@pytest.mark.parametrize("kind", LAYERS)
def test_a_loop_a_direction_and_a_lonely_node(kind):
    found = told(ODD, inputs(np.ones((5, 1)), ODD)[0], kind, 2)
    loops = kind in ("convolution", "attention")
    alone = at_node(found.layers[0], 4)
    assert alone["source"].tolist() == ([4] if loops else [])
    assert loops or not alone["heard"].any()
    assert at_node(found.layers[0], 0)["source"].tolist() == [0]
    assert set(at_node(found.layers[1], 1)["source"].tolist()) == ({0, 1} if loops else {0})
    assert all(np.isfinite(layer["state"]).all() for layer in found.layers)


def test_without_edges_every_kind_works():
    none = np.zeros((2, 0), np.int64)
    for kind in LAYERS:
        assert told(none, inputs(np.ones((1, 1)), none)[0], kind, 1).layers[0]["state"].shape == (1, WIDTH)


@pytest.mark.parametrize("kind", LAYERS)
def test_other_numbers_for_the_nodes_give_the_same_messages(karate, kind):
    edges, features, _ = karate
    order = np.random.default_rng(1).permutation(34)
    moved = np.empty_like(features)
    moved[order] = features
    one, other = told(edges, features, kind, 2).layers[1], told(order[edges], moved, kind, 2).layers[1]
    assert np.allclose(one["state"], other["state"][order], atol=1e-5)


def test_what_a_node_knows_first_is_its_own_only(karate):
    edges, features, _ = karate
    assert features.shape == (34, 5)
    assert (features[:, 1:].sum(1) == 1).all()
    cut = edges[:, ~np.isin(edges, (16, 5)).all(0)]  # without the link between members 17 and 6
    changed = (inputs(np.ones((34, 1)), cut)[0] != features).any(1)
    assert np.flatnonzero(changed).tolist() == [5, 16]
    own, names = inputs(np.array([[1.0, 0, 2], [0, 0, 3]]), ODD)
    assert own.tolist() == [[1, 2], [0, 3]]
    assert names == ()
    assert inputs(np.ones((5, 1)), ODD)[0].shape == (5, 6)  # with a direction: in and out apart


def test_the_strongest_come_first_and_the_winners_where_only_the_largest_counts(karate):
    edges, features, _ = karate
    weight = at_node(told(edges, features, "attention", 1).layers[0], 33)["weight"]
    assert (np.diff(np.abs(weight[1:])) <= 1e-7).all()
    assert weight.sum() == pytest.approx(1, abs=1e-5)
    here = at_node(told(edges, features, "max", 1).layers[0], 33, "max")
    assert (here["message"][0] == here["message"].max(0)).any()


def test_trained_weights_know_more_than_the_commonest_kind(karate):
    edges, features, labels = karate
    train, tested = halves(CLUB, labels)
    found = told(edges, features, "convolution", 2, labels, train)
    right = (found.p[found.tested].argmax(1) == labels[found.tested]).mean()
    assert found.tested.tolist() == tested.tolist()
    assert right >= 0.8 > (labels[tested] == np.bincount(labels[train]).argmax()).mean() + 0.2
    assert found.start.shape == (34, WIDTH)
    again = told(edges, features, "convolution", 2, labels, train)
    assert np.allclose(found.p, again.p, atol=1e-5)


def test_the_random_start_does_not_die(karate):
    edges, features, _ = karate
    assert all((layer["state"] > 0).mean() >= 0.4 for layer in told(edges, features, "convolution", 3).layers)


def test_half_of_an_unknown_network_is_kept_for_the_test():
    train, tested = halves("own", np.zeros(11, int))
    assert sorted([*train, *tested]) == list(range(11))
    assert len(train) == 5


def test_the_recorded_weights_are_trained_ones(karate):
    edges, features, labels = karate
    train = halves(CLUB, labels)[0]
    found = told(edges, features, "convolution", 2, labels, train, kept=recorded(CLUB, "convolution", 2))
    assert (found.p[found.tested].argmax(1) == labels[found.tested]).mean() >= 0.8
    assert all(recorded(name, kind, depth) is not None for name in NETWORKS for kind in LAYERS for depth in DEPTHS)
    assert recorded("own", "mean", 2) is None
