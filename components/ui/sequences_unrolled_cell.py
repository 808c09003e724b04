"""One unit of a recurrent cell at one step, written out with its numbers, and the cell's formula."""

import numpy as np
import streamlit as st

from components.figures.scale import Scale
from components.figures.state_strip import bars, memory_bars
from components.ui.chart import chart
from components.ui.house import theme


def cell_written(cell: str, found: dict[str, np.ndarray], at: int, unit: int, scale: Scale) -> None:
    """The terms of the marked unit: what the token adds, what the past adds, what comes out."""
    state, before = found["state"], found["state"][at - 1] if at else np.zeros(found["state"].shape[1])
    own, past = found["own"][at], found["past"][at]
    st.markdown(f"**Unit {unit + 1} at this token**")
    if cell == "rnn":
        z = own[unit] + past[unit]
        rows = [("W x + b", own[unit], 0), ("U h before", past[unit], 3), ("sum", z, 4), ("h = tanh(sum)", state[at, unit], 1)]
        chart(bars(rows, scale=scale, height=250), "cell-parts", height=250, alt=f"tanh of {z:.2f} is {state[at, unit]:.2f}")
        st.latex(rf"\tanh({own[unit]:.2f} {past[unit]:+.2f}) = {state[at, unit]:.2f}")
    elif cell == "lstm":
        gates = [float(found[name][at, unit]) for name in "ifgo"]
        c0 = float(found["c"][at - 1, unit]) if at else 0.0
        c1 = float(found["c"][at, unit])
        rows = [
            ("input gate i", gates[0], 0), ("forget gate f", gates[1], 3), ("candidate g", gates[2], 2),
            ("output gate o", gates[3], 5), ("memory c before", c0, 4), ("memory c now", c1, 4), ("state h", state[at, unit], 1),
        ]  # fmt: skip
        chart(bars(rows, scale=scale, height=300), "cell-parts", height=300, alt=f"Gates and memory of unit {unit + 1}")
        st.latex(rf"c = {gates[1]:.2f}\cdot({c0:.2f}) + {gates[0]:.2f}\cdot({gates[2]:.2f}) = {c1:.2f}")
    else:
        chart(
            memory_bars(found["decay"], state[at], unit, scale=scale, height=270),
            "cell-parts",
            height=270,
            alt="States by memory",
        )
        a = float(found["decay"][unit])
        st.latex(rf"s = {a:.2f}\cdot({before[unit]:.2f}) + ({own[unit]:.2f}) = {state[at, unit]:.2f}")


def formula(cell: str) -> None:
    """The cell as the lecture writes it: what the token adds, what the past adds, what comes out."""
    series = theme().series
    token, past, out = (rf"\textcolor{{{series[i]}}}" for i in (0, 3, 1))
    if cell == "rnn":
        st.latex(rf"{out}{{h_t}}=\tanh({token}{{W x_t}}+{past}{{U h_{{t-1}}}}+b)")
    elif cell == "lstm":
        st.latex(
            rf"c_t = {past}{{f_t\odot c_{{t-1}}}}+{token}{{i_t\odot g_t}},\quad {out}{{h_t}}=o_t\odot\tanh(c_t),\qquad "
            rf"i,f,o=\sigma({token}{{W x_t}}+{past}{{U h_{{t-1}}}}+b),\ g=\tanh(\cdot)"
        )
    else:
        st.latex(rf"{out}{{s_t}}={past}{{a\odot s_{{t-1}}}}+{token}{{B x_t}},\qquad y_t=C{out}{{s_t}}+D x_t,\qquad 0<a<1")
