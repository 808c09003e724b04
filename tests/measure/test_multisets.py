"""34 multisets: a sum tells all apart, a mean 22, a maximum 7."""

import pytest

from components.measure.multisets import groups, multisets, pooled


@pytest.mark.parametrize(("pool", "different"), [("sum", 34), ("mean", 22), ("max", 7), ("attention", 22)])
def test_how_many_each_pooling_tells_apart(pool, different):
    found = groups(pool)
    assert len(found) == different
    assert sum(len(g) for g in found) == len(multisets()) == 34


def test_the_examples_of_the_paper():
    assert pooled((0, 1), "mean") == pooled((0, 0, 1, 1), "mean")
    assert pooled((0, 1), "max") == pooled((0, 0, 1), "max")
    assert pooled((0, 1), "mean") != pooled((0, 0, 1), "mean")
    assert pooled((0, 1), "sum") != pooled((0, 0, 1, 1), "sum")


def test_the_fractions_are_those_of_the_trained_pools():
    import torch

    from components.models.pools import POOLS

    for multiset in multisets():
        x = torch.eye(3)[list(multiset)].view(1, 1, -1, 3)
        for pool in ("mean", "max"):
            own = [float(v) for v in pooled(multiset, pool)]
            assert POOLS[pool](3, 4, [])(x)[0, 0].tolist() == pytest.approx(own)
        total = POOLS["sum"](3, 4, [])(x)[0, 0] * len(multiset) ** 0.5
        assert total.tolist() == pytest.approx([float(v) for v in pooled(multiset, "sum")])


def test_unknown_pooling_is_refused():
    with pytest.raises(KeyError):
        pooled((0,), "median")
