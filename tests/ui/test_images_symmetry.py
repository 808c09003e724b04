"""The view on symmetry as a learner meets it: both aims, every action and network, bad links, what is said and measured."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.learn.segmenting import KINDS
from components.learn.symmetry_table import AMOUNTS, recorded_case
from components.ui.images_symmetry_code import source
from components.ui.images_symmetry_more import LOOKS
from components.ui.images_symmetry_words import ACTIONS, CASES, NETWORKS, START, Asked, small, spoken

ROOT = Path(__file__).parents[2]
PAGE = str(ROOT / "pages" / "3_models" / "2_images.py")


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in {"view": "symmetry", **query}.items():
        page.query_params[name] = value
    return page.run()


def metric(page: AppTest, label: str) -> str:
    return next(m.value for m in page.metric if m.label == label)


@pytest.mark.parametrize("aim", KINDS)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_opens(aim: str, action: str) -> None:
    page = visit(aim=aim, action=action)
    assert not page.exception
    assert len(page.metric) == 4
    assert metric(page, "Weights").replace(",", "").isdigit()


@pytest.mark.parametrize(("aim", "network"), [(a, n) for a, ns in KINDS.items() for n in ns])
def test_averaged_every_network_keeps_a_turn(aim: str, network: str) -> None:
    page = visit(aim=aim, netkind=network, averaged="true", action="turn", amount="90", picture="coffee")
    assert not page.exception
    assert "10⁻" in metric(page, "Error, this picture") or metric(page, "Error, this picture") == "0"


def test_a_turned_six_is_read_as_a_nine_until_the_network_is_averaged() -> None:
    page = visit(aim="classify", thing="6", action="turn", amount="180", netkind="usual")
    assert float(metric(page, "Error, this picture")) > 0.9
    assert float(metric(page, "Accuracy on g x").split("%")[0]) < 60


def test_halving_shows_at_one_pixel_and_not_at_four() -> None:
    errors = [metric(visit(aim="segment", netkind="usual", action="shift", amount=t), "Error, this picture") for t in "14"]
    assert float(errors[0]) > 0.01
    assert "10⁻" in errors[1] or errors[1] == "0"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("aim", KINDS)
def test_every_closer_look_opens(aim: str, look: str) -> None:
    page = visit(aim=aim, symmetry_look=look, action="angle")
    assert not page.exception


@pytest.mark.parametrize(
    "query",
    [
        {"aim": "<script>", "action": "shear", "amount": "-1", "netkind": "x" * 3000, "averaged": "maybe", "thing": "11"},
        {"aim": "segment", "netkind": "dense", "amount": "1e9", "picture": "nobody", "thing": "own"},
        {"aim": "classify", "thing": "own", "picture": "camera", "action": "angle", "amount": "7"},
        {"aim": "classify", "thing": "own", "picture": "digit-8"},
        {"aim": "segment", "picture": "digit-3", "action": "paper", "amount": "8"},
    ],
)
def test_a_bad_or_strange_link_still_opens(query: dict[str, str]) -> None:
    page = visit(**query)
    assert not page.exception
    assert len(page.metric) == 4


def test_controls_are_in_the_address() -> None:
    page = visit(aim="segment")
    page.select_slider(key="amount").set_value(3).run()
    page.toggle(key="averaged").set_value(True).run()
    assert page.query_params["amount"] == "3"
    assert page.query_params["averaged"] == "true"
    page.selectbox(key="action").set_value("turn").run()
    assert not page.exception
    assert page.select_slider(key="amount").value == START["turn"]


def test_predictions_are_compared_with_what_was_measured() -> None:
    one, four = (recorded_case("segment", "usual", False, "shift", t).same[0] for t in (1, 4))
    assert four > one
    page = visit(aim="segment", symmetry_look="predict")
    page.segmented_control(key="symmetry-guess-segment").set_value("4 pixels").run()
    assert any(f"{1 - one:.1%}" in m.value for m in page.markdown)
    page = visit(aim="segment", symmetry_look="check")
    page.segmented_control(key="symmetry-check").set_value("0, 4, 8").run()
    assert any(m.value.startswith("Right") for m in page.markdown)


def test_everything_has_a_name() -> None:
    assert set(NETWORKS) == {n for names in KINDS.values() for n in names}
    assert set(ACTIONS) == set(AMOUNTS) == set(START)
    assert all(START[a] in AMOUNTS[a] for a in AMOUNTS)
    assert all(amount in AMOUNTS[action] for _, action, amount in CASES)
    assert spoken("turn", 90) == "↺ 90°"
    assert [small(v) for v in (0.0, 0.999, 0.034, 6e-8)] == ["0", "1.00", "0.034", "6 · 10⁻⁸"]


@pytest.mark.parametrize("aim", KINDS)
def test_the_file_runs_alone(aim: str, tmp_path: Path) -> None:
    text = source(Asked(aim, "turn", 90, "usual", True))
    quick = text.replace("400, 12, 1e-2, 200", "4, 12, 1e-2, 8").replace(
        '"learnt": 1200}.get(study.network, 400)', '}.get("", 20)'
    )
    quick = quick.replace("(40 if", "(2 if").replace('"segment": 64', '"segment": 4').replace('"classify": 300', '"classify": 20')
    assert quick != text
    (tmp_path / "symmetry.py").write_text(quick)
    for name in ("mnist.npz", "photographs.npz"):
        shutil.copy(ROOT / "pretrained" / "data" / name, tmp_path)
    done = subprocess.run(
        [sys.executable, "symmetry.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"]},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    apart = float(done.stdout.split("largest difference of a picture: ")[1].split()[0])
    assert apart < 1e-4
