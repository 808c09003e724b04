"""The view "One task, all models" of the Sequences page: seven models learn the same task, side by side."""

from functools import partial

import streamlit as st

from components.learn.contest_runs import START, TASKS, Contest, run
from components.models.sequence_classifier import KINDS
from components.ui.links import choice, from_link, pick, switch, to_link
from components.ui.live import live
from components.ui.sequences_models_below import below
from components.ui.sequences_models_said import Said, said
from components.ui.sequences_models_stage import stage
from components.ui.sequences_models_words import EXAMPLES, NAMES, TASK_NAMES
from components.ui.sequences_text import chosen_sentence
from components.values import Frame


def view() -> None:
    """Controls, the stage with its live run, and what is to be found below."""
    if (pending := st.session_state.pop("contest-pending", None)) in KINDS:
        st.session_state["model"] = pending
    request, kind, seconds, spoken = controls()

    def draw(frames: list[Frame]) -> None:
        stage(request, kind, seconds, spoken, frames)

    live("contest", request, partial(run, request), draw, label=f"Train {len(request.kinds)} models live")
    below(request, kind, spoken)


def controls() -> tuple[Contest, str, bool, Said]:
    """Task, samples, longest training sequence and the learner's own sequence in one row; below it the model."""
    places = st.columns([2.3, 1.4, 1.2, 2.6], vertical_alignment="bottom", gap="medium")
    with places[0]:
        task = choice("Task", TASK_NAMES, "letters", "seqtask")
    question, (most, far) = TASKS[task], START[task]
    with places[1]:
        samples = pick("Training samples", question.samples, most, "seqsamples", lambda n: f"{n:,}")
    with places[2]:
        longest = pick("Trained up to", question.longest, far, "longest", lambda n: f"{n} tokens")
    with places[3]:
        key, label = ("letters", "Letters A to H (edit)") if task == "letters" else ("sentence", "Sentence (edit it)")
        text = chosen_sentence(EXAMPLES[task], label=label, key=key)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = choice("Model", NAMES, "lstm", "model", "Or click a curve.")
        seconds = switch("Seconds", False, "clock", "Draw against seconds of training on two cores instead of steps.")
        with st.popover("Who takes part", icon=":material/groups:"):
            kinds = contestants()
    return Contest(task, samples, longest, kinds), kind, seconds, said(task, text)


def contestants() -> tuple[str, ...]:
    """The models that a live run trains; all where none is chosen."""

    def read(text: str) -> list[str] | None:
        return [k for k in KINDS if k in text.split(",")] or None

    from_link("contestants", list(KINDS), read)
    chosen = st.pills("In a live run", KINDS, selection_mode="multi", format_func=NAMES.__getitem__, key="contestants")
    found = tuple(k for k in KINDS if k in chosen) or KINDS
    to_link("contestants", ",".join(found), ",".join(KINDS))
    return found
