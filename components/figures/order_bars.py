"""What each model says to the same words in two orders."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, Scale, axis, frame


def order_bars(
    names: Sequence[str], before: Sequence[float], after: Sequence[float], *, scale: Scale = NAMED, height: int = 380
) -> go.Figure:
    """A line for each model from its probability for one order (circle) to that for the other (diamond); one mark where equal.

    Args:
        names: of the models.
        before, after: probabilities of "shuffled" for the first and the second order.
        scale: colours.
        height: pixels.
    """
    rows = list(range(len(names)))
    lines: dict[str, Any] = {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False, "line": {"color": scale.muted, "width": 4},
        "x": [v for pair in zip(before, after, strict=True) for v in (*pair, None)],
        "y": [r for row in rows for r in (row, row, None)],
    }  # fmt: skip
    dots: list[dict[str, Any]] = [
        {
            "type": "scatter", "mode": "markers", "name": name, "x": list(values), "y": rows,
            "marker": {"size": 15 - 3 * i, "color": scale.series[i], "symbol": symbol},
            "text": list(names), "hovertemplate": f"%{{text}}, {name}: %{{x:.4f}}<extra></extra>",
        }
        for i, (name, values, symbol) in enumerate((("as typed", before, "circle"), ("the other order", after, "diamond")))
    ]  # fmt: skip
    same = [abs(a - b) < 1e-5 for a, b in zip(before, after, strict=True)]
    marks = ["<b>the same</b>" if s else f"{b - a:+.2f}".replace("-", "−") for s, a, b in zip(same, before, after, strict=True)]
    words = {
        "type": "scatter", "mode": "text", "x": [1.04] * len(rows), "y": rows, "text": marks, "textposition": "middle right",
        "textfont": {"size": LABEL, "color": scale.ink}, "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
    }  # fmt: skip
    layout = frame(
        scale, height=height, dragmode=False,
        xaxis=axis(scale, "probability of “shuffled”", range=[-0.03, 1.22], tickvals=[0, 0.5, 1], fixedrange=True),
        yaxis=axis(scale, range=[len(rows) - 0.5, -0.5], tickvals=rows, ticktext=list(names), fixedrange=True),
    )  # fmt: skip
    layout["yaxis"]["tickfont"] = {"size": LABEL - 1, "color": scale.ink}
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": [lines, *dots, words], "layout": layout})
