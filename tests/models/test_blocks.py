"""The block equals the layers it stands for: Linear, Conv1d, Conv2d, the graph product."""

import pytest
import torch
from torch import Generator, nn

from components.models import neighbours
from components.models.blocks import Represent

CLOSE = {"atol": 3e-6, "rtol": 1e-5}


def seeds(r: int) -> list[Generator]:
    return [Generator().manual_seed(i) for i in range(r)]


def test_shared_block_is_a_linear_layer():
    block, x = Represent(7, 5, seeds(1)), torch.randn(1, 3, 4, 7)
    linear = nn.functional.linear(x[0], block.weight[0, 0, 0].T, block.bias[0, 0])
    torch.testing.assert_close(block(x)[0], linear, **CLOSE)


def test_separate_block_is_one_linear_layer_per_place():
    block, x = Represent(7, 5, seeds(2), n=4), torch.randn(2, 3, 4, 7)
    out = block(x)
    for r in range(2):
        for i in range(4):
            own = nn.functional.linear(x[r, :, i], block.weight[r, i, 0].T, block.bias[r, i])
            torch.testing.assert_close(out[r, :, i], own, **CLOSE)


@pytest.mark.parametrize("k", [1, 3, 5])
def test_window_block_is_conv1d(k):
    block, x = Represent(4, 6, seeds(1), m=k), torch.randn(1, 2, 9, 4)
    kernel = block.weight[0, 0].permute(2, 1, 0)  # (h, d, k)
    conv = nn.functional.conv1d(x[0].transpose(1, 2), kernel, block.bias[0, 0], padding=k // 2).transpose(1, 2)
    torch.testing.assert_close(block(x, neighbours.window(9, k))[0], conv, **CLOSE)


def test_patch_block_is_conv2d():
    block, x = Represent(3, 5, seeds(1), m=9), torch.randn(1, 2, 6 * 7, 3)
    kernel = block.weight[0, 0].view(3, 3, 3, 5).permute(3, 2, 0, 1)
    conv = nn.functional.conv2d(x[0].view(2, 6, 7, 3).permute(0, 3, 1, 2), kernel, block.bias[0, 0], padding=1)
    torch.testing.assert_close(block(x, neighbours.patch(6, 7, 3))[0], conv.flatten(2).transpose(1, 2), **CLOSE)


def test_edge_block_is_the_graph_product():
    pairs = torch.tensor([[0, 1, 2, 2, 3], [1, 0, 1, 3, 2]])
    adjacency = torch.zeros(5, 5)
    adjacency[pairs[1], pairs[0]] = 1  # row: who receives
    block, x = Represent(4, 6, seeds(1)), torch.randn(1, 2, 5, 4)
    expected = adjacency @ x[0] @ block.weight[0, 0, 0] + block.bias[0, 0]
    torch.testing.assert_close(block(x, neighbours.edges(pairs, 5))[0], expected, **CLOSE)


def test_everyone_block_is_fully_connected():
    block, x = Represent(2, 3, seeds(1), n=4, m=4), torch.randn(1, 5, 4, 2)
    weight = block.weight[0].permute(0, 3, 1, 2).reshape(12, 8)  # (n h, n d)
    expected = nn.functional.linear(x[0].flatten(1), weight, block.bias[0].flatten()).view(5, 4, 3)
    torch.testing.assert_close(block(x, neighbours.everyone(4))[0], expected, **CLOSE)


def test_a_replica_starts_alike_alone_and_in_a_stack():
    stack = Represent(4, 6, seeds(3), n=2)
    alone = Represent(4, 6, [Generator().manual_seed(2)], n=2)
    assert torch.equal(stack.weight[2:], alone.weight)
    assert not torch.equal(stack.weight[:1], stack.weight[1:2])


def test_start_is_that_of_torch_linear():
    block = Represent(100, 400, seeds(1))
    assert block.weight.abs().max() <= 0.1
    assert abs(block.weight.std().item() - nn.Linear(100, 400).weight.std().item()) < 0.002


def test_wrong_number_of_elements_is_refused():
    with pytest.raises(RuntimeError):
        Represent(4, 6, seeds(1), n=3)(torch.randn(1, 2, 5, 4))
