"""The view "numbers" of the Unified page: every number of one tiny model, forward, backward, and one step; play and step."""

import streamlit as st

from components.learn.tiny_samples import SAMPLES, tiny
from components.learn.unfolding import HIDDEN, KINDS, RATES, refused, shapes
from components.ui.house import theme
from components.ui.links import choice, select
from components.ui.unified_numbers_asked import Asked
from components.ui.unified_numbers_below import below
from components.ui.unified_numbers_stage import stage
from components.ui.unified_numbers_words import FEEDS, PACES, formula

FIRST = {"picture": "cnn", "review": "rnn", "points": "deep sets", "molecule": "gcn"}


def view() -> None:
    """Controls, stage, formula, and what is below."""
    asked = controls()
    stage(asked)
    sample = tiny(asked.sample)[1]
    wide = shapes(asked.kind, sample)["W"][0]
    rows = {"mlp": 1, "cnn": 4 if sample.picture else 3}.get(asked.kind, len(sample.x))
    st.latex(formula(asked.kind, theme(), HIDDEN, wide, rows))
    below(asked)


def controls() -> Asked:
    """Sample, model, rate, which sample a step uses, pace."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = select("Sample", list(SAMPLES), "tinysample", 178, show=SAMPLES.__getitem__)
        sample = tiny(name)[0]
        fits = {kind: title for kind, title in KINDS.items() if not refused(kind, sample)}
        others = [refused(kind, sample) for kind in KINDS if kind not in fits]
        kind = choice("Model", fits, FIRST[name], "tinymodel", "Not here: " + "; ".join(others) + "." if others else None)
        feed = select("A step uses", list(FEEDS), "numfeed", 155, show=FEEDS.__getitem__)
        rate = float(select("Rate η", [f"{r:g}" for r in RATES], "numrate", 95, default="0.3"))
        pace = select("Play", list(PACES), "numpace", 155, show=PACES.__getitem__)
    return Asked(name, kind, rate, feed == "turns", pace)
