"""The pictures of the contest: every model is drawn, hostile tokens are text, curves keep their looks and what is measured."""

import json

import numpy as np
import pytest

from components.figures.length_curves import LOOKS, by_length, learning
from components.figures.scale import DARK, LIGHT
from components.figures.sequence_models import BODIES, layout_of, merged, sequence_model
from components.figures.verdicts import verdicts
from components.models.sequence_classifier import KINDS


@pytest.mark.parametrize("scale", [LIGHT, DARK], ids=lambda s: s.name)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [1, 2, 8, 100])
def test_every_model_is_drawn_with_any_number_of_tokens(kind: str, n: int, scale) -> None:  # type: ignore[no-untyped-def]
    share = np.full((n, n), 1 / n)
    figure = sequence_model(kind, ["word"] * n, "positive, 80%", weights=share, scale=scale)
    notes = [a.text for a in figure.layout.annotations]
    assert "<b>positive, 80%</b>" in notes
    assert sum(t == "word" for t in notes) == (n if n <= 7 else 6)
    assert ("…" in notes) == (n > 7)


def test_tokens_are_text_and_not_html() -> None:
    figure = sequence_model("bag", ["<b>x", "<a href='y'>"], "a")
    assert not any("<a" in (a.text or "") for a in figure.layout.annotations)


def test_wide_lines_are_strong_attention() -> None:
    share = np.array([[0.9, 0.1], [0.5, 0.5]])
    lines = [t for t in sequence_model("attention", ["a", "b"], "x", weights=share).data if t.mode == "lines" and len(t.x) == 3]
    assert max(lines, key=lambda t: t.line.width).x[:2] == (0, 0)


def test_attention_of_hidden_tokens_is_added_up_and_rows_still_sum_to_one() -> None:
    share = np.random.default_rng(0).dirichlet(np.ones(20), 20)
    columns = layout_of(20)
    found = merged(share, columns)
    assert found.shape == (7, 7)
    np.testing.assert_allclose(found.sum(1), 1)
    np.testing.assert_allclose(found[0, 3], share[0, 3:17].sum())
    assert layout_of(7) == [slice(i, i + 1) for i in range(7)]


def test_every_kind_looks_its_own_way() -> None:
    assert set(LOOKS) == set(BODIES) == set(KINDS)
    assert len({(dash, marker) for _, _, dash, marker in LOOKS.values()}) == 7
    assert len({colour for _, colour, _, _ in LOOKS.values()}) == 7


def test_the_chosen_curve_is_bold_and_on_top_and_absent_models_are_left_out() -> None:
    accuracy = np.full((3, 7, 2), 0.7)
    accuracy[:, 1] = np.nan
    x = np.repeat(np.array([0, 10, 20])[:, None], 7, 1)
    figure = learning(x, accuracy, "rnn", KINDS, end=20, level=0.9, earlier=(x, accuracy))
    named = [t for t in figure.data if t.showlegend]
    assert len(named) == 6
    assert named[-1].name == "RNN"
    assert named[-1].line.width > named[0].line.width
    assert named[-1].customdata[0] == "rnn"


def test_trained_lengths_are_shaded() -> None:
    accuracy = np.linspace(0.5, 1, 7 * 3 * 3).reshape(7, 3, 3)
    figure = by_length(((2, 2), (12, 12), (64, 64)), accuracy, "lstm", KINDS, trained=(2, 12))
    box = figure.layout.shapes[0]
    assert (box.x0, box.x1) == (1.5, 12.5)
    assert any("never seen" in a.text for a in figure.layout.annotations)
    np.testing.assert_allclose(figure.data[-1].y, accuracy[KINDS.index("lstm")].mean(1), rtol=1e-6)


def test_verdicts_lean_to_their_side_and_unknown_ones_have_no_bar() -> None:
    figure = verdicts(["a", "b", "c"], np.array([0.9, 0.2, np.nan]), ("no", "yes"), 0, before=np.array([0.5, 0.5, 0.5]))
    np.testing.assert_allclose(figure.data[0].x, [0.4, -0.3, 0])
    assert any(a.text == "–" for a in figure.layout.annotations)
    assert json.loads(figure.to_json())
