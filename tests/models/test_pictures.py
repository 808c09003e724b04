"""The network for pictures: the same numbers as PyTorch's convolution, and what its pool forgets."""

import pytest
import torch
from torch import Generator
from torch.nn.functional import conv2d

from components.models.pictures import FIRST, SECOND, STRIDE, PictureClassifier, windows


def generators(r: int = 1) -> list[Generator]:
    return [Generator().manual_seed(seed) for seed in range(r)]


@pytest.mark.parametrize(("side", "colours", "k"), [(28, 1, 5), (16, 3, 5), (12, 16, 3), (7, 2, 3)])
def test_windows_with_a_shared_map_are_a_convolution(side: int, colours: int, k: int) -> None:
    x = torch.randn(1, 4, side * side, colours)
    weight = torch.randn(8, colours, k, k)
    ours = windows(x, k) @ weight.reshape(8, -1).T
    theirs = conv2d(x[0].view(4, side, side, colours).permute(0, 3, 1, 2), weight, stride=STRIDE)
    assert torch.allclose(ours[0].transpose(1, 2).reshape(theirs.shape), theirs, atol=1e-4)


def test_the_whole_network_is_two_convolutions() -> None:
    """The slide's long vector (columns, then colours) goes through the same sums as PyTorch's picture (rows)."""
    model = PictureClassifier(32, 3, 10, generators())
    picture = torch.rand(5, 3, 32, 32)
    x = picture.transpose(2, 3).reshape(1, 5, 1, -1)  # column by column
    w1 = model.conv1.weight[0, 0, 0].T.reshape(-1, 3, FIRST, FIRST).transpose(2, 3)
    w2 = model.conv2.weight[0, 0, 0].T.reshape(-1, 16, SECOND, SECOND).transpose(2, 3)
    h = conv2d(picture, w1, model.conv1.bias[0, 0], stride=STRIDE).relu()
    h = conv2d(h, w2, model.conv2.bias[0, 0], stride=STRIDE).relu()
    out = h.transpose(2, 3).flatten(2).transpose(1, 2).flatten(1) @ model.read.weight[0, 0, 0] + model.read.bias[0, 0]
    assert torch.allclose(model(x)[0], out, atol=1e-5)


@pytest.mark.parametrize("pool", ["max", "concatenate"])
def test_a_shift_by_the_stride_of_both_layers(pool: str) -> None:
    """A bright spot moved by four pixels, far from the border: pooling over places gives the same, concatenation does not."""
    spot = torch.zeros(2, 1, 32, 32)
    spot[0, 0, 9:12, 9:12] = spot[1, 0, 13:16, 9:12] = 1
    out = PictureClassifier(32, 1, 4, generators(), pool)(spot.transpose(2, 3).reshape(1, 2, 1, -1))[0]
    assert torch.allclose(out[0], out[1], atol=1e-5) == (pool == "max")


def test_a_replica_is_the_same_alone_and_in_a_stack() -> None:
    x = torch.rand(1, 3, 1, 784)
    alone = [PictureClassifier(28, 1, 10, [g])(x)[0] for g in generators(3)]
    stack = PictureClassifier(28, 1, 10, generators(3))(x.expand(3, -1, -1, -1))
    assert torch.allclose(torch.stack(alone), stack, atol=1e-5)
