"""The view "symmetry" of the Unified page: any model, any group action, both sides of the equation, and a table of all."""

import streamlit as st

from components.learn.bench import answers, members
from components.learn.bench_actions import ACTIONS, FLIPPED, spoken, why_not
from components.learn.bench_entry import FAMILIES
from components.learn.bench_models import ENTRIES
from components.ui.links import choice, pick, select, to_link
from components.ui.unified_symmetry_closer import closer
from components.ui.unified_symmetry_stage import stage
from components.ui.unified_symmetry_words import FIRST, Asked

PHONE = """<style>.st-key-bench-narrow, .st-key-bench-narrow-table {display: none;}
@media (max-width: 640px) {.st-key-bench-wide, .st-key-bench-wide-table {display: none;}
.st-key-bench-narrow, .st-key-bench-narrow-table {display: flex;}}</style>"""


def view() -> None:
    """Controls, the square with its numbers, and the table."""
    st.html(PHONE)
    jump()
    asked = controls()
    why = why_not(asked.entry, asked.action, asked.amount)
    if why:
        st.info(f"{why} Choose another action, or click a coloured cell of the table.", icon=":material/block:")
    else:
        stage(asked)
        st.caption(source(asked))
    closer(asked)


def jump() -> None:
    """Take over the cell that was clicked in the run before, and the family of a model that a link names."""
    state = st.session_state
    for key, value in state.pop("bench-jump", {}).items():
        state[key] = value
    named = st.query_params.get("benchmodel", "")
    if named in ENTRIES and "benchdata" not in state and "benchdata" not in st.query_params:
        state["benchdata"] = ENTRIES[named].family


def controls() -> Asked:
    """Five controls in a row."""
    state = st.session_state
    places = st.columns([2.9, 2.1, 1.5, 1.3, 0.7], vertical_alignment="bottom", gap="small")
    with places[0]:
        family = choice("Data", FAMILIES, "sets", "benchdata")
    own = [e.key for e in members(family)]
    with places[1]:
        model = select("Model f", own, "benchmodel", show=lambda key: ENTRIES[key].title)
    entry = ENTRIES[model]
    fits = [a for a, about in ACTIONS.items() if not why_not(entry, a, about.start)]
    fits = sorted(fits, key=lambda a: a != FIRST[family])
    if state.get("bench-model", model) != model and state.get("action") not in fits:
        state["action"] = fits[0]  # another model, and what was done to the last one makes no sense here
    state["bench-model"] = model
    if "action" not in state and "action" not in st.query_params:
        state["action"] = fits[0]
    others = [a for a in ACTIONS if a not in fits]
    with places[2]:
        action = select("Action g", [*fits, *others], "action", show=lambda a: ACTIONS[a].title)
    to_link("action", action, "")  # always in the link: what is first depends on the model
    about = ACTIONS[action]
    with places[3]:
        amount = pick("Amount", about.amounts, about.start, "amount", lambda a: spoken(action, a)) if len(
            about.amounts
        ) > 1 else about.start  # fmt: skip
    with places[4]:
        count = len(answers(entry))
        number = pick("Input x", tuple(range(1, count + 1)), 1, "benchinput") if count > 1 else 1
    return Asked(model, action, int(amount), number - 1)


def source(asked: Asked) -> str:
    """Where the input and the weights come from."""
    entry = asked.entry
    weights = (
        f"trained {entry.trained}, shipped" if entry.trained else "as before any training: the symmetry is in how it is built"
    )
    wait = " A wait puts empty steps first; a series of fixed length loses its end." if asked.action == "wait" else ""
    flip = f" Flip {FLIPPED[asked.amount]}." if asked.action == "flip" else ""
    return f"x: {entry.data}. Weights: {weights}. Computed here, now.{wait}{flip}"
