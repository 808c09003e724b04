"""The layer a learner reads gives the numbers of torch's, and of the block with neighbour tables."""

import pytest
import torch
from torch import Generator, nn

from components.models.blocks import Represent
from components.models.convolution import Conv1d, Conv2d, convolve1d, convolve2d, parameters
from components.models.neighbours import patch, window


def random(*shape: int) -> torch.Tensor:
    return torch.rand(*shape, generator=Generator().manual_seed(sum(shape)))


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize(("c", "out", "k"), [(1, 1, 3), (2, 3, 5), (3, 2, 1)])
def test_signals_and_pictures_as_torch_does_them(c, out, k, padding, stride):
    for layer, ours, made, x in (
        (nn.Conv1d(c, out, k, stride, padding), convolve1d, Conv1d, random(2, c, 11)),
        (nn.Conv2d(c, out, k, stride, padding), convolve2d, Conv2d, random(2, c, 9, 12)),
    ):
        expected = layer(x)
        assert torch.allclose(ours(x, layer.weight, layer.bias, stride, padding), expected, atol=1e-5)
        own = made(c, out, k, [Generator(), Generator()], stride=stride, padding=padding)
        with torch.no_grad():
            own.represent.weight[1, 0, 0] = layer.weight.flatten(1).T
            own.represent.bias[1, 0] = layer.bias
        assert torch.allclose(own(x.expand(2, *x.shape))[1], expected, atol=1e-5)
        assert parameters(own) == sum(p.numel() for p in layer.parameters())


def test_it_is_the_block_with_the_tables_of_windows():
    layer = Conv1d(2, 3, 3, [Generator().manual_seed(0)], padding=1)
    block = Represent(2, 3, [Generator()], m=3)
    picture = Conv2d(2, 3, 3, [Generator().manual_seed(0)], padding=1)
    square = Represent(2, 3, [Generator()], m=9)
    with torch.no_grad():
        for one, two, k in ((layer, block, 3), (picture, square, 9)):
            two.weight.copy_(one.represent.weight.view(1, 1, 2, k, 3).transpose(2, 3))
            two.bias.copy_(one.represent.bias)
    x = random(1, 4, 2, 8)
    assert torch.allclose(layer(x), block(x.transpose(2, 3), window(8, 3)).transpose(2, 3), atol=1e-6)
    x = random(1, 4, 2, 5, 6)
    table = square(x.flatten(3).transpose(2, 3), patch(5, 6, 3))
    assert torch.allclose(picture(x).flatten(3), table.transpose(2, 3), atol=1e-6)


def test_a_shared_filter_commutes_with_a_shift_and_separate_ones_do_not():
    x = random(1, 1, 1, 12)
    for places, still in ((1, True), (10, False)):
        layer = Conv1d(1, 1, 3, [Generator().manual_seed(1)], places=places)
        change = (layer(x.roll(1, -1))[..., 1:] - layer(x)[..., :-1]).detach().abs().max()
        assert (change.item() < 1e-6) is still
        assert parameters(layer) == 4 * places
