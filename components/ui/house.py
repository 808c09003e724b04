"""What every page shares: the frame around it, the theme's colours, the parts of the grammar that are only words."""

import gc
import json
import re
import threading
import time
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

import streamlit as st

from components.figures.scale import DARK, LIGHT, Scale
from components.idle import let_go
from components.ui.turns import Turns

PAGES = Path(__file__).parents[2] / "pages"
ICON = "/app/static/icon.png"  # a file: Streamlit's named icons come from the network

CSS = """
[data-testid="stMainBlockContainer"] {padding: 3.4rem 2.2rem 4rem; max-width: 1500px;}
h1 {font-size: 1.75rem !important; padding: .2rem 0 .1rem !important;}
h3 {font-size: 1.2rem !important; padding: .6rem 0 .2rem !important;}
[data-testid="stMetricValue"] {font-size: 1.55rem;}
a[data-testid="stPageLink-NavLink"][disabled] * {color: MUTED !important; font-weight: 400;}
[data-testid="stBaseButton-primary"] kbd {color: inherit; opacity: 1;}
.st-key-card-narrow {display: none;}
@media (max-width: 640px) {.st-key-card {display: none;} .st-key-card-narrow {display: flex;}}
@media (max-width: 640px) {[data-testid="stMainBlockContainer"] {padding: 3.6rem 1rem 3rem;} h1 {font-size: 1.4rem !important;}}
"""
ON_DARK = '[data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primary"] * {color: #0f141c !important}'
EMBEDDED = '[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"] {display: none}'

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


@cache
def files() -> tuple[Path, ...]:
    """All page files, in the order of the lecture."""
    return tuple(sorted(PAGES.glob("*/*.py")))


def parts() -> dict[str, list[st.Page]]:
    """The navigation, read from the folders: part title -> its pages; the page `home` opens first."""
    found: dict[str, list[st.Page]] = {}
    for file in files():
        name = re.sub(r"^\d+_", "", file.stem)
        page = st.Page(file, title=words(file.name), url_path=name, default=name == "home")
        found.setdefault(words(file.parent.name), []).append(page)
    return found


def page_names() -> set[str]:
    """The addresses of all pages, without starting any."""
    return {re.sub(r"^\d+_", "", file.stem) for file in files()}


@st.cache_resource(show_spinner=False)
def caretaker() -> threading.Thread:
    """Import what is heavy, once, under Streamlit's lock (two learners importing torch at once see half of it), and collect
    garbage now and then, off the learners' clicks (Streamlit's own collection after each is switched off); what is large and
    idle goes then, too."""
    import pandas  # noqa: F401
    import plotly.graph_objects  # noqa: F401

    import components.learn.sweep  # noqa: F401
    from components.learn.device import give_back
    from components.tasks.zero import digits

    digits()  # and with it scikit-learn
    gc.collect()
    gc.freeze()  # what is here now stays: the collector need not look at it again
    # A full collection with a hundred sessions holds everybody for half a second (measured), and the interpreter's own rule
    # asks for one every few seconds. So only young objects are collected as they come, and everything every five minutes.
    gc.set_threshold(5_000, 20, 100_000)

    def sweep() -> None:
        while True:
            time.sleep(300)
            let_go()
            gc.collect()
            give_back()

    thread = threading.Thread(target=sweep, name="caretaker", daemon=True)
    thread.start()
    return thread


@st.cache_resource(show_spinner=False)
def turns() -> Turns:
    """The line in which this server's scripts wait."""
    return Turns()


def turn() -> AbstractContextManager[None]:
    """This script's turn; a learner's first script lets those at work go first."""
    newcomer = "came" not in st.session_state
    st.session_state["came"] = True
    return turns().turn(newcomer=newcomer)


@st.cache_resource(show_spinner=False)
def first_runs() -> list[str]:
    """Holds one item until the first script run of this server has begun."""
    return ["first"]


def open_house() -> None:
    """Set up the page frame; the first call of the script."""
    st.set_page_config("Modality Lab", page_icon=ICON, layout="wide", initial_sidebar_state=250)
    css = CSS.replace("MUTED", theme().muted)
    if theme() is DARK:  # Streamlit would write white on the light blue
        css += ON_DARK
    if st.context.is_embedded:  # on a slide only the picture counts
        css += EMBEDDED
    st.html(f"<style>{css}</style>")
    if first_runs():
        first_runs().pop()
        st.html(APOLOGY % json.dumps(sorted(page_names())), unsafe_allow_javascript=True)
    caretaker()


def theme() -> Scale:
    """The colours of the theme the learner sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def claim(title: str, sentence: str, slide: str) -> None:
    """The head of a page: its name, the idea in one sentence, and where the lecture says it."""
    st.title(title, anchor=False)
    st.markdown(f"{sentence} :small[:gray[Slide: {slide}]]")
