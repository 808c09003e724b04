"""The matrices on the page are PyTorch's attention, and it has the symmetries that are claimed."""

import numpy as np
import pytest
import torch
from torch import Generator, nn

from components.measure.attention_steps import entropy, position_code, self_attention
from components.models.one_head import OneHead
from components.models.sequence_classifier import positions


def drawn(n: int = 7, d: int = 4) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [rng.normal(size=shape) for shape in ((n, d), (d, d), (d, d), (d, d))]


@pytest.mark.parametrize("causal", [False, True])
def test_equal_to_multihead_attention(causal):
    x, wq, wk, wv = drawn()
    torchs = nn.MultiheadAttention(4, 1, bias=False, batch_first=True).double()
    with torch.no_grad():
        torchs.in_proj_weight.copy_(torch.from_numpy(np.concatenate([wq.T, wk.T, wv.T])))
        torchs.out_proj.weight.copy_(torch.eye(4))
    t = torch.from_numpy(x)[None]
    mask = ~torch.ones(7, 7).tril().bool() if causal else None
    out, weights = torchs(t, t, t, attn_mask=mask)
    found = self_attention(x, wq, wk, wv, causal=causal)
    assert np.abs(found["H"] - out[0].detach().numpy()).max() < 1e-12
    assert np.abs(found["A"] - weights[0].detach().numpy()).max() < 1e-12


def test_permuted_words_give_permuted_outputs_unless_positions_are_added_or_the_future_is_hidden():
    x, *w = drawn()
    order = np.random.default_rng(1).permutation(7)

    def error(code: np.ndarray, **more: bool) -> float:
        return float(
            np.abs(self_attention(x[order] + code, *w, **more)["H"] - self_attention(x + code, *w, **more)["H"][order]).max()
        )

    assert error(np.zeros((7, 4))) < 1e-12
    assert error(position_code(7, 4)) > 1e-2
    assert error(np.zeros((7, 4)), causal=True) > 1e-2


def test_a_causal_word_never_looks_ahead_and_rows_sum_to_one():
    x, *w = drawn()
    found, other = self_attention(x, *w, causal=True), x.copy()
    other[5:] += 3
    assert np.abs(found["H"][:5] - self_attention(other, *w, causal=True)["H"][:5]).max() < 1e-12
    assert (found["A"][np.triu_indices(7, 1)] == 0).all()
    assert np.abs(found["A"].sum(1) - 1).max() < 1e-12


def test_temperature_moves_between_one_word_and_all_words():
    x, *w = drawn()
    cold, one, hot = (entropy(self_attention(x, *w, temperature=t)["A"]).mean() for t in (0.01, 1.0, 1000.0))
    assert cold < 0.1 < one < hot
    assert hot == pytest.approx(np.log2(7), abs=1e-3)


def test_the_position_code_is_the_models():
    assert np.abs(position_code(30, 8) - positions(30, 8).numpy()).max() < 1e-5


def test_the_trained_model_computes_the_same_matrices():
    net = OneHead(20, 2, 4, True, [Generator().manual_seed(0)])
    ids = torch.tensor([3, 1, 4, 1, 5, 9])
    x = net.embed.table[0, ids].detach().numpy() + position_code(6, 4)
    h = self_attention(x, *(w[0].detach().numpy() for w in (net.query, net.key, net.value)))["H"]
    mean = torch.from_numpy((x + h).mean(0)).float()[None, None, None]
    assert (net.read(mean).flatten() - net(ids.view(1, 1, 6, 1).float()).flatten()).abs().max() < 1e-5
