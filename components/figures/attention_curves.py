"""Curves that compare networks: accuracy against samples, against steps, how far digits are moved; and their answers."""

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame

COLOUR = {"cnn": 0, "vit": 1, "bag": None}  # shared and invariant; shared, places seen; grey: no places at all
DASH = {"cnn": "solid", "vit": "dash", "bag": "dot"}
MARKER = {"cnn": "circle", "vit": "square", "bag": "x"}
NAMES = {"cnn": "convolution", "vit": "transformer", "bag": "transformer without positions"}


class Line(NamedTuple):
    """One network's curve."""

    kind: str  # a key of `NAMES`
    x: np.ndarray  # (m,)
    y: np.ndarray  # (m,)
    error: np.ndarray | None = None  # (m,) standard errors


def colour_of(kind: str, scale: Scale) -> str:
    """The colour of a network, the same in every picture."""
    number = COLOUR[kind]
    return scale.muted if number is None else scale.series[number]


def compared(
    lines: list[Line], x_title: str, *, title: str = "", log: bool = False, chance: float = 0.1, low: float = 0.0,
    corner: str = "right", scale: Scale = NAMED, height: int = 300,
) -> go.Figure:  # fmt: skip
    """Accuracy of several networks over one axis.

    Args:
        lines: the curves.
        x_title: what the axis is.
        title: of the chart.
        log: a logarithmic axis with a tick at every point.
        chance: accuracy of guessing, a dotted line.
        low: where the accuracy axis begins.
        corner: of the legend, "right" or "left" below.
        scale: colours.
        height: pixels.
    """
    across = axis(scale, x_title)
    if log:
        ticks = [int(v) for v in lines[0].x]
        span = [np.log10(ticks[0]) - 0.08, np.log10(ticks[-1]) + 0.08]
        across |= {"type": "log", "range": span, "tickvals": ticks, "ticktext": [f"{t:,}" for t in ticks]}
    level = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": chance, "y1": chance}
    shapes = [level | {"line": {"color": scale.muted, "width": 1, "dash": "dot"}}] if chance > low else []
    layout = frame(
        scale, title=title, height=height, xaxis=across, shapes=shapes, hovermode="closest",
        yaxis=axis(scale, "test accuracy", range=[low, 1.02], tickformat=".1f"),
    )  # fmt: skip
    layout["legend"] |= {
        "x": float(corner == "right"),
        "xanchor": corner,
        "y": 0.04,
        "yanchor": "bottom",
        "bgcolor": fade(scale.paper, 0.7),
    }
    return go.Figure({"data": [_line(line, scale, line.error is not None) for line in lines], "layout": layout})


def _line(line: Line, scale: Scale, dots: bool) -> dict[str, Any]:
    colour = colour_of(line.kind, scale)
    error = np.zeros(len(line.x)) if line.error is None else line.error
    about = "" if line.error is None else " ± %{customdata[0]:.3f}"
    return {
        "type": "scatter", "x": line.x, "y": line.y, "name": NAMES[line.kind], "mode": "lines+markers" if dots else "lines",
        "line": {"color": colour, "width": 3, "dash": DASH[line.kind]},
        "marker": {"symbol": MARKER[line.kind], "size": 9, "color": colour}, "customdata": [[f] for f in error],
        "error_y": {"type": "data", "array": error, "color": colour, "thickness": 1.5, "width": 4,
                    "visible": line.error is not None},
        "hovertemplate": f"{NAMES[line.kind]}<br>%{{x}}: %{{y:.3f}}{about}<extra></extra>",
    }  # fmt: skip


def _hatch(kind: str, scale: Scale) -> dict[str, Any]:
    """Lines over the transformer's bars: colour is not the only carrier."""
    return {"shape": "" if kind == "cnn" else "/", "fillmode": "overlay", "fgcolor": scale.paper, "size": 6}


def answers(probabilities: dict[str, np.ndarray], *, scale: Scale = NAMED, height: int = 150) -> go.Figure:
    """What each network says of the picture, `(10,)` probabilities by name, as bars next to each other."""
    data = [
        {
            "type": "bar", "x": [str(d) for d in range(len(p))], "y": p, "name": NAMES[kind], "showlegend": False,
            "marker": {"color": colour_of(kind, scale), "pattern": _hatch(kind, scale)},
            "hovertemplate": f"{NAMES[kind]}: %{{y:.1%}} for %{{x}}<extra></extra>",
        }
        for kind, p in probabilities.items()
    ]  # fmt: skip
    layout = frame(
        scale, height=height, bargap=0.25, xaxis=axis(scale, "", type="category", showgrid=False),
        yaxis=axis(scale, "probability", range=[0, 1.02], tickvals=[0, 0.5, 1], fixedrange=True),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def reaches(distances: np.ndarray, even: float, chosen: tuple[int, int], *, scale: Scale = NAMED, height: int = 320) -> go.Figure:
    """How far every head looks, `(layers, heads)` mean attention distances in pixels, layer by layer (Dosovitskiy 2021, fig. 7).

    Args:
        distances: in pixels.
        even: the distance if attention were the same for all patches, a dotted line.
        chosen: layer and head, from 0, drawn larger.
        scale: colours.
        height: pixels.
    """
    layers, heads = distances.shape
    rows, columns = np.divmod(np.arange(layers * heads), heads)
    own = (rows == chosen[0]) & (columns == chosen[1])
    dots = {
        "type": "scatter", "mode": "markers+text", "x": rows + 1 + (columns - (heads - 1) / 2) * 0.12, "y": distances.ravel(),
        "text": [str(c + 1) for c in columns], "textposition": "bottom center", "textfont": {"size": TICK, "color": scale.muted},
        "marker": {"size": np.where(own, 18, 11), "color": scale.series[1], "symbol": "square",
                   "line": {"width": np.where(own, 3, 0), "color": scale.series[2]}},
        "customdata": [f"layer {r + 1}, head {c + 1}" for r, c in zip(rows, columns, strict=True)], "showlegend": False,
        "hovertemplate": "%{customdata}: %{y:.1f} pixels<extra></extra>",
    }  # fmt: skip
    line = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": even,
        "y1": even,
        "line": {"color": scale.muted, "dash": "dot"},
    }
    words = {
        "x": 1, "xref": "paper", "xanchor": "right", "y": even, "yanchor": "bottom", "text": "if it looked everywhere alike",
        "showarrow": False, "font": {"size": TICK, "color": scale.muted},
    }  # fmt: skip
    layout = frame(
        scale, height=height, shapes=[line], annotations=[words],
        xaxis=axis(scale, "layer", tickvals=list(range(1, layers + 1)), range=[0.5, layers + 0.5]),
        yaxis=axis(scale, "mean attention distance (pixels)", range=[0, max(float(distances.max()), even) * 1.2]),
    )  # fmt: skip
    return go.Figure({"data": [dots], "layout": layout})
