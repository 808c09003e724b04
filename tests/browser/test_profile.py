"""The Profile page in a real browser: the card opens a dimension, a picture is saved, the laboratory measures live."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import finished
from tests.browser.test_modality import own


def test_the_card_opens_a_dimension_by_a_click(page: Page, serve: Callable[..., str], errors: list[str]) -> None:
    page.goto(serve("app.py") + "/profile?left=vision&right=language")
    finished(page)
    card = page.locator(".house-chart").filter(has_text="Structure").first
    expect(card.get_by_text("Structure").first).to_be_visible()
    box = card.get_by_text("Structure").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**show=structure**")
    finished(page)
    expect(page.get_by_text("what a neighbour tells").first).to_be_visible()
    assert not own(errors)


def test_the_card_is_saved_as_png_and_svg(page: Page, serve: Callable[..., str]) -> None:
    page.goto(serve("app.py") + "/profile")
    finished(page)
    card = page.locator(".house-chart").filter(has_text="Structure").first
    for kind in ("PNG", "SVG"):
        card.hover()
        with page.expect_download() as saved:
            card.locator(f"[data-title='Download as {kind}'], [aria-label='Download as {kind}']").first.click()
        assert saved.value.suggested_filename.endswith(kind.lower())


def test_the_laboratory_measures_live(page: Page, serve: Callable[..., str], errors: list[str]) -> None:
    page.goto(serve("app.py") + "/profile?show=laboratory")
    finished(page)
    expect(page.get_by_text("Recorded 20")).to_be_visible()
    page.get_by_role("button", name="Measure it live").click()
    expect(page.get_by_text("step 49 of 49")).to_be_visible(timeout=120_000)
    expect(page.get_by_text("Live: measured here")).to_be_visible()
    assert not own(errors)
