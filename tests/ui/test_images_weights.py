"""The view "Weights": the counter follows the controls, and its code counts the same."""

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.measure.weight_counts import weight_counts
from components.ui.images_weights import source

PAGE = Path(__file__).parents[2] / "pages" / "3_models" / "2_images.py"


def opened(**query: str) -> AppTest:
    test = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in ({"view": "weights"} | query).items():
        test.query_params[name] = value
    return test.run()


def shown(test: AppTest) -> dict[str, str]:
    assert not test.exception
    return {m.label: m.value for m in test.metric}


def test_the_slide_is_what_opens():
    assert shown(opened())["Weights of this layer"] == "1.6 billion"


def test_each_toggle_changes_the_count():
    test = opened()
    test.toggle(key="local").set_value(True).run()
    assert shown(test)["Weights of this layer"] == "1 million"
    test.toggle(key="share").set_value(True).run()
    assert shown(test)["Weights of this layer"] == "25"
    test.toggle(key="pool").set_value(False).run()
    assert shown(test)["Weights of the classifier behind it"] == "400,000"
    assert (test.query_params["local"], test.query_params["share"], test.query_params["pool"]) == ("true", "true", "false")


@pytest.mark.parametrize("query", [{"pixels": "28", "window": "32"}, {"filters": "128", "pixels": "2048", "colours": "3"}])
def test_the_ends_of_the_sliders_open(query):
    assert shown(opened(**query))


def test_the_question_is_answered_by_counting():
    test = opened()
    test.radio(key="weights-check").set_value("only the fully connected one grows").run()
    assert "16×" in test.success[0].value


def test_the_code_counts_the_same(tmp_path):
    file = tmp_path / "weights.py"
    file.write_text(source(200, 5, 8, 3))
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True)
    said = [int(line.rsplit(maxsplit=1)[-1].replace(",", "")) for line in done.stdout.splitlines()]
    assert said == [c.layer for c in weight_counts(200, 3, 5, 8, 10, True)]
