"""Learning to write: it beats counting pairs, writes as torch says, and the same dice give the same text."""

import numpy as np
import pytest
import torch
from torch import Generator

from components.learn.generating import Request, advance, baselines, learn, weights, write
from components.models.generator import Writer


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_writing_step_by_step_is_what_torch_computes(kind: str):
    model = Writer(7, 5, [Generator().manual_seed(0)], kind)
    own = weights(model)
    h, c = np.zeros((2, 5), np.float32)
    tokens = [3, 1, 4, 1, 5]
    for token in tokens:
        h, c = advance(own, token, h, c)
    with torch.inference_mode():
        expected = model(torch.tensor(tokens).view(1, 1, -1))[0, 0, -1].numpy()
    np.testing.assert_allclose(h @ own["V"] + own["c"], expected, atol=1e-5)


def test_same_dice_same_text_and_the_longer_begins_as_the_shorter():
    own = weights(Writer(7, 5, [Generator().manual_seed(0)]))
    long, short = (write(own, np.array([0]), n, 1.0, 0, 4) for n in (30, 12))
    assert (long.tokens[:12] == short.tokens).all()
    assert (write(own, np.array([0]), 30, 1.0, 0, 5).tokens != long.tokens).any()
    picked = write(own, np.array([0]), 30, 1.0, 0, 4, {10: 6})
    assert (picked.tokens[:10] == long.tokens[:10]).all()
    assert picked.tokens[10] == 6


def test_temperature_0_always_takes_the_likeliest():
    own = weights(Writer(7, 5, [Generator().manual_seed(0)], "lstm"))
    greedy = write(own, np.array([2]), 20, 0.0, 0, 4)
    h, c = advance(own, 2, *np.zeros((2, 5), np.float32))
    for token in greedy.tokens:
        assert token == (h @ own["V"] + own["c"]).argmax()
        h, c = advance(own, int(token), h, c)


def test_it_learns_to_beat_pairs_of_letters():
    *_, last = learn(Request("prose", "rnn", 96, 180, 32, 32, 8e-3, every=100))
    unigram, bigram = baselines("prose")
    assert float(last["bits"]) < bigram < unigram
    assert {name for name in last if name.startswith("weights/")} == {f"weights/{n}" for n in "UbWVc"}


def test_the_same_request_is_the_same_run():
    first, second = (list(learn(Request("melodies", "rnn", 16, 4, 8, 8, every=2))) for _ in range(2))
    assert [float(f["bits"]) for f in first] == [float(f["bits"]) for f in second]
    assert [int(f["step"]) for f in first] == [0, 2, 4]
