"""What a learnt task of the Modality page reaches, for each goal: classes, a number, or points."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.figures.answers import confusion as confusion_picture
from components.figures.estimates import agreement
from components.figures.sample import gallery
from components.figures.scale import SCALES
from components.learn import exercise as lessons
from components.learn.exercise import Lesson
from components.learn.goals import GOALS
from components.measure.confusion import confusion, hardest, most_frequent, worst
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.values import Frame, Sample

MOST, PICTURES, HEIGHT = 12, 8, 400  # classes in a confusion matrix, pictures of errors, pixels
BY_NAME: dict[str | type[Any], Callable[[Any], Any]] = {
    "components.learn.exercise.Lesson": repr
}  # equal lessons are written alike; what a learner brought is in the digest
SHORT = 8  # letters of a unit that fit beside a number


def results(lesson: Lesson, frame: Frame, step: int | None) -> None:
    """Readouts and pictures of one frame; `step` is None for a recorded one."""
    {"classification": _classes, "regression": _numbers, "points": _points}[lesson.exercise.goal](lesson, frame, step)


def _beside(columns: Sequence[DeltaGenerator], frame: Frame, show: Callable[[float], str]) -> None:
    """The scores of scikit-learn's learners on the same split, once the run is over."""
    found = {n.removeprefix("baseline/"): float(v) for n, v in frame.items() if n.startswith("baseline/")}
    for column, (name, value) in zip(columns, found.items(), strict=False):
        column.metric(name.capitalize(), show(value), help=f"scikit-learn's {name} on the same training and test samples.")


def _classes(lesson: Lesson, frame: Frame, step: int | None) -> None:
    answer, truth = frame["answer"].astype(int), frame["truth"].astype(int)
    hits, classes = answer == truth, lesson.exercise.classes
    error = float(np.sqrt(hits.mean() * (1 - hits.mean()) / len(hits)))
    columns = st.columns(4)
    columns[0].metric(
        "Accuracy",
        f"{hits.mean():.1%} ± {error:.1%}",
        help=f"{hits.sum()} of {len(hits)} test samples right; ± is the standard error.",
    )
    columns[1].metric("Always the commonest class", f"{most_frequent(truth):.1%}", help="What an accuracy has to beat.")
    _beside(columns[2:], frame, lambda v: f"{v:.1%}")
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        chart(_matrix(lesson, step, theme().name, frame), "confusion")
        if len(classes) > MOST:
            st.caption(f"The {MOST} of {len(classes)} classes that are most often mistaken.")
    with right:
        found = _errors(lesson, step, theme().name, frame)
        st.markdown("No errors in the test." if found is None else "**Its most confident errors:** truth → answer")
        if found is not None:
            chart(found, "errors")


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=BY_NAME)
def _matrix(lesson: Lesson, step: int | None, colours: str, _frame: Frame) -> Picture:
    """The confusion matrix; drawn once for all learners, since equal lessons give equal frames."""
    classes = lesson.exercise.classes
    counts = confusion(_frame["truth"].astype(int), _frame["answer"].astype(int), len(classes))
    if len(classes) > MOST:
        kept = hardest(counts, MOST)
        counts, classes = counts[np.ix_(kept, kept)], tuple(classes[i] for i in kept)
    return picture(
        confusion_picture(counts, classes, SCALES[colours], HEIGHT), "confusion", height=HEIGHT, alt="confusion matrix"
    )


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=BY_NAME)
def _errors(lesson: Lesson, step: int | None, colours: str, _frame: Frame) -> Picture | None:
    """The wrong answers it was surest of; None where there are none."""
    answer, truth, exercise = _frame["answer"].astype(int), _frame["truth"].astype(int), lesson.exercise
    found = worst(answer, _frame["sure"], truth, PICTURES)
    if not len(found):
        return None
    x, _ = lessons.exam(lesson)
    names = [f"{exercise.classes[truth[i]]} → {exercise.classes[answer[i]]}" for i in found]
    return _gallery([exercise.show(x[i]) for i in found], names, colours, "errors", "wrong answers: " + ", ".join(names))


def _gallery(
    samples: list[Sample], names: list[str], colours: str, key: str, alt: str, columns: int = 4, height: int = HEIGHT - 40
) -> Picture:
    return picture(gallery(samples, names, SCALES[colours], columns, height), key, height=height, alt=alt)


def _numbers(lesson: Lesson, frame: Frame, step: int | None) -> None:
    answer, truth, exercise = frame["answer"].astype(float), frame["truth"].astype(float), lesson.exercise
    wrong = answer - truth
    score, error = 1 - (wrong**2).mean() / max(truth.var(), 1e-12), float(np.sqrt((wrong**2).mean()))
    columns = st.columns(4)
    meaning = "1 − squared error / squared distance to the mean: 1 is perfect, 0 is always answering the mean."
    columns[0].metric("R²", f"{score:.2f}", help=meaning)
    usual = f"Root mean squared error on {len(truth)} test samples; always answering the mean: {truth.std():.3g}."
    unit = exercise.unit if len(exercise.unit) <= SHORT else ""
    columns[1].metric(
        "Usual error", f"{error:.3g} {unit}".strip(), help=f"In {exercise.unit or 'the unit of the truth'}. {usual}"
    )
    _beside(columns[2:], frame, lambda v: f"R² {v:.2f}")
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        chart(_line(lesson, step, theme().name, frame), "agreement")
    with right:
        st.markdown("**Its largest errors:** truth → prediction")
        chart(_misses(lesson, step, theme().name, frame), "errors")


def quantity(lesson: Lesson) -> str:
    """What a regression predicts, with its unit."""
    exercise = lesson.exercise
    return exercise.classes[0] + (f" ({exercise.unit})" if exercise.unit else "")


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_NAME)
def _line(lesson: Lesson, step: int | None, colours: str, _frame: Frame) -> Picture:
    """Predictions over the truth."""
    figure = agreement(_frame["truth"], _frame["answer"], quantity(lesson), SCALES[colours], HEIGHT)
    return picture(figure, "agreement", height=HEIGHT, alt="predicted over true values")


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_NAME)
def _misses(lesson: Lesson, step: int | None, colours: str, _frame: Frame) -> Picture:
    """The samples whose number it missed most."""
    answer, truth = _frame["answer"], _frame["truth"]
    found = np.argsort(-np.abs(answer - truth), kind="stable")[:PICTURES]
    x, _ = lessons.exam(lesson)
    names = [f"{truth[i]:.3g} → {answer[i]:.3g}" for i in found]
    return _gallery([lesson.exercise.show(x[i]) for i in found], names, colours, "errors", "largest errors: " + ", ".join(names))


def _points(lesson: Lesson, frame: Frame, step: int | None) -> None:
    measure = GOALS["points"].measure
    columns = st.columns(4)
    score = frame[measure].item() if measure in frame else float("nan")
    columns[0].metric(measure, f"{score:.3f}", help="Mean squared distance to the nearest point of the other set, both ways.")
    _beside(columns[1:], frame, lambda v: f"{v:.3f}")
    chart(_made(lesson, step, theme().name, frame), "made")


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_NAME)
def _made(lesson: Lesson, step: int | None, colours: str, _frame: Frame) -> Picture:
    """What was given, what was made of it, what was right; and what is made from noise alone."""
    show, (x, _), count = lesson.exercise.show, lessons.exam(lesson), 9
    rows = {"given": x, "made": _frame["made"], "truth": _frame["truth"]}
    rows |= {"from noise": _frame["dreamt"]} if "dreamt" in _frame else {}
    samples = [show(np.asarray(row[i], np.float32)) for row in rows.values() for i in range(count)]
    titles = [name if i == 0 else " " for name in rows for i in range(count)]
    return _gallery(samples, titles, colours, "made", "rows: " + ", ".join(rows), count, 130 * len(rows))
