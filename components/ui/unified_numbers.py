"""The view "numbers" of the Unified page: every number of one tiny model, forward, backward, and one step; play and step."""

import streamlit as st

from components.learn.tiny_samples import SAMPLES, tiny
from components.learn.unfolding import HIDDEN, KINDS, RATES, refused, shapes
from components.ui.house import theme
from components.ui.links import choice, pick
from components.ui.unified_numbers_below import below
from components.ui.unified_numbers_stage import Asked, stage
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
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        name = choice("Sample", SAMPLES, "picture", "tinysample")
        sample = tiny(name)[0]
        fits = {kind: title for kind, title in KINDS.items() if not refused(kind, sample)}
        others = [refused(kind, sample) for kind in KINDS if kind not in fits]
        kind = choice("Model", fits, FIRST[name], "tinymodel", "Not here: " + "; ".join(others) + "." if others else None)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        pace = choice("Play", PACES, "blocks", "numpace")
        feed = choice("A step uses", FEEDS, "turns", "numfeed", "Stochastic gradient descent: one sample a step.")
        with st.container(width=260):
            rate = pick("Rate η", RATES, 0.3, "numrate", lambda r: f"{r:g}")
    return Asked(name, kind, rate, feed == "turns", pace)
