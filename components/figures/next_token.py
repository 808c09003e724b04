"""What a generator says next, as bars, and what it remembers, as a strip over time. Slide: "Sequence Generation"."""

from collections.abc import Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, frame

TOP, STEPS = 12, 40
SEEN = {" ": "␣", "\n": "↵"}
H, Y, P = 0, 1, 2  # series colours of the memory h, the token y and the probabilities p, as in the formula


def shown(name: str) -> str:
    """A token as it can be read on an axis."""
    return escape(SEEN.get(name, name), quote=False)


def next_token(names: Sequence[str], p: np.ndarray, drawn: int, *, scale: Scale = NAMED, height: int = 380) -> go.Figure:
    """The 12 most likely tokens that are possible, most likely on top; the drawn one has its own colour and says so.

    Args:
        names: all v tokens.
        p: probabilities `(v,)`.
        drawn: number of the token that was drawn; it takes the last row if it is not among the 12.
        scale: colours.
        height: pixels.
    """
    order = np.argsort(-p, kind="stable")[:TOP]
    order = order[p[order] > 0]
    if drawn not in order:
        order = np.append(order[: TOP - 1], drawn)
    text = [f"{100 * p[i]:.1f} %" + (" ◀ drawn" if i == drawn else "") for i in order]
    rows = list(range(len(order)))
    bars = {
        "type": "bar", "orientation": "h", "x": p[order].astype(np.float32), "y": rows, "text": text, "textposition": "outside",
        "textfont": {"size": TICK + 1, "color": scale.ink}, "cliponaxis": False, "customdata": [f"t{i}" for i in order],
        "marker": {"color": [scale.series[Y if i == drawn else P] for i in order]},
        "hovertemplate": "%{x:.2%}: click to write it<extra></extra>",
    }  # fmt: skip
    # unseen points along the whole row, so that a short bar can be clicked as well
    along = np.linspace(0, 1.32, 23)
    targets = {
        "type": "scatter", "mode": "markers", "opacity": 0, "x": np.tile(along, len(rows)), "y": np.repeat(rows, len(along)),
        "marker": {"size": 24, "symbol": "square"}, "customdata": [f"t{i}" for i in order for _ in along],
        "hovertemplate": "click to write it<extra></extra>",
    }  # fmt: skip
    ticks = {"tickvals": rows, "ticktext": [shown(names[i]) for i in order], "range": [TOP - 0.4, -0.6], "fixedrange": True}
    layout = frame(scale, title="Next: how likely?", height=height, showlegend=False, bargap=0.25, dragmode=False)
    layout["xaxis"] = axis(scale, range=[0, 1.35], fixedrange=True, tickvals=[0, 0.5, 1], tickformat=".0%", showgrid=False)
    layout["yaxis"] = axis(scale, tickfont={"size": LABEL, "color": scale.ink}, showgrid=False) | ticks
    return go.Figure({"data": [bars, targets], "layout": layout})


def memory(hidden: np.ndarray, tokens: Sequence[str], *, scale: Scale = NAMED, height: int = 190) -> go.Figure:
    """The hidden state over the last steps: one column a step, one row a number, from -1 to 1.

    Args:
        hidden: the memory after each token `(n, h)`.
        tokens: the token that was read at each step, n names.
        scale: colours.
        height: pixels.
    """
    hidden, tokens = hidden[-STEPS:], list(tokens)[-STEPS:]
    low, zero, high = scale.diverging
    picture = {
        "type": "heatmap", "z": hidden.T.astype(np.float32), "zmin": -1, "zmax": 1, "showscale": False,
        "colorscale": [[0, low], [0.5, zero], [1, high]], "hovertemplate": "number %{y}, %{z:.2f}<extra></extra>",
    }  # fmt: skip
    long = max((len(t) for t in tokens), default=1) > 1
    keep = range(0, len(tokens), 4 if long else 1)
    layout = frame(scale, title=f"Memory h: {hidden.shape[1]} numbers, step by step (−1 to 1)", height=height)
    layout["margin"] |= {"t": 34}
    layout["title"]["font"]["size"] = LABEL
    ticks = {"tickvals": list(keep), "ticktext": [shown(tokens[i]) for i in keep], "tickangle": 0, "fixedrange": True}
    layout["xaxis"] = axis(scale, showgrid=False) | ticks
    layout["yaxis"] = axis(scale, showticklabels=False, ticks="", showgrid=False, fixedrange=True)
    return go.Figure({"data": [picture], "layout": layout})
