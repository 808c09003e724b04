"""The stage of "Compose a model": the diagram; below it the curves, the symmetries as measured, and four numbers."""

import math
from collections import OrderedDict
from functools import lru_cache
from html import escape
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.composed_curves import Line, composed_curves
from components.figures.composition import Sheet, composition
from components.figures.scale import SCALES
from components.figures.symmetry_marks import symmetry_marks
from components.learn.composed_model import bare, field, observations, outline
from components.learn.composed_records import Kept, about, beside, recorded
from components.learn.composed_symmetry import EXACT, TITLES, fresh, trained
from components.learn.composing import Recipe
from components.learn.exercise import Lesson
from components.learn.exercise import recorded as lesson_recorded
from components.models.composition import PRESETS
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.house import theme
from components.ui.live import current
from components.ui.unified_compose_look import look, present
from components.ui.unified_compose_pins import Pin, keep, pins
from components.ui.unified_compose_words import SHORT, above, named
from components.values import Frame

HEIGHT, LOW, NARROW = 198, 186, 3  # pixels; sheets in a row on a phone
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


def marked(recipe: Recipe, number: int, mark: int) -> int:
    """The element looked at: the one asked for, or the one in the middle (of a picture, the middle of its rows)."""
    count, grid = present(recipe.modality, recipe.task, number), recipe.material.shape.grid
    middle = (grid[0] // 2) * grid[1] + grid[1] // 2 if len(grid) == 2 else count // 2
    return middle if mark < 0 else min(mark, count - 1)


def diagram(recipe: Recipe, number: int, mark: int) -> None:
    """The model as it is composed; a click marks another element."""
    own, colours = bare(recipe), theme().name
    element = marked(recipe, number, mark)
    clicked = None
    for key, columns in (("card", 12), ("card-narrow", NARROW)):  # the second is for phones, see the house's style
        with st.container(key=key):
            made = diagram_picture(own, number, element, colours, columns)
            clicked = chart(made, f"compose-{key}") or clicked
    if clicked and isinstance(clicked.get("customdata"), str):
        st.session_state["compose-pending"] = {"c_mark": int(clicked["customdata"][1:]) + 1}
        st.rerun()


@lru_cache(maxsize=128)
def diagram_picture(own: Recipe, number: int, element: int, colours: str, columns: int) -> Picture:
    """The diagram, drawn once for all who look at the same."""
    c, s = own.composition, own.material.shape
    found, words = field(own, number, element), above(c, s)
    sheets = []
    for stage in outline(own):
        title = "pool" if stage.name == "aggregate" else stage.name
        on = words["layer" if stage.name.startswith("layer") else title]
        sheets.append(Sheet(title, on, " × ".join(str(n) for n in stage.shape), stage.weights))
    rows = math.ceil(len(sheets) / columns)
    height = HEIGHT if rows == 1 else 204 * rows
    figure = composition(
        look(own.modality, own.task, number, element), sheets, found.lit, found.looks, shared=c.shared, pool=c.pool,
        answer=answer(own, number), columns=columns, scale=SCALES[colours], height=height,
    )  # fmt: skip
    alt = f"A model of {len(sheets)} parts; the marked element has heard of {int(found.lit[0].sum())} elements"
    return picture(figure, f"compose-{columns}", height=height, click=True, alt=alt)


def answer(recipe: Recipe, number: int) -> str:
    """What is to be said of this observation."""
    exercise, y = recipe.material.exercise, observations(recipe.modality, recipe.task)[2][number]
    if recipe.material.shape.goal == "regression":
        return f"{float(y):.1f}"
    return escape(exercise.classes[int(y)][:16])


def course(recipe: Recipe, frames: list[Frame]) -> Course | None:
    """Live frames; before there are any, a loaded model, or what was recorded."""
    if frames:
        measure, last = measured_in(frames[-1]), frames[-1]
        whole = int(last["step"]) == int(last["steps"])
        steps, score = np.array([int(f["step"]) for f in frames]), np.array([float(f[measure].item()) for f in frames])
        run = current("compose", recipe)
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


def stage(recipe: Recipe, number: int, mark: int, frames: list[Frame]) -> None:
    """Curves, symmetries and numbers of the newest frame."""
    found = course(recipe, frames)
    left, middle, right = st.columns([0.46, 0.28, 0.26], gap="medium")
    with left:
        chart(curves(recipe, found), "compose-curves")
    with middle:
        chart(symmetries(recipe, found), "compose-symmetry")
    with right:
        readouts(recipe, number, mark, found)
        keeping(recipe, found)
    st.caption(source(recipe, found))


def curves(recipe: Recipe, found: Course | None) -> Picture:
    """This model, the kept ones, the recorded ones, and what stands beside."""
    name, colours = named(recipe.composition, recipe.modality), theme().name
    kept = [p for p in pins() if (p.recipe.modality, p.recipe.task) == (recipe.modality, recipe.task) and p.recipe != recipe]
    taken = {name, *(p.name for p in kept)}
    lines = [
        Line(short_title(n), k.steps, k.score, "recorded")
        for n, k in beside(recipe.modality, recipe.task).items()
        if not kept and short_title(n) not in taken  # once the learner keeps curves, theirs have the room
    ]
    lines += [Line(escape(p.name), np.linspace(0, p.recipe.steps, len(p.score)), np.array(p.score), "kept") for p in kept]
    if found is not None:
        lines.append(Line(escape(name), found.steps, found.score, "own"))
    goal = recipe.material.shape.goal
    chance = 1 / recipe.material.shape.answers if goal == "classification" else None
    measure = "accuracy" if goal == "classification" else "R²"

    def draw():  # type: ignore[no-untyped-def]
        return composed_curves(
            lines, baselines(recipe), chance=chance, measure=measure, steps=recipe.steps, scale=SCALES[colours], height=LOW
        )

    score = f"{name} {measure} {found.score[-1]:.2f}" if found is not None else "not trained yet"
    alt = f"Curves of {len(lines)} models; {score}"
    if found is not None and found.source == "recorded" and not kept:
        return remembered((recipe, colours), draw, "compose-curves", height=LOW, alt=alt)
    return picture(draw(), "compose-curves", height=LOW, alt=alt)


def short_title(title: str) -> str:
    """The name of a recorded preset as it stands beside a curve."""
    return {p.title: SHORT[name] for name, p in PRESETS.items()}.get(title, title)


def symmetries(recipe: Recipe, found: Course | None) -> Picture:
    """What was measured, before and after training."""
    before, later, colours = fresh(recipe), found.after if found is not None else None, theme().name
    exact = [TITLES[n] for n, v in (later or before).items() if v < EXACT]
    alt = f"The answer stays under: {', '.join(exact) or 'nothing that was tried'}"

    def draw():  # type: ignore[no-untyped-def]
        return symmetry_marks(before, later, TITLES, scale=SCALES[colours], height=LOW)

    facts = (tuple(before.items()), tuple((later or {}).items()), colours)
    return remembered(facts, draw, "compose-symmetry", height=LOW, alt=alt)


def readouts(recipe: Recipe, number: int, mark: int, found: Course | None) -> None:
    """Score, weights, receptive field, time; hovering says how each came about."""
    parts, s = outline(bare(recipe)), recipe.material.shape
    seen = field(bare(recipe), number, marked(recipe, number, mark))
    heard, count = int(seen.lit[0].sum()), int(seen.there.sum())
    first, second = st.columns(2)
    if found is None:
        first.metric("Test score", "–", help="Train it first.")
    else:
        score, measure = float(found.score[-1]), "accuracy" if s.goal == "classification" else "R²"
        error = math.sqrt(max(score * (1 - score), 0) / found.tested) if s.goal == "classification" else None
        text = f"{score:.1%}" if error is not None else f"{score:.2f}"
        how = (
            f"± {error:.1%}: √(p (1 − p) / n), p = {score:.3f}, n = {found.tested}."
            if error is not None
            else "R² = 1 − SS_res / SS_tot."
        )
        first.metric(f"Test {measure}", text, help=f"On {found.tested} test samples. {how}")
    second.metric("Weights", f"{sum(p.weights for p in parts):,}", help=" + ".join(f"{p.weights:,} ({p.name})" for p in parts))
    steps = ", ".join(str(n) for n in seen.reach)
    first.metric(
        "Hears of", f"{heard} of {count}",
        help=f"Elements that count for the marked one after {recipe.composition.layers} layers, before anything is pooled. The "
        f"widest-seeing element, after 0, 1, … layers: {steps}.",
    )  # fmt: skip
    spent = "–" if found is None or found.seconds is None else f"{found.seconds:.1f} s"
    second.metric("Training", spent, help=f"{recipe.steps} steps, 32 samples each, with the tests on the way.")


def keeping(recipe: Recipe, found: Course | None) -> None:
    """The button that keeps a finished curve beside others."""
    if found is None or not found.whole or len(found.score) < 2:
        return
    held = any(p.recipe == recipe for p in pins())
    if st.button("Keep this curve", key="compose-keep", icon=":material/push_pin:", disabled=held, width="stretch"):
        weights = sum(p.weights for p in outline(bare(recipe)))
        name = named(recipe.composition, recipe.modality)
        keep(Pin(name, recipe, weights, found.seconds or 0.0, found.tested, tuple(found.score.tolist())))
        st.rerun()


def source(recipe: Recipe, found: Course | None) -> str:
    """Where the numbers come from."""
    facts = about()
    faint = f"Faint curves: recorded {facts['date']} on {facts['machine']}" if beside(recipe.modality, recipe.task) else ""
    own = {
        "live": "Trained here, now.", "loaded": "The model you loaded; its score was computed again here, on the whole test.",
        "recorded": f"Recorded {facts['date']} on {facts['machine']}; train it to see it happen.",
    }  # fmt: skip
    first = own[found.source] if found is not None else "Not trained yet: train it."
    way = "on the way at most 200 test samples, at the end all."
    return " ".join(part for part in (first, f"{faint};" if faint else "Curves:", way) if part)
