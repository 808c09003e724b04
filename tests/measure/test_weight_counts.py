"""Counts are those of real layers."""

import pytest
import torch
from torch import Generator, nn

from components.measure.weight_counts import spoken, weighs, weight_counts
from components.models.blocks import Represent
from components.models.neighbours import patch


def test_the_slide():
    fully, *_ = weight_counts(200, 1, 5, 1, 10, True)
    assert fully.layer == 40_000 * fully.outputs
    assert fully.words.startswith("40,000 × n")


@pytest.mark.parametrize(("side", "colours", "window", "filters"), [(6, 1, 3, 2), (8, 3, 5, 4), (5, 3, 1, 1)])
def test_each_kind_counts_what_the_layer_has(side, colours, window, filters):
    fully, local, convolution, attention = weight_counts(side, colours, window, filters, 10, True)
    seeds, n = [Generator()], side * side
    assert fully.layer == nn.Linear(n * colours, n * filters, bias=False).weight.numel()
    block = Represent(colours, filters, seeds, n=n, m=window**2)
    assert local.layer == block.weight[0].numel()
    assert block(torch.zeros(1, 1, n, colours), patch(side, side, window)).numel() == local.outputs
    assert convolution.layer == nn.Conv2d(colours, filters, window).weight.numel()
    embed = nn.Conv2d(colours, filters, window, stride=window)
    projections = nn.MultiheadAttention(filters, 1).in_proj_weight
    assert attention.layer == embed.weight.numel() + projections.numel()


def test_without_pooling_the_read_out_sees_every_place():
    for with_pool, without in zip(*(weight_counts(20, 1, 5, 8, 10, pool) for pool in (True, False)), strict=True):
        assert with_pool.readout == 80
        assert without.readout == without.outputs * 10
        assert without.total - without.readout == with_pool.layer


def test_a_larger_picture_costs_a_convolution_nothing():
    small, large = (weight_counts(side, 3, 5, 16, 10, True) for side in (50, 100))
    assert small[2] == large[2]._replace(places=2500, outputs=40_000)
    assert large[0].layer == 16 * small[0].layer
    assert large[1].layer == 4 * small[1].layer


def test_words():
    assert [spoken(n) for n in (25, 9800, 2_500_000, 1_600_000_000, 6_760 * 10**12)] == [
        "25",
        "9,800",
        "2.5 million",
        "1.6 billion",
        "6.76 quadrillion",
    ]
    assert [weighs(n) for n in (25, 1_600_000_000)] == ["100 bytes", "6.4 GB"]
