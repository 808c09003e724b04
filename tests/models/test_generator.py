"""The generator: the slide's formula, equal to torch.nn's, and it never looks ahead."""

import pytest
import torch
from torch import Generator, nn

from components.models.generator import Writer


def made(kind: str = "rnn", r: int = 1) -> Writer:
    return Writer(7, 5, [Generator().manual_seed(i) for i in range(r)], kind)


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_it_is_the_library_s_layer_on_one_hot_tokens(kind: str):
    own = made(kind)
    other = {"rnn": nn.RNN, "lstm": nn.LSTM}[kind](7, 5, batch_first=True)
    with torch.no_grad():
        other.weight_ih_l0.copy_(own.cell.input.weight[0, 0, 0].T)
        other.weight_hh_l0.copy_(own.cell.recur[0, 0].T)
        other.bias_ih_l0.copy_(own.cell.input.bias[0, 0])
        other.bias_hh_l0.zero_()
        tokens = torch.randint(7, (1, 3, 9), generator=Generator().manual_seed(0))
        hidden, _ = other(nn.functional.one_hot(tokens[0], 7).float())
        expected = hidden @ own.read.weight[0, 0, 0] + own.read.bias[0, 0]
        torch.testing.assert_close(own(tokens)[0], expected)


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_it_never_looks_ahead(kind: str):
    tokens = torch.randint(7, (2, 3, 9), generator=Generator().manual_seed(0))
    changed = tokens.clone()
    changed[:, :, 5] = (changed[:, :, 5] + 1) % 7
    before, after = made(kind, 2)(tokens), made(kind, 2)(changed)
    torch.testing.assert_close(before[:, :, :5], after[:, :, :5], rtol=0, atol=0)
    assert (before[:, :, 5:] != after[:, :, 5:]).any()


def test_reading_in_two_pieces_is_reading_at_once():
    model, tokens = made("lstm"), torch.randint(7, (1, 2, 8), generator=Generator().manual_seed(1))
    first, state = model.run(tokens[..., :3], model.start(1, 2))
    second, _ = model.run(tokens[..., 3:], state)
    torch.testing.assert_close(torch.cat([first, second], 2), model(tokens))
