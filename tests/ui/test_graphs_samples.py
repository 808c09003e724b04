"""The view "Samples needed" of the Graphs page as a learner meets it."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.learn.graph_sweep import GraphRequest
from components.ui.graphs_samples_closer import source
from tests.ui.views import open_view

TIMES, CHANGES = "Times as many as shared + invariant", "Answer changes when renumbered"


def visit(**query: str) -> AppTest:
    page = open_view("4_graphs", "samples", **query)
    assert not page.exception
    return page


def numbers(page: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in page.metric}


@pytest.mark.parametrize("task", ["vote", "molecules", "places"])
def test_all_four_networks_open_with_recorded_curves(task: str) -> None:
    for share, aggregate in product(["true", "false"], repeat=2):
        page = visit(ask=task, share=share, aggregate=aggregate)
        assert any(c.value.startswith("Recorded 20") for c in page.caption)
        assert len(page.metric) == 4
        assert (numbers(page)[CHANGES] == "0%") == (share == aggregate == "true")


def test_toggles_change_the_numbers() -> None:
    page = visit()
    assert numbers(page)[TIMES] == "1×"
    page.toggle(key="share").set_value(False).run()
    assert float(numbers(page)[TIMES].removesuffix("×")) > 3
    page.toggle(key="aggregate").set_value(False).run()
    assert not page.exception
    assert float(numbers(page)[TIMES].removesuffix("×")) > 20
    assert page.query_params["share"] == page.query_params["aggregate"] == "false"


def test_where_shared_and_invariant_fails_no_factor_is_made_up() -> None:
    assert numbers(visit(ask="places"))[TIMES] == "it never gets there"
    assert numbers(visit(ask="places", aggregate="false"))[TIMES] == "it never gets there"
    assert numbers(visit(gather="max"))[TIMES] == "it never gets there"


@pytest.mark.parametrize("show", ["renumber", "loses", "guess", "code"])
def test_every_closer_look_opens(show: str) -> None:
    visit(graph_closer=show, molecule="ethanol", renumbering="20", share="false", heard="16", ask="molecules")


def test_renumbering_says_which_networks_follow() -> None:
    assert any("equivariant atom by atom" in m.value for m in visit().markdown)
    assert any("numbers that a file happens to give" in m.value for m in visit(share="false").markdown)


def test_the_guess_and_the_question_are_answered() -> None:
    page = visit(graph_closer="guess")
    page.segmented_control(key="guess-graph-both").set_value("about their product").run()
    assert any("Measured: **" in m.value for m in page.markdown)
    page.radio(key="check-graph-vote").set_value("mean").run()
    assert page.warning
    page.radio(key="check-graph-vote").set_value("max").run()
    assert page.success
    assert not page.exception


def test_a_clicked_node_is_ringed_and_in_the_address() -> None:
    page = visit()
    page.session_state["heard-next"] = 5
    page.run()
    assert not page.exception
    assert page.query_params["heard"] == "5"


def test_bad_links_open_the_page() -> None:
    visit(
        ask="<script>", gather="median", share="maybe", heard="999999999", renumbering="-1", molecule="x" * 3000, device="abacus"
    )


def test_the_code_runs_alone(tmp_path: Path) -> None:
    code = (
        source(GraphRequest("vote", "mean", 1), True, True).replace("steps=task.steps", "steps=3").replace("task.sizes", "(16,)")
    )
    file = tmp_path / "alone.py"
    file.write_text(code)
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    assert "accuracy" in done.stdout
