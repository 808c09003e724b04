"""The view "Messages" of the Graphs page: a node hears its neighbours, they hear theirs; every message with its numbers."""

import streamlit as st

from components.ui.graphs_messages_below import below
from components.ui.graphs_messages_setting import Setting, setting
from components.ui.graphs_messages_stage import about, readouts, stage
from components.ui.house import theme


def view() -> None:
    """Controls, the stage that plays, the readouts, the formula, and what to look at more closely."""
    found = setting()
    stage(found)
    readouts(found)
    formula(found)
    st.caption(about(found))
    below(found)


def formula(found: Setting) -> None:
    """One layer as mathematics, in the colours of the node and of its neighbours."""
    series = theme().series
    near, own = rf"\textcolor{{{series[0]}}}{{x_j", rf"\textcolor{{{series[1]}}}{{x_i"
    h = rf"\textcolor{{{series[1]}}}{{h_i}}"
    around = r"_{j\to i}"
    loops = r"_{j\to i\,\text{or}\,j=i}"
    kinds = {
        "convolution": rf"{h}=\operatorname{{relu}}\Big(\sum{loops}\tfrac{{1}}{{\sqrt{{d_id_j}}}}\,{near}}}W+b\Big)",
        "attention": rf"{h}=\operatorname{{relu}}\Big(\sum{loops}a_{{ij}}\,{near}}}W+b\Big),\quad "
        rf"a_{{ij}}=\operatorname{{softmax}}_j\,\operatorname{{leaky}}(a\cdot{own}}}W+a'\cdot{near}}}W)",
        "isomorphism": rf"{h}=\operatorname{{relu}}\Big(\operatorname{{MLP}}\big((1+\varepsilon)\,{own}}}"
        rf"+\sum{around}{near}}}\big)\Big)",
    }
    how = {"mean": r"\operatorname{mean}", "sum": r"\sum", "max": r"\max"}.get(found.kind, "")
    text = kinds.get(found.kind, rf"{h}=\operatorname{{relu}}\Big({how}{around}{near}}}W+{own}}}W'+b\Big)")
    row = st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center", gap="large")
    row.latex(text, width="content")
    row.latex(r"x\in\mathbb R^{n\times d},\;W\in\mathbb R^{d\times 5},\;h\in\mathbb R^{n\times 5}", width="content")
