"""A chart that changes: its node, the zoom and the hover stay where they are while data stream in.

`st.plotly_chart` builds a new chart for every change of data. Here one component keeps its node and lets `Plotly.react`
repaint it (`chart.js`). Plotly's JavaScript is the copy inside the installed Python package, so both always agree.
"""

import gzip
import json
import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import plotly
import plotly.graph_objects as go
import streamlit as st
from plotly.offline import get_plotlyjs
from plotly.utils import PlotlyJSONEncoder

STATIC = Path(__file__).parents[2] / "static"
"""Served by Streamlit as `app/static/` (`server.enableStaticServing`)."""

_mount = st.components.v2.component(
    "house_chart",
    html='<div class="house-chart"></div>',
    css=".house-chart {width: 100%; height: 100%; overflow: hidden;}",
    js=Path(__file__).with_suffix(".js").read_text("utf-8"),
    isolate_styles=False,  # Plotly writes its styles into the document's head, which a shadow root does not see
)


def _heard() -> None:
    """Streamlit gives the values only of those events that have a callback."""


@cache
def plotly_script() -> str:
    """The name of Plotly's JavaScript in `static/`, written there once; empty where the disk cannot be written.

    Compressed on disk: Streamlit would compress a `.js` anew for every learner, 0.2 s of the server each.
    """
    file = STATIC / f"plotly-{plotly.__version__}.min.js.gz"
    try:
        if not file.exists():
            STATIC.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=STATIC, prefix="plotly-", delete=False) as part:
                part.write(gzip.compress(get_plotlyjs().encode()))
            os.chmod(part.name, 0o644)
            os.replace(part.name, file)  # in one step: nobody ever fetches half a file
    except OSError:
        return ""
    return file.name


class Picture(NamedTuple):
    """A figure made ready for the browser, so that learners who look at the same thing can share it."""

    figure: go.Figure
    data: bytes
    height: int
    click: bool


def picture(figure: go.Figure, key: str, *, height: int = 420, click: bool = False, alt: str = "") -> Picture:
    """Make a figure ready, as compact JSON with arrays in base64 (float32 stays float32); see `chart`."""
    sent: dict[str, Any] = figure.to_dict()
    layout = sent["layout"]
    layout.pop("template", None)  # 7 kB a frame that say nothing: the house's style is in the figure
    layout.setdefault("uirevision", key)  # the same name in the next frame: keep the learner's zoom
    layout["height"] = height
    layout["autosize"] = True
    clear, ink = "rgba(0,0,0,0)", figure.layout.font.color or "#808080"
    layout = {"paper_bgcolor": clear, "plot_bgcolor": clear} | layout
    layout["modebar"] = {"bgcolor": clear, "color": ink, "activecolor": ink} | layout.get("modebar", {})
    alt = alt or figure.layout.title.text or key.replace("_", " ")
    whole = {"data": sent["data"], "layout": layout, "click": click, "alt": alt, "script": plotly_script()}
    return Picture(figure, json.dumps(whole, cls=PlotlyJSONEncoder, separators=(",", ":")).encode(), height, click)


_ready: OrderedDict[Hashable, Picture] = OrderedDict()
_lock = threading.Lock()
PRIVATE = {"showSendToCloud": False, "displaylogo": False}  # a learner's own data stay here
KEPT = 96
"""Pictures remembered for all learners, the most recently used."""


def remembered(
    facts: Hashable, draw: Callable[[], go.Figure], key: str, *, height: int = 420, click: bool = False, alt: str = ""
) -> Picture:
    """The picture of a figure that depends on nothing but `facts`: drawn once, then shared by all who look at the same."""
    facts = (key, height, facts)
    with _lock:
        if facts in _ready:
            _ready.move_to_end(facts)
            return _ready[facts]
    made = picture(draw(), key, height=height, click=click, alt=alt)
    with _lock:
        _ready[facts] = made
        while len(_ready) > KEPT:
            _ready.popitem(last=False)
    return made


def chart(
    figure: go.Figure | Picture, key: str, *, height: int = 420, click: bool = False, alt: str = ""
) -> dict[str, Any] | None:
    """Draw a figure in its place on the page, and give the point that was clicked.

    The key names the place: call with the same key in every rerun. The learner's zoom is kept; give the figure another
    `layout.uirevision` where it should be forgotten (other axes, another question). `alt` says what a person who does
    not see the picture should know. With `click`, the run that a click starts gets
    `{"curve", "point", "x", "y", "z", "customdata"}` (`point` is `[row, column]` in a heatmap), every other run None.
    A figure that many learners look at is made ready once by `picture` and remembered; its own arguments then hold.
    """
    ready = picture(figure, key, height=height, click=click, alt=alt) if isinstance(figure, go.Figure) else figure
    if not (plotly_script() and st.get_option("server.enableStaticServing")):
        st.plotly_chart(ready.figure, key=key, height=ready.height, theme=None, config=PRIVATE)  # blinks, but shows
        return None
    mounted = _mount(key=key, data=ready.data, height=ready.height, on_point_change=_heard, on_theme_change=_heard)
    if mounted.theme:
        st.rerun()  # light became dark: the whole page is drawn anew, even where this chart lives in a fragment
    return mounted.point
