"""A filter place by place, its named kernels, and what is typed for one: against torch and against arithmetic by hand."""

import numpy as np
import pytest
import torch

from components.measure.filtering import counts, filtered, lively, out_shape, out_size, step
from components.measure.kernels import LINES, PLANES, accepted, flat_sum, read_weights, write_weights
from components.measure.symmetry import equivariance
from components.values import BadInput

X = np.random.default_rng(0).random((9, 12))
CONVOLVE = {1: torch.nn.functional.conv1d, 2: torch.nn.functional.conv2d}


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("k", [3, 5])
@pytest.mark.parametrize("same", [False, True])
@pytest.mark.parametrize("dim", [1, 2])
def test_whole_outputs_and_single_steps_agree_with_torch(dim, same, k, stride):
    x, padding = (X[0] if dim == 1 else X), same * (k // 2)
    weight = np.random.default_rng(k).normal(size=(k,) * dim)
    expected = CONVOLVE[dim](
        torch.tensor(x)[None, None], torch.tensor(weight)[None, None], torch.tensor([0.25]).double(), stride, padding
    )[0, 0].numpy()
    assert np.abs(filtered(x, weight, 0.25, padding, stride) - expected).max() < 1e-12
    places = out_shape(x.shape, k, padding, stride)
    assert places == expected.shape
    for at in range(expected.size):
        found = step(x, weight, 0.25, at, padding, stride)
        assert found.value == pytest.approx(expected.ravel()[at], abs=1e-12)
        assert found.total == pytest.approx((found.window * weight).sum())
        assert (found.window[~found.inside] == 0).all()
    assert step(x, weight, 0, 0, padding, stride).start == (-padding,) * dim


def test_the_formula_of_the_size():
    assert [out_size(n, 3, 0, 1) for n in (2, 3, 10)] == [0, 1, 8]
    assert out_size(10, 3, 1, 2) == 5
    assert counts((10, 10), (8, 8), 3) == (10, 6400, 576)
    with pytest.raises(BadInput, match="does not fit into 1 × 1"):
        out_shape((1, 1), 3, 0, 1)
    assert out_shape((1, 1), 3, 1, 1) == (1, 1)


def test_shared_filters_are_equivariant_on_a_ring_and_separate_ones_are_not():
    def error(weight: np.ndarray, x: np.ndarray, t: int, stride: int = 1) -> float:
        def f(v: np.ndarray) -> np.ndarray:
            return filtered(v, weight, 0.1, 1, stride, circular=True)

        moved = [lambda v: np.roll(v, t, -1)], [lambda v: np.roll(v, round(t / stride), -1)]
        return float(equivariance(f, x, *moved)[0])

    square, row = PLANES["sharpen"].make(3), LINES["edge_vertical"].make(3)
    assert error(square, X, 5) == 0 == error(row, X[0], 5) == error(square, X, 4, 2)
    assert error(square, X, 3, 2) > 0.1
    assert error(np.random.default_rng(1).random((12, 3)), X[0], 1) > 0.1


def test_a_layer_without_sharing_uses_a_row_of_weights_for_each_place():
    weights = np.arange(30.0).reshape(10, 3)
    x = np.random.default_rng(2).random(12)
    assert filtered(x, weights)[7] == pytest.approx(weights[7] @ x[7:10])


@pytest.mark.parametrize("k", [3, 5])
def test_kernels_do_what_their_sentence_says(k):
    zero = {name for name, kernel in PLANES.items() if abs(flat_sum(kernel.make(k))) < 1e-12}
    assert zero == {"edge_vertical", "edge_horizontal", "laplacian"}
    assert all(flat_sum(kernel.make(k)) == pytest.approx(1) for name, kernel in PLANES.items() if name not in zero)
    assert {name for name, kernel in LINES.items() if abs(flat_sum(kernel.make(k))) < 1e-12} == {"edge_vertical", "laplacian"}
    right = np.tile(np.linspace(0, 1, 12), (12, 1))  # brighter to the right
    assert filtered(right, PLANES["edge_vertical"].make(k)).min() > 0
    assert np.abs(filtered(right, PLANES["edge_horizontal"].make(k))).max() < 1e-12
    assert filtered(right.T, PLANES["edge_horizontal"].make(k)).min() > 0
    assert np.abs(filtered(X, PLANES["identity"].make(k), 0, k // 2) - X).max() < 1e-12
    bump = np.zeros((15, 15))
    bump[5:10, 5:10] = 1
    relief = filtered(bump, PLANES["emboss"].make(k), 0, k // 2)
    assert relief[4, 4] > 0 > relief[10, 10]  # the side towards the upper left is lit, the other in shadow
    dot = np.zeros((9, 9))
    dot[4, 4] = 1
    assert filtered(dot, PLANES["laplacian"].make(k), 0, k // 2)[4, 4] < 0


def test_weights_go_through_an_address_and_nonsense_does_not():
    weight = PLANES["laplacian"].make(5)
    found = read_weights(write_weights(weight, -0.5))
    assert found is not None
    assert (found[0] == weight).all()
    assert found[1] == -0.5
    for bad in ("", "1,2", "a,b,c,d", "1,2,3,nan", "1,2,3,1e9", "inf,0,0,0", "1," * 5000):
        assert read_weights(bad) is None
    assert accepted(["1", 2, "-3.5"]) == [1, 2, -3.5]
    for cell, said in ((None, "needs a number"), ("x", "needs a number"), (float("nan"), "lie between"), (100, "lie between")):
        with pytest.raises(BadInput, match=said):
            accepted([cell])


def test_the_liveliest_piece_is_found_also_in_tiny_and_thin_data():
    x = np.zeros((40, 60))
    x[22:28, 41:49] = X[:6, :8]
    row, column = lively(x, 10)
    assert row <= 24 < row + 10
    assert column <= 45 < column + 10
    assert lively(np.zeros((1, 1)), 10) == (0, 0)
    assert lively(np.zeros((512, 1)), 10) == (0, 0)
    assert lively(np.zeros(5), 11) == (0,)
