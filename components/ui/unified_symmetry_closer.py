"""Below the stage of the symmetry bench: the table of all models and actions, two questions, and the code."""

from functools import partial
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from components.figures.bench_table import bench_table, table_height, written
from components.figures.scale import SCALES
from components.learn.bench import EXACT, NUMBERS, about, meaningful, members, recorded, table
from components.learn.bench_actions import COLUMNS, why_not
from components.learn.bench_models import ENTRIES
from components.models.pools import POOLS
from components.ui.chart import chart, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.links import choice
from components.ui.live import live
from components.ui.unified_symmetry_code import code
from components.ui.unified_symmetry_stage import tabled
from components.ui.unified_symmetry_words import TEACHES, Asked, limits, small
from components.values import Frame

LOOKS = {"table": "The table", "every": "All models", "predict": "Predict", "check": "Check yourself", "code": "Code"}
SHORT = 24  # letters of a model's name on a phone


def closer(asked: Asked) -> None:
    """One of several things to look at."""
    look = choice("Look closer", LOOKS, "table", "bench_look")
    if look in ("table", "every"):
        family = asked.entry.family if look == "table" else "all"
        live(f"bench-{family}", ("bench", family), partial(table, family), partial(tables, asked, family), label="Measure now")
    else:
        {"predict": predict, "check": check, "code": code}[look](asked)


def tables(asked: Asked, family: str, frames: list[Frame]) -> None:
    """The table as recorded, or as far as the live run is; what it teaches; and the cell that is clicked."""
    frame = frames[-1] if frames else recorded(family)
    facts = about()
    said = f"Recorded {facts['date']} on {facts['machine']}." if not frames else "Measured here, now."
    columns = meaningful(family)
    exact = {COLUMNS[j][0]: int((frame["error"][:, j] < EXACT).sum()) for j in columns}
    total = {COLUMNS[j][0]: int(np.isfinite(frame["error"][:, j]).sum()) for j in columns}
    best = sorted(exact, key=lambda name: -exact[name])[:2]
    counted = ", ".join(f"{exact[name]} of {total[name]} under {name}" for name in best)
    st.markdown(f"{TEACHES[family]} Exact: {counted}.")
    for layout in ("wide", "narrow"):
        with st.container(key=f"bench-{layout}-table"):
            clicked = _drawn(asked, family, frame, layout == "narrow")
        if clicked and isinstance(clicked.get("customdata"), str):
            leap(family, *map(int, clicked["customdata"].split(",")))
    st.caption(
        f"{said} Largest error relative to max |f(x)|, over all inputs and amounts. {limits()} Click a cell to see it above."
    )


def _drawn(asked: Asked, family: str, frame: Frame, narrow: bool) -> dict[str, Any] | None:
    """The table for a wide screen or for a phone."""
    own, columns, colours = members(family), meaningful(family), theme().name
    mark = [j for j, c in enumerate(columns) if COLUMNS[c][1] == asked.action]
    near = [j for j in mark if asked.amount in COLUMNS[columns[j]][2]] or mark or [-1]
    marked = (next((i for i, e in enumerate(own) if e.key == asked.model), -1), near[0])
    height = table_height(len(own))

    def draw() -> go.Figure:
        names = [e.title if not narrow or len(e.title) <= SHORT else e.title[: SHORT - 1] + "…" for e in own]
        hints = [[hint(e.key, c, frame["error"][i, c], frame["stays"][i, c]) for c in columns] for i, e in enumerate(own)]
        titles = [COLUMNS[c][0] for c in columns]
        errors = frame["error"][:, columns]
        return bench_table(names, titles, errors, hints, marked, narrow=narrow, scale=SCALES[colours])

    key = f"bench-table-{'narrow' if narrow else 'wide'}-{family}"
    facts = (digest({n: frame[n] for n in NUMBERS}), marked, colours)
    alt = f"Errors of {len(own)} models under {len(columns)} actions"
    return chart(remembered(facts, draw, key, height=height, click=True, alt=alt), key)


def hint(key: str, column: int, error: float, stays: float) -> str:
    """What hovering a cell says."""
    entry, (title, action, amounts) = ENTRIES[key], COLUMNS[column]
    why = why_not(entry, action, amounts[0])
    if why:
        return f"{entry.title}<br>{why}"
    if not np.isfinite(error):
        return f"{entry.title}, {title}<br>not measured yet"
    also = f"<br>answers that stay: {stays:.0%}" if np.isfinite(stays) else ""
    return f"{entry.title}, {title}<br>{written(float(error))[:1]} error {small(float(error))}{also}<br>{entry.because}"


def leap(family: str, row: int, column: int) -> None:
    """Show a cell of the table on the stage, from the next run on."""
    entry, (_, action, amounts) = members(family)[row], COLUMNS[meaningful(family)[column]]
    st.session_state["bench-jump"] = {
        "benchdata": entry.family, "benchmodel": entry.key, "action": action, "amount": amounts[0], "bench-model": entry.key,
    }  # fmt: skip
    st.rerun()


def predict(asked: Asked) -> None:
    """A guess that surprises, beside what was measured."""
    guess = st.segmented_control(
        "**Predict first.** A vision transformer without positions cuts a picture into patches of 4 × 4 pixels. Under which "
        "shift (on a torus) does its answer stay exactly the same?", ["1 px", "2 px", "4 px", "all", "none"], key="bench-guess",
    )  # fmt: skip
    if guess:
        found = dict(zip((1, 2, 4), (k.error for k in tabled("vit-4-blind", "shift")), strict=True))
        exact = [t for t, error in found.items() if error < EXACT]
        told = ", ".join(f"{small(error)} at {t} px" for t, error in found.items())
        right = guess == (f"{exact[0]} px" if len(exact) == 1 else "all" if len(exact) == 3 else "none")
        st.markdown(
            f"{'Right' if right else 'Look again'}. Measured: **{told}**. A shift by one whole patch only puts the same patches "
            "into another order, and without positions the order is not seen; any other shift cuts other patches."
        )


def check(asked: Asked) -> None:
    """A question whose answer is found by moving the model."""
    guess = st.segmented_control(
        "**Check yourself.** Data: *Sets*, action: *Permutation*. All elements share one map. With which pool does the "
        "model still see the order? Go through the models.", list(POOLS), key="bench-check",
    )  # fmt: skip
    if guess:
        found = {pool: tabled(f"set-{pool}", "permute")[0].error for pool in POOLS}
        broken = [pool for pool, error in found.items() if error > EXACT]
        told = ", ".join(f"{pool} {small(error)}" for pool, error in found.items())
        st.markdown(f"{'Right' if [guess] == broken else 'Look again'}: {told}. Only **{', '.join(broken)}** keeps places apart.")
