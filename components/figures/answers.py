"""What a classifier answers: the confusion matrix of a test, and the probabilities for one sample."""

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, fade, style

MOST = 12
"""Bars that fit."""


def confusion(matrix: np.ndarray, classes: tuple[str, ...], scale: Scale = NAMED, height: int = 400) -> go.Figure:
    """Counts `(true, answered)`; right answers lie on the diagonal. Colour is the share of the true class.

    Raises:
        ValueError: the matrix is not square or does not fit the classes.
    """
    if matrix.shape != (len(classes), len(classes)):
        raise ValueError(f"a confusion matrix of {len(classes)} classes has as many rows and columns, not {matrix.shape}")
    share = matrix / np.maximum(matrix.sum(1, keepdims=True), 1)
    counts = np.where(matrix, matrix.astype(int).astype(str), "")
    figure = go.Figure(
        go.Heatmap(
            z=share.astype(np.float32),
            x=list(classes),
            y=list(classes),
            text=counts,
            customdata=matrix,
            texttemplate="%{text}",
            textfont={"size": TICK + 1},
            zmin=0,
            zmax=1,
            showscale=False,
            xgap=1,
            ygap=1,
            colorscale=list(scale.sequential),
            hovertemplate="truth %{y}, answer %{x}: %{customdata} times (%{z:.0%} of this class)<extra></extra>",
        )
    )
    style(figure, scale, height=height, dragmode=False)
    figure.update_xaxes(title="answer", type="category", fixedrange=True, showgrid=False)
    return figure.update_yaxes(title="truth", type="category", autorange="reversed", fixedrange=True, showgrid=False)


def probabilities(
    p: np.ndarray, classes: tuple[str, ...], scale: Scale = NAMED, before: np.ndarray | None = None, height: int = 400
) -> go.Figure:
    """Class probabilities `(c,)` as bars, the largest in the accent; `before`, faded, are those of the untouched sample.

    Of very many classes the ten most likely are shown, the most likely first.
    """
    if len(p) > MOST:
        kept = np.argsort(-p, kind="stable")[: MOST - 2]
        p, classes, before = p[kept], tuple(classes[i] for i in kept), None if before is None else before[kept]
    top = int(p.argmax())
    colours = [scale.series[0] if i == top else scale.muted for i in range(len(p))]
    figure = go.Figure()
    figure.add_bar(
        x=p,
        y=list(classes),
        orientation="h",
        marker={"color": colours},
        text=[f"{v:.0%}" if v >= 0.005 else "" for v in p],
        textposition="outside",
        textangle=0,
        constraintext="none",
        textfont={"size": TICK + 1, "color": scale.ink},
        cliponaxis=False,
        hovertemplate="%{y}: %{x:.3f}<extra></extra>",
        showlegend=False,
    )
    if before is not None:
        ticks = {"symbol": "line-ns", "size": 9, "line": {"width": 3, "color": scale.ink}}
        figure.add_scatter(
            x=np.where(before >= 0.005, before, np.nan),
            y=list(classes),
            mode="markers",
            marker=ticks,
            hovertemplate="untouched, %{y}: %{x:.3f}<extra></extra>",
            showlegend=False,
        )
    style(figure, scale, height=height, dragmode=False, bargap=0.25)
    figure.update_xaxes(range=[0, 1.14], tickvals=[0, 0.5, 1], fixedrange=True, gridcolor=fade(scale.muted, 0.25))
    return figure.update_yaxes(type="category", autorange="reversed", fixedrange=True, dtick=1)
