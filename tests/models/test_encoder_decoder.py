"""An encoder and decoder: rows of the alignment, padding, replicas, and the two ways of decoding."""

import pytest
import torch
from torch import Generator

from components.models.encoder_decoder import END, NOTHING, EncoderDecoder, decode, greedy


def made(aligned: tuple[bool, ...] = (True,), target: int = 6) -> EncoderDecoder:
    model = EncoderDecoder(9, target, [Generator().manual_seed(3) for _ in aligned], aligned, 5, 4)
    with torch.no_grad():
        model.out.weight.mul_(6)  # sharper than it starts, so that beams differ
    return model.eval()


SOURCE = torch.tensor([[[1, 2, 3, 4, -1], [5, 6, NOTHING, NOTHING, NOTHING], [8, 0, 8, NOTHING, NOTHING]]])
OUTPUT = torch.tensor([[[1, 2, 0], [3, 0, 0], [4, 4, 4]]])


def test_rows_of_the_alignment_sum_to_one_and_leave_out_the_empty_room() -> None:
    _, a = made()(SOURCE, OUTPUT)
    assert torch.allclose(a.sum(-1), torch.ones(1, 3, 3))
    assert not a[0, 1, :, 2:].any()


def test_padding_has_no_influence() -> None:
    model = made((True, False))
    for i, n in enumerate((5, 2, 3)):
        together, _ = model(SOURCE.expand(2, -1, -1), OUTPUT.expand(2, -1, -1))
        single, _ = model(SOURCE[:, i : i + 1, :n].expand(2, -1, -1), OUTPUT[:, i : i + 1].expand(2, -1, -1))
        assert torch.allclose(together[:, i], single[:, 0], atol=1e-6)


def test_a_stack_is_its_models_side_by_side() -> None:
    both, apart = made((True, False)), [made((True,)), made((False,))]
    found, _ = both(SOURCE.expand(2, -1, -1), OUTPUT.expand(2, -1, -1))
    for i, model in enumerate(apart):
        assert torch.allclose(found[i], model(SOURCE, OUTPUT)[0][0], atol=1e-6)


def test_without_attention_only_the_last_state_is_seen() -> None:
    model = made((False,))
    memory = model.encode(SOURCE)
    s = torch.randn(1, 3, 2, 8)
    context, a = model.attend(s, memory)
    assert not a.any()
    assert torch.equal(context[:, :, 0], memory.end)
    assert torch.equal(context[:, :, 1], memory.end)


def test_the_context_is_the_mean_that_the_formula_says() -> None:
    model = made()
    memory, s = model.encode(SOURCE), torch.randn(1, 3, 2, 8)
    context, a = model.attend(s, memory)
    h = memory.h[0, 1, :2]
    by_hand = (h @ s[0, 1, 0]).softmax(0)
    assert torch.allclose(a[0, 1, 0, :2], by_hand, atol=1e-6)
    assert torch.allclose(context[0, 1, 0], by_hand @ h, atol=1e-6)


def test_teacher_forcing_equals_step_by_step() -> None:
    model = made()
    logits, a = model(SOURCE, OUTPUT)
    memory = model.encode(SOURCE)
    state, y = memory.state, torch.full((1, 3), END)
    for i in range(3):
        step, row, state = model.step(y, state, memory)
        assert torch.allclose(step, logits[:, :, i], atol=1e-6)
        assert torch.allclose(row, a[:, :, i], atol=1e-6)
        y = OUTPUT[:, :, i]


@pytest.mark.parametrize("seed", range(6))
def test_beams(seed: int) -> None:
    model = made()
    ids = torch.randint(-1, 9, (4,), generator=Generator().manual_seed(seed))
    one, three = decode(model, ids, 7), decode(model, ids, 7, 3)
    plain = [int(t) for t in greedy(model, ids[None, None], 7)[0, 0]]
    assert list(one.tokens) == plain
    assert three.log_p >= one.log_p
    for found in (one, three):  # the probability is the product over the steps
        picked = found.p[torch.arange(len(found.tokens)), torch.tensor(found.tokens)]
        assert found.log_p == pytest.approx(float(picked.log().sum()), abs=1e-4)
        assert found.p.sum(-1).tolist() == pytest.approx([1] * len(found.tokens), abs=1e-5)
    assert all(len(kept) <= 3 and kept[0].log_p >= kept[-1].log_p for kept in three.kept)


def test_a_wide_beam_finds_the_likeliest_of_all() -> None:
    model = made(target=3)
    ids = torch.tensor([1, 2])
    best = decode(model, ids, 3, 27)
    import itertools

    def log_p(tokens: tuple[int, ...]) -> float:
        logits, _ = model(ids[None, None], torch.tensor([[tokens]]))
        return float(logits[0, 0].detach().log_softmax(-1)[torch.arange(len(tokens)), torch.tensor(tokens)].sum())

    ended = [
        t for n in (1, 2, 3) for t in itertools.product(range(3), repeat=n) if END not in t[:-1] and (n == 3 or t[-1] == END)
    ]
    assert best.tokens == max(ended, key=log_p)
