"""The view "Samples needed" of the Images page as a learner meets it."""

from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGE = str(Path(__file__).parents[2] / "pages" / "3_models" / "2_images.py")
TIMES = "Times the convolution's samples"


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in ({"view": "samples"} | query).items():
        page.query_params[name] = value
    return page.run()


def numbers(page: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in page.metric}


@pytest.mark.parametrize("toggles", product(["true", "false"], repeat=3), ids=str)
@pytest.mark.parametrize("placed", ["aligned", "texture"])
def test_all_eight_networks_open_at_once_with_recorded_curves(toggles: tuple[str, str, str], placed: str) -> None:
    page = visit(placed=placed, **dict(zip(("local", "share", "pool"), toggles, strict=True)))
    assert not page.exception
    assert any(c.value.startswith("Recorded 20") for c in page.caption)
    assert len(page.metric) == 4


@pytest.mark.parametrize("show", ["shift", "stride", "guess", "code"])
@pytest.mark.parametrize("placed", ["anywhere", "texture"])
def test_every_closer_look_opens(show: str, placed: str) -> None:
    page = visit(samples_closer=show, placed=placed, jump="1", move="12", slide="8", instance="9")
    assert not page.exception


def test_toggles_change_the_numbers() -> None:
    page = visit()
    assert numbers(page)[TIMES] == "1×"
    page.toggle(key="share").set_value(False).run()
    page.toggle(key="local").set_value(False).run()
    page.toggle(key="pool").set_value(False).run()
    assert not page.exception
    found = numbers(page)
    assert float(found[TIMES].removesuffix("×")) > 5
    assert found["Weights to learn"] == "157,834"
    assert page.query_params["share"] == "false"


def test_where_the_convolution_fails_no_factor_is_made_up() -> None:
    found = numbers(visit(placed="anywhere", local="false"))
    assert found[TIMES] == "it never gets there"


@pytest.mark.parametrize(
    "query",
    [
        {"placed": "<script>", "jump": "3", "local": "maybe", "move": "-1", "instance": "99999999999"},
        {"samples_closer": "x" * 3000, "summary": "median", "slide": "1e9", "halving": "??", "device": "abacus"},
    ],
)
def test_bad_links_open_the_page(query: dict[str, str]) -> None:
    assert not visit(**query).exception


def test_a_setting_that_is_not_recorded_says_so() -> None:
    page = visit(summary="sum")
    assert not page.exception
    assert any("Train live" in i.value for i in page.info)


def test_moving_the_picture_changes_what_is_said() -> None:
    said = [next(m.value for m in visit(move=move).markdown if "says" in m.value) for move in ("4", "8", "6")]
    assert said[0] == said[1] != said[2]


def test_the_guess_and_the_question_are_answered() -> None:
    page = visit(samples_closer="guess")
    page.segmented_control(key="guess-anywhere").set_value("0.9").run()
    assert any("Measured: **0.50**" in m.value for m in page.markdown)
    page.radio(key="check-places").set_value("window").run()
    assert page.warning
    page.radio(key="check-places").set_value("sharing").run()
    assert page.success
