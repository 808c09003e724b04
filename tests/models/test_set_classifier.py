"""The 2 x 2 of the lecture: only shared + invariant gives the same answer in every order, before any training."""

from itertools import permutations

import numpy as np
import pytest
import torch
from torch import Generator, nn

from components.learn.sweep import ARCHITECTURES
from components.measure.symmetry import invariance, permutation
from components.models.pools import POOLS
from components.models.set_classifier import SetClassifier, parameters

ORDERS = [permutation(np.array(p)) for p in permutations(range(4))]
X = np.random.default_rng(0).standard_normal((1, 6, 4, 3)).astype(np.float32)


def network(share: bool, pool: str, r: int = 1) -> SetClassifier:
    return SetClassifier(3, 7, 4, share, pool, [Generator().manual_seed(i) for i in range(r)])


def errors(model: nn.Module) -> np.ndarray:
    with torch.inference_mode():
        return invariance(lambda x: model(torch.from_numpy(x)).numpy(), X, ORDERS)


@pytest.mark.parametrize("pool", ["sum", "mean", "max", "attention"])
def test_shared_and_invariant_is_invariant(pool):
    assert errors(network(True, pool)).max() < 1e-5


@pytest.mark.parametrize(("share", "pool"), [(False, "sum"), (False, "max"), (True, "concatenate"), (False, "concatenate")])
def test_without_either_it_is_not(share, pool):
    assert errors(network(share, pool)).max() > 1e-3


def test_every_pool_and_sharing_gives_logits_for_every_replica():
    for share in (True, False):
        for pool in POOLS:
            assert network(share, pool, 2)(torch.randn(2, 5, 4, 3)).shape == (2, 5, 7)


def test_parameters_are_those_of_the_same_network_in_torch():
    linear = [nn.Linear(3, 32), nn.Linear(32, 32), nn.Linear(32, 32), nn.Linear(32, 7)]
    assert parameters(network(True, "sum")) == sum(p.numel() for layer in linear for p in layer.parameters())
    phi = sum(p.numel() for layer in linear[:2] for p in layer.parameters())
    assert parameters(network(False, "sum")) - parameters(network(True, "sum")) == 3 * phi
    assert parameters(network(True, "concatenate")) - parameters(network(True, "sum")) == 3 * 32 * 32


def test_equals_deep_sets_written_with_torch():
    model, x = network(True, "sum"), torch.from_numpy(X)
    phi1, phi2, rho1, rho2 = (
        (block.weight[0, 0, 0], block.bias[0, 0]) for block in (model.phi1, model.phi2, model.rho1, model.rho2)
    )
    z = (x[0] @ phi1[0] + phi1[1]).relu() @ phi2[0] + phi2[1]
    z = z.sum(1) / 2
    expected = (z @ rho1[0] + rho1[1]).relu() @ rho2[0] + rho2[1]
    torch.testing.assert_close(model(x)[0], expected, atol=1e-5, rtol=1e-5)


def test_architectures_are_the_two_by_two():
    assert len(set(ARCHITECTURES)) == 4
