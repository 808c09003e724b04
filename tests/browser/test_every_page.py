"""Every page in a real browser: nothing broken, nothing too wide for a phone, and accessible in light and dark."""

import itertools
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from components.ui import graphs_words, images_words, sequences_words, unified_words
from tests.browser.conftest import ROOT, finished

PAGES = sorted(re.sub(r"^\d+_", "", file.stem) for file in Path(ROOT, "pages").glob("*/*.py"))
OWN = ("color-contrast", "image-alt", "svg-img-alt", "aria-hidden-focus", "label", "link-name", "nested-interactive")
"""Rules on which the house decides; Streamlit's own frame is not ours to judge."""


WORDS = (("images", images_words), ("sequences", sequences_words), ("graphs", graphs_words), ("unified", unified_words))
VIEWS = [
    f"{page}?view={view}"
    for page, words in WORDS
    for view in list(words.VIEWS)[1:]  # the first is the page itself
]


@pytest.mark.parametrize(
    ("name", "scheme"),
    [*itertools.product(PAGES, ("light", "dark")), *((view, ("light", "dark")[i % 2]) for i, view in enumerate(VIEWS))],
)
def test_page(browser: Browser, app: str, name: str, scheme: str):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(app if name == "home" else f"{app}/{name}")
    page.locator(".house-chart .main-svg").first.wait_for(timeout=60_000)
    finished(page)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    found = Axe().run(page, options={"runOnly": {"type": "rule", "values": list(OWN)}}).response["violations"]
    serious = {v["id"]: [n["html"][:160] for n in v["nodes"]] for v in found}
    assert serious == {}
    assert broken == []
    context.close()
