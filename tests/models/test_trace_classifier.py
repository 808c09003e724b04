"""The network over time: order seen within its reach, place forgotten by the pool, the same alone and in a stack."""

import numpy as np
import pytest
import torch
from torch import Generator

from components.learn.exercise import Lesson, learn
from components.models.trace_classifier import TraceClassifier

SPREAD = (np.array([1.0, -2.0]), np.array([2.0, 0.5]))


def net(seeds: tuple[int, ...] = (0,), pool: str = "max", k: int = 40) -> TraceClassifier:
    return TraceClassifier(k, 3, SPREAD, [Generator().manual_seed(s) for s in seeds], pool)


def bump(at: int, k: int = 40) -> torch.Tensor:
    x = torch.from_numpy(np.tile(SPREAD[0], (k, 1))).float()
    x[at : at + 4] += torch.tensor([[1.0, 0.2], [3.0, -0.4], [2.0, 0.1], [-1.0, 0.6]])
    return x[None, None]


@pytest.mark.parametrize("pool", ["max", "mean"])
def test_when_it_happens_is_forgotten_but_not_in_which_order(pool: str) -> None:
    """Moved by an even number of moments, away from the ends, the answer stays; turned round in time it does not."""
    f = net(pool=pool)
    with torch.inference_mode():
        here, there, back = f(bump(10)), f(bump(22)), f(bump(10).flip(2))
    assert torch.allclose(here, there, atol=1e-5)
    assert (here - back).abs().max() > 2e-4


def test_units_do_not_matter() -> None:
    """The same series in millinewtons, with mean and deviation in millinewtons, gives the same answer."""
    x = torch.randn(1, 5, 40, 2)
    scaled = TraceClassifier(40, 3, (SPREAD[0] * 1000, SPREAD[1] * 1000), [Generator().manual_seed(0)])
    with torch.inference_mode():
        assert torch.allclose(net()(x), scaled(x * 1000), atol=1e-4)


def test_a_replica_is_the_same_alone_and_in_a_stack() -> None:
    x = torch.randn(1, 6, 41, 2)
    with torch.inference_mode():
        alone, stack = net((7,), k=41)(x), net((3, 7), k=41)(x.expand(2, -1, -1, -1))
    assert alone.shape == (1, 6, 3)
    assert torch.allclose(alone[0], stack[1], atol=1e-5)


def test_constants_are_no_parameters() -> None:
    assert all(not name.startswith(("mean", "deviation", "near", "far")) for name in net().state_dict())


def test_it_learns_an_unseen_surface() -> None:
    """Logistic regression stays near a half on this split: friction is a ratio of forces, and no weighted sum of them."""
    *_, frame = learn(Lesson("sensor", "surface", 800))
    assert frame["accuracy"].item() > 0.88
