"""One map for all neighbours: exact for equal weights, poor for a filter that knows directions."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from components.learn.recovering import random_fits
from components.learn.recovering_data import nodes_of
from components.measure.kernels import PLANES
from components.measure.untyped_fit import heard, random_filters, untyped_fit
from components.models.lattices import lattice


def grid(k: int = 3, side: int = 24) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Noise as a picture `(n, 1)`, its windows `(n, k k)`, and the edges."""
    x = np.random.default_rng(0).standard_normal((side, side))
    near = sliding_window_view(np.pad(x, k // 2), (k, k)).reshape(side * side, -1)
    return x.reshape(-1, 1), near, lattice((side, side), k)[0].numpy()


def test_equal_weights_around_the_middle_are_fitted_exactly():
    x, near, edges = grid()
    weight = np.full(9, -0.7)
    weight[4] = 2.0
    found = untyped_fit(x, edges, (near @ weight + 0.3)[:, None])
    assert found.r2 == pytest.approx(1)
    assert [float(a.ravel()[0]) for a in (found.root, found.weight, found.bias)] == pytest.approx([2.0, -0.7, 0.3])


@pytest.mark.parametrize("name", ["edge_vertical", "edge_horizontal", "emboss"])
def test_directions_are_lost(name: str):
    x, near, edges = grid()
    assert untyped_fit(x, edges, (near @ PLANES[name].make(3).ravel())[:, None]).r2 < 0.15


def test_on_noise_the_mean_is_two_of_nine_weights():
    x, near, edges = grid()
    assert random_filters(x, near, edges, 400).mean() == pytest.approx(2 / 9, abs=0.03)


def test_generic_filters_on_a_real_digit_are_explained_by_about_half():
    values = random_fits(nodes_of("picture"), 400)
    assert 0.35 < np.median(values) < 0.6
    assert values.min() >= 0


def test_one_output_or_several_and_what_has_no_spread():
    x, near, edges = grid()
    y = np.stack([near.sum(1), near @ PLANES["edge_vertical"].make(3).ravel()], 1)
    one, two = (untyped_fit(x, edges, y[:, [i]]) for i in range(2))
    both = untyped_fit(x, edges, y)
    share = y.var(0) / y.var(0).sum()
    assert both.r2 == pytest.approx(share[0] * one.r2 + share[1] * two.r2)
    assert untyped_fit(x, edges, np.full((len(x), 1), 5.0)).r2 == 1
    assert heard(x, np.zeros((2, 0), int)).sum() == 0
