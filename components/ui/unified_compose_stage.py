"""The stage of "Compose a model": the diagram; below it the curves, the symmetries as measured, and four numbers."""

import math
from functools import lru_cache
from html import escape

import numpy as np
import streamlit as st

from components.figures.composed_curves import Line, composed_curves
from components.figures.composition import Sheet, composition
from components.figures.scale import SCALES
from components.figures.symmetry_marks import symmetry_marks
from components.learn.composed_model import bare, field, observations, outline
from components.learn.composed_records import beside
from components.learn.composed_symmetry import EXACT, TITLES, fresh
from components.learn.composing import Recipe
from components.models.composition import PRESETS
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.house import theme
from components.ui.unified_compose_course import Course, baselines, course, source
from components.ui.unified_compose_look import look, present
from components.ui.unified_compose_pins import Pin, keep, pins
from components.ui.unified_compose_words import SHORT, above, named
from components.values import Frame

HEIGHT, LOW, NARROW = 196, 186, 3  # pixels; sheets in a row on a phone


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


def stage(recipe: Recipe, number: int, mark: int, frames: list[Frame]) -> None:
    """Curves, symmetries and numbers of the newest frame."""
    found = course(recipe, frames)
    left, middle, right = st.columns([0.46, 0.28, 0.26], gap="medium")
    with left:
        chart(curves(recipe, found), "compose-curves")
    with middle:
        chart(symmetries(recipe, found), "compose-symmetry")
    with right, st.container(gap="xsmall"):
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
    kept = "the answers follow" if recipe.material.shape.each else "stays the same"
    exact = [TITLES[n] for n, v in (later or before).items() if v < EXACT]
    alt = f"The answer stays under: {', '.join(exact) or 'nothing that was tried'}"

    def draw():  # type: ignore[no-untyped-def]
        return symmetry_marks(before, later, TITLES, kept=kept, scale=SCALES[colours], height=LOW)

    facts = (tuple(before.items()), tuple((later or {}).items()), kept, colours)
    return remembered(facts, draw, "compose-symmetry", height=LOW, alt=alt)


def readouts(recipe: Recipe, number: int, mark: int, found: Course | None) -> None:
    """Score, weights, receptive field, time; hovering says how each came about."""
    parts, s = outline(bare(recipe)), recipe.material.shape
    seen = field(bare(recipe), number, marked(recipe, number, mark))
    heard, count = int(seen.lit[0].sum()), int(seen.there.sum())
    first, second = (column.container(gap="xsmall") for column in st.columns(2))
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
