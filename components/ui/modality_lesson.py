"""A task of the Modality page learnt live: the run, its confusion matrix, its errors, and its code as one file."""

import ast
import importlib
import inspect
from functools import lru_cache, partial
from types import ModuleType

import numpy as np
import streamlit as st

from components.figures.answers import confusion as confusion_picture
from components.figures.sample import gallery
from components.figures.scale import SCALES
from components.learn import exercise as lessons
from components.learn.exercise import Lesson
from components.measure.confusion import confusion, most_frequent, worst
from components.modalities.base import Exercise, Modality
from components.ui.chart import Picture, chart, picture
from components.ui.code import bundle, show_code
from components.ui.house import theme
from components.ui.live import current, live
from components.values import Frame


def trained(lesson: Lesson) -> Frame | None:
    """The last frame of this learner's own run of the lesson, else of the recorded one."""
    run = current("lesson", lesson, lesson.device)
    return run.frames[-1] if run is not None and run.state == "done" else lessons.recorded(lesson)


def learning(lesson: Lesson) -> None:
    """The task learnt live: controls of the run, accuracy, confusion matrix, the worst errors."""
    exercise = lesson.exercise
    draw = partial(_results, lesson, exercise)
    live("lesson", lesson, partial(lessons.learn, lesson), draw, label="Train it", device=lesson.device)


def _results(lesson: Lesson, exercise: Exercise, frames: list[Frame]) -> None:
    frame = frames[-1] if frames else lessons.recorded(lesson)
    if frame is None:
        return
    p, truth = frame["p"].astype(np.float32), frame["truth"].astype(int)
    hits = p.argmax(1) == truth
    error = float(np.sqrt(hits.mean() * (1 - hits.mean()) / len(hits)))
    columns = st.columns(4)
    columns[0].metric(
        "Accuracy",
        f"{hits.mean():.1%} ± {error:.1%}",
        help=f"{hits.sum()} of {len(hits)} test samples right; ± is the standard error.",
    )
    columns[1].metric("Always the commonest class", f"{most_frequent(truth):.1%}", help="What an accuracy has to beat.")
    columns[2].metric("Errors", f"{(~hits).sum()}", help=f"of {len(hits)} test samples")
    columns[3].metric("Training samples", f"{lesson.size:,}")
    step = int(frames[-1]["step"]) if frames else None
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        chart(_matrix(lesson, step, theme().name, frame), "confusion")
    with right:
        found = _errors(lesson, step, theme().name, frame)
        st.markdown("No errors in the test." if found is None else "**Its most confident errors:** truth → answer")
        if found is not None:
            chart(found, "errors")
    st.caption(f"{_source(lesson, bool(frames))} {exercise.note}")


@st.cache_resource(max_entries=128, show_spinner=False)
def _matrix(lesson: Lesson, step: int | None, colours: str, _frame: Frame) -> Picture:
    """The confusion matrix; drawn once for all learners, since equal lessons give equal frames."""
    classes = lesson.exercise.classes
    counts = confusion(_frame["truth"].astype(int), _frame["p"].argmax(1), len(classes))
    return picture(confusion_picture(counts, classes, SCALES[colours], 400), "confusion", height=400, alt="confusion matrix")


@st.cache_resource(max_entries=128, show_spinner=False)
def _errors(lesson: Lesson, step: int | None, colours: str, _frame: Frame) -> Picture | None:
    """The wrong answers it was surest of; None where there are none."""
    p, truth, exercise = _frame["p"], _frame["truth"].astype(int), lesson.exercise
    found = worst(p, truth, 8)
    if not len(found):
        return None
    x, _ = lessons.exam(lesson.modality, lesson.task)
    names = [f"{exercise.classes[truth[i]]} → {exercise.classes[int(p[i].argmax())]}" for i in found]
    figure = gallery([exercise.show(x[i]) for i in found], names, SCALES[colours], 4, 360)
    return picture(figure, "errors", height=360, alt="wrong answers: " + ", ".join(names))


def _source(lesson: Lesson, ran: bool) -> str:
    if ran:
        return "Live: trained here. Below 500 steps the numbers are those of the moment."
    facts = lessons.about()
    return f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}: {lessons.STEPS} steps."


def needed(module: ModuleType) -> list[ModuleType]:
    """A module and the project's modules it imports from, each after those it needs."""
    found: list[ModuleType] = []
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("components."):
            found += [m for m in needed(importlib.import_module(str(node.module))) if m not in found]
    return [*found, module]


@lru_cache(maxsize=32)
def source(lesson: Lesson) -> str:
    """The run as one file: the project's own modules and the current settings."""
    exercise = lesson.exercise
    draw, settings = getattr(exercise.draw, "func", exercise.draw), getattr(exercise.draw, "keywords", {})
    network = lessons.builder(lesson)
    modules = needed(inspect.getmodule(draw))  # type: ignore[arg-type]
    for name in ("models.blocks", "models.pools", "models.set_classifier", "learn.train"):
        modules += [m for m in needed(importlib.import_module(f"components.{name}")) if m not in modules]
    main = f"""
from functools import partial

draw = partial({", ".join([draw.__name__, *(f"{k}={v!r}" for k, v in settings.items())])})
network = partial(SetClassifier, {", ".join(repr(a) for a in network.args)}, h={lessons.WIDTH})
for frame in train(
    network, draw, ({lesson.size},), steps={lessons.STEPS}, batch={lessons.BATCH}, rate={lessons.RATE},
    order="{exercise.order}", test={lessons.TEST},
):
    print("step", int(frame["step"]), "accuracy", round(frame["accuracy"].item(), 3), flush=True)
"""
    return bundle(modules, main, f"{exercise.question} Needs torch, numpy and scikit-learn.")


def code(modality: Modality, lesson: Lesson | None, moved: list[str]) -> None:
    """The functions that made this x_i; the training run as a file."""
    st.subheader("The code that ran", anchor=False)
    focus: list[object] = [modality.observe, *(modality.controls[name].apply for name in moved)]
    if lesson is None:
        for thing in focus:
            st.code(inspect.getsource(thing), language="python")  # type: ignore[arg-type]
        return
    show_code(source(lesson), f"{lesson.modality}_{lesson.task}.py", focus=focus)
