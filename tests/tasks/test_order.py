"""Order and questions: the label is the only difference."""

import numpy as np
from torch import Generator

from components.modalities.language_tasks import TASKS
from components.tasks import order
from components.tasks.texts import texts, utterances


def test_a_shuffled_text_has_the_same_words() -> None:
    x, y = order.draw(400, Generator().manual_seed(0), "train")
    whole = {tuple(t) for t in texts()[0]}
    bags = {tuple(sorted(t)) for t in whole}
    for text, moved in zip(x.numpy(), y.tolist(), strict=True):
        ids = tuple(int(i) for i in text[:, 0] if i != -2)
        assert tuple(sorted(ids)) in bags
        assert moved or ids in whole
    assert 0.4 < y.float().mean() < 0.6


def test_sizes_fit_what_there_is() -> None:
    assert len(order.long_enough("train")) == TASKS["order from pairs"].sizes[-1] == 5240
    assert len(order.long_enough("test")) >= TASKS["order from pairs"].test
    assert [len(side) for side in order.sides("test")][1] == 131
    statements, questions = order.sides("train")
    assert len(questions) == 369
    assert len(statements) >= TASKS["response"].sizes[-1] // 2


def test_the_question_mark_is_the_label_and_is_not_seen() -> None:
    x, y = order.draw_questions(262, Generator().manual_seed(0), "test")
    found, asked, test = utterances()
    known = {tuple(t): a for t, a, held in zip(found, asked, test, strict=True) if held}
    read = [tuple(int(i) for i in text[:, 0] if i != -2) for text in x.numpy()]
    assert len(set(read)) == 262  # in the test each comes once
    assert [known[t] for t in read] == y.bool().tolist()
    assert y.sum() == 131
    assert not {tuple(np.unique(t)) for t in read} & {
        tuple(np.unique(t)) for t, held in zip(found, test, strict=True) if not held
    }
