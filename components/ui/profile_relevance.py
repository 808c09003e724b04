"""Relevance on the Profile page: which parts of a sample matter, drawn on the thing itself, for two tasks side by side."""

from functools import partial

import numpy as np
import streamlit as st

from components.figures.importance import importance
from components.learn import exercise as lessons
from components.learn.exercise import Lesson
from components.learn.relevance import Relevance, compared, fitting, painted, relevance, taken_apart
from components.measure.importance import spread
from components.modalities.base import Parts
from components.ui.chart import chart, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.links import number, select, switch
from components.ui.modality_controls import middle_of
from components.ui.modality_stage import known
from components.ui.profile_sides import Readings, Side, content_of
from components.ui.upload import plain
from components.values import BadInput

HEIGHT = 340
WAYS = {"with context": True, "without": False}


def tasks_of(one: Side) -> list[str]:
    """The tasks whose recorded network can be asked about this sample; of tasks that share one network the first."""
    found: dict[str, str] = {}
    for name in fitting(one.modality.tasks, one.sample, middle_of(one.sample)):
        frame = lessons.recorded(Lesson(one.modality.name, name))
        if frame is not None:
            found.setdefault(digest(*(a for n, a in frame.items() if n.startswith("weights/"))), name)
    return list(found.values())


def mattering(one: Side) -> None:
    """Two tasks on the same sample: hide every part in turn, and see what each answer loses."""
    n, middle = len(one.sample["elements"]), middle_of(one.sample)
    names = tasks_of(one)
    if not names:
        st.info("No trained network here can be asked about this sample.", icon=":material/info:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = select("Task", names, f"{one.key}_task", 190)
        others = [t for t in names if t != first]
        second = select("Another task", others, f"{one.key}_other", 190) if others else ""
        alone = switch("Without context", False, f"{one.key}_alone", "Hide everything but one part, in turn.")
        mark = number("Element", 1, n, middle + 1, f"{one.key}_element")
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
        agreed = {name: compared(*found, context=context) for name, context in WAYS.items()}
        each = ", ".join(f"{name} **{a.rho:.2f}**" for name, a in agreed.items() if np.isfinite(a.rho))
        if each:
            count = agreed["with context"].n
            st.markdown(f"Rank correlation of the two (Spearman), {count} parts: {each}. 1: the same parts matter for both.")


def asked(one: Side, readings: Readings) -> Readings:
    """The readings of a side; where relevance needs a question, that of its first task is asked."""
    if "why" not in readings["relevance"][0] or not (names := tasks_of(one)):
        return readings
    content = content_of(one.sample)
    got = _found(one.modality.name, names[0], content, middle_of(one.sample), None, one)
    if isinstance(got, str):
        return readings
    return {**readings, "relevance": (spread(got[1].missed, one.modality.tasks[names[0]].question), *readings["relevance"])}


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
    content = content_of(one.sample)
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
        draw = partial(importance, one.sample, painted(one.sample, parts, values), scale, HEIGHT, unit=result.unit, mark=mark)
    facts = (*known(one.sample), digest(values), scale.name, mark)
    place = f"matters-{one.key}-{'first' if asked is None and task == st.session_state.get(f'{one.key}_task') else 'other'}"
    chart(remembered(facts, draw, place, height=HEIGHT, alt=f"what matters for {task}"), place)
    chance = f" ({result.value:.0%})" if result.asked >= 0 else f" {result.value:.3g}" if np.isfinite(result.value) else ""
    way = "gains from each part when nothing else is there" if alone else "loses when a part is hidden"
    only = " It always answers with one of its classes." if result.asked >= 0 else ""
    st.caption(f"Answer: {plain(result.answer)}{chance}.{only} Blue: what it {way}, in {result.unit}; orange: the other way.")
    return result
