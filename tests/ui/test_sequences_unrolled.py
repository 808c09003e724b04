"""The view "Unrolled": every cell and step opens, whatever is typed is read, the code runs alone."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.figures.scale import DARK
from components.figures.state_strip import bars, gradient_lines, memory_bars, state_strip
from components.ui.sequences_unrolled_below import source
from tests.ui.views import open_view

opened = partial(open_view, "3_sequences", "unrolled")


def clean(test: AppTest) -> AppTest:
    assert not test.exception
    assert len(test.metric) == 4
    return test


@pytest.mark.parametrize("cell", ["rnn", "lstm", "ssm"])
@pytest.mark.parametrize(
    "query", [{"token": "0"}, {"unrolltask": "last", "token": "99999", "unit": "16"}, {"unrolllook": "code"}]
)
def test_every_cell_opens_at_every_step(cell, query):
    clean(opened(cell=cell, **query))


def test_step_and_back_move_and_the_address_says_where():
    test = clean(opened(token="3"))
    test.button(key="token-N").click().run()
    assert test.query_params["token"] == "4"
    test.button(key="token-Z").click().run()
    assert test.query_params["token"] == "0"


@pytest.mark.parametrize(
    "text", ["", "x", "word " * 100_000, "שלום <b>x</b> $y$ 🦊", "\x00"], ids=["none", "one", "many", "odd", "control"]
)
def test_whatever_is_typed(text):
    test = opened()
    test.text_input(key="sentence").set_value(text).run()
    clean(test)
    letters = opened(unrolltask="last")
    letters.text_input(key="letters").set_value(text).run()
    clean(letters)


def test_a_smaller_network_drops_a_unit_it_does_not_have():
    clean(opened(cell="rnn", unit="30"))
    clean(opened(cell="bad", unrolltask="<b>", token="-1", unit="x", letters="zz"))


def test_the_guess_and_the_question_are_compared_with_the_computation():
    test = opened(unrolllook="predict")
    test.session_state["reach-guess-sentiment"] = "10"
    assert any("Computed" in m.value for m in test.run().markdown)
    test = opened(unrolllook="check")
    test.radio(key="reach-check").set_value("the gradient reaches further, and may explode").run()
    assert "Computed" in test.success[0].value


def test_figures_hold_what_they_are_given():
    state = np.linspace(-1, 1, 12).reshape(4, 3)
    figure = state_strip(["<i>a</i>", "b", "c", "d"], state, np.array([0.1, 0.2, 0.3, 0.9]), 2, 1, ("no", "yes"), scale=DARK)
    assert np.isnan(np.array(figure.data[0].z)[:, 3]).all()
    assert len(figure.data[2].x) == 9
    assert "<i>" not in str(figure.layout.xaxis.ticktext)
    assert bars([("a", -0.5, 0)]).data[0].text == ("−0.50",)
    assert memory_bars(np.array([np.exp(-0.5)]), np.array([1.0]), 0).data[0].x[0] == pytest.approx(2)
    assert gradient_lines([("a", np.array([2.0, 1.0]))]).data[0].y[1] == pytest.approx(0.5)


@pytest.mark.parametrize("cell", ["lstm", "ssm"])
def test_the_file_runs_alone(cell: str, tmp_path: Path):
    file = tmp_path / "one.py"
    file.write_text(source(cell))
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("scan" if cell == "ssm" else "i ")
