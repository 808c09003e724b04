"""The vision transformer: patches as they lie in the picture, a bag of them without positions, and able to learn."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import Generator

from components.learn.device import settle
from components.learn.train import train
from components.models.vision_transformer import VisionTransformer, patches
from components.tasks.mnist import draw_mnist

settle()


def seeds(*numbers: int) -> list[Generator]:
    return [Generator().manual_seed(n) for n in numbers]


@pytest.mark.parametrize("colours", [1, 3])
def test_patches_are_those_of_the_picture(colours):
    picture = np.random.default_rng(0).random((12, 12, colours), np.float32)
    x = torch.from_numpy(picture.transpose(2, 1, 0).reshape(1, 1, 1, -1).copy())
    cut = patches(x, colours, 4)
    assert cut.shape == (1, 1, 9, 16 * colours)
    for i in range(9):
        r, c = divmod(i, 3)
        own = picture[4 * r : 4 * r + 4, 4 * c : 4 * c + 4].transpose(2, 0, 1).reshape(-1)
        assert np.array_equal(cut[0, 0, i].numpy(), own)


@pytest.mark.parametrize("pool", ["class", "mean"])
@pytest.mark.parametrize("patch", [4, 7])
def test_shapes_and_rows_that_sum_to_one(pool, patch):
    network = VisionTransformer(28, 1, 10, seeds(0, 1), patch=patch, pool=pool)
    x = torch.rand(2, 3, 1, 784, generator=Generator().manual_seed(1))
    n = (28 // patch) ** 2 + (pool == "class")
    found = network.attentions(x)
    assert network(x).shape == (2, 3, 10)
    assert [a.shape for a in found] == [(2, 3, 4, n, n)] * 3
    assert all((a.sum(-1) - 1).abs().max() < 1e-5 for a in found)


@pytest.mark.parametrize("pool", ["class", "mean"])
def test_without_positions_the_order_of_patches_is_nothing(pool):
    x, order = torch.rand(1, 4, 1, 784, generator=Generator().manual_seed(1)), torch.randperm(16, generator=Generator())
    bag, placed = (VisionTransformer(28, 1, 10, seeds(0), positions=p, pool=pool) for p in (False, True))
    assert (bag.run(x, order)[0] - bag(x)).abs().max() < 1e-6
    assert (placed.run(x, order)[0] - placed(x)).abs().max() > 1e-3


def test_replicas_are_independent():
    both, alone = VisionTransformer(28, 1, 10, seeds(0, 1)), VisionTransformer(28, 1, 10, seeds(1))
    x = torch.rand(1, 2, 1, 784, generator=Generator().manual_seed(1))
    assert (both(x.expand(2, -1, -1, -1))[1] - alone(x)[0]).abs().max() < 1e-5


def test_the_matrices_are_those_it_ran_with():
    network, x = VisionTransformer(28, 1, 10, seeds(0)), torch.rand(1, 2, 1, 784, generator=Generator().manual_seed(1))
    for layer, weights in enumerate(network.attentions(x)):
        assert (network.matrices(x, layer)["weights"] - weights).abs().max() < 1e-6


def test_patches_must_divide_the_side():
    with pytest.raises(ValueError, match="do not divide"):
        VisionTransformer(28, 1, 10, seeds(0), patch=5)


def test_it_learns_digits():
    make = partial(VisionTransformer, 28, 1, 10)
    *_, last = train(make, draw_mnist, (2000,), steps=300, every=300, batch=32, rate=2e-3, order="fixed", test=500)
    assert last["accuracy"].item() > 0.7
