"""The Images page in a real browser: toggles and clicks reach the address, and what is trained streams."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import finished
from tests.browser.test_sets import PROGRESS, chart, toggle


def test_toggles_of_the_counter_are_in_the_address(page: Page, app: str, errors: list[str]):
    page.goto(f"{app}/images?view=weights")
    chart(page, "Weights: fully connected")
    finished(page)
    toggle(page, 0).click()
    expect(page.get_by_text("Modification 1 of the slide:")).to_be_visible()
    finished(page)
    toggle(page, 1).click()
    expect(page.get_by_text("Modification 2:")).to_be_visible()
    expect(page).to_have_url(f"{app}/images?view=weights&local=true&share=true")
    assert [e for e in errors if "Failed to load" not in e and "page that you have requested" not in e] == []


def test_a_network_learns_in_front_of_the_learner_who_changes_the_picture_meanwhile(page: Page, app: str, errors: list[str]):
    page.goto(f"{app}/images?view=train")
    page.locator(".house-chart .main-svg").first.wait_for()
    finished(page)
    page.get_by_role("button", name="Train live").click()
    expect(page.locator(PROGRESS)).to_contain_text("step", timeout=30_000)
    page.get_by_role("combobox", name="Picture", exact=True).click()
    page.get_by_role("option", name="MNIST 7").click()
    expect(page).to_have_url(f"{app}/images?view=train&picture=mnist-7")
    expect(page.get_by_text("step 600 of 600")).to_be_visible(timeout=90_000)
    assert page.locator("[data-testid=stException]").count() == 0
    assert [e for e in errors if "Failed to load" not in e and "page that you have requested" not in e] == []


def test_the_filter_plays_steps_and_ends_by_itself(page: Page, app: str):
    page.goto(f"{app}/images?view=filter&at=3")
    page.locator(".house-chart .main-svg").first.wait_for()
    finished(page)
    page.keyboard.press("n")
    expect(page.get_by_text("place 5 of 9")).to_be_visible()
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text("place 9 of 9")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
