"""Every invariant pool forgets the order, concatenation does not; each is the formula it says."""

import pytest
import torch
from torch import Generator

from components.models.pools import POOLS

X = torch.randn(2, 3, 5, 8, generator=Generator().manual_seed(0))


def pool(name: str):
    return POOLS[name](8, 5, [Generator().manual_seed(i) for i in range(2)])


@pytest.mark.parametrize("name", ["sum", "mean", "max", "attention"])
def test_invariant_pools_do_not_see_the_order(name):
    order = torch.tensor([3, 1, 4, 0, 2])
    torch.testing.assert_close(pool(name)(X[:, :, order]), pool(name)(X))


def test_concatenation_sees_the_order():
    order = torch.tensor([3, 1, 4, 0, 2])
    assert (pool("concatenate")(X[:, :, order]) - pool("concatenate")(X)).abs().max() > 0.1


@pytest.mark.parametrize("name", POOLS)
def test_width_is_what_comes_out(name):
    p = pool(name)
    assert p(X).shape == (2, 3, p.width)


def test_formulas():
    torch.testing.assert_close(pool("sum")(X), X.sum(2) / 5**0.5)
    torch.testing.assert_close(pool("mean")(X), X.mean(2))
    torch.testing.assert_close(pool("max")(X), X.max(2).values)
    query = pool("attention").query
    weights = torch.softmax(X[0, 0] @ query[0] / 8**0.5, 0)
    torch.testing.assert_close(pool("attention")(X)[0, 0], weights @ X[0, 0])
