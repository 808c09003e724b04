"""The stage of "The filter": it plays, place by place; window x filter = products, the sum, and the output that fills up."""

from collections.abc import Callable
from functools import partial

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from components.figures.filter_cells import arithmetic, output, piece, said
from components.figures.filter_line import line
from components.figures.filter_whole import signals, whole
from components.measure.filtering import counts, out_size, step
from components.ui.chart import chart, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.images_filter_setting import Setting, whole_output
from components.ui.links import to_link
from components.ui.player import advance, buttons, move, pace, paced, playing, position

HIGH = 350
PACES = {"1": "1 / s", "3": "3 / s", "8": "8 / s"}


def stage(setting: Setting) -> None:
    """The player and everything that changes with the place."""
    places, state = setting.places, st.session_state
    count = int(np.prod(places))
    middle = int(np.ravel_multi_index(tuple(n // 2 for n in places), places))
    if "at" in state and state.get("filter-count", count) != count:
        state["at"] = int(state["at"]) * count // state["filter-count"]  # the same share of another number of places
    state["filter-count"] = count
    position("at", count, middle)
    on, rate = playing("at"), paced("fpace", PACES, "3")

    @st.fragment(run_every=1 / rate if on else None)
    def region() -> None:
        over = on and advance("at", count, rate)
        at = int(state["at"])
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filter-player"):
            buttons("at", at, count, end="Fill to the end")
            if pace("fpace", PACES, "3", "Places a second") != rate and on:
                st.rerun()
            st.markdown(f"place **{at + 1}** of {count}")
        (line_stage if setting.dim == 1 else plane_stage)(setting, at)
        readouts(setting, at)
        if over:
            state["at-playing"] = False
            st.rerun()
        if not on:
            to_link("at", at, middle)

    region()


def clicked(point: dict | None) -> None:
    """Go to the output clicked, or move the piece to the pixel or sample clicked."""
    data = None if point is None else point.get("customdata")
    if isinstance(data, int):
        move("at", data)
        st.rerun()
    elif isinstance(data, str) and data.startswith("pixel "):
        st.session_state["piece"] = data.removeprefix("pixel ")
        st.rerun()
    elif isinstance(data, str) and data.startswith("sample "):
        st.session_state["cut"] = data.removeprefix("sample ")
        st.rerun()


def hover(setting: Setting, values: np.ndarray) -> list[str]:
    """For each output the cells it came from, written out, and the sum."""
    found = []
    flat = values.ravel()
    for i in range(flat.size):
        weight = setting.weight if setting.own is None else setting.own[i]
        here = step(setting.piece, weight, setting.bias, i, setting.padding, setting.stride)
        rows = zip(np.atleast_2d(here.window), np.atleast_2d(weight), strict=True)
        text = "<br>".join(" + ".join(f"{said(x)}·{_signed(w)}" for x, w in zip(*row, strict=True)) for row in rows)
        bias = f" + bias {said(setting.bias)}" if setting.bias else ""
        name = f"place {i + 1}" if setting.dim == 1 else "row {}, column {}".format(*(p + 1 for p in here.place))
        found.append(f"<b>{name}</b>, from these cells:<br>{text}{bias}<br>= <b>{said(float(flat[i]), 6)}</b>. Click to go there")
    return found


def _signed(w: float) -> str:
    return said(float(w)) if w >= 0 else f"({said(float(w))})"


def reach_of(values: np.ndarray) -> float:
    """The end of a diverging scale."""
    return max(float(np.abs(values).max()), 1e-9)


def most(values: np.ndarray) -> float:
    """The same for a whole picture: its largest 1 % have the full colour, so that a few do not pale all others."""
    return max(float(np.quantile(np.abs(values), 0.99)), 1e-3 * reach_of(values), 1e-9)


def plane_stage(setting: Setting, at: int) -> None:
    """Input, arithmetic and output side by side; under the arithmetic the whole picture and what becomes of it."""
    scale, values = theme(), setting.outputs()
    here = step(setting.piece, setting.weight, setting.bias, at, setting.padding, setting.stride)
    spot = f"row {here.place[0] + 1}, column {here.place[1] + 1}"
    left, middle, right = st.columns([0.29, 0.42, 0.29], gap="small")
    with left:
        figure = piece(
            setting.piece, setting.padding, (here.start[0], here.start[1]), setting.k, centres(setting), scale=scale, height=HIGH
        )
        clicked(chart(figure, "filter-input", height=HIGH, click=True, alt=f"The piece; the window of output {spot} is framed"))
    with middle:
        high = 178 if setting.k == 3 else 202
        figure = arithmetic(here.window, setting.weight, here.products, setting.bias, scale=scale, height=high)
        chart(figure, "filter-sum", height=high, alt=f"Window times filter, summed: {here.value:.2f}")
        whole_pair(setting)
    with right:
        figure = output(values, at, reach_of(values), hover(setting, values), scale=scale, height=HIGH)
        clicked(
            chart(
                figure, "filter-output", height=HIGH, click=True, alt=f"{at + 1} outputs; the last, {spot}, is {here.value:.2f}"
            )
        )


def centres(setting: Setting) -> np.ndarray:
    """For each cell of the piece the output whose window has its middle there, or -1."""
    found = np.full(setting.piece.shape, -1)
    for i, place in enumerate(np.ndindex(*setting.places)):
        cell = tuple(setting.stride * p - setting.padding + setting.k // 2 for p in place)
        if all(0 <= c < n for c, n in zip(cell, setting.piece.shape, strict=True)):
            found[cell] = i
    return found


def whole_pair(setting: Setting) -> None:
    """The whole picture and its output; the same for every place, so drawn once."""
    result = whole_output(setting)
    if result is None:
        return
    scale = theme()
    draw: Callable[[], go.Figure]
    if setting.dim == 2:
        height, alt = 168 if setting.k == 3 else 144, "The whole picture and the whole output"
        r, c = setting.corner
        box = (r, c, setting.piece.shape[0], setting.piece.shape[1])
        draw = partial(whole, setting.whole, result, most(result), setting.stride, box, scale=scale, height=height)
    else:
        height, alt = 140, "The whole signal and the whole output"
        offset = -setting.padding + (setting.k - 1) / 2
        span = (setting.corner[0], len(setting.piece))
        draw = partial(signals, setting.whole, result, offset, setting.stride, span, scale=scale, height=height)
    facts = ("filter", digest(setting.whole, result), setting.stride, setting.corner, setting.k, scale.name)
    clicked(chart(remembered(facts, draw, "filter-whole", height=height, click=True, alt=alt), "filter-whole"))


def line_stage(setting: Setting, at: int) -> None:
    """The slide's drawing over the full width; under it the arithmetic and the whole signal."""
    scale, values = theme(), setting.outputs()
    m = setting.places[0]
    filters = np.broadcast_to(setting.weight, (m, setting.k)) if setting.own is None else setting.own
    here = step(setting.piece, filters[at], setting.bias, at, setting.padding, setting.stride)
    reach = reach_of(setting.piece) if setting.signed else None
    figure = line(
        setting.piece, filters, values, at, setting.padding, setting.stride, hover(setting, values),
        reach=(reach, reach_of(values)), share=setting.own is None, scale=scale, height=222,
    )  # fmt: skip
    clicked(chart(figure, "filter-line", height=222, click=True, alt=f"Window {at + 1} of {m}, its output is {here.value:.2f}"))
    left, right = st.columns([0.45, 0.55], gap="medium")
    with left:
        figure = arithmetic(
            here.window[None], filters[at][None], here.products[None], setting.bias,
            reach=reach, share=setting.own is None, scale=scale, height=130,
        )  # fmt: skip
        chart(figure, "filter-sum", height=130, alt=f"Window times filter, summed: {here.value:.2f}")
    with right:
        whole_pair(setting)


def readouts(setting: Setting, at: int) -> None:
    """Four numbers with their formulas."""
    n, k, p, s = setting.piece.shape, setting.k, setting.padding, setting.stride
    places = setting.places
    weights, full, times = counts(n, places, k)
    flat = setting.outputs().ravel()
    row = st.container(horizontal=True, gap="medium")
    size = " × ".join(map(str, places))
    row.metric(
        "Output size" if setting.dim == 2 else "Outputs",
        size,
        help="floor((n + 2p − k) / s) + 1 along each side: "
        + "; ".join(f"floor(({side} + 2·{p} − {k}) / {s}) + 1 = {out_size(side, k, p, s)}" for side in n),
    )
    cells = f"{k}" if setting.dim == 1 else f"{k}·{k}"
    inputs, outputs = int(np.prod(n)), int(np.prod(places))
    said_full = f"Fully connected: {inputs} inputs × {outputs} outputs = {full:,} weights."
    if setting.own is None:
        row.metric("Weights", f"{weights:,}", help=f"One filter for all places: {cells} + 1 bias = {weights}. {said_full}")
    else:
        own = outputs * weights
        row.metric("Weights", f"{own:,}", help=f"{outputs} places × ({cells} + 1) = {own}, not {weights}. {said_full}")
    row.metric("Multiplications", f"{times:,}", help=f"{outputs} places × {cells} products = {times:,}, shared or not.")
    row.metric(
        "The value here",
        said(float(flat[at]), 6),
        help=f"Place {at + 1}: the sum of {k**setting.dim} products and the bias {setting.bias:g}.",
    )
