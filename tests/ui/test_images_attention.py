"""The vision transformer's view as a learner meets it: every control, bad links, any picture, code that runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.ui.images_attention_closer import PARTS
from components.ui.images_attention_code import source

ROOT = Path(__file__).parents[2]
PAGE = str(ROOT / "pages" / "3_models" / "2_images.py")


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["view"] = "attention"
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def reads(page: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in page.metric}


def test_it_opens_with_recorded_numbers():
    page = visit()
    assert not page.exception
    found = reads(page)
    assert len(found) == 4
    assert float(found["Transformer, right"].split()[0]) > 0.93
    assert float(found["Convolution, right"].split()[0]) > float(found["Transformer, right"].split()[0])
    assert any("Recorded" in c.value for c in page.caption)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "setting", [{}, {"patchsize": "4", "positions": "false", "rollout": "true", "query": "49", "block": "3"}]
)
def test_every_closer_look_opens(part, setting):
    page = visit(vitcloser=part, **setting)
    assert not page.exception
    assert page.segmented_control(key="vitcloser").value == part


@pytest.mark.parametrize("query", [
    {"patchsize": "5", "vitdigits": "1e9", "positions": "maybe", "head": "9", "block": "-1", "query": "50"},
        {"vitcloser": "<script>"},
    {"query": "49"}, {"picture": "nothing", "vitcloser": "shuffled", "vitshuffle": "100000000000"},
])  # fmt: skip
def test_bad_links_fall_back(query):
    page = visit(**query)
    assert not page.exception
    assert "query" not in page.query_params


@pytest.mark.parametrize("picture", ["cat", "camera", "digit-3"])
def test_any_picture_is_answered_honestly(picture):
    page = visit(picture=picture)
    assert not page.exception
    assert any("know only digits" in c.value for c in page.caption) == (not picture.startswith("digit"))


def test_a_smaller_grid_forgets_a_query_it_does_not_have():
    page = visit(patchsize="4", query="40")
    assert page.query_params["query"] == ["40"] or page.query_params["query"] == "40"
    page.segmented_control(key="patchsize").set_value("7").run()
    assert not page.exception
    assert "query" not in page.query_params


def test_positions_decide_whether_shuffling_matters():
    said = {p: " ".join(m.value for m in visit(vitcloser="shuffled", positions=p).markdown) for p in ("true", "false")}
    assert "the places matter" in said["true"]
    assert "nothing but rounding" in said["false"]


def test_a_guess_is_compared_and_the_question_answered():
    page = visit(vitcloser="predict")
    page.segmented_control(key="vit-guess").set_value("both alike").run()
    assert any("Measured" in m.value for m in page.markdown)
    page = visit(vitcloser="check")
    page.radio(key="vit-check").set_value("Rollout on").run()
    assert page.warning
    page.radio(key="vit-check").set_value("Positions off").run()
    assert page.success


def test_the_file_runs_alone(tmp_path):
    file = tmp_path / "vision_transformer.py"
    file.write_text(source(100, 7, True, steps=10))
    shutil.copy(ROOT / "pretrained" / "data" / "mnist.npz", tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", file.name], cwd=tmp_path, capture_output=True, text=True, timeout=120, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    assert "step 10 cnn" in done.stdout
