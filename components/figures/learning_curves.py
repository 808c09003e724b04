"""Accuracy against number of samples for the four combinations of sharing and pooling: the stage of the Sets page."""

import math
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import DASH, LABEL, MARKER, NAMED, SHARE_AND_POOL, TICK, Scale, fade, style

ARCHITECTURES = ((True, True), (True, False), (False, True), (False, False))
NAMES = {
    (True, True): "shared + invariant",
    (True, False): "shared, order seen",
    (False, True): "separate + invariant",
    (False, False): "separate, order seen",
}


def learning_curves(
    sizes: np.ndarray,
    accuracy: np.ndarray,
    chosen: tuple[bool, bool],
    needed: Sequence[float],
    threshold: float,
    *,
    chance: float = 0.0,
    earlier: np.ndarray | None = None,
    lookup: dict[str, tuple[np.ndarray, np.ndarray]] | None = None,
    scale: Scale = NAMED,
    height: int = 430,
) -> go.Figure:
    """Four learning curves with error bars (standard error over seeds), the chosen one bold.

    Args:
        sizes: sample sizes `(s,)`.
        accuracy: `(4, s, seeds)` in the order of `ARCHITECTURES`.
        chosen: (sharing, invariant pooling) of the network on the page.
        needed: samples each of the four needs for the threshold; infinite where never.
        threshold: the accuracy asked for.
        chance: accuracy of guessing.
        earlier: an earlier result `(4, s, seeds)`, drawn faded behind.
        lookup: 1-nearest-neighbour curves, name -> (sizes, accuracy).
        scale: colours.
        height: pixels.
    """
    figure = go.Figure()
    for i, kind in enumerate(ARCHITECTURES):
        colour = scale.series[SHARE_AND_POOL[kind]]
        if earlier is not None:
            figure.add_scatter(
                x=sizes, y=earlier[i].mean(1), mode="lines", line={"color": fade(colour, 0.35), "width": 2}, hoverinfo="skip"
            )
    for i, kind in sorted(enumerate(ARCHITECTURES), key=lambda item: item[1] == chosen):
        figure.add_trace(_curve(sizes, accuracy[i], kind, kind == chosen, scale))
    for name, (x, y) in (lookup or {}).items():
        figure.add_scatter(
            x=x,
            y=y.mean(1),
            mode="lines",
            line={"color": scale.muted, "width": 2, "dash": "longdash" if name == "ordered" else "dot"},
            name=f"look-up, {'as they come' if name == 'ordered' else 'sorted first'}",
            hovertemplate="1-nearest neighbour, %{x} samples: %{y:.3f}<extra></extra>",
        )
    _gap(figure, needed, ARCHITECTURES.index(chosen), threshold, sizes, scale)
    if chance:
        figure.add_hline(chance, line={"color": scale.muted, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=1, xref="paper", xanchor="right", y=chance, yshift=9, text="guessing", showarrow=False, font={"color": scale.muted}
        )
    style(figure, scale, height=height, uirevision="curves", hovermode="closest")
    ends = [len_ for x, _ in (lookup or {}).values() for len_ in (x[0], x[-1])] + [sizes[0], sizes[-1]]
    ticks = 2 ** np.arange(math.log2(min(ends)), math.log2(max(ends)) + 1)
    figure.update_xaxes(
        type="log",
        title_text="training samples",
        tickvals=ticks,
        range=[math.log10(min(ends)) - 0.06, math.log10(max(ends)) + 0.06],
    )
    figure.update_yaxes(title_text="test accuracy", range=[-0.02, 1.06], tickformat=".1f", dtick=0.2)
    figure.update_layout(legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}, margin={"t": 8})
    return figure


def _curve(sizes: np.ndarray, accuracy: np.ndarray, kind: tuple[bool, bool], bold: bool, scale: Scale) -> go.Scatter:
    """One curve; all four keep colour, dash and marker wherever they appear."""
    colour = scale.series[SHARE_AND_POOL[kind]]
    error = accuracy.std(1, ddof=1) / math.sqrt(accuracy.shape[1]) if accuracy.shape[1] > 1 else np.zeros(len(sizes))
    return go.Scatter(
        x=sizes,
        y=accuracy.mean(1),
        customdata=error,
        mode="lines+markers",
        name=NAMES[kind],
        opacity=1.0 if bold else 0.62,
        line={"color": colour, "width": 4.5 if bold else 2, "dash": DASH[kind]},
        marker={"symbol": MARKER[kind], "size": 11 if bold else 7, "color": colour},
        error_y={"type": "data", "array": error, "thickness": 2 if bold else 1, "width": 4, "color": colour},
        hovertemplate=f"{NAMES[kind]}<br>%{{x}} samples: %{{y:.3f}} ± %{{customdata:.3f}}<extra></extra>",
    )


def _gap(figure: go.Figure, needed: Sequence[float], index: int, threshold: float, sizes: np.ndarray, scale: Scale) -> None:
    """The threshold, and on it an arrow from the samples the best needs to those the chosen one needs."""
    figure.add_hline(threshold, line={"color": scale.muted, "width": 1})
    best, own = needed[0], needed[index]
    figure.add_annotation(
        x=1, xref="paper", xanchor="right", y=threshold, yshift=-10, showarrow=False,
        text=f"accuracy {threshold:g}", font={"color": scale.muted, "size": TICK},
    )  # fmt: skip
    if not math.isfinite(best) or index == 0:
        return
    end = own if math.isfinite(own) else float(sizes[-1])
    ratio = f"{own / best:.1f}×" if math.isfinite(own) else f"> {sizes[-1] / best:.0f}×"
    colour = scale.series[SHARE_AND_POOL[ARCHITECTURES[index]]]
    figure.add_annotation(
        x=math.log10(end), ax=math.log10(best), y=threshold, ay=threshold, xref="x", yref="y", axref="x", ayref="y",
        showarrow=True, arrowhead=2, arrowwidth=3, arrowcolor=colour, text="",
    )  # fmt: skip
    figure.add_annotation(
        x=(math.log10(best) + math.log10(end)) / 2, y=threshold, yshift=-18, showarrow=False,
        text=f"<b>{ratio}</b> the samples", font={"color": colour, "size": LABEL + 2}, bgcolor=fade(scale.paper, 0.85),
    )  # fmt: skip
