"""The half "Order": the same words in another order, through eight models that learnt a question which only the order answers."""

import json
from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.order_bars import order_bars
from components.figures.scale import SCALES
from components.learn.order_models import MODELS, recorded, shuffled_chance
from components.tasks.texts import LONGEST
from components.tasks.words import split
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.links import number, select
from components.ui.sequences_text import chosen_sentence
from components.ui.upload import plain

OWN = "your sentence, shuffled"
PAIRS = {
    "man bites dog": ("dog bites man", "man bites dog"),
    "not good, it is bad": ("it is not good , it is bad", "it is not bad , it is good"),
    "would I only": ("i would only buy this one", "only this one would i buy"),
    "it works, I hate it": ("it works but i hate it", "i hate it but it works"),
}
DEFAULT = "i bought this camera for my wife and she loves it"


def order_view() -> None:
    """A pair of orders, what all eight say to both, and how often shuffling changes an answer."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        pair = select("Same words, two orders", [OWN, *PAIRS], "pair", 260)
        seed = number("Shuffle", 1, 99, 1, "mix") if pair == OWN else 1
    if pair == OWN:
        words = split(chosen_sentence(DEFAULT)) or split(DEFAULT)
        if len(words) > LONGEST:
            st.caption(f":material/content_cut: The models read the first {LONGEST} words; yours are {len(words):,}.")
        one = words[:LONGEST]
        other = tuple(np.random.default_rng(seed).permutation(np.array(one, object)).tolist())
    else:
        one, other = (tuple(split(text)) for text in PAIRS[pair])
    left, right = st.columns([0.58, 0.42], gap="large")
    with left:
        chart(said_picture(one, other, theme().name), "order")
    with right:
        st.markdown(f"As typed: **{plain(' '.join(one))}**")
        st.markdown(f"The other order: **{plain(' '.join(other))}**")
        st.latex(r"\text{a bag:}\quad f(x_{\pi(1)},\dots,x_{\pi(n)})=f(x_1,\dots,x_n)")
        table()
    about = json.loads(str(recorded()["about"]))
    st.caption(
        f"Recorded {about['date']} on {about['machine']}: each model learnt from 4,096 rated reviews and tweets, half of them "
        "shuffled, whether a text is as written. Accuracy on 1,000 others; changed answers on 300."
    )
    question()


@lru_cache(maxsize=128)
def said_picture(one: tuple[str, ...], other: tuple[str, ...], colours: str) -> Picture:
    """What all eight say to both orders."""
    p = [shuffled_chance(name, [one, other]) for name in MODELS]
    figure = order_bars(MODELS, [float(a[0]) for a in p], [float(a[1]) for a in p], scale=SCALES[colours], height=400)
    moved = ", ".join(name for name, a in zip(MODELS, p, strict=True) if abs(a[0] - a[1]) >= 1e-5)
    return picture(figure, "order", height=400, alt=f"Models whose answer depends on the order: {moved or 'none'}")


def table() -> None:
    """How good each model is at the question, and how often its answer changes with the order; recorded."""
    rows = [
        {
            "model": name,
            "accuracy": float(recorded()[f"{name}/accuracy"]),
            "changed": float(recorded()[f"{name}/changed"][0]),
            "by up to": float(recorded()[f"{name}/changed"][1]),
        }
        for name in MODELS
    ]
    percent = {name: st.column_config.NumberColumn(format="percent") for name in ("accuracy", "changed")}
    exact = {"by up to": st.column_config.NumberColumn(format="%.1e", help="of the probability, over 300 texts")}
    st.dataframe(rows, hide_index=True, column_config=percent | exact, height=36 * 9 + 4)


def question() -> None:
    """One question; the table answers it."""
    options = ["attention sees it all the same", "it cannot: without positions attention is a bag", "it needs more training"]
    answer = st.radio(
        "Can attention without positions learn whether a text was shuffled?", options, index=None, key="order-check"
    )
    if answer:
        right = float(recorded()["attention, no positions/accuracy"])
        said = f"Measured: right in {right:.0%} of the texts, which is guessing; its answer changes for no text at all."
        (st.success if answer == options[1] else st.warning)(said)
