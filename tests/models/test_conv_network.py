"""The live convolutional network: equal to the block, exactly invariant where it claims to be, and able to learn."""

import pytest
import torch
from torch import Generator

from components.models.blocks import Represent
from components.models.conv_network import ConvNetwork, Convolution, halved
from components.models.neighbours import patch


def seeds(*numbers: int) -> list[Generator]:
    return [Generator().manual_seed(n) for n in numbers]


@pytest.mark.parametrize("k", [3, 5])
def test_a_convolution_is_the_block_with_a_window_and_shared_weights(k):
    convolution = Convolution(2, 4, k, seeds(0, 1))
    block = Represent(2, 4, seeds(0, 1), m=k * k)
    with torch.no_grad():
        block.weight.copy_(convolution.weight.permute(0, 3, 4, 2, 1).reshape(2, 1, k * k, 2, 4))
        block.bias.copy_(convolution.bias.unsqueeze(1))
    x = torch.rand(2, 3, 2, 6, 7, generator=Generator().manual_seed(3))
    one = convolution(x).flatten(3).transpose(2, 3)
    two = block(x.flatten(3).transpose(2, 3), patch(6, 7, k))
    assert (one - two).abs().max() < 1e-6


@pytest.mark.parametrize("down", ["max", "stride", "blur", "none"])
def test_replicas_are_independent_and_shapes_are_as_said(down):
    both = ConvNetwork(28, 1, 10, seeds(0, 1), down=down)
    alone = ConvNetwork(28, 1, 10, seeds(1), down=down)
    x = torch.rand(1, 2, 1, 784, generator=Generator().manual_seed(1))
    stages = both.activations(x.expand(2, -1, -1, -1))
    assert (stages["logits"][1] - alone(x)[0]).abs().max() < 1e-6
    side = 28 if down == "none" else 14
    assert stages["conv1"].shape == (2, 2, 8, 28, 28)
    assert stages["down1"].shape == (2, 2, 8, side, side)
    assert stages["conv3"].shape[-1] == (28 if down == "none" else 7)


def test_without_subsampling_a_shift_on_a_torus_changes_nothing_and_with_it_something():
    x = torch.rand(1, 1, 1, 28, 28, generator=Generator().manual_seed(1))
    moved = x.roll(1, -1)

    def change(down: str) -> float:
        net = ConvNetwork(28, 1, 10, seeds(0), down=down, circular=True)
        one, two = (net(v.transpose(3, 4).reshape(1, 1, 1, -1)) for v in (x, moved))
        return float((one - two).detach().abs().max())

    assert change("none") < 1e-6
    assert change("max") > 1e-4
    assert change("blur") < change("stride")


def test_the_picture_comes_column_by_column():
    net = ConvNetwork(8, 1, 2, seeds(0))
    x = torch.zeros(8, 8)
    x[2, 5] = 1
    stage = net.activations(x.T.reshape(1, 1, 1, -1))["conv1"][0, 0]
    empty = net.activations(torch.zeros(1, 1, 1, 64))["conv1"][0, 0]
    rows, columns = torch.nonzero((stage - empty).abs().sum(0), as_tuple=True)
    assert (int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())) == (0, 4, 3, 7)


def test_an_unknown_way_down_is_refused():
    with pytest.raises(ValueError, match="down is one of"):
        halved(torch.zeros(1, 1, 1, 4, 4), "sideways")
