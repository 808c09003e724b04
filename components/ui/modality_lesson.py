"""A task of the Modality page learnt live: a guess first, then the run with its results."""

from functools import partial

import numpy as np
import streamlit as st

from components.learn import exercise as lessons
from components.learn.exercise import Lesson
from components.learn.goals import GOALS
from components.tasks.downloads import SOURCES, present
from components.ui.downloads import offer
from components.ui.links import choice, device_choice
from components.ui.live import current, live
from components.ui.modality_results import results
from components.values import Frame

GUESSES = {
    "classification": ("under 60 %", "60 to 80 %", "80 to 95 %", "over 95 %"),
    "regression": ("under .3", ".3 to .6", ".6 to .9", "over .9"),
}
BOUNDS = {"classification": (0.6, 0.8, 0.95), "regression": (0.3, 0.6, 0.9)}


def trained(lesson: Lesson) -> Frame | None:
    """The last frame of this learner's own run of the lesson, else of the recorded one."""
    run = current("lesson", lesson, lesson.device)
    return run.frames[-1] if run is not None and run.state == "done" else lessons.recorded(lesson)


def absent(lesson: Lesson) -> bool:
    """Whether its data have to be downloaded first."""
    return lesson.task in SOURCES and not lesson.own and not present(lesson.task)


def asked(lesson: Lesson) -> Lesson:
    """The lesson with the number of samples and the device the learner picked."""
    sizes = lesson.exercise.sizes
    with st.container(horizontal=True, vertical_alignment="bottom"):
        size = choice("Learnt from so many samples", {str(n): f"{n:,}" for n in sizes}, str(sizes[-1]), "samples")
        device = device_choice(shown=_several())
    return Lesson(lesson.modality, lesson.task, int(size), device, lesson.own, lesson.given)


def _several() -> bool:
    from components.learn.device import devices

    return len(devices()) > 1


def learning(lesson: Lesson) -> None:
    """The task learnt live: a guess, controls of the run, its results. Data that are not here yet are offered first."""
    if absent(lesson):
        offer(lesson.task)
        return
    guess(lesson)
    draw = partial(_results, lesson)
    live("lesson", lesson, partial(lessons.learn, lesson), draw, label="Train it", device=lesson.device)


def _results(lesson: Lesson, frames: list[Frame]) -> None:
    frame = frames[-1] if frames else lessons.recorded(lesson)
    if frame is None:
        st.info("Nothing is trained yet for this question: press the button.", icon=":material/play_arrow:")
        return
    results(lesson, frame, int(frames[-1]["step"]) if frames else None)
    st.caption(f"{_source(lesson, bool(frames))} {lesson.exercise.note}")


def _source(lesson: Lesson, ran: bool) -> str:
    if ran:
        return f"Live: trained here. Below {lesson.exercise.steps} steps the numbers are those of the moment."
    facts = lessons.about()
    return f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}: {lesson.exercise.steps} steps."


def guess(lesson: Lesson) -> None:
    """Predict before you look: how good will it get? The answer is compared with what was measured."""
    goal = lesson.exercise.goal
    if goal not in GUESSES:
        return
    measure = "accuracy" if goal == "classification" else "R²"
    label = f"Predict first: which {measure} will it reach on samples it has never seen?"
    key = f"guess-{lesson.modality}-{lesson.task}-{lesson.size}-{lesson.own}"
    said = st.segmented_control(label, GUESSES[goal], key=key)
    frame = trained(lesson)
    if said is None:
        return
    if frame is None or (score := frame.get(GOALS[goal].measure)) is None:
        st.caption("Train it to find out.")
        return
    value = float(np.mean(score))
    right = GUESSES[goal][int(np.searchsorted(BOUNDS[goal], value, side="right"))]
    shown = f"{value:.1%}" if goal == "classification" else f"{value:.2f}"
    st.markdown(f"Measured: **{shown}**. " + ("You were right." if said == right else f"You said {said}."))
