"""The Modality page in a real browser: a click marks a pixel, links carry the state, a run streams, a file is read."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import finished

DEEP = ("404", "does not seem to exist")  # Streamlit's own remarks when a server is entered by the address of a page


def own(errors: list[str]) -> list[str]:
    return [e for e in errors if not any(part in e for part in DEEP)]


def metric(page: Page, label: str) -> str:
    box = page.get_by_test_id("stMetric").filter(has_text=label).first
    return box.get_by_test_id("stMetricValue").inner_text()


def test_click_marks_an_element_and_the_link_says_so(page: Page, serve: Callable[..., str], errors: list[str]) -> None:
    page.goto(serve("app.py") + "/modality?example=digit-3&task=digit")
    finished(page)
    picture = page.locator(".house-chart").first.locator(".nsewdrag").first
    box = picture.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.31, box["y"] + box["height"] * 0.06)
    page.wait_for_url("**element=3**")
    finished(page)
    expect(page.get_by_label("Element", exact=True)).to_have_value("3")
    assert not own(errors)


def test_a_run_streams_and_its_network_answers(page: Page, serve: Callable[..., str], errors: list[str]) -> None:
    page.goto(serve("app.py") + "/modality?modality=set&samples=200&permute=2")
    finished(page)
    assert metric(page, "Numbers that changed") == "100%"
    page.get_by_role("button", name="Train it").click()
    expect(page.get_by_text("step 500 of 500")).to_be_visible(timeout=60_000)
    finished(page)
    expect(page.get_by_text("Live: trained here")).to_be_visible()
    assert metric(page, "Change of the answer") == "0"
    assert float(metric(page, "Accuracy").split("%")[0]) > 85
    assert not own(errors)


def test_a_file_is_read_and_a_bad_one_refused(page: Page, serve: Callable[..., str], errors: list[str]) -> None:
    out = io.BytesIO()
    Image.fromarray(np.full((30, 20, 3), 200, np.uint8)).save(out, "PNG")
    page.goto(serve("app.py") + "/modality")
    finished(page)
    page.get_by_role("button", name="Yours").click()
    chooser = page.get_by_test_id("stFileUploaderDropzoneInput")
    chooser.set_input_files({"name": "<img src=x onerror=alert(1)>.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(page.get_by_text("This is not a picture that can be read here").first).to_be_visible()
    assert metric(page, "Elements") == "65,536"
    chooser.set_input_files({"name": "grey.png", "mimeType": "image/png", "buffer": out.getvalue()})
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("600")
    expect(page.get_by_text("Your picture.")).to_be_visible()
    assert not own(errors)


SEVEN = ("vision", "language", "audio", "sensor", "table", "graph", "set")


@pytest.mark.parametrize("name", SEVEN)
def test_every_modality_opens_by_a_click_with_both_pictures_and_an_answer(
    page: Page, serve: Callable[..., str], errors: list[str], name: str
) -> None:
    page.goto(serve("app.py") + "/modality?modality=" + ("vision" if name != "vision" else "set"))
    finished(page)
    page.get_by_test_id("stButtonGroup").first.get_by_text(name.capitalize(), exact=True).click()
    page.wait_for_url("**modality=" + name + "**" if name != "vision" else "**/modality")
    finished(page)
    for place in (0, 1):
        expect(page.locator(".house-chart").nth(place).locator(".main-svg").first).to_be_visible()
    expect(page.get_by_text("What a network answers")).to_be_visible()
    expect(page.get_by_text("Recorded 20").first).to_be_visible()
    assert page.locator("[data-testid=stException]").count() == 0
    if name == "audio":
        expect(page.get_by_test_id("stAudio")).to_be_visible()
    if name == "table":
        expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    assert not own(errors)


def test_hovering_a_pixel_shows_its_numbers_in_the_other_picture(page: Page, serve: Callable[..., str]) -> None:
    page.goto(serve("app.py") + "/modality?example=digit-3&task=digit")
    finished(page)
    charts = page.locator(".house-chart")
    for here, there in ((0, 1), (1, 0)):
        box = charts.nth(here).locator(".nsewdrag").first.bounding_box()
        assert box
        x, y = box["x"] + box["width"] * 0.31, box["y"] + box["height"] * (0.3 if here == 0 else 0.4)
        page.mouse.move(x - 4, y)
        page.mouse.move(x, y)
        shown = charts.nth(there).locator(".hoverlayer .hovertext").first
        expect(shown).to_be_visible()
        assert "row" in (shown.text_content() or "")
        page.mouse.move(5, 5)


def test_a_table_of_ones_own_brings_its_questions(page: Page, serve: Callable[..., str], errors: list[str]) -> None:
    rng = np.random.default_rng(0)
    kinds = rng.integers(2, size=80)
    rows = [f"{k + rng.normal(0, 0.2):.3f},{rng.normal():.3f},{'=2+2' if k else 'plain'}" for k in kinds]
    page.goto(serve("app.py") + "/modality?modality=table")
    finished(page)
    page.get_by_role("button", name="Yours").click()
    chooser = page.get_by_test_id("stFileUploaderDropzoneInput")
    chooser.set_input_files(
        {"name": "own.csv", "mimeType": "text/csv", "buffer": "\n".join(["size,weight,kind", *rows]).encode()}
    )
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("80")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Train it").click()
    expect(page.get_by_text("Live: trained here")).to_be_visible(timeout=60_000)
    assert not own(errors)
