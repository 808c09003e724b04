"""What a lecturer does on the Graphs and the Unified page, in a real browser."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import finished


def opened(browser: Browser, app: str, address: str) -> Page:
    """A page of the dashboard, ready."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{app}/{address}")
    page.locator(".house-chart .main-svg").first.wait_for(timeout=60_000)
    finished(page)
    return page


FIND = """([box, name]) => {
  const gd = [...box.querySelectorAll(".js-plotly-plot"), box].find((e) => e._fullLayout);
  for (const trace of gd._fullData) {
    const i = (trace.customdata || []).indexOf(name);
    const {xaxis, yaxis} = gd._fullLayout;
    if (i >= 0) return [xaxis._offset + xaxis.l2p(trace.x[i]), yaxis._offset + yaxis.l2p(trace.y[i])];
  }
}"""
"""Where a point with such a name is drawn, from the corner of its chart."""


def test_a_click_on_a_node_asks_whom_it_hears(browser: Browser, app: str):
    page = opened(browser, app, "graphs?view=messages&net=karate&node=31")
    chart = page.locator(".house-chart").first
    at = page.evaluate(FIND, [chart.element_handle(), "n5"])
    box = chart.bounding_box()
    assert at is not None
    assert box is not None
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    page.wait_for_function("location.search.includes('node=5')")
    finished(page)
    assert page.locator("[data-testid=stException]").count() == 0
    page.get_by_role("button", name=re.compile("^Reset")).first.click()
    page.wait_for_function("location.search.includes('mstep=0')")
    page.context.close()


def test_a_composition_is_trained_and_is_a_link(browser: Browser, app: str):
    page = opened(browser, app, "unified")
    page.get_by_role("button", name=re.compile("^Train this model")).click()
    expect(page.get_by_text(re.compile(r"step \d+ of \d+"))).to_be_visible(timeout=60_000)
    expect(page.get_by_text(re.compile("computed here at"))).to_be_visible(timeout=120_000)
    assert page.locator("[data-testid=stException]").count() == 0
    page.context.close()
