"""The view "Self-attention": whatever is typed is read or kept out in a sentence, and the numbers are the formula's."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.measure.attention_steps import self_attention
from components.ui.sequences_attention import DEFAULT, computed
from components.ui.sequences_attention_below import source
from tests.ui.views import open_view

opened = partial(open_view, "3_sequences", "attention")


def clean(test: AppTest) -> dict[str, str]:
    assert not test.exception
    return {m.label: m.value for m in test.metric}


@pytest.mark.parametrize(
    "text",
    ["", "one", "word " * 100_000, "🦊🦊", "שלום עולם", "\x00\x07", "<b onclick=alert(1)>x</b>",
     "$\\frac{1}{0}$ *a* [b](c)", "good " * 41],
    ids=["empty", "one word", "100,000 words", "emoji", "right to left", "control", "html", "latex", "too many"],
)  # fmt: skip
def test_whatever_is_typed(text: str):
    test = opened()
    test.text_input(key="sentence").set_value(text).run()
    assert len(clean(test)) == 4


@pytest.mark.parametrize("query", [{"width": "16", "maps": "random"}, {"maps": "identity", "heat": "0.1", "causal": "true"}])
@pytest.mark.parametrize("part", ["row", "order", "check", "code"])
def test_every_setting_and_part_opens(query, part):
    assert clean(opened(exactlook=part, placed="true", **query))


def test_hostile_addresses_fall_back():
    assert clean(opened(width="99", maps="<script>", heat="-1", asks="1000", causal="maybe", sentence="x" * 100_000))


def test_the_order_is_not_seen_until_positions_are_added():
    test = opened(exactlook="order")
    assert clean(test)["Largest difference of a word's output H"] == "0, to rounding"
    test.toggle(key="placed").set_value(True).run()
    assert float(clean(test)["Largest difference of a word's output H"]) > 0.01


def test_the_trained_head_has_learnt_what_good_words_are():
    def positive(text: str) -> float:
        return float(computed((tuple(text.split()), 8, "trained", False, False, 1.0))["p"])

    assert positive("great product , works perfectly and i love it") > 0.9
    assert positive("terrible , a waste of money and it broke") < 0.1


def test_the_question_is_answered_by_measuring():
    test = opened(exactlook="check")
    test.radio(key="exact-check").set_value("one word gets nearly all of it").run()
    assert "Measured here" in test.success[0].value


def test_the_file_runs_alone_and_gives_the_same(tmp_path: Path):
    look = (tuple(DEFAULT.split()), 4, "trained", True, False, 1.0)
    found = computed(look)
    file = tmp_path / "one.py"
    file.write_text(source(look, found))
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True)
    last = [float(v) for v in done.stdout.splitlines()[-1].split()[1:]]
    again = self_attention(found["X"], found["Wq"], found["Wk"], found["Wv"], causal=True)["A"][-1]
    assert np.abs(np.array(last) - again).max() < 0.011
