"""The view "Samples needed" of the Images page as a learner meets it."""

from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.learn.picture_summary import PictureSummary, recorded_frame
from components.learn.picture_sweep import PictureRequest
from components.measure.sample_complexity import Factor
from components.ui.images_samples_stage import compared, source

PAGE = str(Path(__file__).parents[2] / "pages" / "3_models" / "2_images.py")
TIMES = "Times the convolution's samples"
FACTOR = Factor(4.0, 3.0, 5.0)


def told(
    request: PictureRequest, index: int, repetitions: int, reference: float = 100.0, over: bool = True
) -> tuple[str, str | None, str]:
    summary = PictureSummary(reference, (100.0, 400.0, 400.0, 400.0), (FACTOR,) * 4, ("4.0×",) * 4)
    return compared(request, summary, index, "400", repetitions, over)


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


def test_an_interval_needs_repetitions() -> None:
    assert told(PictureRequest(), 1, 5)[:2] == ("4.0×", "95 %: 3 to 5")
    for few in (1, 2):
        ratio, interval, why = told(PictureRequest(), 1, few)
        assert (ratio, interval) == ("4.0×", None)
        assert "No interval" in why


def test_the_convolution_is_compared_with_itself_only_where_it_is_on_the_page() -> None:
    assert told(PictureRequest(), 0, 5)[:2] == ("1×", None)
    assert told(PictureRequest(local=False), 0, 5)[:2] == ("4.0×", "95 %: 3 to 5")
    assert told(PictureRequest(local=False, pool="sum"), 0, 5, float("nan"))[:2] == ("not measured", None)
    assert told(PictureRequest("anywhere"), 1, 5, float("inf"))[:2] == ("it never gets there", None)
    assert told(PictureRequest("anywhere"), 1, 5, float("inf"), over=False)[0] == "it is not there yet"


def test_faded_curves_are_named_only_where_they_are_drawn() -> None:
    kept = recorded_frame(PictureRequest())
    assert kept is not None
    frame = kept | {"step": kept["sizes"][0] * 0 + 240, "steps": kept["sizes"][0] * 0 + 240, "tested": kept["sizes"][0]}
    assert "faded curves are the recorded ones" in source(PictureRequest(), [frame])
    assert "faded curves are those of the local window" in source(PictureRequest(local=False), [frame])
    assert "faded" not in source(PictureRequest(pool="sum"), [frame])


def underway(step: int) -> None:
    from components.learn.picture_summary import recorded_frame, recorded_picture_summary
    from components.learn.picture_sweep import PictureRequest
    from components.ui.images_samples_stage import readouts

    request, never = PictureRequest(), float("inf")
    frame, summary = recorded_frame(request), recorded_picture_summary(request)
    summary = summary._replace(needed=(never,) * 4, reference=never)
    readouts(request, frame | {"step": step, "steps": 240}, summary, 0, True, True)


def test_no_number_of_samples_is_claimed_before_the_run_is_over() -> None:
    for step, says in ((4, "not there yet"), (240, "> 2048")):
        page = AppTest.from_function(underway, default_timeout=60, kwargs={"step": step}).run()
        assert not page.exception
        assert page.metric[0].value == says
