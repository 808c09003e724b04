"""Under the blocks of "Forward, backward, step": one sum written out, one derivative computed twice, the loss so far."""

import numpy as np
import streamlit as st

from components.figures.scale import SCALES
from components.figures.unfolded import Cell
from components.figures.unfolded_curve import unfolded_curve
from components.learn import written
from components.learn.tiny_samples import Tiny, tiny
from components.learn.unfolding import NUDGE, STEPS, Act, Moment, nudged
from components.ui.chart import chart, remembered
from components.ui.house import theme
from components.ui.unified_numbers_asked import Asked, chosen, largest, pointed

CURVE = 165


def numbers(asked: Asked, at: int, act: Act, moment: Moment) -> None:
    """The sum of one cell, the derivative twice, and the loss so far."""
    t, sample, cell = at // len(asked.acts), tiny(asked.sample)[moment.which], pointed(asked, at, act, moment)
    left, right = st.columns([0.68, 0.32], gap="medium")
    with left:
        st.markdown(sentence(asked, act, moment, sample, cell))
        derivatives(asked, moment, sample)
    with right:
        losses = np.array([m.losses for m in asked.moments])
        colours, names = theme().name, tiny(asked.sample)[0].classes
        ready = remembered(
            (asked[:4], t, colours), lambda: unfolded_curve(losses, t, names, scale=SCALES[colours], height=CURVE),
            "unfolded-curve", height=CURVE,
            alt=f"The mean loss goes from {losses[0].mean():.3f} to {losses[-1].mean():.3f} in {STEPS} steps",
        )  # fmt: skip
        chart(ready, "unfolded-curve")


def sentence(asked: Asked, act: Act, moment: Moment, sample: Tiny, cell: Cell) -> str:
    """One cell, its sum with its numbers."""
    name, i, j = cell
    label = written.name_of(sample, asked.kind, name, i, j)
    if act.phase == "update" and name in moment.weights:
        return f"**{label}**: {written.update(moment, name, i, j, asked.rate)}"
    if act.phase == "backward" and name in act.blocks:
        return f"**∂L/∂{label}**: {written.slope(asked.kind, sample, moment, name, i, j)}"
    return f"**{label}**: {written.value(asked.kind, sample, moment, name, i, j)}"


def derivatives(asked: Asked, moment: Moment, sample: Tiny) -> None:
    """Loss before and after; the gradient of one weight by the way back and by nudging it."""
    cell = chosen(asked)
    if cell[0] not in moment.weights:
        cell = largest("W", moment.slopes["W"])
    exact = float(moment.slopes[cell[0]][cell[1], cell[2]])
    more, less = nudged(asked.kind, sample, moment.weights, cell)
    by_hand, (before, after) = (more - less) / (2 * NUDGE), (moment.losses[moment.which], moment.losses_after[moment.which])
    label, row = f"{cell[0]}[{cell[1] + 1}, {cell[2] + 1}]", st.container(horizontal=True, gap="medium")
    row.metric(
        "Loss → after the step", f"{before:.3f} → {after:.3f}",
        help=f"−log q[{sample.classes[sample.truth]}], before and after this step on this sample. Of the other sample: "
        f"{moment.losses[1 - moment.which]:.3f} → {moment.losses_after[1 - moment.which]:.3f}.",
    )  # fmt: skip
    row.metric(
        f"∂L/∂{label}",
        f"{exact:.6f}",
        help=f"Row {cell[1] + 1}, column {cell[2] + 1} of {cell[0]}: backward, block by block (automatic, 64-bit numbers).",
    )
    row.metric(
        "by nudging it", f"{by_hand:.6f}",
        help=f"(L(w + ε) − L(w − ε)) / 2ε = ({more:.10f} − {less:.10f}) / {2 * NUDGE:g}. Click any weight to choose it.",
    )  # fmt: skip
    row.metric(
        "difference",
        f"{abs(exact - by_hand):.0e}" if exact != by_hand else "0",
        help="Rounding and the curve of the loss within ε = 0.00001.",
    )
