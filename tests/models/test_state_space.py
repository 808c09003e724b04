"""The scan is the recurrence, the temporal convolution is torch's, and neither looks ahead."""

import pytest
import torch
from torch import Generator, nn

from components.models.state_space import StateSpace, scan, stepwise
from components.models.temporal_convolution import TemporalConvolution, causal


def seeds(*numbers: int) -> list[Generator]:
    return [Generator().manual_seed(n) for n in numbers]


@pytest.mark.parametrize("n", [1, 2, 3, 8, 13, 100])
def test_the_scan_equals_its_step_by_step_form(n):
    a = torch.rand(2, 5, generator=Generator().manual_seed(0))
    u = torch.randn(2, 3, n, 5, generator=Generator().manual_seed(1))
    assert (scan(a, u) - stepwise(a, u)).abs().max() < 1e-5


def test_gradients_of_both_forms_agree():
    a = torch.rand(1, 4, generator=Generator().manual_seed(0), dtype=torch.float64).requires_grad_()
    u = torch.randn(1, 2, 11, 4, generator=Generator().manual_seed(1), dtype=torch.float64)
    one = torch.autograd.grad(scan(a, u).square().sum(), a)[0]
    two = torch.autograd.grad(stepwise(a, u).square().sum(), a)[0]
    assert (one - two).abs().max() < 1e-9


def test_decays_stay_between_nought_and_one():
    layer = StateSpace(3, 4, seeds(0))
    with torch.no_grad():
        layer.rate.copy_(torch.linspace(-9, 4, 32))
    assert (layer.decay() >= 0).all()
    assert (layer.decay() < 1).all()


def test_a_temporal_convolution_is_torchs_with_padding_in_front():
    layer = TemporalConvolution(3, 4, seeds(0), dilations=(2,))
    torchs = nn.Conv1d(3, 4, 3, dilation=2)
    with torch.no_grad():
        torchs.weight.copy_(layer.layers[0].weight[0, 0].permute(2, 1, 0))
        torchs.bias.copy_(layer.layers[0].bias[0, 0])
    x = torch.randn(1, 2, 9, 3, generator=Generator().manual_seed(1))
    other = torchs(nn.functional.pad(x[0].transpose(1, 2), (4, 0))).relu().transpose(1, 2)
    assert (layer(x)[0] - other).abs().max() < 1e-6
    assert causal(4, 3, 2).tolist() == [[-1, -1, 0], [-1, -1, 1], [-1, 0, 2], [-1, 1, 3]]


@pytest.mark.parametrize("kind", [StateSpace, TemporalConvolution])
def test_neither_looks_ahead_and_a_replica_is_the_same_alone(kind):
    both, alone = kind(3, 4, seeds(0, 1)), kind(3, 4, seeds(1))
    x = torch.randn(1, 2, 12, 3, generator=Generator().manual_seed(1))
    assert (both(x.expand(2, -1, -1, -1))[1] - alone(x)[0]).abs().max() < 1e-6
    other = x.clone()
    other[:, :, 7:] += 1
    assert (alone(x)[:, :, :7] - alone(other)[:, :, :7]).abs().max() < 1e-6
    assert (alone(x)[:, :, 7:] - alone(other)[:, :, 7:]).abs().max() > 1e-3


def test_the_reach_of_a_temporal_convolution_is_as_said():
    layer = TemporalConvolution(2, 4, seeds(0), dilations=(1, 2, 4))
    x = torch.randn(1, 1, 30, 2, generator=Generator().manual_seed(1)).requires_grad_()
    (slope,) = torch.autograd.grad(layer(x)[0, 0, -1].sum(), x)
    seen = torch.nonzero(slope[0, 0].abs().sum(-1)).flatten()
    assert layer.reach == 15
    assert int(seen.min()) >= 30 - layer.reach
