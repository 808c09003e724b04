"""What was recorded of the heads is what they do, and a small transformer learns to repeat."""

import numpy as np

from components.learn.heads import looked, of_word, recorded, referred
from components.learn.repeated import guessed
from components.learn.repeated import looked as repeated
from components.learn.repeated import recorded as run
from components.learn.repeating import EXAMPLE, LETTERS, Request, example, numbered, restored, rows, train
from components.measure.head_roles import score, targets
from components.models import minilm
from components.tasks.pronouns import sentences


def test_one_head_looks_at_the_token_before_and_nothing_else():
    assert recorded()["previous"][0, 2] > 0.99
    found = looked("These words were never measured before by anybody.")
    assert score(found.weights[0, 2], targets(found.tokens)["previous"]) > 0.98


def test_pairs_differ_in_one_word_and_the_answer_changes():
    own = sentences()
    assert len(own) == 20
    for a, b in zip(own[::2], own[1::2], strict=True):
        assert (a.noun, a.other) == (b.other, b.noun)
        assert sum(x != y for x, y in zip(a.text.split(), b.text.split(), strict=True)) == 1


def test_recorded_references_are_measured_again():
    noun, other = referred(sentences()[2])
    assert np.abs(noun - recorded()["sentence/noun"][2]).max() < 2e-3
    assert np.abs(other - recorded()["sentence/other"][2]).max() < 2e-3


def test_a_word_is_found_as_a_whole():
    text = "A catalogue of the cat."
    found = minilm.read(text)
    assert [found.tokens[i] for i in of_word(found, text, "cat")] == ["cat"]


def test_rows_start_again():
    import torch

    x, period = rows(20, torch.Generator().manual_seed(0))
    for row, p in zip(x.tolist(), period.tolist(), strict=True):
        assert row[p:] == row[:-p]
        assert len(set(row[:p])) == p


def test_the_recorded_model_repeats_a_row_it_never_saw():
    found = guessed(numbered("ABCDEF" * 4))
    assert sum(guess == LETTERS[(i + 1) % 6] for i, (guess, _) in enumerate(found) if i >= 6) >= 15
    assert float(run()["right"][-1]) > 0.9
    assert float(run()["again"][-1].max()) > 0.8


def test_a_short_run_gives_frames_and_a_model():
    frames = list(train(Request(steps=4, batch=4), every=2))
    assert [int(f["step"]) for f in frames] == [0, 2, 4]
    assert frames[0]["previous"].shape == (2, 4)
    assert 0 <= float(frames[-1]["right"]) <= 1
    again = example(restored(frames[-1]), EXAMPLE)
    assert np.allclose(again, frames[-1]["weights"], atol=1e-6)


def test_letters_are_read_from_anything():
    assert numbered("a1<b>🦊z") == (0, 1)
    assert len(numbered("ABC" * 100)) == 24
    assert repeated((0, 1))[0].shape == (2, 4, 2, 2)
