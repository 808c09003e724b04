"""Every colour and every font size of the dashboard, declared once, for light and for dark.

The ten series colours have a contrast of at least 3 to their background and stay apart for the three common forms of
colour blindness (`tests/figures/test_scale.py` computes both). Colour is never the only carrier: lines also differ in dash.
"""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go


@dataclass(frozen=True)
class Scale:
    """The colours of one theme."""

    name: str
    paper: str
    ink: str
    muted: str
    grid: str
    series: tuple[str, ...]
    sequential: tuple[str, ...]  # small to large
    diverging: tuple[str, str, str]  # negative, zero, positive; always centred on zero


LIGHT = Scale(
    "light",
    "#ffffff",
    "#1b2333",
    "#5b6475",
    "#e3e7ee",
    ("#0f62b0", "#d9601a", "#2b9d84", "#660000", "#004444", "#cc66ff", "#0000aa", "#aa2200", "#cc66aa", "#884444"),
    ("#f4f7fb", "#a9cbeb", "#4f93cf", "#0f62b0", "#0a2c55"),
    ("#d9601a", "#f7f7f7", "#0f62b0"),
)
DARK = Scale(
    "dark",
    "#0f141c",
    "#e8ecf3",
    "#9aa5b6",
    "#2a3342",
    ("#6db3f2", "#ff8a3d", "#30f0a8", "#ff0066", "#4466aa", "#886644", "#8866ff", "#ccee00", "#6688aa", "#eeaacc"),
    ("#131a25", "#23476b", "#3a7fbd", "#6db3f2", "#e4f1fd"),
    ("#ff8a3d", "#1b2330", "#6db3f2"),
)
NAMED = LIGHT
SCALES = {scale.name: scale for scale in (LIGHT, DARK)}

SHARE_AND_POOL = {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}
"""The series colour of each combination of parameter sharing and invariant pooling, on every page."""
DASH = {(True, True): "solid", (True, False): "dash", (False, True): "dot", (False, False): "dashdot"}
MARKER = {(True, True): "circle", (True, False): "square", (False, True): "diamond", (False, False): "x"}

TITLE, LABEL, TICK = 17, 15, 13  # pixels


def fade(colour: str, alpha: float) -> str:
    """A colour `#rrggbb` made see-through, as Plotly writes it."""
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({r},{g},{b},{alpha})"


def axis(scale: Scale, title: str = "", **more: Any) -> dict[str, Any]:
    """One axis in the house's style, as plain data; `more` are Plotly's own properties of it."""
    return {
        "gridcolor": scale.grid,
        "linecolor": scale.grid,
        "zerolinecolor": scale.grid,
        "tickfont": {"size": TICK, "color": scale.muted},
        "title": {"text": title, "font": {"size": LABEL, "color": scale.ink}},
        "automargin": True,
    } | more


def frame(scale: Scale, *, title: str = "", height: int = 420, **more: Any) -> dict[str, Any]:
    """The house's fonts, margins and hover as a plain layout.

    A figure that is drawn four times a second is built in one go, `go.Figure({"data": [...], "layout": frame(...)})`:
    changing a finished figure piece by piece costs ten times as much.
    """
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 44 if title else 12, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": TICK, "color": scale.ink, "family": "Source Sans, sans-serif"},
        "colorway": list(scale.series),
        "hoverlabel": {
            "bgcolor": scale.paper,
            "bordercolor": scale.muted,
            "font": {"size": TICK + 1, "color": scale.ink},
        },
        "legend": {"font": {"size": TICK + 1, "color": scale.ink}, "bgcolor": "rgba(0,0,0,0)"},
        "title": {"text": title, "font": {"size": TITLE, "color": scale.ink}, "x": 0, "xanchor": "left"},
    } | more


def style(figure: go.Figure, scale: Scale, *, title: str = "", height: int = 420, **layout: Any) -> go.Figure:
    """Give a finished figure the house's fonts, margins, hover and grid; further arguments go to `update_layout`."""
    plain = axis(scale)
    del plain["title"]
    titled = plain | {"title": {"font": {"size": LABEL, "color": scale.ink}}}
    figure.update_xaxes(**titled)
    figure.update_yaxes(**titled)
    figure.update_layout(frame(scale, title=title, height=height))
    return figure.update_layout(**layout)
