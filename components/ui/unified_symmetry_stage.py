"""The stage of the symmetry bench: both sides of the equation as a square, the numbers, and the formula."""

from functools import lru_cache

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from components.figures.bench_square import F, G, square
from components.figures.scale import SCALES
from components.learn.bench import NUMBERS, Kept, Sides, recorded, sides, size_of
from components.learn.bench_actions import COLUMNS, spoken
from components.learn.bench_models import ENTRIES
from components.ui.chart import chart, remembered
from components.ui.house import theme
from components.ui.unified_symmetry_cells import input_cell, output_cells
from components.ui.unified_symmetry_words import Asked, judged, sentence, small

WIDE, NARROW = 420, 640


@lru_cache(maxsize=24)
def computed(asked: Asked) -> Sides:
    """Both sides, computed once for all who look at the same."""
    return sides(asked.entry, asked.action, asked.amount, asked.number)


def moves(asked: Asked) -> bool:
    """Whether the action moves the output too: the equation is one of equivariance."""
    entry = asked.entry
    if entry.out == "answer":
        return False
    return asked.action not in ("scale", "rotate") if entry.out == "elements" else asked.action in ("scale", "rotate")


def tabled(model: str, action: str) -> list[Kept]:
    """What is recorded of a model under an action, one for each column of the table with that action."""
    entry = ENTRIES[model]
    row = [e.key for e in ENTRIES.values() if e.family == entry.family].index(model)
    frame = recorded(entry.family)
    at = [j for j, (_, name, _) in enumerate(COLUMNS) if name == action]
    numbers = [[float(frame[n][row, j]) for n in NUMBERS] for j in at]
    return [Kept(error, same, along, stays, between) for error, same, along, stays, between in numbers]


def stage(asked: Asked) -> None:
    """The square, and beside it what it says."""
    found, own = computed(asked), moves(asked)
    left, right = st.columns([0.68, 0.32], gap="medium", vertical_alignment="center")
    with left:
        _square(asked, found, own)
    with right:
        st.markdown(f"#### {sentence(found.error, own)}")
        st.markdown(asked.entry.because)
        _readouts(asked, found, own)
        formula(asked, found, own)


def _square(asked: Asked, found: Sides, own: bool) -> None:
    """The square for a wide screen and for a phone; the style sheet shows one."""
    colours = theme().name
    alt = f"{asked.entry.title}, {spoken(asked.action, asked.amount)}: {sentence(found.error, own)}"
    for layout, height in (("wide", WIDE), ("narrow", NARROW)):

        def draw(narrow: bool = layout == "narrow", height: int = height) -> go.Figure:
            inputs = [input_cell(asked.entry, x) for x in (found.x, found.moved)]
            outputs, difference = output_cells(asked.entry, found)
            words = (spoken(asked.action, asked.amount), judged(found.error))
            return square(
                [*inputs, *outputs], difference, words, moves=own, narrow=narrow, scale=SCALES[colours], height=height
            )  # fmt: skip

        with st.container(key=f"bench-{layout}"):
            chart(remembered((asked, colours), draw, f"bench-{layout}-chart", height=height, alt=alt), f"bench-{layout}-chart")


def _readouts(asked: Asked, found: Sides, own: bool) -> None:
    """At most four numbers."""
    entry, row = asked.entry, st.container(horizontal=True, gap="medium")
    apart, size = float(np.abs((found.left - found.right) * found.known).max()), size_of(entry)
    other = "g f(x)" if own else "f(x)"
    row.metric(
        "Error here", small(found.error),
        help=f"max |f(g x) − {other}| / max |f(x)| = {apart:.2g} / {size:.3g} = "
        f"{small(found.error)}, for this x and this g; max |f(x)| is the largest number in f of all inputs of this model.",
    )  # fmt: skip
    cells = tabled(asked.model, asked.action)
    numbers = [k.error for k in cells if np.isfinite(k.error)]
    if numbers:
        row.metric(
            "Largest, in the table", small(max(numbers)),
            help="The largest error over all inputs of this model and all amounts of this action that the table below holds.",
        )  # fmt: skip
    if entry.classes and cells and np.isfinite(cells[0].stays):
        stays = float(np.nanmean([k.stays for k in cells]))
        little = "." if entry.trained else "; of an untrained model it says little."
        told = f"Share of inputs and transformations in the table with the same likeliest class before and after{little}"
        row.metric("Answers that stay", f"{stays:.0%}", help=told)
    between = next((k.between for k in cells if np.isfinite(k.between)), np.nan)
    if np.isfinite(between):
        told = (
            "max |f(x) − f(x′)| / max |f| between two different inputs: an error of this size is as large as taking another one."
        )
        row.metric("Two inputs differ by", small(between), help=told)


def formula(asked: Asked, found: Sides, own: bool) -> None:
    """The equation, coloured like the arrows, with the shapes."""
    series = theme().series
    f, g = (rf"\textcolor{{{series[i]}}}{{{name}}}" for i, name in ((F, "f"), (G, "g")))
    shape = r"\times".join(str(n) for n in found.after.shape)
    end = rf"{g}\,{f}(x)" if own else f"{f}(x)"
    st.latex(rf"{f}({g}\,x) = {end} \qquad {f}(x)\in\mathbb{{R}}^{{{shape}}}")
