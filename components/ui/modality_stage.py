"""The stage of the Modality page, the same for every modality: the sample, its numbers, an answer, four readouts."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from components.figures.answers import probabilities
from components.figures.estimates import estimate
from components.figures.observation import observation
from components.figures.sample import ACCENT, gallery, raw
from components.learn import exercise as lessons
from components.learn.exercise import Lesson
from components.modalities.base import Exercise, Modality
from components.modalities.table_readers import harmless
from components.ui.chart import chart, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.links import select
from components.ui.modality_controls import counterpart
from components.ui.modality_lesson import absent, trained
from components.ui.modality_results import quantity
from components.ui.sound import player
from components.ui.upload import plain
from components.values import BadInput, Frame, Sample

HEIGHT, SHEET, PLAYER = 370, 170, 50  # pixels
ROWS = 2_000  # that a browser is sent
SEEN = 0.005  # a change of probability that the picture can show


def known(sample: Sample) -> tuple[object, ...]:
    """What a picture of this sample depends on, beside the theme."""
    return digest(sample["raw"], sample["elements"], sample.get("edges")), sample["grid"], sample["about"]


def met(sample: Sample, mark: int) -> None:
    """The raw thing, to look at, to sort or to hear; a click marks an element."""
    st.markdown("**As you meet it**")
    scale, height = theme(), HEIGHT
    if (sheet := sheet_of(sample)) is not None:
        height = HEIGHT - SHEET
        sortable(sheet)
    if "sound" in sample:
        height = HEIGHT - PLAYER
    facts = (*known(sample), scale.name, mark)
    draw = partial(raw, sample, scale, mark, height)
    marks(chart(remembered(facts, draw, "raw", height=height, click=True, alt=sample["about"]), "raw"))
    if "sound" in sample:
        player(*sample["sound"])
    st.caption(plain(sample["about"]) + ".")


def sheet_of(sample: Sample) -> pd.DataFrame | None:
    """The table of rows behind a sample that is one."""
    found = sample["raw"].get("frame") if isinstance(sample["raw"], Mapping) else None
    return found if isinstance(found, pd.DataFrame) else None


def sortable(sheet: pd.DataFrame) -> None:
    """The rows, to sort and to scroll; choosing one marks it. Cells that a spreadsheet would run are made plain text."""
    chosen = st.dataframe(
        harmless(sheet.head(ROWS)), height=SHEET - 10, on_select="rerun", selection_mode="single-row", key="sheet"
    )
    rows = chosen["selection"]["rows"]
    if rows and rows != st.session_state.get("sheet before"):
        st.session_state["sheet before"] = rows
        st.session_state["clicked element"] = int(rows[0])
        st.rerun()


def marks(clicked: Mapping[str, Any] | None) -> None:
    """Mark the element that was clicked, if one was."""
    if clicked and clicked.get("customdata") is not None:
        st.session_state["clicked element"] = int(np.ravel(clicked["customdata"])[0])
        st.rerun()


def numbers(modality: Modality, sample: Sample, mark: int) -> None:
    """The input observation x_i, its formula and its shape; a click marks an element here too."""
    x = modality.observe(sample)
    st.markdown("**As a model meets it**")
    scale = theme()
    facts = (*known(sample), digest(x), scale.name, mark)
    draw = partial(observation, sample, x, scale, mark, HEIGHT)
    marks(chart(remembered(facts, draw, "x", height=HEIGHT, click=True, alt=f"x_i, {x.size} numbers"), "x"))
    symbols = modality.describe(sample) if modality.describe else {}
    sizes = ", ".join(f"${name} = {value}$" for name, value in symbols.items())
    formula = modality.formula.replace(r"\mark", rf"\textcolor{{{theme().series[ACCENT]}}}")
    st.markdown(f"${formula}$")
    st.caption(f"{sizes}: {x.size:,} numbers".lstrip(": "))


def lesson_of(modality: Modality, tasks: Mapping[str, Exercise], sample: Sample) -> Lesson | None:
    """The task the learner picked among those that can be asked about this sample, learnt from all it has."""
    if not tasks:
        st.info("No question here fits this sample: it is too small, or nothing in it can be asked for.", icon=":material/info:")
        return None
    task = select("Task", list(tasks), "task")
    given = None if tasks[task] is modality.tasks.get(task) else tasks[task]
    st.markdown(tasks[task].question)
    return Lesson(modality.name, task, own="" if given is None else digest(sample["raw"], sample["elements"]), given=given)


def answered(lesson: Lesson, sample: Sample, untouched: Sample, mark: int) -> float | None:
    """What the trained network says of the sample, beside what it says of the untouched one; the largest change."""
    exercise, frame = lesson.exercise, trained(lesson)
    if frame is None:
        first = "Download its data" if absent(lesson) else "Train it"
        st.info(f"{first} below, then it answers here.", icon=":material/play_arrow:")
        return None
    try:
        x = exercise.enter(sample, mark)
        before_mark = counterpart(sample, mark, untouched)
        x0 = x if before_mark is None else exercise.enter(untouched, before_mark)
    except BadInput as needs:
        st.info(str(needs), icon=":material/info:")
        return None
    now, before = lessons.answer(lesson, frame, x), lessons.answer(lesson, frame, x0)
    {"classification": _classes, "regression": _number, "points": _made}[exercise.goal](lesson, frame, x, now, before)
    return float(np.abs(now - before).max()) if now.shape == before.shape and before_mark is not None else None


def _classes(lesson: Lesson, frame: Frame, x: np.ndarray, p: np.ndarray, p0: np.ndarray) -> None:
    """Probabilities as bars, and what the network reads where that is not the sample as it is."""
    scale, classes = theme(), lesson.exercise.classes
    best = classes[int(p.argmax())]
    before = p0 if np.abs(p - p0).max() > SEEN else None
    height = HEIGHT - 150
    facts = (digest(p, p if before is None else before), classes, scale.name, before is None)
    draw = partial(probabilities, p, classes, scale, before, height)
    chart(remembered(facts, draw, "answer", height=height, alt=f"answer: {best}, probability {p.max():.2f}"), "answer")
    reads = lesson.exercise.show(x)
    left, right = st.columns([0.35, 0.65], vertical_alignment="center")
    with left:
        draw = partial(gallery, [reads], [""], scale, 1, 95)
        chart(remembered((*known(reads), scale.name), draw, "reads", height=95, alt="what the network reads"), "reads")
    words = " Strokes: before you changed anything." if before is not None else ""
    right.caption("What this network reads. It always answers with one of its classes." + words)


def _number(lesson: Lesson, frame: Frame, x: np.ndarray, value: np.ndarray, value0: np.ndarray) -> None:
    """The estimate with its usual error, over what the test's values are."""
    scale, truth = theme(), frame["truth"].astype(float)
    error = float(np.sqrt(((frame["answer"].astype(float) - truth) ** 2).mean()))
    now, before = value.item(), value0.item()
    kept = before if abs(now - before) > error / 100 else None
    facts = (now, kept, digest(truth), quantity(lesson), scale.name)
    draw = partial(estimate, now, error, truth, quantity(lesson), scale, kept, HEIGHT - 80)
    chart(remembered(facts, draw, "answer", height=HEIGHT - 80, alt=f"estimate {now:.3g} ± {error:.2g}"), "answer")
    st.caption(f"{now:.3g} ± {error:.2g} {lesson.exercise.unit}. Grey: the values in the test.")


def _made(lesson: Lesson, frame: Frame, x: np.ndarray, points: np.ndarray, points0: np.ndarray) -> None:
    """What the network was given, and what it made."""
    scale, show = theme(), lesson.exercise.show
    facts = (digest(x, points), scale.name)
    draw = partial(gallery, [show(x), show(points)], ["given", "made"], scale, 1, HEIGHT - 60)
    chart(remembered(facts, draw, "answer", height=HEIGHT - 60, alt="points given and points made"), "answer")


def readouts(modality: Modality, sample: Sample, untouched: Sample, change: float | None) -> None:
    """Four numbers; hovering one shows its formula."""
    x, x0 = modality.observe(sample), modality.observe(untouched)
    columns = st.columns(4)
    grid = " × ".join(f"{side}" for side in sample["grid"]) or "no grid"
    columns[0].metric(
        "Elements",
        f"{len(sample['elements']):,}",
        help=f"How many there are, n = {len(sample['elements'])}; laid out on: {grid}. "
        f"How often they appear: {sample['rate']:,.4g} {sample['unit']}.",
    )
    columns[1].metric("Numbers in xᵢ", f"{x.size:,}", help=f"Shape of x_i: {x.shape}; untouched: {x0.shape}.")
    moved = "another length" if x.shape != x0.shape else f"{np.mean(x != x0):.0%}"
    columns[2].metric(
        "Numbers that changed", moved, help="Share of the entries of x_i that differ from those of the untouched sample."
    )
    text = "–" if change is None else "0" if change < 1e-5 else f"{change:.3g}"
    exact = "" if change is None else f" = {change:.1e}"
    columns[3].metric("Change of the answer", text, help=f"max over the answer's numbers of |now − untouched|{exact}.")


def check_yourself(modality: Modality) -> None:
    """A question whose answer is found by moving a control."""
    question, answer = modality.check
    if question:
        st.subheader("Check yourself", anchor=False)
        st.markdown(question)
        with st.expander("The answer"):
            st.markdown(answer)
