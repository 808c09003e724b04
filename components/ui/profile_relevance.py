"""Relevance on the Profile page: which parts of a sample matter, drawn on the thing itself, for two tasks side by side."""

from functools import partial

import numpy as np
import streamlit as st

from components.figures.importance import importance
from components.learn import exercise as lessons
from components.learn.exercise import Lesson
from components.learn.relevance import Relevance, compared, fitting, painted, relevance, taken_apart
from components.modalities.base import Parts
from components.ui.chart import chart, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.links import number, select, switch
from components.ui.modality_stage import known
from components.ui.profile_sides import Side
from components.ui.upload import plain
from components.values import BadInput

HEIGHT = 340


def mattering(one: Side) -> None:
    """Two tasks on the same sample: hide every part in turn, and see what each answer loses."""
    names = [n for n in fitting(one.modality.tasks, one.sample, 0) if lessons.recorded(Lesson(one.modality.name, n)) is not None]
    n = len(one.sample["elements"])
    if not names:
        st.info("No trained network here can be asked about this sample.", icon=":material/info:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = select("Task", names, f"{one.key}_task", 190)
        others = [t for t in names if t != first]
        second = select("Another task", others, f"{one.key}_other", 190) if others else ""
        alone = switch("Without context", False, f"{one.key}_alone", "Hide everything but one part, in turn.")
        mark = number("Element", 1, n, (n + 1) // 2, f"{one.key}_element")
    found: list[Relevance] = []
    for column, task in zip(st.columns(2, gap="medium"), (first, second), strict=True):
        with column:
            if task:
                result = _one(one, task, mark - 1, alone)
            elif found and found[0].rival >= 0:  # one task fits: the next likely class is another question
                result = _one(one, first, mark - 1, alone, found[0].rival)
            else:
                result = None
            found += [] if result is None else [result]
    if len(found) == 2:
        agreed = compared(*found)
        if np.isfinite(agreed.rho):
            st.markdown(
                f"Rank correlation of the two (Spearman): **{agreed.rho:.2f}** over {agreed.n} parts. 1: the same parts matter."
            )


@st.cache_resource(max_entries=64, show_spinner="Hiding one part after the other …")
def _found(modality: str, task: str, content: str, mark: int, asked: int | None, _one: Side) -> tuple[Parts, Relevance] | str:
    lesson = Lesson(modality, task)
    frame = lessons.recorded(lesson)
    try:
        parts = taken_apart(_one.modality, _one.sample, mark)
        assert frame is not None  # only recorded tasks are offered
        return parts, relevance(lesson, frame, _one.sample, mark, parts, asked)
    except BadInput as why:
        return str(why)


def _one(one: Side, task: str, mark: int, alone: bool, asked: int | None = None) -> Relevance | None:
    """One task's picture and what it says; `asked` is the class that is followed instead of the answer."""
    exercise = one.modality.tasks[task]
    st.markdown(exercise.question if asked is None else f"Asked instead: why not “{plain(exercise.classes[asked])}”?")
    content = digest(one.sample["raw"], one.sample["elements"], one.sample.get("edges"))
    got = _found(one.modality.name, task, content, mark, asked, one)
    if isinstance(got, str):
        st.info(plain(got), icon=":material/info:")
        return None
    parts, result = got
    values, scale = (result.alone if alone else result.missed), theme()
    table = one.sample.get("kind") == "table"
    if table:
        draw = partial(importance, one.sample, values, scale, HEIGHT, names=result.names, unit=result.unit)
    else:
        draw = partial(importance, one.sample, painted(one.sample, parts, values), scale, HEIGHT, unit=result.unit)
    facts = (*known(one.sample), digest(values), scale.name)
    place = f"matters-{one.key}-{'first' if asked is None and task == st.session_state.get(f'{one.key}_task') else 'other'}"
    chart(remembered(facts, draw, place, height=HEIGHT, alt=f"what matters for {task}"), place)
    chance = f" ({result.value:.0%})" if result.asked >= 0 else f" {result.value:.3g}" if np.isfinite(result.value) else ""
    way = "gains from each part when nothing else is there" if alone else "loses when a part is hidden"
    st.caption(f"Answer: {plain(result.answer)}{chance}. Blue: what it {way}, in {result.unit}; orange: the other way.")
    return result
