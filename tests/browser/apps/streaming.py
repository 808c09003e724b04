"""A line that grows in a fragment, beside widgets, as on a page with a live run."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from components.figures.scale import style
from components.ui.chart import chart
from components.ui.house import theme

st.set_page_config(layout="wide")
st.title("Streaming")
st.toggle("Thick", key="thick")
if st.button("Count"):
    st.session_state["count"] = st.session_state.get("count", 0) + 1
st.text(f"counted {st.session_state.get('count', 0)}")


@st.fragment(run_every=0.2)
def live() -> None:
    """One more point per frame."""
    n = st.session_state["n"] = st.session_state.get("n", 20) + 1
    x = np.arange(n)
    y = np.cos(x / 9).astype("float32")
    line = go.Scatter(x=x, y=y, name="loss", line={"width": 5 if st.session_state["thick"] else 2})
    chart(style(go.Figure(line), theme(), title="Loss while training"), "live", alt=f"Loss, {n} steps")


live()


def heard(name: str, point: dict[str, Any] | None) -> None:
    """Every click so far, to see that each comes once."""
    clicks = st.session_state.setdefault(f"clicks {name}", [])
    if point:
        clicks.append(tuple(point.get(part) for part in ("curve", "point", "x", "y", "customdata")))
    st.text(f"{name}: {clicks}")


dots = go.Scatter(x=[1, 2, 3], y=[2, 1, 3], mode="markers", marker={"size": 30}, customdata=["a", "b", "c"])
heard("dots", chart(style(go.Figure(dots), theme()), "dots", height=240, click=True))

cells = go.Heatmap(z=np.arange(6, dtype="float32").reshape(2, 3), x=["p", "q", "r"], y=["u", "v"], showscale=False)
heard("cells", chart(style(go.Figure(cells), theme()), "cells", height=240, click=True))
