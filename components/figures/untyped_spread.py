"""How well a layer without edge types fits random filters, as a histogram. Slide "Graph Recover Spatial and Temporal Data"."""

import numpy as np
import plotly.graph_objects as go

from components.figures.filter_cells import word
from components.figures.sample import ACCENT
from components.figures.scale import LABEL, NAMED, Scale, axis, frame


def spread(values: np.ndarray, here: float | None, *, scale: Scale = NAMED, height: int = 240) -> go.Figure:
    """How often each R^2 occurs among random filters, and where the filter in use lies."""
    counts, ends = np.histogram(np.clip(values, 0, 1), 20, (0, 1))
    bars = {"type": "bar", "x": (ends[1:] + ends[:-1]) / 2, "y": counts, "width": 0.047, "marker": {"color": scale.series[0]},
            "hovertemplate": "R² around %{x:.2f}: %{y} filters<extra></extra>", "showlegend": False}  # fmt: skip
    median = float(np.median(values))
    marks = [(median, f"median {median:.2f}", scale.ink, "dash", 1.0)]
    marks += [] if here is None else [(min(max(here, 0.0), 1.0), f"this filter {here:.2f}", scale.series[ACCENT], "solid", 0.88)]
    shapes = [{"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper",
               "line": {"color": colour, "width": 2.5, "dash": dash}} for x, _, colour, dash, _ in marks]  # fmt: skip
    words = [word(x, y, text, colour, LABEL, yref="paper", xanchor="right" if x > 0.6 else "left", yanchor="top",
                  xshift=-6 if x > 0.6 else 6, bgcolor=scale.paper) for x, text, colour, _, y in marks]  # fmt: skip
    layout = frame(
        scale, height=height, shapes=shapes, annotations=words, dragmode=False, margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=axis(scale, "R² of the best fit without types", range=[-0.02, 1.02], fixedrange=True),
        yaxis=axis(scale, "random filters", fixedrange=True),
    )  # fmt: skip
    return go.Figure({"data": [bars], "layout": layout})
