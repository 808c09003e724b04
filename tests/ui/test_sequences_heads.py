"""The view "Heads of a real model": whatever is typed is read or kept out, roles are named, clicks and links choose a head."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.models.minilm import HOME, NAME, WORDS
from components.ui.sequences_heads import roles
from components.ui.sequences_heads_below import PARTS, source
from components.ui.sequences_heads_repeat import source as small
from components.ui.sequences_heads_words import DEFAULT, number
from tests.ui.views import open_view

opened = partial(open_view, "3_sequences", "heads")


def clean(test: AppTest) -> dict[str, str]:
    assert not test.exception
    return {m.label: m.value for m in test.metric}


@pytest.mark.parametrize(
    "text",
    ["", "one", "word " * 100_000, "🦊🦊", "שלום עולם", "\x00\x07", "<b onclick=alert(1)>x</b>", "$\\frac{1}{0}$ *a* [b](c)"],
    ids=["empty", "one word", "100,000 words", "emoji", "right to left", "control", "html", "latex"],
)
@pytest.mark.parametrize("part", ["alike", "order"])
def test_whatever_is_typed(text: str, part: str):
    test = opened(headlook=part)
    test.text_input(key="sentence").set_value(text).run()
    assert "bits" in clean(test)["Entropy of this head"]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_as_matrix_without_special_tokens(part: str):
    assert clean(opened(headlook=part, lineview="matrix", special="false", hlayer="1", hhead="3"))


def test_hostile_addresses_fall_back():
    query = {"hlayer": "99", "hhead": "-1", "htoken": "<script>", "lineview": "x", "special": "maybe", "hmodel": "gpt"}
    test = opened(sentence="x" * 100_000, second="*" * 9000, headlook="alike", **query)
    assert clean(test)
    assert test.number_input(key="hlayer").value == 4
    assert clean(opened(htoken="99"))
    assert clean(opened(htoken="9" * 400))


def test_the_roles_are_named():
    assert roles()[0, 2][0] == "previous"
    assert roles()[1, 8][0] == "next"
    assert roles()[3, 1][0] == "reference"
    found = clean(opened(hlayer="1", hhead="3"))
    assert found["Looks at the token before"].startswith("1.00")
    assert (number(1.0), number(0.333)) == ("1.0", ".33")


def test_a_head_of_the_larger_model_is_not_asked_of_the_small_one():
    test = opened(hlayer="6", hhead="12")
    test.segmented_control(key="hmodel").set_value("repeat").run()
    assert clean(test)["Guessed right"]
    assert test.number_input(key="hhead").value == 4


@pytest.mark.parametrize("part", ["guess", "check", "code"])
@pytest.mark.parametrize("letters", ["", "A", "abcabcabc", "🦊", "Z" * 5000, "ABCD" * 5000])
def test_letters_of_any_kind(part: str, letters: str):
    test = opened(hmodel="repeat", repeatlook=part)
    test.text_input(key="letters").set_value(letters).run()
    assert clean(test)["Best at the repeat"]


def test_questions_are_answered_by_measuring():
    test = opened(headlook="check")
    test.radio(key="head-check").set_value(test.radio(key="head-check").options[1]).run()
    assert "Measured here" in (*test.success, *test.warning)[0].value
    test = opened(hmodel="repeat", repeatlook="check")
    test.radio(key="repeat-check").set_value(test.radio(key="repeat-check").options[0]).run()
    assert "Measured" in (*test.success, *test.warning)[0].value


def test_the_files_run_alone(tmp_path: Path):
    for name in (NAME, WORDS):
        (tmp_path / name).symlink_to(HOME / name)
    (tmp_path / "heads.py").write_text(source(DEFAULT, (0, 2)))
    (tmp_path / "repeats.py").write_text(small().replace("Request()", "Request(steps=2)"))

    def said(file: str) -> str:
        done = subprocess.run([sys.executable, file, "."], capture_output=True, text=True, check=True, cwd=tmp_path)
        return done.stdout

    assert "previous: 1.000; most: layer 1, head 3" in said("heads.py")
    assert said("repeats.py").startswith("0 loss 2.773")
