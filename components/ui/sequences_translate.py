"""The view "Translate" of the Sequences page: a decoder that looks back at the source, token by token, or cannot."""

import random

import streamlit as st

from components.ui.links import choice, from_link, switch, to_link
from components.ui.sequences_text import clean
from components.ui.sequences_translate_below import below
from components.ui.sequences_translate_live import learning, under_way
from components.ui.sequences_translate_stage import formula, stage
from components.ui.sequences_translate_words import DEFAULTS, HELD, KEPT, MOST, PAIRS, kind_of


def view() -> None:
    """Controls, a live run or the player with the recorded models, formula, and what follows."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        pairs = choice("Rewrite or translate", PAIRS, "dates", "pairs")
        aligned = switch(
            "**Attention**", True, "aligned", "Off: the decoder gets the encoder's last state and nothing else of the source."
        )
        beam = int(choice("Beam", {"1": "1", "3": "3"}, "1", "beam", "How many beginnings are kept at every step; 1 is greedy."))
        new_pairs(pairs)
        if st.button("A held-out one", icon=":material/casino:", key="held-out", help="Never seen in training."):
            draw_held(pairs)
        tokens = chosen_source(pairs)
    learning(pairs, tokens)
    if not under_way(pairs):
        stage(pairs, aligned, beam, tokens)
    formula(pairs, aligned)
    below(pairs, aligned)


def new_pairs(pairs: str) -> None:
    """Another task starts with a source of its own."""
    state = st.session_state
    if state.get("source-of", pairs) != pairs:
        state["source"] = DEFAULTS[pairs]
        st.query_params.pop("source", None)
    state["source-of"] = pairs


def draw_held(pairs: str) -> None:
    """Another source that no training example was made of."""
    from components.learn.translating import Request, examples

    found = [s for s, _ in examples(pairs, "test", Request(pairs, most=HELD)) if s != st.session_state.get("source")]
    st.session_state["source"] = random.choice(found)


def chosen_source(pairs: str) -> tuple[str, ...]:
    """The tokens typed, at least one; what cannot be read is said."""
    from components.learn.translating import numbered, split

    default, most = DEFAULTS[pairs], MOST[pairs]
    from_link("source", default, lambda text: clean(text, KEPT))
    text = clean(st.text_input("Source (edit it)", key="source"))
    tokens = split(pairs, text)
    if not tokens:
        st.caption(":material/info: There is nothing to read; this is the example.")
        text, tokens = default, split(pairs, default)
    if len(text) <= KEPT:
        to_link("source", text, default)
    elif "source" in st.query_params:
        del st.query_params["source"]
    if len(tokens) > most:
        st.caption(f":material/content_cut: The first {most} of {len(tokens):,} {kind_of(pairs)} are read.")
        tokens = tokens[:most]
    if unknown := sum(i < 0 for i in numbered(pairs, tokens)):
        st.caption(f":material/help: {unknown} unknown {kind_of(pairs)}: not in the dictionary, so all alike to the model.")
    return tokens
