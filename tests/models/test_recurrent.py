"""Recurrent layers are those of torch.nn on the same weights, and separate cells are separate."""

import pytest
import torch
from torch import Generator, Tensor, nn

from components.models.recurrent import Recurrent


def seeds(*numbers: int) -> list[Generator]:
    return [Generator().manual_seed(n) for n in numbers]


def copied(layer: Recurrent, other: nn.Module, names: tuple[str, str, str, str]) -> None:
    """The layer's weights, as PyTorch lays them out."""
    values = (
        layer.input.weight[0, 0, 0].T,
        layer.recur[0, 0].T,
        layer.input.bias[0, 0],
        torch.zeros_like(layer.input.bias[0, 0]),
    )
    with torch.no_grad():
        for name, value in zip(names, values, strict=True):
            getattr(other, name).copy_(value)


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_equal_to_torch_over_a_whole_sequence_and_step_by_step(kind):
    layer = Recurrent(5, 7, seeds(0), kind)
    x = torch.randn(1, 3, 6, 5, generator=Generator().manual_seed(1))
    whole = (nn.RNN if kind == "rnn" else nn.LSTM)(5, 7, batch_first=True)
    cell = (nn.RNNCell if kind == "rnn" else nn.LSTMCell)(5, 7)
    copied(layer, whole, ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"))
    copied(layer, cell, ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
    found = layer.unrolled(x)
    assert (found["h"][0] - whole(x[0])[0]).abs().max() < 1e-6
    zero = torch.zeros(3, 7)
    state: Tensor | tuple[Tensor, Tensor] = zero if kind == "rnn" else (zero, zero)
    for t in range(6):
        state = cell(x[0, :, t], state)
        h, c = (state, None) if isinstance(state, Tensor) else state
        assert (found["h"][0, :, t] - h).abs().max() < 1e-6
        assert c is None or (found["c"][0, :, t] - c).abs().max() < 1e-6


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_a_replica_is_the_same_alone(kind):
    both, alone = Recurrent(3, 4, seeds(0, 1), kind), Recurrent(3, 4, seeds(1), kind)
    x = torch.randn(1, 2, 5, 3, generator=Generator().manual_seed(1))
    assert (both(x.expand(2, -1, -1, -1))[1] - alone(x)[0]).abs().max() < 1e-6


def test_separate_cells_read_at_most_as_many_tokens_and_equal_weights_make_them_the_shared_one():
    own, shared = Recurrent(3, 4, seeds(0), steps=6), Recurrent(3, 4, seeds(0))
    x = torch.randn(1, 2, 5, 3, generator=Generator().manual_seed(1))
    assert own(x).shape == shared(x).shape
    assert (own(x) - shared(x)).abs().max() > 1e-3
    with torch.no_grad():
        own.input.weight.copy_(shared.input.weight.expand_as(own.input.weight))
        own.input.bias.copy_(shared.input.bias.expand_as(own.input.bias))
        own.recur.copy_(shared.recur.expand_as(own.recur))
    assert (own(x) - shared(x)).abs().max() < 1e-6
    with pytest.raises(ValueError, match="6 steps, not for 7"):
        own(torch.zeros(1, 1, 7, 3))


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_it_never_looks_ahead(kind):
    layer = Recurrent(3, 4, seeds(0), kind)
    x = torch.randn(1, 1, 6, 3, generator=Generator().manual_seed(1))
    other = x.clone()
    other[:, :, 4:] += 1
    assert torch.equal(layer(x)[:, :, :4], layer(other)[:, :, :4])
    assert not torch.equal(layer(x)[:, :, 4:], layer(other)[:, :, 4:])
