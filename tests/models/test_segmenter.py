"""The segmenter commutes with what is built in, and only with that; averaging over a group builds its symmetry in."""

import numpy as np
import pytest
import torch
from torch import Generator, nn

from components.learn.segmenting import flat, upright
from components.measure.actions import FLIPS, act, flip, shift, turn
from components.measure.symmetry import Function, equivariance, invariance
from components.models.conv_network import ConvNetwork
from components.models.group_average import GroupAverage
from components.models.segmenter import Segmenter, doubled
from components.models.set_classifier import parameters

X = np.random.default_rng(0).random((2, 16, 16, 3)).astype(np.float32)
SQUARE = [act("turn", a) for a in (90, 180, 270)] + [act("flip", a) for a in FLIPS]


def segmenter(down: str, circular: bool = True, side: int = 16) -> Segmenter:
    return Segmenter(side, 3, [Generator().manual_seed(0)], down=down, circular=circular)


def pixels(network: nn.Module) -> Function:
    """A segmenter as a function of pictures `(b, h, w, c)`."""

    def f(x: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            return upright(network(flat(x))[0], 1)

    return f


def errors(network: nn.Module, actions: list[Function]) -> np.ndarray:
    return equivariance(pixels(network), X, actions)


def test_the_pictures_come_back_as_they_went() -> None:
    np.testing.assert_array_equal(upright(flat(X)[0, :, 0], 3), X)
    assert flat(X)[0, 0, 0, 1] == X[0, 1, 0, 0]  # columns on top of each other


def test_on_a_torus_with_all_places_kept_every_shift_is_exact() -> None:
    assert errors(segmenter("none"), [act("shift", t) for t in range(9)] + [lambda x: shift(x, 3, 5)]).max() < 1e-5


def test_zeros_beyond_the_edge_break_the_shift() -> None:
    assert errors(segmenter("none", circular=False), [act("shift", 4)]).min() > 1e-3


@pytest.mark.parametrize("down", ["max", "stride", "blur"])
def test_halving_twice_leaves_shifts_by_multiples_of_four(down: str) -> None:
    found = errors(segmenter(down), [act("shift", t) for t in range(9)])
    assert found[[0, 4, 8]].max() < 1e-5
    assert found[[1, 2, 3, 5, 6, 7]].min() > 1e-4


@pytest.mark.parametrize("down", ["none", "max", "blur"])
def test_turns_and_flips_are_not_built_in_until_the_network_is_averaged(down: str) -> None:
    plain = segmenter(down)
    assert errors(plain, SQUARE).min() > 1e-3
    averaged = GroupAverage(plain, 3, True)
    assert errors(averaged, SQUARE).max() < 1e-5
    assert parameters(averaged) == parameters(plain)


def test_averaging_over_turns_does_not_mend_shifts() -> None:
    assert errors(GroupAverage(segmenter("max"), 3, True), [act("shift", 1)]).min() > 1e-4


def test_halved_or_not_the_weights_are_the_same() -> None:
    assert parameters(segmenter("none")) == parameters(segmenter("max"))
    assert segmenter("max")(flat(X)).shape == (1, 2, 256)


def test_an_averaged_classifier_is_invariant_to_turns_and_flips() -> None:
    plain = ConvNetwork(16, 3, 10, [Generator().manual_seed(0)], circular=True)

    def answers(network: nn.Module) -> Function:
        def f(x: np.ndarray) -> np.ndarray:
            with torch.inference_mode():
                return network(flat(x))[0].numpy()

        return f

    assert invariance(answers(plain), X, SQUARE).min() > 1e-3
    assert invariance(answers(GroupAverage(plain, 3, False)), X, SQUARE).max() < 1e-5


def test_averaging_is_the_mean_over_the_group() -> None:
    f, averaged = (pixels(n) for n in (segmenter("max"), GroupAverage(segmenter("max"), 3, True)))
    by_hand = [turn(f(turn(X, q)), -q) for q in range(4)]
    by_hand += [flip(turn(f(turn(flip(X), q)), -q)) for q in range(4)]
    np.testing.assert_allclose(averaged(X), np.mean(by_hand, 0), atol=1e-5)


def test_doubling_writes_each_value_four_times() -> None:
    x = torch.arange(4.0).reshape(1, 2, 2)
    assert doubled(x)[0].tolist() == [[0, 0, 1, 1], [0, 0, 1, 1], [2, 2, 3, 3], [2, 2, 3, 3]]
