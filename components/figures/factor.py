"""The measured factor of extra samples, on one axis with 1 (no cost) and K! (the slide)."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from components.figures.learning_curves import ARCHITECTURES, NAMES
from components.figures.scale import LABEL, MARKER, NAMED, SHARE_AND_POOL, Scale, style


def factors(
    size: int,
    rows: Sequence[tuple[str, float, float, float, str]],
    *,
    most: float,
    scale: Scale = NAMED,
    height: int = 250,
) -> go.Figure:
    """A dot with its interval for every learner, on a logarithmic axis from 1 to K! and beyond.

    Args:
        size: elements per set, K.
        rows: (name, estimate, low, high, words); infinite values are drawn as an arrow from `most`.
        most: what the largest sample size tried can show.
        scale: colours.
        height: pixels.
    """
    bang = math.factorial(size)
    figure = go.Figure()
    names = [NAMES[a] for a in ARCHITECTURES]
    for name, estimate, low, high, spoken in rows:
        if math.isnan(estimate) or estimate == 0:
            figure.add_scatter(x=[1], y=[name], mode="text", text=[spoken], textposition="middle right", hoverinfo="skip")
            continue
        reached = math.isfinite(estimate)
        at = estimate if reached else most
        index = names.index(name) if name in names else -1
        kind = ARCHITECTURES[index] if index >= 0 else None
        colour = scale.series[SHARE_AND_POOL[kind]] if kind else scale.muted
        low, high = (low if math.isfinite(low) and low > 0 else at), (high if math.isfinite(high) else at)
        figure.add_scatter(
            x=[at],
            y=[name],
            mode="markers+text",
            text=[f"  <b>{spoken}</b>"],
            textposition="middle right",
            textfont={"size": LABEL, "color": colour},
            marker={"symbol": MARKER[kind] if kind and reached else "triangle-right", "size": 13, "color": colour},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [high - at],
                "arrayminus": [at - low],
                "color": colour,
                "width": 5,
            },
            hovertemplate=f"{name}: {spoken}<br>95 % interval {low:.2g} to {high:.2g}<extra></extra>",
            cliponaxis=False,
        )
    for value, label in ((1, "1: no cost"), (bang, f"{size}! = {bang}: the slide")):
        figure.add_vline(value, line={"color": scale.muted, "width": 2, "dash": "dot"})
        figure.add_annotation(
            x=math.log10(value), y=1, yref="paper", yanchor="bottom", text=label, showarrow=False,
            xanchor="left" if value == 1 else "right", font={"color": scale.muted, "size": LABEL - 1},
        )  # fmt: skip
    title = f"The slide: {size}! = {bang} times the samples. Measured:"
    style(figure, scale, title=title, height=height, showlegend=False, uirevision="factor")
    end = max([bang * 1.6, most * 2.5, *(high * 2.2 for *_, high, _ in rows if math.isfinite(high))])
    figure.update_xaxes(
        type="log", range=[math.log10(0.8), math.log10(end)], title_text="times as many samples as shared + invariant",
        tickvals=[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", tickfont={"size": LABEL - 1, "color": scale.ink}, gridcolor="rgba(0,0,0,0)")
    return figure.update_layout(margin={"t": 66})
