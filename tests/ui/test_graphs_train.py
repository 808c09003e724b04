"""The view "Train it here" of the Graphs page: every question, hostile links, a run, the file that runs alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.learn.link_lesson import LinkLesson
from components.learn.molecule_lesson import MoleculeLesson
from components.learn.node_lesson import NodeLesson
from components.ui.graphs_train_below import by_atom, file
from components.ui.graphs_train_words import ASKS, KINDS, LINKS, LOOKS, NODES, RULES, verdict
from tests.ui.views import open_view

ROOT = Path(__file__).parents[2]


def opened(**query: str) -> AppTest:
    page = open_view("4_graphs", "train", **query)
    assert [e.message for e in page.exception] == []
    assert len(page.metric) == 4
    return page


def said(page: AppTest) -> str:
    return " ".join([*(m.value for m in page.markdown), *(c.value for c in page.caption)])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("ask", ASKS)
def test_every_question_opens_recorded_with_every_closer_look(ask: str, look: str) -> None:
    assert "Recorded 20" in said(opened(trainask=ask, trainclose=look))


def test_the_page_says_where_the_network_wins_and_where_it_does_not() -> None:
    assert "is ahead of all" in said(opened(trainask="link"))
    assert "loses here" in said(opened(trainask="link", linksof="worm"))
    assert "No win here" in said(opened())
    assert "No win here" in said(opened(trainask="molecule", property="mutagen"))
    assert "is ahead of all" in said(opened(trainask="molecule"))
    assert "is ahead of all" in said(opened(nodesof="worm", trainlayers="3"))


def test_a_verdict_needs_more_than_the_error() -> None:
    assert [verdict(v, {"a": 0.5, "b": 0.2}, 0.1, False)[0] for v in (0.7, 0.55, 0.45, 0.3)] == [
        "ahead",
        "level",
        "level",
        "behind",
    ]


def test_settings_that_were_not_recorded_show_the_network_before_training() -> None:
    assert "before training" in said(opened(nodesof="karate", trainlayer="attention", trainlayers="3"))


@pytest.mark.parametrize(
    "query",
    [
        {"trainask": "<script>", "nodesof": "x", "trainlayer": "9", "trainlayers": "-1", "trainclose": "y"},
        {"trainask": "link", "linksof": "nobody", "negatives": "<b>"},
        {"trainask": "molecule", "property": "x", "cards": "", "halo": "maybe", "molecule": "99999", "smiles": "<b>$C$</b>"},
        {"trainask": "molecule", "molecule": "-1", "smiles": "C" * 40},
        {"trainask": "molecule", "molecule": "1e9", "smiles": "("},
        {"trainask": "molecule", "molecule": "7", "smiles": "O", "cards": "worst", "halo": "false"},
    ],
)
def test_a_hostile_link_still_opens(query: dict[str, str]) -> None:
    opened(**query)


def test_what_is_no_molecule_gets_one_sentence_and_a_molecule_is_drawn() -> None:
    assert any("SMILES" in w.value for w in opened(trainask="molecule", smiles="not a molecule!").warning)
    assert not opened(trainask="molecule", smiles="CC(=O)O").warning


def test_a_run_starts_and_its_controls_appear() -> None:
    page = opened()
    page.button(key="graphs-train-start").click().run()
    assert [e.message for e in page.exception] == []
    assert len(page.metric) == 4


def test_controls_are_in_the_address() -> None:
    page = opened()
    page.segmented_control(key="nodesof").set_value("worm").run()
    page.selectbox(key="trainlayer").set_value("mean").run()
    assert [str(page.query_params[k]).strip("[']") for k in ("nodesof", "trainlayer")] == ["worm", "mean"]
    assert len(page.metric) == 4


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("look", ["predict", "check"])
def test_an_answer_is_compared_with_what_was_measured(ask: str, look: str) -> None:
    page = opened(trainask=ask, trainclose=look)
    radio = page.radio[0]
    radio.set_value(radio.options[1]).run()
    assert [e.message for e in page.exception] == []
    assert any("Measured:" in m.value for m in (*page.success, *page.warning))


def test_nitrogen_and_oxygen_pull_to_water_and_carbon_and_the_halogens_to_fat() -> None:
    found = by_atom("log P")
    assert max(found["N"], found["O"]) < -0.1 < 0.1 < min(found[a] for a in ("C", "F", "Cl", "Br"))


def test_every_choice_has_a_name() -> None:
    from components.learn.link_lesson import NETWORKS
    from components.models.graph_layers import LAYERS
    from components.tasks import held_links, known_nodes

    assert set(KINDS) == set(LAYERS)
    assert set(NODES) == set(known_nodes.NETWORKS)
    assert (set(LINKS), set(RULES)) == (set(NETWORKS), set(held_links.RULES))


@pytest.mark.parametrize(
    ("ask", "lesson", "steps"),
    [
        ("node", NodeLesson(), '"karate": 400'),
        ("link", LinkLesson("karate", "uniform"), "STEPS, EVERY, RATE, SEEDS, WIDTH, MOST, BATCH = 200"),
        ("molecule", MoleculeLesson("mutagen"), "SEEDS, EVERY, BATCH, STEPS = 5, 3, 64, 300"),
    ],
)
def test_the_file_runs_alone(ask: str, lesson: Any, steps: str, tmp_path: Path) -> None:
    text = file(ask, lesson)
    quick = text.replace(steps, steps[: steps.rindex(steps.split()[-1])] + "10")
    assert quick != text
    (tmp_path / "graphs.py").write_text(quick)
    shutil.copy(ROOT / "pretrained" / "data" / ("molecules.npz" if ask == "molecule" else "networks.npz"), tmp_path)
    done = subprocess.run(
        [sys.executable, "graphs.py"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    assert "step 10" in done.stdout
    assert len(done.stdout.splitlines()) >= 6
