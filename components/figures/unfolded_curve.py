"""The loss of two samples over the steps of stochastic gradient descent, and where the player stands."""

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, frame


def unfolded_curve(losses: np.ndarray, at: int, names: tuple[str, str], *, scale: Scale = NAMED, height: int = 210) -> go.Figure:
    """One line a sample and their mean.

    Args:
        losses: `(steps + 1, 2)` before every step.
        at: the step reached.
        names: of the two samples.
        scale: colours.
        height: pixels.
    """
    steps = np.arange(len(losses))
    mean = losses.mean(1)
    lines = [(losses[:, 0], names[0], 2, "dot", 1.5), (losses[:, 1], names[1], 1, "dash", 1.5), (mean, "mean", 0, "solid", 3.5)]
    data = [
        {
            "type": "scatter", "x": steps, "y": y, "mode": "lines", "name": name,
            "line": {"color": scale.series[c], "dash": d, "width": w},
            "hovertemplate": f"{name}, step %{{x}}: %{{y:.3f}}<extra></extra>", "customdata": [f"step {i}" for i in steps],
        }
        for y, name, c, d, w in lines
    ]  # fmt: skip
    data.append({
        "type": "scatter", "x": [at], "y": [mean[at]], "mode": "markers", "showlegend": False, "hoverinfo": "skip",
        "marker": {"size": 13, "color": scale.paper, "line": {"width": 3, "color": scale.series[0]}},
    })  # fmt: skip
    most = float(max(losses.max(), 0.8))
    layout = frame(
        scale, height=height, uirevision="unfolded-curve", hovermode="closest", dragmode=False,
        margin={"l": 8, "r": 8, "t": 8, "b": 8}, xaxis=axis(scale, "steps of descent", range=[-1, len(losses)], fixedrange=True),
        yaxis=axis(scale, "loss", range=[0, 1.06 * most], fixedrange=True, nticks=5),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "font": {"size": TICK, "color": scale.ink}}
    layout["xaxis"]["title"]["font"]["size"] = LABEL
    return go.Figure({"data": data, "layout": layout})
