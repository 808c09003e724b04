"""Training with and without attention: reaches a named accuracy at a small budget, and the recorded models do what they say."""

import numpy as np
import torch

from components.learn.translating import (
    KINDS,
    Request,
    alone,
    answer,
    books,
    examples,
    model,
    numbered,
    recorded,
    restored,
    right,
    split,
    tables,
    train,
    translated,
)  # fmt: skip
from components.tasks import dates, translations
from components.tasks.translations import LANGUAGES

LEARNT = Request("dates", 160, 48, 1e-2, pool=2048, most=1, example="3 may 1999")


def test_attention_learns_dates_at_a_small_budget_and_frames_show_the_alignment() -> None:
    *_, before, last = train(LEARNT, every=80)
    assert last["exact"][0] > 0.8
    assert np.allclose(last["weights"].sum(-1), 1, atol=1e-5)
    assert int(before["step"]) == 80
    x, y = tables("dates", examples("dates", "test", LEARNT)[:100])
    for i, aligned in enumerate((True, False)):
        own = restored("dates", aligned, alone(last, i), "w/")
        assert abs(float(right(own, x, y).float().mean()) - float(last["exact"][i])) < 0.15


def test_dates_of_the_test_are_in_no_training_example() -> None:
    learnt, held = (dates.examples(300, 5, part) for part in ("train", "test"))
    assert not {d for _, t in learnt for d in t.split()} & {d for _, t in held for d in t.split()}
    assert all(i >= 0 for s, t in held for i in (*numbered("dates", split("dates", s)), *answer("dates", t)))


def test_sentence_pairs_are_divided_and_whole() -> None:
    for language in LANGUAGES:
        learnt, held = (translations.pairs(language, part) for part in ("train", "test"))
        assert len(held) > 50
        assert len(learnt) > 400
        assert not set(learnt) & set(held)
        assert all(a and b and not set("%{}<>") & set(a + b) for a, b in learnt + held)
        assert books(language).target[0] == "end"


def test_the_recorded_models_do_what_is_said_of_them() -> None:
    request = Request("dates", most=3)
    x, y = tables("dates", examples("dates", "test", request)[:100])
    for aligned, kind in KINDS.items():
        share = float(right(model("dates", aligned), x, y).float().mean())
        assert abs(share - recorded()[f"dates/{kind}/test"][0]) < 0.12
    assert recorded()["dates/attention/test"][0] > 0.9
    for language in LANGUAGES:
        assert recorded()[f"{language}/attention/train"][0] > 0.8 > 0.5 > recorded()[f"{language}/attention/test"][0]


def test_the_month_looks_at_the_month() -> None:
    tokens = split("dates", "tuesday the 24th of november 2026")
    found = translated("dates", True, numbered("dates", tokens), 3)
    assert "".join(dates.WRITTEN[t] for t in found.tokens[:-1]) == "2026-11-24"
    assert tokens[int(found.weights[6].argmax())] == "november"
    assert torch.allclose(found.weights.sum(-1), torch.ones(11), atol=1e-5)
