"""The view "Translate": whatever is typed is written out or refused in a sentence, and the player shows the model's steps."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.learn.translating import numbered, split, translated
from components.ui.sequences_translate_below import groups, source
from components.ui.sequences_translate_words import DEFAULTS, LOOKS, PAIRS
from tests.ui.views import open_view

opened = partial(open_view, "3_sequences", "translate")


def clean(test: AppTest) -> dict[str, str]:
    assert not test.exception
    return {m.label: m.value for m in test.metric}


@pytest.mark.parametrize(
    "text",
    ["", "may", "word " * 100_000, "🦊🦊", "שלום עולם", "\x00\x07", "<b onclick=alert(1)>x</b>", "$\\frac{1}{0}$ *a* [b](c)",
     "3 may 1999 " * 4],
    ids=["empty", "one word", "100,000 words", "emoji", "right to left", "control", "html", "latex", "four dates"],
)  # fmt: skip
def test_whatever_is_typed(text: str) -> None:
    test = opened()
    test.text_input(key="source").set_value(text).run()
    assert len(clean(test)) == 4


@pytest.mark.parametrize("pairs", PAIRS)
@pytest.mark.parametrize("aligned", ["true", "false"])
def test_every_task_opens_with_and_without_attention(pairs: str, aligned: str) -> None:
    assert clean(opened(pairs=pairs, aligned=aligned, beam="3", pairlook="examples"))["Exactly right, held out"]


@pytest.mark.parametrize("part", LOOKS)
def test_every_part_opens(part: str) -> None:
    assert clean(opened(pairlook=part, written="2"))


def test_hostile_addresses_fall_back() -> None:
    assert clean(opened(pairs="xx", aligned="maybe", beam="99", written="-7", source="x" * 100_000, pairlook="<script>"))
    assert clean(opened(written="999999999999"))


def test_another_task_has_a_source_of_its_own() -> None:
    test = opened(source="3 may 1999")
    assert test.text_input(key="source").value == "3 may 1999"
    test.segmented_control(key="pairs").set_value("es").run()
    assert clean(test)
    assert test.text_input(key="source").value == DEFAULTS["es"]


def test_the_player_steps_through_the_output() -> None:
    test = opened(source="3 may 1999", written="3")
    clean(test)
    said = [m.value for m in test.markdown if m.value.startswith("step **4**")]
    assert said == ["step **4** of 11: **1999**"]


def test_without_attention_longer_sources_are_lost_first() -> None:
    _, rates, _, _ = groups("dates")
    off = rates["without attention"]
    assert off[0] > off[1] >= off[2]
    assert (rates["with attention"][:3] > 0.9).all()


def test_the_question_is_answered_by_measuring() -> None:
    test = opened(pairlook="check")
    test.radio(key="align-check").set_value("the name of the month").run()
    assert "november" in test.success[0].value
    test = opened(pairlook="long")
    test.radio(key="longer-guess").set_value("nearly all are lost").run()
    assert any("Measured" in m.value for m in test.markdown)


def test_a_held_out_one_is_read() -> None:
    test = opened()
    before = test.text_input(key="source").value
    test.button(key="held-out").click().run()
    assert clean(test)
    assert test.text_input(key="source").value != before


def test_an_unknown_word_is_said() -> None:
    test = opened(source="24 brumaire 2026")
    assert any("1 unknown" in c.value for c in test.caption)
    assert numbered("dates", split("dates", "brumaire")) == (-1,)
    assert translated("dates", True, (-1,), 1).tokens


def test_the_file_runs_alone(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text(source())
    done = subprocess.run([sys.executable, str(file), "3"], capture_output=True, text=True, check=True)
    assert f"{DEFAULTS['dates']} -> " in done.stdout
