"""The numbers on the page are torch's: blocks equal to layers, gradients to finite differences, a step to SGD."""

import numpy as np
import pytest
import torch
from torch import Generator
from torch.nn import functional

from components.learn import written
from components.learn.tiny_samples import SAMPLES, tiny
from components.learn.unfolding import (
    KINDS,
    acts,
    backward,
    descent,
    first_weights,
    loss_of,
    numerical,
    refused,
    shapes,
)
from components.models.attention import SelfAttention
from components.models.composition import GCN, Composition, Shape
from components.models.mixing import Mixing
from components.models.recurrent import Recurrent

FITTING = [(kind, name) for name in SAMPLES for kind in KINDS if not refused(kind, tiny(name)[0])]


@pytest.mark.parametrize(("kind", "name"), FITTING)
def test_every_gradient_is_the_finite_difference(kind: str, name: str):
    for sample in tiny(name):
        weights = first_weights(kind, sample)
        _, slopes = backward(kind, sample, weights)
        for w, value in weights.items():
            assert slopes[w].shape == value.shape == shapes(kind, sample)[w]
            for i, j in np.ndindex(*value.shape):
                assert numerical(kind, sample, weights, (w, i, j)) == pytest.approx(slopes[w][i, j], abs=1e-8)


@pytest.mark.parametrize("kind", ["deep sets", "attention"])
def test_gradients_of_blocks_are_finite_differences(kind: str):
    sample = tiny("review")[0]
    weights = first_weights(kind, sample)
    _, slopes = backward(kind, sample, weights)
    for i, j in np.ndindex(*sample.x.shape):
        ends = []
        for by in (1e-5, -1e-5):
            x = sample.x.copy()
            x[i, j] += by
            ends.append(loss_of(kind, sample._replace(x=x), weights))
        assert (ends[0] - ends[1]) / 2e-5 == pytest.approx(slopes["X"][i, j], abs=1e-8)


def test_one_step_is_that_of_torch():
    for kind, name in (("rnn", "review"), ("gcn", "molecule")):
        moment = descent(kind, name, 0.3)[0]
        held = {n: torch.nn.Parameter(torch.tensor(v)) for n, v in moment.weights.items()}
        sgd = torch.optim.SGD(held.values(), lr=0.3)
        for n, p in held.items():
            p.grad = torch.tensor(moment.slopes[n])
        sgd.step()
        for n, p in held.items():
            np.testing.assert_allclose(moment.after[n], p.detach().numpy(), rtol=0, atol=1e-15)


def test_small_steps_fall_and_long_ones_rise():
    assert all(m.losses_after[m.which] < m.losses[m.which] for m in descent("cnn", "picture", 0.03)[:10])
    for kind, name in FITTING:
        calm, wild = (descent(kind, name, rate) for rate in (0.1, 3.0))
        assert np.mean(calm[-1].losses) < np.mean(calm[0].losses)
        assert max(np.mean(m.losses) for m in wild) > 1.2 * np.mean(wild[0].losses)


def test_blocks_are_the_layers_of_the_house():
    one = [Generator().manual_seed(3)]
    picture, review, molecule = (tiny(name)[1] for name in ("picture", "review", "molecule"))
    w = first_weights("cnn", picture)
    z = functional.conv2d(torch.tensor(picture.x)[None, None], torch.tensor(w["W"].T).view(3, 1, 3, 3))
    np.testing.assert_allclose(backward("cnn", picture, w)[0]["Z"], z[0].flatten(1).T, atol=1e-12)
    z = functional.conv1d(
        torch.tensor(review.x.T)[None], torch.tensor(first_weights("cnn", review)["W"].reshape(3, 2, 3)).permute(2, 1, 0)
    )
    np.testing.assert_allclose(backward("cnn", review, first_weights("cnn", review))[0]["Z"], z[0].T, atol=1e-12)

    layer = Mixing(3, 3, GCN, Shape(5, 3, 2, linked=True), one).double()
    w = first_weights("gcn", molecule)
    with torch.no_grad():
        layer.itself.weight[0, 0, 0], layer.map.weight[0, 0, 0] = torch.tensor(w["W"][:3]), torch.tensor(w["W"][3:])
        layer.itself.bias.zero_(), layer.map.bias.zero_()
        h = layer(torch.tensor(molecule.x)[None, None], torch.tensor(molecule.links > 0)[None, None])
    np.testing.assert_allclose(backward("gcn", molecule, w)[0]["H"], h[0, 0], atol=1e-12)

    memory, w = Recurrent(2, 3, one).double(), first_weights("rnn", review)
    with torch.no_grad():
        memory.input.weight[0, 0, 0], memory.recur[0, 0] = torch.tensor(w["W"]), torch.tensor(w["U"])
        memory.input.bias.zero_()
        h = memory(torch.tensor(review.x)[None, None])
    np.testing.assert_allclose(backward("rnn", review, w)[0]["H"], h[0, 0], atol=1e-12)

    looks, w = SelfAttention(2, 1, one).double(), first_weights("attention", review)
    with torch.no_grad():
        for part, name in ((looks.query, "Q"), (looks.key, "K")):
            part.weight[0, 0, 0] = torch.tensor(w[name])
            part.bias.zero_()
        a = looks(torch.tensor(review.x)[None, None])[1]
    np.testing.assert_allclose(backward("attention", review, w)[0]["A"], a[0, 0, 0], atol=1e-12)

    layer, w = Mixing(2, 3, Composition(), Shape(5, 2, 2), one).double(), first_weights("deep sets", review)
    with torch.no_grad():
        layer.map.weight[0, 0, 0] = torch.tensor(w["W"])
        layer.map.bias.zero_()
        h = layer(torch.tensor(review.x)[None, None], torch.ones(1))
    np.testing.assert_allclose(backward("deep sets", review, w)[0]["H"], h[0, 0], atol=1e-12)


@pytest.mark.parametrize(("kind", "name"), FITTING)
def test_every_written_sum_ends_in_the_number_of_its_cell(kind: str, name: str):
    moment = descent(kind, name, 0.1)[3]
    sample = tiny(name)[moment.which]
    for block, table in (moment.blocks | moment.weights).items():
        for i, j in np.ndindex(*table.shape):
            for text, number in (
                (written.value(kind, sample, moment, block, i, j), table[i, j]),
                (written.slope(kind, sample, moment, block, i, j), moment.slopes[block][i, j]),
            ):
                if " = " in text and block != "L":
                    tail = text.split(" = ")[-1].split(",")[0].replace("−", "-")
                    assert float(tail) == pytest.approx(number, abs=6e-4), (block, i, j, text)


def test_the_player_meets_every_block_on_both_ways():
    moment = descent("attention", "review", 0.1)[0]
    blocks, weights = tuple(moment.blocks), tuple(moment.weights)
    found = acts("attention", blocks, weights, "blocks")
    assert [b for a in found if a.phase in ("forward", "loss") for b in a.blocks] == list(blocks)
    assert {b for a in found if a.phase == "backward" for b in a.blocks} == {*blocks, *weights}
    assert [a.phase for a in acts("attention", blocks, weights, "moves")] == ["forward", "loss", "backward", "update"]
    assert len(acts("attention", blocks, weights, "steps")) == 1


def test_samples_are_pairs_of_one_shape_and_both_classes():
    for name in SAMPLES:
        first, second = tiny(name)
        assert first.x.shape == second.x.shape
        assert {first.truth, second.truth} == {0, 1}
        assert first.x.shape == (len(first.elements), len(first.columns))
