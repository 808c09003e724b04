"""What is known of the model on the page of "Compose a model": from a run, a loaded file, or what was recorded."""

from collections import OrderedDict
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.learn.composed_records import Kept, about, beside, recorded
from components.learn.composed_symmetry import trained
from components.learn.composing import Recipe
from components.learn.exercise import Lesson
from components.learn.exercise import recorded as lesson_recorded
from components.learn.run import Run
from components.ui.links import device_choice
from components.ui.live import current
from components.ui.unified_compose_pins import pins
from components.values import Frame

MEASURED: "OrderedDict[Recipe, dict[str, float]]" = OrderedDict()
"""Symmetries of trained models; equal recipes give equal weights, so all learners share them."""


class Course(NamedTuple):
    """What is known of the model on the page."""

    steps: np.ndarray
    score: np.ndarray
    whole: bool  # trained to the end, and tested on the whole test
    tested: int
    seconds: float | None
    after: dict[str, float] | None  # symmetries after training
    source: str


def asked(recipe: Recipe) -> Recipe:
    """The recipe on the device that is chosen under "Training"; what is recorded and kept is the same on all."""
    return replace(recipe, device=device_choice(shown=False))


def run_of(recipe: Recipe) -> Run | None:
    """The learner's run of it."""
    wanted = asked(recipe)
    return current("compose", wanted, wanted.device)


def course(recipe: Recipe, frames: list[Frame]) -> Course | None:
    """Live frames; before there are any, a loaded model, or what was recorded."""
    if frames:
        measure, last = measured_in(frames[-1]), frames[-1]
        whole = int(last["step"]) == int(last["steps"])
        steps, score = np.array([int(f["step"]) for f in frames]), np.array([float(f[measure].item()) for f in frames])
        run = run_of(recipe)
        spent = None if run is None or not run.times else run.times[min(len(frames), len(run.times)) - 1]
        return Course(steps, score, whole, int(last["tested"]), spent, after(recipe, last), "live")
    loaded = st.session_state.get("compose-loaded")
    if loaded is not None and loaded["score"] is not None and loaded["recipe"] == recipe:
        at, score = np.array([loaded["step"]]), np.array([loaded["score"]])
        return Course(at, score, True, loaded["tested"], None, loaded["symmetry"], "loaded")
    kept: Kept | None = recorded(recipe)
    if kept is None:
        return None
    return Course(kept.steps, kept.score, True, kept.tested, kept.seconds, kept.symmetry, "recorded")


def measured_in(frame: Frame) -> str:
    """The name of the score in a frame."""
    return "accuracy" if "accuracy" in frame else "R²"


def after(recipe: Recipe, frame: Frame) -> dict[str, float] | None:
    """The symmetries of the weights that come with a last frame."""
    if not any(name.startswith("weights/") for name in frame):
        return None
    if recipe not in MEASURED:
        MEASURED[recipe] = trained(recipe, frame)
        while len(MEASURED) > 64:
            MEASURED.popitem(last=False)
    return MEASURED[recipe]


def baselines(recipe: Recipe) -> dict[str, float]:
    """What scikit-learn's learners reach on the same training samples, as recorded with the tasks."""
    found = lesson_recorded(Lesson(recipe.modality, recipe.task, recipe.samples)) or {}
    return {name.removeprefix("baseline/"): float(a) for name, a in found.items() if name.startswith("baseline/")}


def source(recipe: Recipe, found: Course | None) -> str:
    """Where the numbers come from."""
    facts = about()
    others = bool(beside(recipe.modality, recipe.task)) and not pins()
    recorded_at = f"{facts['date']} on {facts['machine']}"
    faint = f" Faint curves: recorded {recorded_at}." if others else ""
    way = " On the way at most 200 test samples, at the end all."
    if found is None:
        return f"Not trained yet: train it.{faint}"
    if found.source == "recorded":
        return f"Recorded {recorded_at}{', as are the faint curves' if others else ''}.{way} Train it to see it happen."
    if found.source == "loaded":
        return f"The model you loaded; its score was computed again here, on the whole test.{faint}"
    return f"Trained here, now.{way}{faint}"
