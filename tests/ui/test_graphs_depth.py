"""The view on depth, as a learner meets it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.ui.graphs_depth import NETWORKS
from components.ui.graphs_depth_closer import LOOKS, source
from tests.ui.views import open_view

ROOT = Path(__file__).parents[2]


def visit(**query: str) -> AppTest:
    page = open_view("4_graphs", "depth", **query)
    assert not page.exception
    return page


def metric(page: AppTest, label: str) -> str:
    return next(m.value for m in page.metric if m.label == label)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("seen", ["mix", "trained"])
def test_every_network_opens(network: str, seen: str) -> None:
    page = visit(deepnetwork=network, deepseen=seen, depthlayers="32")
    assert len(page.metric) == 4
    assert metric(page, "Nodes heard") == "100%"


def test_depth_makes_nodes_alike_and_a_skip_connection_keeps_them_apart() -> None:
    few, many = (float(metric(visit(depthlayers=d), "Nodes differ by (only mixed)")) for d in ("1", "32"))
    kept = visit(depthlayers="32", deepskip="true")
    assert few > 0.9 > 0.1 > many
    assert float(metric(kept, "Nodes differ by (only mixed)")) > 0.7
    plain = visit(depthlayers="32")
    better, worse = (float(metric(p, "Test accuracy (trained)").split()[0]) for p in (kept, plain))
    assert better > worse + 0.2


def test_no_layer_at_all_and_bad_links() -> None:
    assert metric(visit(depthlayers="0", deepseen="trained"), "Nodes differ by (trained)").startswith("1.00")
    visit(depthlayers="-3", deepnetwork="<i>", deepseen="x", deepskip="maybe", deeplook="?")


@pytest.mark.parametrize("look", LOOKS)
def test_every_closer_look_opens(look: str) -> None:
    visit(deeplook=look)


def test_guesses_are_answered_from_what_is_measured() -> None:
    page = visit(deeplook="predict")
    page.segmented_control(key="deep-guess").set_value("its kind").run()
    assert any("**its number of links** is left" in m.value for m in page.markdown)
    page = visit(deeplook="check")
    page.segmented_control(key="deep-check").set_value("4").run()
    assert any(m.value.startswith("Right:") for m in page.markdown)


def test_the_code_runs_alone(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pretrained" / "data" / "networks.npz", tmp_path)
    file = tmp_path / "too_deep.py"
    file.write_text(source("karate", True))
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, str(file)], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False, env=env
    )
    assert done.returncode == 0, done.stderr
    for words in ("32 rounds", "8 layers: accuracy"):
        assert words in done.stdout
