"""Fields, cones, pooling, colours of parts and neighbours: against torch, by hand, and against themselves shifted."""

import numpy as np
import pytest
import torch
from torch import Generator, randn
from torch.nn import functional

from components.measure.abstraction import one_map, part_colours
from components.measure.cone import cone
from components.measure.effective_field import effective, share_inside
from components.measure.nearest import nearest, similarity
from components.measure.pooling import changed, kept, lost, pooled
from components.measure.receptive_field import receptive_fields, seen
from components.models.stack import BETWEEN, MOST, Stack
from components.values import Layer

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("k", [3, 5])
def test_the_effective_field_lies_inside_the_theoretical_one(between, k):
    stack = Stack(1, k, between, Generator().manual_seed(0))
    x = randn(1, 1, 64, 64, generator=Generator().manual_seed(1)).requires_grad_()
    found = stack.activations(x)
    fields = {f.name: f for f in receptive_fields(stack.layers())}
    for name in ("layer1", "layer3", "layer4"):
        place = found[name].shape[2] // 2
        (slope,) = torch.autograd.grad(found[name][0, :, place, place].sum(), x, retain_graph=True)
        influence = slope[0, 0].abs().numpy()
        first, last = seen(fields[name], place, 64)
        assert share_inside(influence, (first, first, last, last)) == 1
        assert np.array_equal(np.flatnonzero(influence.sum(0)), np.flatnonzero(influence.sum(0)[first:last]) + first)
        assert 0 < effective(influence).width <= last - first


def test_the_width_of_a_square_and_of_nothing():
    influence = np.zeros((20, 20))
    influence[4:9, 10:15] = 2
    found = effective(influence)
    assert (found.width, found.row, found.column) == (5, 6, 12)
    assert effective(np.zeros((5, 5))).width == 0
    assert share_inside(influence, (10, 4, 15, 9)) == 1
    assert share_inside(influence, (10, 4, 15, 8)) == pytest.approx(0.8)


def test_a_gaussian_is_as_wide_as_its_formula_says():
    x = np.arange(201) - 100
    influence = np.exp(-(x[:, None] ** 2 + x[None] ** 2) / (2 * 12**2))
    radius = 12 * np.sqrt(-2 * np.log(0.0455))
    assert effective(influence).width == pytest.approx(radius * np.sqrt(np.pi), rel=0.01)


def test_the_cone_is_the_receptive_field():
    layers = (Layer("a", 5, 1, 2), Layer("b", 2, 2, 0), Layer("c", 3, 1, 1), Layer("d", 3, 2, 1))
    pixels, *rows = cone(layers, 7)
    for depth, cells in enumerate(rows, 1):
        below = cone(layers[depth:], 7)[0]
        assert (cells.first, cells.last) == (below.first, below.last)
    top = receptive_fields(layers)[-1]
    assert pixels.last - pixels.first + 1 == top.size
    assert (pixels.first + pixels.last) / 2 == top.centre + 7 * top.jump


def test_seven_layers_of_three_see_fifteen_pixels():
    sizes = [f.size for f in receptive_fields(Stack(1, 3, "none", Generator()).layers())]
    assert sizes.index(15) == 6
    assert len(sizes) == MOST


@pytest.mark.parametrize("k", [2, 3, 4])
def test_pooling_equals_torch(k):
    x = RNG.random((11, 9))
    own = torch.from_numpy(x)[None, None]
    assert np.array_equal(pooled(x, k, "max"), functional.max_pool2d(own, k)[0, 0].numpy())
    assert np.allclose(pooled(x, k, "mean"), functional.avg_pool2d(own, k)[0, 0].numpy(), atol=1e-12)
    _, where = functional.max_pool2d(own, k, return_indices=True)
    assert np.array_equal(np.flatnonzero(kept(x, k)), np.sort(where.numpy().ravel()))


def test_pooling_throws_away_detail_and_forgives_small_shifts():
    assert lost(np.kron(RNG.random((4, 4)), np.ones((2, 2))), 2, "mean") == pytest.approx(0)
    assert lost(RNG.random((40, 40)), 4, "mean") > 0.8
    dots = np.zeros((16, 16))
    dots[4:12:4, 4:12:4] = 1
    before, after = changed(dots, 2, "max", 1)
    assert (before, after) == (2, 0)
    assert changed(dots, 2, "max", 2)[1] == 2
    with pytest.raises(ValueError, match="fits"):
        pooled(dots, 17, "max")
    with pytest.raises(ValueError, match="max or mean"):
        pooled(dots, 2, "sum")


@pytest.mark.parametrize("shape", [(8, 20, 20), (40, 5, 5), (3, 1, 1), (2, 4, 4)])
def test_colours_of_parts_do_not_depend_on_chance_or_order(shape):
    maps = RNG.normal(size=shape).astype(np.float32)
    colours = part_colours(maps)
    assert colours.shape == (*shape[1:], 3)
    assert 0 <= colours.min() <= colours.max() <= 1
    assert np.array_equal(colours, part_colours(maps.copy()))
    shuffled = part_colours(maps[RNG.permutation(len(maps))])
    assert np.allclose(colours, shuffled, atol=1e-4)


def test_the_colours_tell_parts_apart():
    maps = np.zeros((6, 10, 10), np.float32)
    maps[1, :, 5:] = 1
    colours = part_colours(maps)
    assert np.ptp(colours[:, :5, 0]) == np.ptp(colours[:, 5:, 0]) == 0
    assert colours[0, 9, 0] - colours[0, 0, 0] == 1
    assert np.all(colours[..., 1:] == 0.5)
    assert one_map(maps, "mean")[0, 9] == one_map(maps, "strongest")[0, 9] == 1
    with pytest.raises(ValueError, match="mean and strongest"):
        one_map(maps, "sum")


def test_the_nearest_is_the_same_picture_at_any_scale():
    rows = RNG.normal(size=(30, 6))
    middle = rows.mean(0)
    order, found = nearest(middle + 3 * (rows[7] - middle), rows, 3)
    assert order[0] == 7
    assert found[0] == pytest.approx(1)
    assert 7 not in nearest(rows[7], rows, 5, without=7)[0]
    assert np.array_equal(similarity(middle, rows), np.zeros(30))
