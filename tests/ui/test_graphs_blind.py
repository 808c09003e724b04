"""The view on what graph networks cannot tell, as a learner meets it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.measure.repairs import INVARIANT, REPAIRS
from components.modalities.graph_sample import graph
from components.tasks.twins import MAKERS
from components.ui.graphs_blind import _own
from components.ui.graphs_blind_closer import LOOKS, source
from components.ui.graphs_blind_said import coloured, pair_of, same
from components.ui.graphs_blind_stage import graphs_picture, rules, telling
from components.values import Sample
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


def own(nodes: int, pairs: list[list[int]]) -> Sample:
    raw = {"names": [str(i) for i in range(nodes)], "positions": np.zeros((nodes, 2), np.float32), "directed": True}
    return graph(raw, np.array(pairs, np.int64).reshape(-1, 2).T, None, "your file")


@pytest.mark.parametrize("repair", REPAIRS)
@pytest.mark.parametrize(
    ("first", "second", "same_one"),
    [
        (own(1, []), own(1, [[0, 0]]), True),  # a loop is no neighbour
        (own(3, []), own(2, [[0, 1]]), False),
        (own(3, [[0, 1], [1, 2]]), own(3, [[2, 0], [0, 1], [1, 0]]), True),  # directions and numbers do not count
    ],
)
def test_graphs_of_ones_own_are_compared(first: Sample, second: Sample, same_one: bool, repair: str) -> None:
    pair = _own([first, second])
    assert same(pair) is same_one
    found = coloured(pair, repair)
    if repair in INVARIANT:
        assert (found.told is None) == same_one
        assert bool(telling(pair, repair, 2)) != same_one
    for at in range(len(found.rounds)):
        assert rules(pair, repair, found, at)
    assert graphs_picture(pair, repair, 0, "dark").data
