"""The letters: the label is what it says, counting says nothing, lengths are kept; and texts of chosen lengths."""

import numpy as np
import pytest
import torch

from components.tasks.last_seen import LETTERS, answer, draw, spelled
from components.tasks.sentiment_lengths import between
from components.tasks.sentiment_lengths import draw as draw_texts
from components.tasks.texts import texts


def drawn(n: int = 400, low: int = 2, high: int = 12) -> tuple[np.ndarray, np.ndarray]:
    x, y = draw(n, torch.Generator().manual_seed(0), "train", low, high)
    return x.numpy()[..., 0].astype(int), y.numpy()


def test_the_label_is_the_letter_seen_last() -> None:
    x, y = drawn()
    assert all(answer(row) == label for row, label in zip(x, y, strict=True))
    assert 0.4 < y.mean() < 0.6


def test_every_sequence_holds_as_many_a_as_b_so_that_counts_say_nothing() -> None:
    x, _ = drawn(high=64)
    assert ((x == 0).sum(1) == (x == 1).sum(1)).all()
    assert ((x == 0).sum(1) >= 1).all()


@pytest.mark.parametrize(("low", "high"), [(2, 2), (5, 9), (64, 64)])
def test_lengths_are_kept_and_the_room_behind_is_empty(low: int, high: int) -> None:
    x, _ = drawn(100, low, high)
    lengths = (x >= 0).sum(1)
    assert set(lengths) <= set(range(low, high + 1))
    assert all((row[:n] >= 0).all() and (row[n:] == -2).all() for row, n in zip(x, lengths, strict=True))


@pytest.mark.parametrize(("low", "high"), [(1, 5), (5, 4), (2, 65)])
def test_lengths_that_cannot_be_are_refused(low: int, high: int) -> None:
    with pytest.raises(ValueError, match="lengths are from 2 to 64"):
        drawn(1, low, high)


def test_letters_are_read_whatever_their_case_and_all_else_is_left_out() -> None:
    assert spelled("a, B-x9!h\u202e😀").tolist() == [0, 1, 7]
    assert [LETTERS[i] for i in spelled(LETTERS)] == list(LETTERS)
    assert answer(spelled("CDE")) is None
    assert answer(spelled("ABBAC")) == 0


def test_texts_have_the_lengths_asked_for_and_both_answers_equally() -> None:
    found, mean, test = texts()
    rows = between("test", 9, 16)
    assert all(9 <= len(found[i]) <= 16 and test[i] for i in rows)
    assert (mean[rows] > 0).sum() == (mean[rows] < 0).sum()
    x, y = draw_texts(20, torch.Generator().manual_seed(0), "train", 1, 8)
    assert x.shape == (20, 64, 2)
    assert ((x[..., -1] != -2).sum(1) <= 8).all()
    assert set(y.tolist()) <= {0, 1}
