"""The parts of the Profile page that are words: a prediction, named situations, a question."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

import streamlit as st

from components.figures.numbers import said, short
from components.ui.profile_sides import SIDES, UNTOUCHED, Readings, Side, as_said, reading_of
from components.ui.profile_words import CHECK, GUESS, LEFT, RIGHT, SAME, SITUATIONS, WORDS
from components.ui.upload import let_go, plain


def situations() -> None:
    """Named situations, good and bad; each sets both sides and the view."""
    with st.popover("Situations", icon=":material/bookmarks:", key="situations", on_change="rerun") as box:
        for name, (why, values) in SITUATIONS.items() if box.open else ():
            st.button(name, key=f"situation-{name}", on_click=_take, args=(values,), width="stretch")
            st.caption(why)
    if why := st.session_state.pop("situation why", ""):
        st.caption(f":material/bookmarks: {why}")


def _take(values: Mapping[str, Any]) -> None:
    let_go()
    st.session_state["situations"] = False  # the box closes, so that the page is seen
    st.session_state["situation why"] = next((why for why, v in SITUATIONS.values() if v is values), "")
    for key in [k for k in st.session_state if str(k).startswith(("left_", "right_"))]:
        del st.session_state[key]
    for side, (modality, example) in SIDES.items():
        st.session_state[side] = modality
        st.session_state[f"{side}_example"] = example
        st.session_state[f"{side}_damage"] = UNTOUCHED
    st.session_state["show"] = "card"
    for name, value in values.items():
        st.session_state[name] = value


def guess(sides: tuple[Side, Side], profiles: tuple[Readings, Readings]) -> None:
    """Predict before you look: which of the two holds more bits?"""
    names = (sides[0].name, sides[1].name)
    bet = st.segmented_control(f"Predict first: {GUESS}", names, key=f"guess-{names}")
    if bet is None:
        return
    a, b = (profile["information"][0] for profile in profiles)
    if not (isfinite(a["value"]) and isfinite(b["value"])):
        st.caption("One of them has no measured information, see its row above.")
        return
    more = names[0] if a["value"] >= b["value"] else names[1]
    each = f"{plain(names[0])} {plain(said(a))}, {plain(names[1])} {plain(said(b))}"
    st.markdown(("You were right. " if bet == more else f"It is {plain(more)}. ") + f"Measured: {each}.")


BETS = {LEFT: "the first", RIGHT: "the second", SAME: "neither"}


def lesson(name: str) -> None:
    """A dimension in plain words, and its prediction, measured when the learner has bet."""
    words = WORDS[name]
    st.markdown(f"**See:** {words.picture}  \n**Try:** {words.attempt}")
    question = words.question
    bet = st.segmented_control(f"Predict: {question.text}", list(BETS), format_func=BETS.__getitem__, key=f"bet-{name}")
    if bet is None:
        return
    a, b = (reading_of(as_said(question.state, side)[1], name, question.reading) for side in (LEFT, RIGHT))
    alike = abs(a["value"] - b["value"]) <= 1e-6 * max(abs(a["value"]), abs(b["value"]))
    more = SAME if alike else LEFT if a["value"] > b["value"] else RIGHT
    verdict = "You were right." if bet == more else f"It is {BETS[more]}."
    each = " and ".join(f"{short(r['value'])} {r['unit']}".strip() for r in (a, b))
    st.markdown(f"{verdict} Measured ({plain(a['name'])}): {plain(each)}. {question.answer}")
    st.button("Show these two", on_click=_take, args=({**question.state, "show": name},), key=f"show-{name}")


def check_yourself() -> None:
    """A question whose answer is found by moving a control."""
    question, answer = CHECK
    st.subheader("Check yourself", anchor=False)
    st.markdown(question)
    with st.expander("The answer"):
        st.markdown(answer)
