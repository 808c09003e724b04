"""What a regression answers: predictions against the truth of a test, and the estimate for one sample."""

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, Scale, axis, fade, frame


def agreement(truth: np.ndarray, answer: np.ndarray, quantity: str, scale: Scale = NAMED, height: int = 400) -> go.Figure:
    """Predictions `(n,)` over the truth `(n,)`; a perfect model lies on the diagonal."""
    low, high = float(min(truth.min(), answer.min())), float(max(truth.max(), answer.max()))
    dots = {"size": 8, "color": fade(scale.series[0], 0.6), "line": {"width": 1, "color": scale.paper}}
    data = [
        go.Scatter(
            x=[low, high], y=[low, high], mode="lines", line={"color": scale.muted, "dash": "dash"}, hoverinfo="skip",
            showlegend=False,
        ),
        go.Scatter(
            x=truth, y=answer, mode="markers", marker=dots, showlegend=False,
            hovertemplate="truth %{x:.3g}, predicted %{y:.3g}<extra></extra>",
        ),
    ]  # fmt: skip
    layout = frame(scale, height=height, dragmode=False, annotations=[_on_the_line(high, scale)])
    layout |= {"xaxis": axis(scale, f"true {quantity}"), "yaxis": axis(scale, f"predicted {quantity}")}
    return go.Figure({"data": data, "layout": layout})


def _on_the_line(high: float, scale: Scale) -> dict[str, object]:
    style = {"size": LABEL - 1, "color": scale.muted}
    return {"x": high, "y": high, "text": "perfect", "showarrow": False, "xanchor": "right", "yanchor": "bottom", "font": style}


def estimate(
    value: float,
    error: float,
    truth: np.ndarray,
    quantity: str,
    scale: Scale = NAMED,
    before: float | None = None,
    height: int = 320,
) -> go.Figure:
    """One predicted number with its usual error, over the true values `(n,)` of the test.

    Args:
        value: the prediction.
        error: root mean squared error on the test, drawn to both sides.
        truth: what the test's true values are, as a histogram.
        quantity: what is predicted, with its unit.
        scale: colours.
        before: the prediction for the untouched sample, where it differs.
        height: in pixels.
    """
    counts, edges = np.histogram(truth, 20)
    bars = go.Bar(
        x=(edges[:-1] + edges[1:]) / 2, y=counts, marker={"color": fade(scale.muted, 0.45)}, showlegend=False,
        hovertemplate="%{y} test samples near %{x:.3g}<extra></extra>",
    )  # fmt: skip
    top = float(counts.max()) * 1.12
    dot = {"size": 15, "color": scale.series[0]}
    bar = {"type": "data", "array": [error], "thickness": 3, "width": 10, "color": scale.series[0]}
    data = [
        bars,
        go.Scatter(
            x=[value], y=[top], mode="markers", marker=dot, error_x=bar, showlegend=False,
            hovertemplate=f"predicted %{{x:.4g}} ± {error:.3g}<extra></extra>",
        ),
    ]  # fmt: skip
    if before is not None:
        stroke = {"symbol": "line-ns", "size": 14, "line": {"width": 3, "color": scale.ink}}
        data.append(
            go.Scatter(
                x=[before], y=[top], mode="markers", marker=stroke, showlegend=False,
                hovertemplate="untouched: %{x:.4g}<extra></extra>",
            )
        )  # fmt: skip
    layout = frame(scale, height=height, dragmode=False, bargap=0.05)
    layout |= {"xaxis": axis(scale, quantity), "yaxis": axis(scale, "test samples", range=[0, top * 1.12], nticks=5)}
    return go.Figure({"data": data, "layout": layout})
