"""What every page shares: the frame around it, the theme's colours, the parts of the grammar that are only words."""

import gc
import json
import re
import threading
import time
from pathlib import Path

import streamlit as st

from components.figures.scale import DARK, LIGHT, Scale

PAGES = Path(__file__).parents[2] / "pages"
ICON = Path(__file__).parents[2] / "static" / "icon.png"  # a file: Streamlit's named icons come from the network

CSS = """<style>
[data-testid="stMainBlockContainer"] {padding: 3.4rem 2.2rem 4rem; max-width: 1500px;}
h1 {font-size: 1.75rem !important; padding: .2rem 0 .1rem !important;}
h3 {font-size: 1.2rem !important; padding: .6rem 0 .2rem !important;}
[data-testid="stMetricValue"] {font-size: 1.55rem;}
@media (max-width: 640px) {[data-testid="stMainBlockContainer"] {padding: 3.6rem 1rem 3rem;} h1 {font-size: 1.4rem !important;}}
</style>"""
BARE = '<style>[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"] {display: none}</style>'

# A fresh server takes the folder pages/ for Streamlit's old navigation until app.py has run once, and greets the first visitor
# of a deep link with "Page not found" although the page then opens. Its first answer closes that greeting again.
APOLOGY = """<script>
const known = %s, until = Date.now() + 20000;
const timer = setInterval(() => {
  const box = [...document.querySelectorAll('[role="dialog"]')].find((d) => d.innerText.includes("Page not found"));
  if (box && known.includes(location.pathname.split("/").pop())) box.querySelector("button")?.click();
  if (Date.now() > until) clearInterval(timer);
}, 100);
</script>"""


def words(name: str) -> str:
    """A title from a file's or folder's name: `3_set_models.py` -> "Set models"."""
    text = re.sub(r"^\d+_", "", name.removesuffix(".py")).replace("_", " ")
    return text[:1].upper() + text[1:]


def parts() -> dict[str, list[st.Page]]:
    """The navigation, read from the folders: part title -> its pages; the page `home` opens first."""
    found: dict[str, list[st.Page]] = {}
    for file in sorted(PAGES.glob("*/*.py")):
        name = re.sub(r"^\d+_", "", file.stem)
        page = st.Page(file, title=words(file.name), url_path=name, default=name == "home")
        found.setdefault(words(file.parent.name), []).append(page)
    return found


def page_names() -> set[str]:
    """The addresses of all pages, without starting any."""
    return {re.sub(r"^\d+_", "", file.stem) for file in PAGES.glob("*/*.py")}


@st.cache_resource(show_spinner=False)
def caretaker() -> threading.Thread:
    """Import what is heavy, once, under Streamlit's lock (two learners importing torch at once see half of it), and collect
    garbage now and then, off the learners' clicks (Streamlit's own collection after each is switched off)."""
    import components.learn.sweep  # noqa: F401

    def sweep() -> None:
        while True:
            time.sleep(60)
            gc.collect()

    thread = threading.Thread(target=sweep, name="caretaker", daemon=True)
    thread.start()
    return thread


@st.cache_resource(show_spinner=False)
def first_runs() -> list[str]:
    """Holds one item until the first script run of this server has begun."""
    return ["first"]


def open_house() -> None:
    """Set up the page frame; the first call of the script."""
    st.set_page_config("Modality Lab", page_icon=str(ICON), layout="wide", initial_sidebar_state=250)
    st.html(CSS)
    if first_runs():
        first_runs().pop()
        st.html(APOLOGY % json.dumps(sorted(page_names())), unsafe_allow_javascript=True)
    if st.context.is_embedded:  # on a slide only the picture counts
        st.html(BARE)
    caretaker()


def theme() -> Scale:
    """The colours of the theme the learner sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def claim(title: str, sentence: str, slide: str) -> None:
    """The head of a page: its name, the idea in one sentence, and where the lecture says it."""
    st.title(title, anchor=False)
    st.markdown(f"{sentence} :small[:gray[Slide: {slide}]]")
