"""The view "Shared steps, order": toggles change the numbers, any sentence is read, and its code runs alone."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.figures.order_bars import order_bars
from components.figures.scale import DARK
from components.figures.time_curves import READERS, chain, time_curves, unseen_bars
from components.learn.time_sweep import Request
from components.ui.sequences_order import PAIRS
from components.ui.sequences_share_below import source
from tests.ui.views import open_view

opened = partial(open_view, "3_sequences", "share")


def clean(test: AppTest) -> dict[str, str]:
    assert not test.exception
    return {m.label: m.value for m in test.metric}


def test_the_toggle_changes_the_numbers_and_is_in_the_address():
    test = opened()
    before = clean(test)
    test.toggle(key="share").set_value(False).run()
    after = clean(test)
    assert before["Times the shared cell's"] == "1×"
    assert float(after["Times the shared cell's"].rstrip("×")) > 1.5
    assert int(after["Weights to learn"].replace(",", "")) > int(before["Weights to learn"].replace(",", ""))
    assert test.query_params["share"] == "false"


@pytest.mark.parametrize("look", ["unseen", "predict", "check", "code"])
@pytest.mark.parametrize("query", [{"steps": "4", "share": "false", "against": "place"}, {"steps": "12"}])
def test_every_setting_opens(look, query):
    assert clean(opened(timelook=look, **query))


def test_the_guess_is_compared_with_what_was_recorded():
    test = opened(timelook="predict")
    test.session_state["time-guess-12"] = "4×"
    test.run()
    assert any("Measured" in m.value for m in test.markdown)


@pytest.mark.parametrize("pair", PAIRS)
def test_pairs_have_the_same_words(pair):
    one, other = PAIRS[pair]
    assert sorted(one.split()) == sorted(other.split())
    assert one != other
    clean(opened(half="order", pair=pair))


@pytest.mark.parametrize(
    "text", ["", "x", "word " * 100_000, "שלום <b>x</b> $y$ 🦊", "\x00"], ids=["none", "one", "many", "odd", "control"]
)
def test_whatever_is_typed(text):
    test = opened(half="order")
    test.text_input(key="sentence").set_value(text).run()
    clean(test)


def test_the_question_is_answered_by_what_was_measured():
    test = opened(half="order")
    test.radio(key="order-check").set_value("it cannot: without positions attention is a bag").run()
    assert "changes for no text" in test.success[0].value


def test_figures_hold_what_they_are_given():
    values = np.random.default_rng(0).uniform(0.5, 1, (3, 4, 5))
    figure = time_curves(np.array([16, 32, 64, 128]), values, 1, 0.8, earlier=values, scale=DARK)
    assert [t.name for t in figure.data if t.name] == [name for name, _ in READERS.values()]
    assert np.allclose(figure.data[1].y, values[0].mean(1))
    shared, separate = (chain("CAB", reader, "B came last", scale=DARK) for reader in ("shared", "separate"))
    assert len({s.line.color for s in shared.layout.shapes}) == 1
    assert len({s.line.color for s in separate.layout.shapes}) == 3
    assert [t.y[1] for t in unseen_bars(values[:, :2]).data] == pytest.approx(values[:, 1].mean(1).tolist())
    bars = order_bars(["bag", "rnn"], [0.5, 0.1], [0.5, 0.9])
    assert bars.data[-1].text == ("<b>the same</b>", "+0.80")


def test_the_file_runs_alone(tmp_path: Path):
    file = tmp_path / "one.py"
    text = source(Request(4, seeds=2), "shared")
    file.write_text(text.replace("steps=400", "steps=20").replace("every=100", "every=20"))
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True)
    assert "accuracy" in done.stdout.splitlines()[-1]
