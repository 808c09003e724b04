"""The bag-of-words network: exactly blind to order, and the same numbers as a bag followed by two linear maps."""

import torch
from torch import Generator

from components.models.bag import Bag, count
from components.tasks.words import bag


def batch(r: int = 2, b: int = 3, k: int = 20, entries: int = 30) -> torch.Tensor:
    return torch.randint(-2, entries + 5, (r, b, k, 2), generator=Generator().manual_seed(0)).float()


def model(r: int = 2) -> Bag:
    return Bag(30, 2, [Generator().manual_seed(i) for i in range(r)])


def test_order_changes_nothing_at_all() -> None:
    network, x = model(), batch()
    with torch.inference_mode():
        for seed in range(10):
            places = torch.randperm(x.shape[2], generator=Generator().manual_seed(seed))
            assert torch.equal(network(x[:, :, places]), network(x))


def test_only_the_second_number_is_looked_at() -> None:
    network, x = model(), batch()
    other = x.clone()
    other[..., 0] = 7
    assert torch.equal(network(other), network(x))
    other[..., 1] = (other[..., 1] + 1) % 30
    assert not torch.equal(network(other), network(x))


def test_counts_are_the_bag() -> None:
    x = batch()
    counts, length = count(x[..., 1], 30)
    assert (counts.numpy() == bag(x[..., 1].numpy(), 30)).all()
    assert (length[..., 0] == (x[..., 1] > -2).sum(-1)).all()


def test_the_formula() -> None:
    network, x = model(1), batch(1)
    counts, length = count(x[..., 1], 30)
    first, second = network.first, network.second
    hidden = (counts[0] / length[0].sqrt() @ first.weight[0, 0, 0] + first.bias[0, 0]).relu()
    assert torch.allclose(network(x)[0], hidden @ second.weight[0, 0, 0] + second.bias[0, 0], atol=1e-5)


def test_a_replica_is_the_same_alone_and_in_a_stack() -> None:
    x = batch(1)
    both, alone = model(2), Bag(30, 2, [Generator().manual_seed(1)])
    assert torch.allclose(both(x.expand(2, *x.shape[1:]))[1], alone(x)[0], atol=1e-6)


def test_an_empty_text_has_an_answer() -> None:
    assert model()(torch.full((2, 1, 4, 2), -2.0)).isfinite().all()
