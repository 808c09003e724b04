"""The view on what graph networks cannot tell, as a learner meets it."""

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.measure.repairs import REPAIRS
from components.tasks.twins import MAKERS
from components.ui.graphs_blind_closer import LOOKS, source
from components.ui.graphs_blind_said import pair_of
from tests.ui.views import open_view


def visit(**query: str) -> AppTest:
    page = open_view("4_graphs", "blind", **query)
    assert not page.exception
    return page


def metric(page: AppTest, label: str) -> str:
    return next(m.value for m in page.metric if m.label == label)


@pytest.mark.parametrize("pair", MAKERS)
def test_every_pair_opens(pair: str) -> None:
    page = visit(twins=pair)
    assert metric(page, "Really the same graph?") == "no"
    told = {"triangles": 0, "decalin": 0, "rook": 0, "prismane": 2, "cube": 5, "hexane": 3}
    assert metric(page, "Layers that tell them apart") == f"{told[pair]} of 6"
    assert (metric(page, "Colour refinement") == "never differs") == (told[pair] == 0)


@pytest.mark.parametrize("repair", REPAIRS)
def test_every_repair_opens_and_says_its_cost(repair: str) -> None:
    page = visit(twins="triangles", twinrepair=repair)
    assert (metric(page, "Cost: one graph, reordered") == "0 (rounding)") == (repair not in ("random", "number"))


def test_the_player_moves_the_number_of_layers() -> None:
    page = visit(twins="decalin", twinrepair="one", twinround="2")
    assert metric(page, "Layers that tell them apart") == "0 of 6"
    page.button(key="twinround-N").click().run()
    assert not page.exception
    assert metric(page, "Layers that tell them apart") == "6 of 6"
    assert any("differ" in m.value for m in page.markdown)


def test_bad_links_fall_back() -> None:
    page = visit(twins="<b>", twinrepair="x", twinround="-9", twinslook="?")
    assert metric(page, "Colour refinement") == "never differs"


def test_without_files_of_ones_own_a_bundled_pair_is_shown() -> None:
    assert any("Bring two graphs" in c.value for c in visit(twins="own").caption)


@pytest.mark.parametrize("look", [n for n in LOOKS if n != "table"])
def test_every_closer_look_opens(look: str) -> None:
    visit(twinslook=look)


def test_guesses_are_answered_from_what_is_measured() -> None:
    page = visit()
    page.segmented_control(key="twins-guess").set_value("all").run()
    assert any("**0 (rounding)**" in m.value for m in page.markdown)
    page = visit(twinslook="check")
    page.segmented_control(key="twins-check").set_value("which two nodes are marked").run()
    assert any(m.value.startswith("Right.") for m in page.markdown)


def test_the_code_runs_alone(tmp_path: Path) -> None:
    file = tmp_path / "twins.py"
    file.write_text(source(pair_of("hexane"), "nothing"))
    done = subprocess.run([sys.executable, str(file)], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    for words in ("round 2", "different", "step 40"):
        assert words in done.stdout
