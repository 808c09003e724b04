"""The chart keeps its node, the learner's zoom and the page's ease while frames arrive."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from streamlit.testing.v1 import AppTest

from components.figures.scale import DARK, LIGHT
from components.ui import chart
from tests.browser.conftest import finished

SCRIPT = Path(__file__).parent / "apps" / "streaming.py"
RANGE = "node => node._fullLayout.xaxis.range"


@pytest.fixture
def live(page: Page, serve: Callable[..., str], errors: list[str]) -> Locator:
    """The chart that grows, drawn and with its repaints recorded in `node.times`."""
    page.goto(streaming(serve))
    return drawn(page, "Loss")


def streaming(serve: Callable[..., str], **environment: str) -> str:
    """The address of the small test page, started once."""
    key = str(environment)
    if key not in ADDRESSES:
        ADDRESSES[key] = serve(SCRIPT, **environment)
    return ADDRESSES[key]


ADDRESSES: dict[str, str] = {}


def drawn(page: Page, name: str) -> Locator:
    """The node of the chart with this name, once its picture is there."""
    node = page.locator(".house-chart", has=page.locator(f'svg[role="img"][aria-label^="{name}"]'))
    expect(node).to_be_visible(timeout=60_000)  # the first visit to a cold server on a busy machine
    node.evaluate("node => { node.times = []; node.on('plotly_afterplot', () => node.times.push(performance.now())); }")
    return node


def repaints(node: Locator, more: int) -> None:
    """Wait for some more frames."""
    node.evaluate(
        """(node, more) => new Promise((done) => {
            const until = node.times.length + more;
            const look = () => (node.times.length >= until ? done() : setTimeout(look, 20));
            look();
        })""",
        more,
    )


def place(node: Locator, x: float, y: float) -> tuple[float, float]:
    """Where a value of the chart lies on the screen."""
    at = node.evaluate(
        """(node, [x, y]) => {
            const { xaxis, yaxis } = node._fullLayout, box = node.getBoundingClientRect();
            return [box.x + xaxis._offset + xaxis.d2p(x), box.y + yaxis._offset + yaxis.d2p(y)];
        }""",
        [x, y],
    )
    return at[0], at[1]


@pytest.mark.browser
def test_node_and_zoom_stay_while_frames_arrive_and_widgets_answer(page: Page, live: Locator, errors: list[str]) -> None:
    live.evaluate("node => { node.mark = 'the same'; }")
    live.evaluate("node => Plotly.relayout(node, {'xaxis.range': [3, 9]})")
    before = live.evaluate("node => node._fullData[0].x.length")
    repaints(live, 10)
    page.get_by_role("button", name="Count").click()
    expect(page.get_by_text("counted 1")).to_be_visible(timeout=20_000)
    page.get_by_text("Thick").click()
    expect(live.locator(".js-line")).to_have_css("stroke-width", "5px")
    repaints(live, 5)
    assert live.evaluate("node => node.mark") == "the same"
    assert live.evaluate("node => node._fullData[0].x.length") >= before + 10
    assert live.evaluate(RANGE) == [3, 9]
    assert errors == []


@pytest.mark.browser
def test_four_repaints_a_second(live: Locator) -> None:
    repaints(live, 25)
    times = live.evaluate("node => node.times")
    assert max(sum(start <= t < start + 1000 for t in times) for start in times) >= 4


@pytest.mark.browser
def test_a_slow_drag_zooms_although_frames_arrive(page: Page, live: Locator) -> None:
    (left, y), (right, _) = place(live, 4, 0.5), place(live, 9, 0.5)
    page.mouse.move(left, y)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(left + (right - left) * step / 8, y)
        page.wait_for_timeout(120)
    page.mouse.up()
    page.wait_for_timeout(300)
    zoomed = live.evaluate(RANGE)
    assert 3 < zoomed[0] < zoomed[1] < 15  # not exactly 4 to 9: the line grew while the hand moved
    repaints(live, 5)
    assert live.evaluate(RANGE) == zoomed
    page.mouse.dblclick((left + right) / 2, y)  # the whole line again
    page.wait_for_function("() => [...document.querySelectorAll('.house-chart')][0]._fullLayout.xaxis.range[1] > 20")


@pytest.mark.browser
def test_a_click_is_heard_once(page: Page, live: Locator, errors: list[str]) -> None:
    dots, cells, heard = drawn(page, "dots"), drawn(page, "cells"), page.get_by_test_id("stText")
    dots.scroll_into_view_if_needed()
    page.mouse.move(*place(dots, 2, 1))
    expect(dots.locator(".hoverlayer .hovertext")).to_be_visible()
    page.mouse.click(*place(dots, 2, 1))
    expect(heard.filter(has_text="dots")).to_have_text("dots: [(0, 1, 2, 1, 'b')]")
    cells.scroll_into_view_if_needed()
    at = cells.evaluate("node => [node._fullLayout.xaxis.d2p('r'), node._fullLayout.yaxis.d2p('u')]")
    cells.locator(".nsewdrag").click(position={"x": at[0], "y": at[1]})
    expect(heard.filter(has_text="cells")).to_have_text("cells: [(0, [0, 2], 'r', 'u', None)]")
    expect(heard.filter(has_text="dots")).to_have_text("dots: [(0, 1, 2, 1, 'b')]")
    assert errors == []


@pytest.mark.browser
def test_a_phone_shows_the_whole_chart(page: Page, live: Locator) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function("() => document.querySelector('.house-chart')._fullLayout.width < 390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert live.evaluate("node => [node.clientHeight, node._fullLayout.height]") == [420, 420]


@pytest.mark.browser
def test_charts_follow_from_light_to_dark(page: Page, live: Locator, errors: list[str]) -> None:
    for scheme, scale in (("dark", DARK), ("light", LIGHT)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function(
            "ink => [...document.querySelectorAll('.house-chart')].every(node => node._fullLayout.font.color === ink)",
            arg=scale.ink,
        )
    assert errors == []


@pytest.mark.browser
def test_the_script_is_found_under_a_base_path(page: Page, serve: Callable[..., str]) -> None:
    page.goto(streaming(serve, STREAMLIT_SERVER_BASE_URL_PATH="lab"))
    finished(page)
    drawn(page, "Loss")


def test_the_page_runs_without_a_browser() -> None:
    assert not AppTest.from_file(str(SCRIPT), default_timeout=60).run().exception


def test_a_disk_that_cannot_be_written_still_shows_a_chart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(chart, "STATIC", tmp_path / "file" / "static")
    chart.plotly_script.cache_clear()
    try:
        page = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
        assert not page.exception
        assert len(page.get("plotly_chart")) == 3
    finally:
        chart.plotly_script.cache_clear()
