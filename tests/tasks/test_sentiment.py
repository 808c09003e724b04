"""Sentiment: labels are what people said, and nothing of the test is in the training."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from torch import Generator

from components.modalities.language_tasks import TASKS
from components.tasks import sentiment
from components.tasks.texts import texts


def tokens(x: np.ndarray) -> list[int]:
    return [int(i) for i in x[:, 0] if i != -2]


@pytest.mark.parametrize(("part", "n"), [("train", 2310), ("test", 794)])
def test_clear_texts_only_as_many_of_each(part: str, n: int) -> None:
    _, mean, test = texts()
    rows = sentiment.balanced(part)
    assert len(rows) == n
    assert np.abs(mean[rows]).min() >= sentiment.CLEAR
    assert (mean[rows] > 0).mean() == 0.5
    assert (test[rows] == (part == "test")).all()
    _, y = sentiment.draw(n, Generator().manual_seed(0), part)
    assert y.float().mean() == 0.5


def test_no_text_of_the_test_is_nearly_one_of_the_training() -> None:
    """Jaccard similarity of the words stays under 0.6 between the parts (and is above it within them)."""
    found, _, test = texts()
    rows = np.repeat(np.arange(len(found)), [len(np.unique(t)) for t in found])
    table = csr_matrix((np.ones(len(rows), np.float32), (rows, np.concatenate([np.unique(t) for t in found]))))
    size = np.asarray(table.sum(1)).ravel()

    def closest(a: np.ndarray, b: np.ndarray) -> float:
        shared = (table[a] @ table[b].T).tocoo()
        other = a[shared.row] != b[shared.col]
        return float((shared.data / (size[a][shared.row] + size[b][shared.col] - shared.data))[other].max())

    held = np.flatnonzero(test)
    assert closest(held, np.flatnonzero(~test)) < 0.6
    assert closest(held, held) >= 0.6


def test_notes_name_the_numbers() -> None:
    _, _, test = texts()
    assert f"{(~test).sum():,} texts" in TASKS["rating"].note
    assert TASKS["rating"].sizes[-1] == (~test).sum()
    assert TASKS["rating"].test <= test.sum()
    assert TASKS["sentiment"].sizes[-1] == len(sentiment.balanced("train"))


def test_ratings_are_the_means() -> None:
    found, mean, _ = texts()
    x, y = sentiment.draw_rating(20, Generator().manual_seed(3), "test")
    known = {tuple(t[:64].tolist()): m for t, m in zip(found, mean, strict=True)}
    assert all(known[tuple(tokens(text))] == rating for text, rating in zip(x.numpy(), y.numpy(), strict=True))
    assert -4 <= mean.min() < -3
    assert 3 < mean.max() <= 4
