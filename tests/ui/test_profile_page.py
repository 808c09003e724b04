"""The Profile page as a learner meets it: any two samples, every view, bad links, situations, code that runs."""

import csv
import io
import json
import os
import subprocess
import sys
from math import isfinite
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.catalogue import discover
from components.learn.robustness import defaults
from components.ui import export
from components.ui.profile_code import source
from components.ui.profile_noise import recorded
from components.ui.profile_sides import as_said, dimensions
from components.ui.profile_views import examples
from components.ui.profile_words import SITUATIONS, WORDS

ROOT = Path(__file__).parents[2]
PAGE = str(ROOT / "pages" / "1_data" / "2_profile.py")
MODALITIES = discover("modalities", "MODALITY")
VIEWS = ("card", *dimensions(), "laboratory")


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def test_there_are_six_dimensions_in_the_lectures_order() -> None:
    expected = ["representation", "distribution", "structure", "information", "noise", "relevance"]
    assert list(dimensions()) == expected == list(WORDS)


@pytest.mark.parametrize("show", VIEWS)
def test_every_view_of_the_lectures_pair_opens(show: str) -> None:
    page = visit(show=show)
    assert not page.exception
    assert page.segmented_control(key="show").value == show


@pytest.mark.parametrize("name", MODALITIES)
@pytest.mark.parametrize("show", ["card", "relevance"])
def test_every_modality_stands_on_either_side(name: str, show: str) -> None:
    page = visit(left=name, right=name, show=show)
    assert not page.exception


@pytest.mark.parametrize(
    "query",
    [
        {"left": "nonsense", "right": "<script>", "show": "everything", "left_damage": "x", "left_strength": "-1"},
        {"left": "vision", "left_example": "x" * 3000, "right_element": "1e9", "noise_vision": "??"},
        {"left_resolution": "0", "left_damage": "missing pixels", "left_strength": "100", "show": "structure"},
    ],
)
def test_bad_links_open_the_page(query: dict[str, str]) -> None:
    assert not visit(**query).exception


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_situation_opens(name: str) -> None:
    page = visit(left="audio", left_damage="noise")
    page.session_state["situations"] = True
    page.run()
    page.button(key=f"situation-{name}").click().run()
    assert not page.exception
    for key, value in SITUATIONS[name][1].items():
        assert page.session_state[key] == value


def test_a_bet_is_compared_with_what_is_measured() -> None:
    page = visit(show="information")
    page.segmented_control(key="bet-information").set_value("left").run()
    assert any("You were right. Measured" in m.value and "287,792" in m.value for m in page.markdown)
    page.segmented_control(key="bet-information").set_value("right").run()
    assert any("It is the first. Measured" in m.value for m in page.markdown)


def test_a_black_picture_says_why_and_never_nan() -> None:
    page = visit(left_damage="missing pixels", left_strength="100", show="noise")
    assert not page.exception
    assert any("Not defined because" in i.value for i in page.info)
    assert not any("nan" in m.value.lower().split() for m in [*page.markdown, *page.caption])


def test_recorded_readings_are_those_of_today() -> None:
    """What is drawn as context was measured on the examples that are shipped."""
    kept = examples()["readings"]
    assert {(r["modality"], r["example"]) for r in kept} == {(m, e) for m in MODALITIES for e in MODALITIES[m].examples}
    for name in MODALITIES:
        example = list(MODALITIES[name].examples)[-1]
        sample = MODALITIES[name].examples[example]()
        for dimension in dimensions().values():
            now = dimension.measure(sample)[0]
            then = next(r for r in kept if (r["modality"], r["example"], r["dimension"]) == (name, example, dimension.name))
            assert then["name"] == now["name"]
            assert isfinite(then["value"]) == isfinite(now["value"])
            if isfinite(now["value"]):
                assert then["value"] == pytest.approx(now["value"], rel=0.02, abs=1e-3)


def test_the_recorded_curves_belong_to_the_default_requests() -> None:
    kept = recorded()
    assert kept is not None
    assert kept[0]["score"].shape[0] == len(defaults()) == 7
    assert json.dumps(kept[1])
    clean, last = kept[0]["score"][:, 0].mean(1), kept[0]["score"][:, -1].mean(1)
    assert (last < clean - 0.1).all()


def test_the_table_holds_every_reading_and_no_formula() -> None:
    samples = [as_said({}, side)[1] for side in ("left", "right")]
    found = [{n: d.measure(s) for n, d in dimensions().items()} for s in samples]
    rows = list(csv.reader(io.StringIO(export.profiles(("=cmd()", "right"), found).decode("utf-8-sig"))))
    assert len(rows) == 1 + sum(len(readings) for profile in found for readings in profile.values())
    assert rows[1][0] == "'=cmd()"


@pytest.mark.parametrize("name", dimensions())
def test_the_code_of_a_dimension_runs_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / "alone.py").write_text(source(name))
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "alone.py"], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) >= 1
