"""The view "Compose a model" of the Unified page: a model as a list of choices, drawn, measured, trained, kept."""

from dataclasses import asdict, replace
from functools import partial

import streamlit as st

from components.learn.composing import Recipe, compose
from components.learn.materials import ELSEWHERE
from components.models.composition import Composition, Objection, Shape, objections
from components.tasks.downloads import SOURCES
from components.ui.downloads import offer
from components.ui.live import engine, live
from components.ui.unified_compose_below import below
from components.ui.unified_compose_controls import controls, take
from components.ui.unified_compose_course import asked
from components.ui.unified_compose_pins import row
from components.ui.unified_compose_stage import diagram, stage
from components.ui.unified_compose_words import in_words
from components.values import BadInput

CONTROLS = {
    "represent": "Represent by", "neighbours": "then look at", "mix": "brought together by", "layers": "layers",
    "pool": "Pool all by",
}  # fmt: skip
REPAIRS: tuple[dict[str, object], ...] = (
    {"pool": "each"}, {"pool": "max"}, {"mix": "attention"}, {"neighbours": "all", "mix": "attention"},
    {"neighbours": "self"}, {"represent": "shared"}, {"width": 8}, {"mix": "mean"},
)  # fmt: skip
"""Changes that may make a composition possible, one at a time."""


def view() -> None:
    """Controls, the diagram, the training, and what can be done with the result."""
    engine("cpu")  # torch is set up once, before anything is computed
    with st.container(gap="xsmall"):
        recipe = staged()
    if recipe is not None:
        below(recipe)
        if elsewhere := [task for modality, task in ELSEWHERE if modality == recipe.modality]:
            words = " ".join(f"“{task}”: {ELSEWHERE[recipe.modality, task]}" for task in elsewhere)
            st.caption(f"Not composed here. {words}")


def staged() -> Recipe | None:
    """Controls and stage; the recipe, where it can be built."""
    recipe, number, mark = controls()
    try:
        shape = recipe.material.shape
    except BadInput as absent:
        st.info(str(absent), icon=":material/download:")
        name = {"dog": "cifar10"}.get(recipe.task, recipe.task)
        if name in SOURCES:
            offer(name)
        return None
    found = objections(recipe.composition, shape)
    if any(o.fatal for o in found):
        impossible(recipe, shape, [o for o in found if o.fatal])
        return None
    for objection in found:
        where = CONTROLS.get(objection.choice, objection.choice)
        st.caption(f":orange[:material/warning:] **{where}:** {objection.sentence}")
    diagram(recipe, number, mark)
    run, draw = asked(recipe), partial(stage, recipe, number, mark)
    live("compose", run, partial(compose, run), draw, label="Train this model", device=run.device)
    row(recipe)
    return recipe


def impossible(recipe: Recipe, shape: Shape, found: list[Objection]) -> None:
    """Why this cannot be built, and changes that make it possible."""
    for objection in found:
        where = CONTROLS.get(objection.choice, objection.choice)
        st.warning(f"**{where}:** {objection.sentence}", icon=":material/block:")
    ways = repairs(recipe.composition, shape)
    if ways:
        st.markdown("This makes it possible:" if len(ways) == 1 else "Any of these makes it possible:")
    with st.container(horizontal=True, gap="small"):
        for i, (change, mended) in enumerate(ways[:4]):
            words = ", ".join(f"{CONTROLS.get(k, k)}: {in_words(k, v)}" for k, v in change.items())
            st.button(
                words, key=f"compose-repair-{i}", icon=":material/build:", on_click=take,
                args=(replace(recipe, composition=mended),),
            )  # fmt: skip
    row(recipe)


def repairs(c: Composition, shape: Shape) -> list[tuple[dict[str, object], Composition]]:
    """Changes after which nothing fatal is left: what changes, and the composition; single ones, else pairs of them."""

    def possible(changes: list[dict[str, object]]) -> list[tuple[dict[str, object], Composition]]:
        tried: list[tuple[dict[str, object], Composition]] = []
        for change in changes:
            mended = replace(c, **change)  # type: ignore[arg-type]
            real = {k: v for k, v in change.items() if asdict(c)[k] != v}
            if real and not any(o.fatal for o in objections(mended, shape)) and real not in [r for r, _ in tried]:
                tried.append((real, mended))
        return tried

    single = possible([dict(r) for r in REPAIRS])
    return single or possible([a | b for a in REPAIRS for b in REPAIRS if a is not b])
