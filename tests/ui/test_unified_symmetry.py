"""The view "symmetry" of the Unified page: controls, links, the square, the table, questions, code."""

import subprocess
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.learn.bench_models import ENTRIES
from components.ui import unified_symmetry_closer
from components.ui.unified_symmetry_code import MAIN, source
from components.ui.unified_symmetry_stage import computed, moves
from components.ui.unified_symmetry_words import Asked, judged, sentence, small
from tests.ui.views import open_view


def page(**query: str) -> AppTest:
    test = open_view("5_unified", "symmetry", **query)
    assert not test.exception
    return test


def values(test: AppTest) -> dict[str, str]:
    return {m.label: str(m.value) for m in test.metric}


def test_it_opens_with_an_exact_symmetry() -> None:
    test = page()
    assert test.selectbox(key="benchmodel").value == "set-sum"
    assert test.selectbox(key="action").value == "permute"
    assert [m for m in test.markdown if m.value.startswith("#### Exactly invariant")]
    assert values(test)["Answers that stay"] == "100%"
    assert any("Recorded" in c.value for c in test.caption)


def test_a_link_to_a_model_finds_its_data() -> None:
    test = page(benchmodel="segment-usual", action="shift", amount="4")
    assert test.query_params["benchdata"] == "pictures"
    assert [m for m in test.markdown if m.value.startswith("#### Exactly equivariant")]
    test = page(benchmodel="segment-usual", action="shift", amount="2")
    assert [m for m in test.markdown if m.value.startswith("#### Not equivariant")]


def test_what_makes_no_sense_is_said() -> None:
    test = page(benchdata="pictures", action="relabel")
    assert "no edges" in test.info[0].value
    assert not test.metric


def test_another_kind_of_data_brings_an_action_that_fits() -> None:
    test = page(benchdata="pictures", action="flip")
    test.session_state["benchdata"] = "graphs"
    test.run()
    assert not test.exception
    assert test.selectbox(key="action").value == "relabel"
    assert not test.info


@pytest.mark.parametrize("query", [
    {"benchdata": "x", "benchmodel": "y", "action": "z", "amount": "-1", "benchinput": "99", "bench_look": "q"},
    {"benchdata": "sets", "benchmodel": "conv-even"}, {"benchmodel": "order-rnn", "action": "wait", "amount": "8"},
])  # fmt: skip
def test_hostile_links_fall_back(query: dict[str, str]) -> None:
    page(**query)


def test_a_clicked_cell_is_shown_from_the_next_run_on() -> None:
    test = page()
    test.session_state["bench-jump"] = {
        "benchdata": "pictures", "benchmodel": "conv-usual", "action": "shift", "amount": 2, "bench-model": "conv-usual"
    }  # fmt: skip
    test.run()
    assert not test.exception
    assert test.query_params["benchmodel"] == "conv-usual"
    assert test.query_params["amount"] == "2"
    assert [m for m in test.markdown if m.value.startswith("#### Not invariant")]


def test_a_click_becomes_a_jump(monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", held)
    monkeypatch.setattr(st, "rerun", lambda: None)
    unified_symmetry_closer.leap("graphs", 0, 0)
    jump = held["bench-jump"]
    assert isinstance(jump, dict)
    assert ENTRIES[jump["benchmodel"]].family == jump["benchdata"] == "graphs"


def test_questions_are_answered_by_what_was_measured() -> None:
    test = page(bench_look="predict")
    test.session_state["bench-guess"] = "4 px"
    test.run()
    assert any(m.value.startswith("Right. Measured") for m in test.markdown)
    test = page(bench_look="check")
    test.session_state["bench-check"] = "concatenate"
    test.run()
    assert any(m.value.startswith("Right:") for m in test.markdown)


def test_words() -> None:
    assert [small(v) for v in (0, 2e-7, 0.003, 0.534)] == ["0", "2 · 10⁻⁷", "3 · 10⁻³", "0.53"]
    assert judged(2e-7) == "<b>= exact</b><br>2 · 10⁻⁷: rounding"
    assert sentence(0.5, True) == "Not equivariant (0.5)"
    assert not moves(Asked("set-sum", "permute", 1, 0))
    assert moves(Asked("odd-one-out", "permute", 1, 0))
    assert computed(Asked("odd-one-out", "permute", 1, 0)).error < 1e-5


@pytest.mark.parametrize("family", list(MAIN))
def test_the_file_runs_alone(family: str, tmp_path: Path) -> None:
    file = tmp_path / "run.py"
    file.write_text(source(family))
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, cwd=tmp_path, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-800:]
    lines = [line for line in done.stdout.splitlines() if "max |f(gx)" in line]
    errors = [float(line.rsplit("=", 1)[1]) for line in lines]
    assert min(errors) < 1e-5 < 1e-2 < max(errors)
