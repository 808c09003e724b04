"""The lecture's two outlines, and which page shows each topic."""

import streamlit as st

from components.catalogue import discover
from components.ui.house import PAGES, files, page_names

Topic = tuple[str, str, tuple[str, ...]]
OUTLINE: dict[str, tuple[Topic, ...]] = {
    "Data and heterogeneity": (
        ("Seven modalities", "pixels, words, waves, points", ("modality",)),
        ("Modality profile", "six measured qualities", ("profile",)),
        ("Learning paradigms", "with labels, without, by people", ("paradigms",)),
        ("Generalisation", "what matters is future data", ("generalisation", "data")),
    ),
    "How to model": (
        ("All architectures in one view", "represent, then aggregate", ("unified",)),
        ("Sequences", "one map for all steps", ("sequences",)),
        ("Images", "one filter for all places", ("images",)),
        ("Sets and graphs", "no order, fewer samples", ("sets", "graphs")),
    ),
}
MODALITIES = ("vision", "language", "audio", "sensor", "table", "graph", "set")
ICONS = {
    "vision": "image",
    "language": "notes",
    "audio": "graphic_eq",
    "sensor": "sensors",
    "table": "table_chart",
    "graph": "hub",
    "set": "scatter_plot",
}


def link(page: str, label: str, query: dict[str, str] | None = None, icon: str | None = None, tip: str | None = None) -> None:
    """A link to a page by its address."""
    file = next(f for f in files() if f.stem.split("_", 1)[-1] == page)
    st.page_link(file, label=label, query_params=query or {}, icon=icon, help=tip)


def slides_only(label: str, icon: str, tip: str = "") -> None:
    """A topic of the lecture that has no page: the same place in the map, not a link."""
    home = PAGES / "0_start" / "1_home.py"
    st.page_link(home, label=label, icon=icon, disabled=True, help=f"{tip} On the slides only.".strip())


def outline() -> None:
    """Both lectures, topic by topic; a topic with pages is a link to them."""
    known = page_names()
    for lecture, topics in OUTLINE.items():
        with st.container(border=True, gap=None):
            st.markdown(f"**{lecture}**")
            for number, (title, sentence, pages) in enumerate(topics, 1):
                icon = f":material/counter_{number}:"
                here = [page for page in pages if page in known]
                for page in here:
                    name = title if len(here) == 1 else page.capitalize()
                    link(page, f"**{name}** · {sentence}", icon=icon)
                if not here:
                    slides_only(f"{title} · {sentence}", icon)


def modalities() -> None:
    """The seven modalities of the lecture in a row; those the catalogue has are links."""
    found = discover("modalities", "MODALITY")
    with st.container(horizontal=True, gap="small"):
        for name in dict.fromkeys((*MODALITIES, *found)):
            icon = f":material/{ICONS.get(name, 'category')}:"
            if name in found:
                link("modality", f"**{found[name].title}**", {"modality": name}, icon, found[name].sentence)
            else:
                slides_only(name.capitalize(), icon)
