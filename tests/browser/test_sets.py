"""The Sets page in a real browser: deep links, live training, and every other control alive meanwhile."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import finished

PROGRESS = "[data-testid=stProgress]"


def chart(page: Page, name: str) -> Locator:
    """The node of the chart whose description begins like this."""
    node = page.locator(".house-chart", has=page.locator(f'svg[role="img"][aria-label^="{name}"]'))
    expect(node).to_be_visible(timeout=60_000)
    return node


def toggle(page: Page, number: int) -> Locator:
    """The toggles of the page in their order: share, pool."""
    return page.get_by_test_id("stCheckbox").nth(number)


def test_a_deep_link_into_a_cold_server_opens_what_it_says(page: Page, serve: Callable[..., str]):
    page.goto(f"{serve('app.py')}/sets?share=false&task=any0&k=3")
    chart(page, "Learning curves")
    finished(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(toggle(page, 0).locator("input")).not_to_be_checked()
    expect(toggle(page, 1).locator("input")).to_be_checked()
    expect(page.get_by_text("Predict first")).to_be_visible()


def test_every_change_is_in_the_address(page: Page, app: str):
    page.goto(f"{app}/sets")
    chart(page, "Learning curves")
    finished(page)
    toggle(page, 0).click()
    page.get_by_role("radio", name="The largest number").click()
    expect(page).to_have_url(f"{app}/sets?share=false&task=maximum")
    page.reload()
    expect(toggle(page, 0).locator("input")).not_to_be_checked(timeout=30_000)
    toggle(page, 0).click()
    page.get_by_role("radio", name="Which team?").click()
    expect(page).to_have_url(f"{app}/sets")


def test_back_is_undo(page: Page, app: str):
    page.goto(f"{app}/sets")
    chart(page, "Learning curves")
    finished(page)
    toggle(page, 0).click()
    expect(page).to_have_url(f"{app}/sets?share=false")
    page.get_by_role("radio", name="Is there a zero?").click()
    expect(page).to_have_url(f"{app}/sets?share=false&task=any0")
    page.go_back()
    expect(page.get_by_role("radio", name="Which team?")).to_be_checked()
    expect(toggle(page, 0).locator("input")).not_to_be_checked()
    page.go_back()
    expect(toggle(page, 0).locator("input")).to_be_checked()
    expect(page).to_have_url(f"{app}/sets")
    page.go_forward()
    expect(toggle(page, 0).locator("input")).not_to_be_checked()


def test_training_streams_while_the_other_controls_stay_alive(page: Page, app: str, errors: list[str]):
    page.goto(f"{app}/sets?k=2")
    node = chart(page, "Learning curves")
    finished(page)
    node.evaluate("n => { n.mark = 1; n.drawn = 0; n.on('plotly_afterplot', () => n.drawn++); }")
    page.get_by_role("button", name="Train these 160 models live").click()
    expect(page.locator(PROGRESS)).to_contain_text("step", timeout=30_000)
    finished(page)
    toggle(page, 0).click()  # while it runs
    expect(page.get_by_text("2 separate φ")).to_be_visible()
    expect(page).to_have_url(f"{app}/sets?k=2&share=false")
    expect(page.get_by_text("step 300 of 300")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("Live: 160 models trained here").first).to_be_visible()
    assert node.evaluate("n => n.mark") == 1
    assert node.evaluate("n => n.drawn") >= 4
    assert [e for e in errors if "Failed to load" not in e and "page that you have requested" not in e] == []


def test_pause_step_reset_and_stop(page: Page, app: str):
    page.goto(f"{app}/sets?task=club&k=6")  # long enough to be caught
    chart(page, "Learning curves")
    finished(page)
    page.get_by_role("button", name="Train these 160 models live").click()
    expect(page.locator(PROGRESS)).to_contain_text("step", timeout=30_000)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("held")).to_be_visible()
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.locator(PROGRESS)).to_contain_text("step 0 of 2000, held")
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.locator(PROGRESS)).to_contain_text("step 15 of 2000, held")
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("held")).to_have_count(0)
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Train again")).to_be_visible()


def test_a_clicked_tile_names_what_it_cannot_be_told_from(page: Page, app: str):
    page.goto(f"{app}/sets?show=forgets&collide=max")
    tiles = chart(page, "7 groups of multisets")
    finished(page)
    tiles.scroll_into_view_if_needed()
    box, at = tiles.bounding_box(), tiles.evaluate(
        """n => { const { xaxis, yaxis } = n._fullLayout, d = n.data[0], i = d.text.indexOf("ab");
                  return [xaxis._offset + xaxis.l2p(d.x[i]), yaxis._offset + yaxis.l2p(d.y[i])]; }"""
    )  # fmt: skip
    assert box is not None
    page.mouse.move(box["x"] + at[0], box["y"] + at[1])
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    expect(page.get_by_text("No network after this pooling can tell")).to_be_visible()
