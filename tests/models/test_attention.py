"""Self-attention and the transformer layer: equal to PyTorch's, equivariant, deaf to what a mask shuts off."""

import pytest
import torch
from torch import Generator, Tensor, nn

from components.models.attention import SelfAttention
from components.models.transformer import EncoderLayer, LayerNorm


def seeds(*numbers: int) -> list[Generator]:
    return [Generator().manual_seed(n) for n in numbers]


def normal(*shape: int) -> Tensor:
    return torch.randn(*shape, generator=Generator().manual_seed(7))


def copy_attention(theirs: nn.MultiheadAttention, ours: SelfAttention, replica: int = 0) -> None:
    """Give PyTorch's attention the weights of one replica of ours."""
    parts = (ours.query, ours.key, ours.value)
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.cat([p.weight[replica, 0, 0].T for p in parts]))
        theirs.in_proj_bias.copy_(torch.cat([p.bias[replica, 0] for p in parts]))
        theirs.out_proj.weight.copy_(ours.out.weight[replica, 0, 0].T)
        theirs.out_proj.bias.copy_(ours.out.bias[replica, 0])


@pytest.mark.parametrize("heads", [1, 4])
def test_attention_is_pytorchs(heads):
    ours = SelfAttention(12, heads, seeds(0, 1))
    x = normal(2, 3, 5, 12)
    out, weights = ours(x)
    for replica in range(2):
        theirs = nn.MultiheadAttention(12, heads, batch_first=True)
        copy_attention(theirs, ours, replica)
        expected, seen = theirs(x[replica], x[replica], x[replica], average_attn_weights=False)
        assert (out[replica] - expected).abs().max() < 1e-6
        assert (weights[replica] - seen).abs().max() < 1e-6
    assert (weights.sum(-1) - 1).abs().max() < 1e-6


def test_masks_are_pytorchs():
    ours = SelfAttention(12, 3, seeds(0))
    theirs = nn.MultiheadAttention(12, 3, batch_first=True)
    copy_attention(theirs, ours)
    x, causal = normal(1, 2, 5, 12), torch.ones(5, 5, dtype=torch.bool).tril()
    there = torch.tensor([[True] * 5, [True] * 3 + [False] * 2])
    out, weights = ours(x, causal & there[None, :, None, None])
    expected, _ = theirs(x[0], x[0], x[0], key_padding_mask=~there, attn_mask=~causal)
    assert (out[0] - expected).abs().max() < 1e-6
    assert weights[0, 1, :, :, 3:].abs().max() == 0


def test_what_is_masked_changes_nothing():
    attention, causal = SelfAttention(8, 2, seeds(0)), torch.ones(6, 6, dtype=torch.bool).tril()
    x = normal(1, 1, 6, 8)
    changed = x.clone()
    changed[:, :, 4:] += 3
    before, after = attention(x, causal)[0], attention(changed, causal)[0]
    assert torch.equal(before[:, :, :4], after[:, :, :4])
    assert (before[:, :, 4:] - after[:, :, 4:]).abs().max() > 0.01


def test_who_may_look_nowhere_takes_in_nothing():
    out, weights = SelfAttention(8, 2, seeds(0))(normal(1, 1, 3, 8), torch.zeros(3, 3, dtype=torch.bool))
    assert weights.abs().max() == 0
    assert out.isfinite().all()


def test_attention_follows_the_order_of_its_elements():
    attention, order = SelfAttention(8, 2, seeds(0, 1)), torch.tensor([3, 0, 4, 1, 2])
    x = normal(2, 3, 5, 8)
    assert (attention(x[:, :, order])[0] - attention(x)[0][:, :, order]).abs().max() < 1e-6


def test_one_head_is_the_formula_of_the_slide():
    attention = SelfAttention(6, 1, seeds(0))
    with torch.no_grad():
        for part in (attention.query, attention.key, attention.value, attention.out):
            part.bias.zero_()
        attention.out.weight.copy_(torch.eye(6))
    x = normal(1, 1, 4, 6)
    wq, wk, wv = (p.weight[0, 0, 0] for p in (attention.query, attention.key, attention.value))
    slide = (x[0, 0] @ wq @ wk.T @ x[0, 0].T / 6**0.5).softmax(-1) @ x[0, 0] @ wv
    assert (attention(x)[0][0, 0] - slide).abs().max() < 1e-6


def test_heads_must_divide_the_numbers():
    with pytest.raises(ValueError, match="do not divide"):
        SelfAttention(10, 4, seeds(0))


def test_layer_norm_is_pytorchs():
    x = normal(2, 3, 4, 6) * 5
    assert (LayerNorm(6, 2)(x) - nn.LayerNorm(6)(x)).abs().max() < 1e-6


@pytest.mark.parametrize("norm_first", [True, False])
@pytest.mark.parametrize("activation", ["gelu", "relu"])
def test_a_layer_is_pytorchs(norm_first, activation):
    ours = EncoderLayer(12, 3, seeds(0, 1), hidden=20, norm_first=norm_first, activation=activation)
    theirs = nn.TransformerEncoderLayer(12, 3, 20, 0.0, activation, batch_first=True, norm_first=norm_first)
    with torch.no_grad():
        copy_attention(theirs.self_attn, ours.attention, 1)
        for part, own in ((theirs.linear1, ours.up), (theirs.linear2, ours.down)):
            part.weight.copy_(own.weight[1, 0, 0].T)
            part.bias.copy_(own.bias[1, 0])
        for i, (part, own) in enumerate(((theirs.norm1, ours.norm1), (theirs.norm2, ours.norm2))):
            own.scale[1] += normal(12) * 0.1 + i
            own.shift[1] += normal(12)
            part.weight.copy_(own.scale[1, 0, 0])
            part.bias.copy_(own.shift[1, 0, 0])
    x = normal(2, 3, 5, 12)
    assert (ours(x)[0][1] - theirs(x[1])).abs().max() < 2e-6


def test_replicas_are_independent():
    both, alone, x = EncoderLayer(8, 2, seeds(0, 1)), EncoderLayer(8, 2, seeds(1)), normal(1, 2, 3, 8)
    assert (both(x.expand(2, -1, -1, -1))[0][1] - alone(x)[0][0]).abs().max() < 1e-6
