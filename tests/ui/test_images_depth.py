"""The view "Depth" as a learner meets it: three networks, every closer look, odd pictures, bad links, its code."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.learn.piles import Pile, entered
from components.modalities.pictures import picture
from components.modalities.vision import photograph
from components.ui.images_depth_closer import alike_row, shrunk
from components.ui.images_depth_code import source

PAGE = str(Path(__file__).parents[2] / "pages" / "3_models" / "2_images.py")


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in ({"view": "depth"} | query).items():
        page.query_params[name] = value
    return page.run()


def numbers(page: AppTest) -> dict[str, str]:
    assert not page.exception
    return {m.label: m.value for m in page.metric}


def test_lite_comes_first_and_the_layer_is_a_link():
    assert numbers(visit())["Could see, does see"].startswith("67 px")
    found = numbers(visit(deep="block16"))
    assert found["Places left"] == "49"
    assert found["Numbers left"] == "15,680"
    assert found["Could see, does see"].startswith("851 px")
    assert numbers(visit(probetask="digits"))["Linear reader"] != numbers(visit())["Linear reader"]


def test_the_small_network_gets_a_digit_and_its_own_layers():
    page = visit(pile="small")
    assert page.selectbox(key="picture").value == "mnist-5"
    assert numbers(page)["Could see, does see"].startswith("20 px")
    assert numbers(page)["Numbers left"] == "1,568"
    page.button_group(key="pile").set_value("efficientnet").run()
    assert page.selectbox(key="picture").value == "cat"
    assert numbers(page)["Places left"] == "784"


def test_the_question_is_answered_by_moving_the_depth():
    page = visit(pile="own", depthlook="check")
    assert "8 layers" in page.info[0].value
    assert "Fewer." in page.info[0].value
    page.select_slider(key="depthlayers").set_value(7).run()
    assert "1 + 7 · 2 = 15" in page.success[0].value
    page.selectbox(key="between").set_value("stride").run()
    assert numbers(page)["Could see, does see"].startswith("255 px")
    assert numbers(visit(pile="own", between="stride", depthlayers="3"))["Could see, does see"].startswith("15 px")


@pytest.mark.parametrize("between", ["stride", "max", "mean"])
def test_the_deepest_network_of_ones_own_opens(between):
    found = numbers(visit(pile="own", between=between, depthlayers="8", kernelsize="7"))
    assert found["Places left"] == "1"
    assert found["Step of a cell"] == "128 px"


@pytest.mark.parametrize("look", ["pooling", "alike", "fields", "guess", "check", "code"])
@pytest.mark.parametrize("pile", ["own", "small", "efficientnet"])
def test_every_closer_look_opens(look, pile):
    assert numbers(visit(pile=pile, depthlook=look, poolside="4", poolkeep="mean", summaryview="strongest"))


def test_pooling_says_what_it_keeps():
    page = visit(depthlook="pooling", pile="small", poolside="4", poolshift="0")
    found = numbers(page)
    assert found["Numbers kept"] == "1 of 16"
    assert found["A shift by 0 changes"] == "0 % → 0 %"


def test_the_guess_is_compared_with_what_was_measured():
    page = visit(depthlook="guess")
    page.button_group(key="depth-guess").set_value("pixels").run()
    assert "the pixels 0.8" in page.warning[0].value
    for told in ("conv3", "logits"):
        page.button_group(key="depth-guess").set_value(told).run()
        assert "within twice the error" in page.success[0].value
    page.button_group(key="depth-guess").set_value("pool").run()
    assert "With random weights" in page.success[0].value


def test_only_the_picture_itself_is_left_out_of_its_neighbours():
    seen = entered(Pile("efficientnet"), "rocket", photograph("rocket")["raw"])
    words = [t for half in (0, 1) for t in alike_row(seen, "pixels", half, "light").figure.data[-1].text]
    assert len(words) == 8
    assert words[0].startswith("rocket, upper left: similarity 1.00")
    assert not any(w.startswith("rocket, whole") for w in words)


@pytest.mark.parametrize("shape", [(1, 1, 1), (512, 1, 3), (1, 512, 1)])
@pytest.mark.parametrize("pile", ["own", "small", "efficientnet"])
def test_odd_pictures_work(shape, pile, monkeypatch):
    sample = picture(np.random.default_rng(0).random(shape).astype(np.float32), "Odd")
    monkeypatch.setattr("components.ui.images_depth.chosen_picture", lambda default: sample)
    for look in ("pooling", "alike"):
        assert numbers(visit(pile=pile, depthlook=look, spotat="999.0"))


def test_bad_links_change_nothing():
    for bad in ("-1", "1e9", "<script>", "9" * 4000, "block17", "5.", "1000.1"):
        page = visit(pile=bad, deep=bad, kernelsize=bad, between=bad, depthlayers=bad, spotat=bad, probetask=bad, summaryview=bad,
                     depthlook=bad, poolside=bad, poolkeep=bad, poolshift=bad)  # fmt: skip
        assert numbers(page)["Could see, does see"].startswith("67 px")


def test_a_picture_is_shrunk_by_its_means():
    assert shrunk(np.full((128, 128, 3), 0.25, np.float32)).shape == (32, 32)
    assert np.allclose(shrunk(np.full((128, 128, 3), 0.25, np.float32)), 0.25)
    assert shrunk(np.zeros((28, 28, 1), np.float32)).shape == (28, 28)


@pytest.mark.parametrize(("pile", "layer"), [(Pile("own", 3, "max"), "layer4"), (Pile("efficientnet"), "block5")])
def test_the_code_that_ran_runs_alone(pile, layer, tmp_path):
    file = tmp_path / "depth.py"
    file.write_text(source(pile, layer))
    ran = subprocess.run([sys.executable, file], capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "does see:" in ran.stdout
    assert "max of 2 x 2: [[5.0, 7.0], [13.0, 15.0]]" in ran.stdout
    assert {"layer4": "sees 38 pixels", "block5": "sees 67 pixels"}[layer] in ran.stdout
