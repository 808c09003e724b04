"""What matters, drawn on the thing itself: blue speaks for the answer, orange against it, what is uncoloured does not matter.

The scale is centred on zero and reaches as far as the largest value, either way.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.importance_marks import MARKS, coloured, dots, largest, picture, spans
from components.figures.sample import raw
from components.figures.scale import NAMED, TICK, Scale, axis, frame
from components.figures.text_lines import cut
from components.values import Sample

SHOWN = 20  # bars


def importance(
    sample: Sample,
    values: np.ndarray,
    scale: Scale = NAMED,
    height: int = 400,
    *,
    names: Sequence[str] = (),
    unit: str = "",
    mark: int | None = None,
) -> go.Figure:
    """A sample as a person meets it, its elements coloured by how much each matters.

    Args:
        sample: of any modality.
        values: one for each element `(n,)`, for each element and channel `(n, d)`, or, with `names`, one for each part.
        scale: colours.
        height: pixels.
        names: of the parts; then bars are drawn, the largest first, and not the thing itself. For tables.
        unit: of the values, beside the scale.
        mark: the element the question is about, ringed.
        mark: the element that is asked about, marked as elsewhere.

    Raises:
        ValueError: the number of values is not that of the elements or names.
    """
    values = np.nan_to_num(np.asarray(values, float))
    if len(values) != (len(names) if names else len(sample["elements"])):
        raise ValueError(f"{len(values)} values for {len(names) or len(sample['elements'])} things")
    if names:
        return bars(names, values, scale, height, unit)
    figure = raw(sample, scale, mark, height)
    kind, grid = sample.get("kind", ""), sample["grid"]
    drawn = MARKS.get(kind, picture if len(grid) == 2 else spans if len(grid) == 1 else dots)
    drawn(figure, sample, values, scale, mark)
    _scale(figure, largest(values), unit, scale)
    return figure


def bars(names: Sequence[str], values: np.ndarray, scale: Scale = NAMED, height: int = 400, unit: str = "") -> go.Figure:
    """The parts by how much they matter, the largest above, at most twenty."""
    order = np.argsort(-np.abs(values), kind="stable")[:SHOWN][::-1]
    colour = [scale.diverging[2 if values[i] > 0 else 0] for i in order]
    labels = [escape(cut(str(names[i]), 20)) for i in order]
    bar = {
        "type": "bar", "orientation": "h", "x": values[order], "y": list(range(len(order))), "marker": {"color": colour},
        "text": [f"{values[i]:+.2f}".replace("-", "−") for i in order], "textfont": {"size": TICK, "color": scale.ink},
        "textposition": "outside", "cliponaxis": False, "hovertext": labels,
        "hovertemplate": "%{hovertext}: %{x:.3f}<extra></extra>",
    }  # fmt: skip
    reach = 1.45 * largest(values)
    low = -reach if (values < 0).any() else 0
    ticks = {"tickvals": list(range(len(order))), "ticktext": labels}
    layout = frame(
        scale, height=height, showlegend=False, dragmode=False, bargap=0.25,
        xaxis=axis(scale, escape(unit), range=[low, reach], fixedrange=True, zeroline=True, nticks=5, zerolinecolor=scale.muted),
        yaxis=axis(scale, "", fixedrange=True, showgrid=False) | ticks,
    )  # fmt: skip
    return go.Figure({"data": [bar], "layout": layout})


def _scale(figure: go.Figure, top: float, unit: str, scale: Scale) -> None:
    """The bar that says which colour means what, below the picture."""
    bar = {
        "orientation": "h", "x": 0.5, "xanchor": "center", "y": 0, "yref": "container", "yanchor": "bottom",
        "len": 0.8, "thickness": 10,
        "outlinewidth": 0, "tickvals": [-top, 0, top], "tickfont": {"size": TICK, "color": scale.muted},
        "ticktext": [f"−{top:.2g} against", "0", f"for {top:.2g}"],
        "title": {"text": escape(unit), "side": "bottom", "font": {"size": TICK, "color": scale.muted}},
    }  # fmt: skip
    marker = {"color": [0.0], "showscale": True, "colorbar": bar, "size": 1} | coloured(top, scale)
    space = any(trace.type == "scatter3d" for trace in figure.data)
    place: dict[str, Any] = {"x": [None], "y": [None], "z": [None]} if space else {"x": [None], "y": [None]}
    hidden = {"mode": "markers", "marker": marker, "hoverinfo": "skip", "showlegend": False}
    figure.add_trace((go.Scatter3d if space else go.Scatter)(**place, **hidden))
    shown = any(axis.visible is not False for axis in figure.select_xaxes()) and not space
    figure.update_layout(margin_b=104 if shown else 58)
