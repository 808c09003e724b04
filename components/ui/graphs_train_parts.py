"""What the three trainings of the Graphs page share: where a frame comes from, and the course of its score."""

from collections.abc import Callable
from typing import Any

import numpy as np

from components.figures.scale import SCALES
from components.figures.score_bars import course
from components.learn.graph_lessons_file import about, recorded
from components.ui.chart import chart, picture, remembered
from components.ui.house import theme
from components.ui.live import current
from components.values import Frame

COURSE = 115
Lesson = Any  # a named tuple of plain settings


def first(lesson: Lesson, untrained: Callable[[], Frame]) -> Frame:
    """What is shown before a run: what was recorded, else the untrained network."""
    found = recorded(lesson)
    return untrained() if found is None else found


def curve(frames: list[Frame], frame: Frame, measure: str) -> tuple[np.ndarray, np.ndarray, int]:
    """Steps `(t,)`, scores `(t, seeds)` so far, and the last step there will be."""
    if frames:
        return np.array([int(f["step"]) for f in frames]), np.stack([f[measure][0] for f in frames]), int(frame["steps"])
    if "course" in frame:
        return frame["at"].astype(int), frame["course"].astype(float), int(frame["steps"])
    return np.array([0]), frame[measure].astype(float), int(frame["steps"])


def moment(at: np.ndarray, scores: np.ndarray, end: int, title: str, fresh: bool, lesson: Lesson) -> None:
    """The course of the score."""
    colours = theme().name

    def draw():  # type: ignore[no-untyped-def]
        return course(at, scores, end, title, scale=SCALES[colours], height=COURSE)

    alt = f"Step {int(at[-1])} of {end}: {title} {float(scores[-1].mean()):.2f}"
    if fresh:
        chart(picture(draw(), "graphs-train-course", height=COURSE, alt=alt), "graphs-train-course")
    else:
        chart(remembered((lesson, colours), draw, "graphs-train-course", height=COURSE, alt=alt), "graphs-train-course")


def source(frames: list[Frame], frame: Frame, lesson: Lesson) -> str:
    """Where the numbers come from."""
    if frames:
        return "Live, five networks with different first weights; drawn is the first."
    if "course" not in frame:
        return "Nothing is recorded for these settings: this is the network before training. Train live."
    facts = about()
    return f"Recorded {facts['date']} on {facts['machine']}; five networks, drawn is the first."


def seconds_said(frames: list[Frame], lesson: Lesson) -> str:
    """How long the run took, here or when it was recorded."""
    run = current("graphs-train", lesson) if frames else None
    if run is not None and run.times:
        return f"{run.times[min(len(frames), len(run.times)) - 1]:.1f} s"
    found = recorded(lesson)
    return "–" if found is None else f"{float(found['seconds']):.1f} s"
