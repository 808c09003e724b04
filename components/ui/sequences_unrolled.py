"""The view "Unrolled" of the Sequences page: through a recurrent network token by token, with its numbers."""

import json
from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.scale import SCALES
from components.figures.state_strip import state_strip
from components.learn.unrolling import QUESTIONS, recorded, unrolled
from components.tasks.noisy_last import SYMBOLS
from components.tasks.texts import KNOWN
from components.tasks.words import entries, numbered, split
from components.ui import player
from components.ui.chart import chart, remembered
from components.ui.house import theme
from components.ui.links import choice, from_link, number, to_link
from components.ui.sequences_text import chosen_sentence, clean
from components.ui.sequences_unrolled_below import below
from components.ui.sequences_unrolled_cell import cell_written, formula

NAMES = {"rnn": "RNN", "lstm": "LSTM", "ssm": "state space"}
ASKS = {"sentiment": "positive or negative?", "last": "A or B last?"}
DEFAULT, LETTERS, MOST = "it broke after two days but they sent me a new one and it works great", "CADBEFGHACDE", 32


def view() -> None:
    """Controls, the player, the strip beside the cell, readouts, and what follows."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        question = choice("Question", ASKS, "sentiment", "unrolltask")
        cell = choice("Cell", NAMES, "lstm", "cell")
        unit = number("Unit looked at", 1, 32 if cell == "ssm" else 16, 1, "unit") - 1
    tokens, ids = read(question)
    first = len(tokens) // 2

    @st.fragment(run_every=0.25 if player.playing("token") else None)
    def stage() -> None:
        player.position("token", len(tokens), first)
        player.tick("token", len(tokens))
        at = int(st.session_state["token"])
        player.keep("token", at, first)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            player.buttons("token", at, len(tokens))
            st.markdown(f"token **{at + 1}** of {len(tokens)}")
        draw(cell, question, tokens, ids, at, unit)

    stage()
    formula(cell)
    about = json.loads(str(recorded()["about"]))
    right = float(recorded()[f"{cell}/{question}/accuracy"])
    made = "rated reviews and tweets" if question == "sentiment" else "24 letters, synthetic"
    st.caption(
        f"Recorded {about['date']} on {about['machine']}: {NAMES[cell]} trained on 2,048 ({made}), right on {right:.0%} of "
        "1,000 others."
    )
    below(cell, question, len(tokens))


def read(question: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The tokens typed and their numbers; at least one."""
    if question == "sentiment":
        words = split(chosen_sentence(DEFAULT)) or split(DEFAULT)
        if len(words) > MOST:
            st.caption(f":material/content_cut: The first {MOST} words are read; the text has {len(words):,}.")
        words = words[:MOST]
        return words, tuple(int(i) for i in entries(numbered(words), 1, KNOWN))
    from_link("letters", LETTERS, lambda text: clean(text, 64))
    typed = clean(st.text_input("Letters A to H", key="letters"), 2000).upper()
    kept = [c for c in typed if c in SYMBOLS][:MOST]
    if len(kept) != len(typed):
        st.caption(f":material/info: Only the letters A to H are read, at most {MOST}.")
    kept = kept or list(LETTERS)
    to_link("letters", "".join(kept), LETTERS)
    return tuple(kept), tuple(SYMBOLS.index(c) for c in kept)


@lru_cache(maxsize=128)
def computed(cell: str, question: str, ids: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Everything that happens, computed once for all who look at the same."""
    return unrolled(cell, question, np.array(ids))


def draw(cell: str, question: str, tokens: tuple[str, ...], ids: tuple[int, ...], at: int, unit: int) -> None:
    """The strip, the cell written out, and four readouts."""
    found, scale = computed(cell, question, ids), SCALES[theme().name]
    answers = QUESTIONS[question][1]
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        shown = remembered(
            (cell, question, tokens, at, unit, scale.name),
            lambda: state_strip(tokens, found["state"], found["p"], at, unit, answers, scale=scale, height=400),
            "strip", height=400, click=True, alt=f"State of the {NAMES[cell]} after {at + 1} of {len(tokens)} tokens",
        )  # fmt: skip
        clicked = chart(shown, "strip")
    if clicked and str(clicked["customdata"]).startswith("c"):
        row, column = str(clicked["customdata"])[1:].split(".")
        st.session_state["token"] = int(column)
        st.query_params["unit"] = str(int(row) + 1)
        st.session_state.pop("unit", None)
        st.rerun()
    with right:
        cell_written(cell, found, at, unit, scale)
    readouts(cell, found, at, unit, answers)


def readouts(cell: str, found: dict[str, np.ndarray], at: int, unit: int, answers: tuple[str, str]) -> None:
    """What it would say now, what this token changed, and the unit's state."""
    p, state = found["p"], found["state"]
    row = st.container(horizontal=True, gap="medium")
    row.metric("It would say now", f"{answers[int(p[at] > 0.5)]} {max(p[at], 1 - p[at]):.0%}", help="The read-out of this state.")
    before = float(p[at - 1]) if at else float("nan")
    row.metric(
        f"This token moved “{answers[1]}” by", f"{p[at] - before:+.0%}".replace("-", "−") if at else "first token",
        help=f"{p[at]:.3f} after it, {before:.3f} before it." if at else "There is no state before the first token.",
    )  # fmt: skip
    row.metric(f"State of unit {unit + 1}", f"{state[at, unit]:.2f}".replace("-", "−"))
    size = float(np.linalg.norm(state[at] - (state[at - 1] if at else 0)))
    row.metric("The whole state moved by", f"{size:.2f}", help="Euclidean length of the change over all units.")
