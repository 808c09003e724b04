"""The view "The filter" as a learner meets it: every filter, both dimensions, the player, odd pictures, bad links, its code."""

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from components.modalities.pictures import picture
from components.ui.images_filter_below import source
from components.ui.images_filter_kernel import held, learned, named, titles
from components.ui.images_filter_setting import Setting, separate

PAGE = str(Path(__file__).parents[2] / "pages" / "3_models" / "2_images.py")


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in ({"view": "filter"} | query).items():
        page.query_params[name] = value
    return page.run()


def numbers(page: AppTest) -> dict[str, str]:
    assert not page.exception
    return {m.label: m.value for m in page.metric}


def test_a_signal_comes_first_then_a_picture():
    page = visit()
    assert numbers(page)["Outputs"] == "9"
    assert numbers(page)["Weights"] == "4"
    page.segmented_control(key="dim").set_value("2").run()
    assert numbers(page)["Output size"] == "8 × 8"
    assert numbers(page)["Weights"] == "10"
    assert numbers(page)["Multiplications"] == "576"


def test_separate_filters_count_for_every_place_and_lose_the_shift():
    shared, own = numbers(visit()), numbers(visit(ownfilter="true"))
    assert own["Weights"] == "36"
    assert shared["Largest difference"] == "0, exactly"
    assert own["Largest difference"] != "0, exactly"
    assert numbers(visit(fstride="2", fshift="3"))["Largest difference"] != "0, exactly"
    assert numbers(visit(fstride="3", fshift="3", fpad="same"))["Largest difference"] == "0, exactly"


@pytest.mark.parametrize("name", [n for n in titles(2) if n not in ("learned-2", "learned-4", "learned-5", "learned-6")])
def test_every_filter_opens(name):
    page = visit(dim="2", fkernel=name, fpad="same", picture="mnist-5")
    assert numbers(page)["Output size"] == "10 × 10"
    assert page.selectbox(key="fkernel").value == name


@pytest.mark.parametrize("signal", ["row", "voice", "watch"])
def test_every_signal_opens_with_its_source(signal):
    page = visit(signal=signal, fsize="5", fstride="2")
    assert numbers(page)["Outputs"] == "4"
    assert any(w in c.value for c in page.caption for w in ("scikit-image", "Asterisk", "seglearn"))


def test_the_player_steps_fills_and_is_a_link():
    page = visit(dim="2", at="5")
    assert any("place **6** of 64" in m.value for m in page.markdown)
    page.button(key="at-N").click().run()
    assert page.query_params["at"] == "6"
    page.button(key="at-E").click().run()
    assert page.query_params["at"] == "63"
    assert page.button(key="at-N").disabled
    page.button(key="at-P").click().run()
    assert page.session_state["at-playing"]
    assert page.session_state["at"] == 0
    page.button(key="at-P").click().run()
    assert not page.session_state["at-playing"]
    page.segmented_control(key="fstride").set_value("3").run()
    assert not page.exception
    assert page.session_state["at"] < 9


def test_the_numbers_of_a_link_are_the_filter():
    page = visit(dim="2", fkernel="own", fcells="0,0,0,0,2,0,0,0,0,0.5", picture="digit-3", at="0")
    assert numbers(page)["Weights"] == "10"
    assert page.query_params["fcells"] == "0,0,0,0,2,0,0,0,0,0.5"
    identity = float(numbers(visit(dim="2", fkernel="identity", picture="digit-3", at="0"))["The value here"])
    assert float(numbers(page)["The value here"]) == pytest.approx(2 * identity + 0.5, abs=0.011)


def test_typed_numbers_become_the_filter_and_impossible_ones_one_sentence(monkeypatch):
    import components.ui.images_filter_kernel as kernel

    weight = [[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]
    state = {
        "filter-table": {"weight": weight, "bias": 0.0, "version": 1},
        "filter-cells-1": {"edited_rows": {0: {"w3": -2.5}}},
        "filter-bias-1": 0.25,
    }
    monkeypatch.setattr(kernel.st, "session_state", state)
    found = held()
    assert found is not None
    assert (found[0][0, 2], found[1]) == (-2.5, 0.25)
    kernel.changed()
    assert state["fkernel"] == "own"
    assert state["fcells"] == "0,0,-2.5,0,1,0,0,0,0,0.25"
    state["filter-cells-1"] = {"edited_rows": {0: {"w3": None}}}
    kernel.changed()
    assert "needs a number" in str(state["filter-refused"])
    assert state["fcells"] == "0,0,-2.5,0,1,0,0,0,0,0.25"


def test_time_moves_the_player_on_until_the_end(monkeypatch):
    import components.ui.player as player

    state, now = {"at": 1, "at-moved": 100.0}, [100.1]
    monkeypatch.setattr(player.st, "session_state", state)
    monkeypatch.setattr(player.time, "monotonic", lambda: now[0])
    assert not player.advance("at", 4, 3.0)
    assert state["at"] == 1  # too soon
    now[0] = 100.3
    assert not player.advance("at", 4, 3.0)
    assert state["at"] == 2
    now[0] = 109.0
    assert player.advance("at", 4, 3.0)  # one step only, however late
    assert (state["at"], player.advance("at", 40, 3.0)) == (3, False)
    now[0] = 119.0
    assert not player.advance("at", 40, 15.0, 8)
    assert state["at"] == 11


@pytest.mark.parametrize("shape", [(1, 1, 1), (512, 1, 3), (1, 512, 1), (2, 3, 3)])
@pytest.mark.parametrize("dim", ["1", "2"])
def test_odd_pictures_work_or_are_refused_in_a_sentence(shape, dim, monkeypatch):
    sample = picture(np.random.default_rng(0).random(shape).astype(np.float32), "Odd")
    monkeypatch.setattr("components.ui.images_filter.chosen_picture", lambda: sample)
    for pad, stride in (("none", "1"), ("same", "3")):
        page = visit(dim=dim, fpad=pad, fstride=stride)
        assert not page.exception
        assert page.metric or "does not fit" in page.info[0].value
        assert page.metric or pad == "none"


def test_bad_links_change_nothing():
    for bad in ("-1", "1e9", "<script>", "9" * 4000, "learned-99", "learned-x"):
        page = visit(dim=bad, fkernel=bad, fsize=bad, fpad=bad, fstride=bad, at=bad, piece=bad, cut=bad, fcells=bad, fshift=bad,
                     signal=bad, flook=bad, fpace=bad)  # fmt: skip
        assert numbers(page)["Outputs"] == "9"


def test_the_guess_is_compared_with_what_was_measured():
    page = visit(flook="guess")
    page.button_group(key="filter-guess").set_value(["edge_vertical", "laplacian"]).run()
    assert "add up to 0" in page.success[0].value
    page.button_group(key="filter-guess").set_value(["blur"]).run()
    assert "answers 0.60" in page.warning[0].value


def test_the_question_is_answered_by_the_controls():
    assert "11 cells go in, 9 come out" in visit(flook="check").info[0].value
    assert "takes every second" in visit(flook="check", fpad="same", fstride="2", dim="2").success[0].value


def test_the_filters_were_learnt():
    assert learned().accuracy > 0.94
    assert learned().weight.shape == (8, 5, 5)
    assert named("learned-3", 2, 5).weight.shape == (5, 5)


@pytest.mark.parametrize("dim", [1, 2, 0])
def test_the_code_that_ran_runs_alone(dim, tmp_path):
    x = np.random.default_rng(0).random((10, 10))
    if dim == 2:
        setting = Setting(2, x, "", (0, 0), x, named("sharpen", 2, 3).weight, None, 0.5, 1, 2, False)
    else:
        own = None if dim else separate(np.ones(3), 0, 8, 1)
        setting = Setting(1, x[0], "", (0,), x[0], np.ones(3), own, 0.0, 0, 1, False)
    file = tmp_path / "filter.py"
    file.write_text(source(setting))
    ran = subprocess.run([sys.executable, file], capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert ran.returncode == 0, ran.stderr
    first = float(setting.outputs().ravel()[0])
    assert f"{first:.2f}" in ran.stdout
    assert "weights: 24" in ran.stdout if dim == 0 else float(ran.stdout.rsplit(":", 1)[1]) < 1e-5


def test_a_bundled_picture_chosen_after_an_upload_is_the_one_that_is_shown():
    page = visit()
    before = numbers(page)["The value here"]
    out = io.BytesIO()
    Image.new("L", (40, 40), 128).save(out, "PNG")
    page.file_uploader[0].set_value(("own.png", out.getvalue(), "image/png"))
    page.run()
    assert numbers(page)["The value here"] == "0"
    page.selectbox(key="picture").set_value("coffee").run()
    assert numbers(page)["The value here"] not in ("0", before)
