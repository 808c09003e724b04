"""MiniLM: the same answers as the library's, whatever the text."""

from pathlib import Path

import numpy as np
import pytest
import torch

from components.models import minilm
from components.models.repeats import NextLetter

ANSWERS = Path(minilm.HOME) / "minilm_answers.npz"


def test_attention_and_vectors_are_those_of_the_original_network():
    with np.load(ANSWERS, allow_pickle=False) as want:
        found = minilm.read(str(want["sentence"]))
        assert found.ids == tuple(want["ids"].tolist())
        with torch.inference_mode():
            states, weights = minilm.load().states(torch.tensor(found.ids))
        assert np.abs(weights.numpy() - want["weights"]).max() < 1e-3
        # the reference was computed with weights rounded as ours are on disk
        assert np.abs(states.numpy() - want["states"]).max() < 1e-3
        assert weights.shape == (6, 12, len(found.ids), len(found.ids))


@pytest.mark.parametrize(
    "text", ["", "one", "word " * 5_000, "🦊🦊", "שלום עולם", "\x00\x07", "<b onclick=alert(1)>x</b>", "é" * 900]
)  # fmt: skip
def test_every_text_is_read_and_cut(text: str):
    found = minilm.read(text, 64)
    assert 2 <= len(found.ids) <= 64
    assert found.tokens[0] == "[CLS]"
    assert found.tokens[-1] == "[SEP]"
    assert found.cut == (found.whole > 64)
    rows = minilm.attentions(found.ids).sum(-1)
    assert torch.allclose(rows, torch.ones_like(rows), atol=1e-5)


def test_like_sentences_are_more_alike_than_unlike_ones():
    assert minilm.similarity("A cat sleeps on the mat.", "A kitten naps on the rug.") > 0.5
    assert minilm.similarity("A cat sleeps on the mat.", "The stock market fell on Monday.") < 0.2
    assert minilm.similarity("same", "same") == pytest.approx(1, abs=1e-5)


def test_the_table_of_words_stays_small():
    assert minilm.load().word.dtype == torch.float16


def test_the_small_one_never_looks_ahead_and_replicas_are_apart():
    both = NextLetter(5, 8, [torch.Generator().manual_seed(s) for s in (0, 1)])
    ids = torch.randint(5, (2, 3, 8), generator=torch.Generator().manual_seed(2))
    logits, weights = both.looked(ids)
    assert weights.shape == (2, 3, 2, 4, 8, 8)
    assert not weights.triu(1).any()
    other = ids.clone()
    other[:, :, -1] = (other[:, :, -1] + 1) % 5
    assert torch.equal(both(other)[:, :, :-1], logits[:, :, :-1])
    alone = NextLetter(5, 8, [torch.Generator().manual_seed(1)])
    assert torch.allclose(alone(ids[1:]), logits[1:], atol=1e-5)
