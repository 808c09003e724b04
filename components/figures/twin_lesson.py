"""The loss of six kinds of layers while they are trained for nothing but to tell two graphs apart."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def twin_lesson(
    steps: Sequence[int], loss: np.ndarray, names: Mapping[str, str], last: int, *, scale: Scale = NAMED, height: int = 330
) -> go.Figure:
    """Loss against steps, the mean of the seeds with a band from the smallest to the largest.

    Args:
        steps: so far.
        loss: `(steps, kinds, seeds)` in nats.
        names: of the kinds, in order.
        last: the last step there will be.
        scale: colours.
        height: pixels.
    """
    x, data = np.asarray(steps), []
    for i, name in enumerate(names.values()):
        colour = scale.series[i]
        low, high = loss[:, i].min(1), loss[:, i].max(1)
        around = {"x": np.concatenate([x, x[::-1]]), "y": np.concatenate([high, low[::-1]])}
        data.append({"type": "scatter", **around, "mode": "lines", "fill": "toself", "fillcolor": fade(colour, 0.12),
                     "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False})  # fmt: skip
        data.append({"type": "scatter", "x": x, "y": loss[:, i].mean(1), "mode": "lines", "name": name,
                     "line": {"color": colour, "width": 3, "dash": DASHES[i]},
                     "hovertemplate": f"{name}, step %{{x}}: %{{y:.3f}}<extra></extra>"})  # fmt: skip
    guess = math.log(2)
    note = {"x": 1, "xref": "paper", "xanchor": "right", "y": guess, "yanchor": "bottom", "text": "guessing: ln 2 = 0.693",
            "showarrow": False, "font": {"size": TICK, "color": scale.ink}}  # fmt: skip
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": guess, "y1": guess,
            "line": {"color": scale.muted, "width": 1.5, "dash": "dot"}}  # fmt: skip
    layout = frame(
        scale, height=height, annotations=[note], shapes=[line],
        xaxis=axis(scale, "training steps", range=[0, last]), yaxis=axis(scale, "loss, nats", range=[0, 1.0]),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": data, "layout": layout})
