"""The view "Watch it learn" as a learner meets it: recorded, random, loaded and bad states, any picture, code that runs."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.catalogue import discover
from components.learn.watching import SHAPES, Watch, untrained
from components.learn.watching_file import packed, recorded
from components.modalities.pictures import picture
from components.ui import images_train_keep as keeping
from components.ui.images_train_said import verdict
from components.ui.images_train_seen import PLACE, entered
from components.values import BadInput

ROOT = Path(__file__).parents[2]
PAGE = str(ROOT / "pages" / "3_models" / "2_images.py")
VISION = discover("modalities", "MODALITY")["vision"]


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in ({"view": "train"} | query).items():
        page.query_params[name] = value
    return page.run()


def numbers(page: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in page.metric}


def said(page: AppTest) -> str:
    return " ".join(c.value for c in page.caption)


@pytest.mark.parametrize("data", ["mnist", "photograph"])
def test_it_opens_with_a_recorded_run_and_four_numbers(data: str) -> None:
    page = visit(data=data)
    assert not page.exception
    assert "Recorded 20" in said(page)
    assert list(numbers(page)) == ["Test accuracy", "Training accuracy", "Weights to learn", "Pictures a second"]
    assert "±" in numbers(page)["Test accuracy"]


def test_other_settings_show_random_weights_until_they_are_trained() -> None:
    page = visit(learnfrom="20", ending="concatenate", width="4", down="blur", seed="3", stage="conv3", map="48")
    assert not page.exception
    assert "Random weights, before any step" in said(page)
    assert list(numbers(page)) == ["Weights to learn"]
    assert page.query_params["width"] == "4"  # the popover is closed, and its state is kept


def test_the_slider_goes_back_in_time_and_the_run_can_be_played() -> None:
    page = visit()
    after = numbers(page)["Test accuracy"]
    page.select_slider(key="train-moment-mnist").set_value(0).run()
    assert numbers(page)["Test accuracy"] != after
    page.button(key="train-play").click().run()
    assert not page.exception
    assert page.session_state["train-playing"]


@pytest.mark.parametrize("name", ["cat", "digit-3", "mnist-7", "teacup", "camera"])
@pytest.mark.parametrize("data", ["mnist", "photograph"])
def test_any_picture_can_be_looked_at(data: str, name: str) -> None:
    page = visit(data=data, picture=name)
    assert not page.exception
    assert page.session_state["picture"] == name  # what the link says stays


def test_another_data_set_brings_a_picture_that_suits_it() -> None:
    page = visit()
    page.selectbox(key="data").set_value("photograph").run()
    assert not page.exception
    assert page.session_state["picture"] == "cat"


@pytest.mark.parametrize(
    "query",
    [
        {"data": "<script>", "learnfrom": "1e9", "rate": "-1", "ending": "..", "down": "x" * 4000},
        {"stage": "conv9", "map": "0", "patch": "99999999", "seed": "-1", "width": "1000", "trainshow": "?"},
        {"data": "photograph", "patch": "10099", "map": "48", "picture": "nobody"},
    ],
)
def test_hostile_addresses_change_nothing(query: dict[str, str]) -> None:
    assert not visit(**query).exception


@pytest.mark.parametrize("show", ["predict", "errors", "strongest", "keep"])
@pytest.mark.parametrize("query", [{}, {"data": "photograph", "stage": "conv2", "map": "12"}, {"learnfrom": "20"}])
def test_every_closer_look_opens(show: str, query: dict[str, str]) -> None:
    assert not visit(trainshow=show, **query).exception


@pytest.mark.parametrize("data", ["fashion", "cifar10"])
def test_a_data_set_that_is_not_here_is_offered(data: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MODALITY_LAB_CACHE", str(tmp_path))
    page = visit(data=data)
    assert not page.exception
    assert any("not on this machine" in i.value for i in page.info)


def raw(*shape: int) -> Any:
    return picture(np.random.default_rng(0).random(shape).astype(np.float32), "Your picture")


@pytest.mark.parametrize("data", SHAPES)
@pytest.mark.parametrize("shape", [(1, 1, 1), (512, 1, 1), (1, 512, 3), (16, 16, 3), (300, 512, 3), (512, 200, 1)])
def test_any_shape_enters_or_is_refused_in_a_sentence(data: str, shape: tuple[int, ...]) -> None:
    request, sample = Watch(data), raw(*shape)
    if data == "photograph" and min(shape[:2]) < 16:
        with pytest.raises(BadInput, match="16 × 16"):
            entered(request, sample, PLACE)
        return
    for place in (0, PLACE, 10099):
        seen = entered(request, sample, place)
        side, colours = SHAPES[data]
        assert seen.pixels.shape == (side, side, colours)
        assert seen.whole is None or max(seen.whole[0].shape[:2]) <= 128


def test_the_patch_is_the_one_that_is_framed() -> None:
    sample = VISION.examples["cat"]()
    seen = entered(Watch("photograph"), sample, PLACE)
    assert seen.whole is not None
    box = seen.whole[1]
    assert box is not None
    x0, y0 = round(box[0] * 256), round(box[1] * 256)
    assert np.array_equal(seen.pixels, sample["raw"][y0 : y0 + 16, x0 : x0 + 16])
    assert x0 >= 160  # where nothing was trained on


def test_a_guess_is_compared_with_what_was_measured() -> None:
    page = visit()
    page.session_state["guess-train-mnist"] = "50 %"
    page.run()
    assert any("Measured at step 100" in m.value for m in page.markdown)


def test_the_question_is_answered() -> None:
    page = visit()
    page.radio(key="train-check").set_value("50 % and 50 %").run()
    assert page.warning
    page.radio(key="train-check").set_value("100 % and about 50 %").run()
    assert page.success


def test_a_click_moves_the_controls() -> None:
    page = visit()
    page.session_state["train-pending"] = {"stage": "conv2", "map": 5}
    page.run()
    assert page.query_params["stage"] == "conv2"
    assert page.query_params["map"] == "5"


def test_a_loaded_model_takes_the_stage_and_its_settings_the_controls() -> None:
    request = Watch(ending="mean", width=4)
    page = visit(trainshow="keep")
    page.session_state[keeping.KEPT] = packed(request, untrained(request) | {"step": np.array(70)})
    page.session_state["train-pending"] = keeping.settings(request)
    page.run()
    assert not page.exception
    assert "The model you loaded, at step 70" in said(page)
    assert page.query_params["ending"] == "mean"
    page.button(key="train-let-go").click().run()
    assert "The model you loaded" not in said(page)


def test_what_went_wrong_is_said() -> None:
    last = dict(recorded(Watch())[-1])
    assert verdict(Watch(), [last]) == ""
    assert "Overfitting" in verdict(Watch(samples=20), [last | {"accuracy": np.array([[0.5]]), "learnt": np.array(1.0)}])
    assert "too long" in verdict(Watch(rate=0.1), [last | {"accuracy": np.array([[0.1]])}])
    broken = last | {"weights/read.bias": np.full_like(last["weights/read.bias"], np.nan)}
    assert "diverged" in verdict(Watch(rate=1.0), [broken])


@pytest.mark.parametrize("request_", [Watch("mnist", samples=100, rate=0.01, steps=20, ending="mean", seed=2)])
def test_the_code_runs_alone_and_gives_the_same_number(request_: Watch, tmp_path: Path) -> None:
    from components.learn.watching import watch

    file = tmp_path / "run.py"
    file.write_text(keeping.source(request_), "utf-8")
    for name in request_.exercise.data:
        (tmp_path / name).write_bytes((keeping.DATA / name).read_bytes())
    alone = {"PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, str(file)], cwd=tmp_path, capture_output=True, text=True, timeout=120, env=alone)
    assert done.returncode == 0, done.stderr
    found = re.findall(r"accuracy ([\d.]+)", done.stdout)
    expected = [float(f["accuracy"].item()) for f in watch(request_)]
    assert [float(a) for a in found] == pytest.approx(expected, abs=0.021)  # threads may add up in another order


def test_the_photographs_code_names_its_data() -> None:
    code = keeping.source(Watch("photograph"))
    compile(code, "run.py", "exec")
    assert "photographs.npz" in code
    assert "draw_patches" in code
