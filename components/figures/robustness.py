"""How accuracy falls as damage grows: one curve for each modality, with error bars, growing while it is measured."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, frame

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid")
MARKERS = ("circle", "square", "diamond", "triangle-up", "x", "star", "cross")


def means(score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard error over seeds of `(r, s, seeds)`, two `(r, s)`; NaN where nothing was measured yet."""
    known = np.isfinite(score)
    n = known.sum(-1)
    filled = np.where(known, score, 0.0)
    mean = np.where(n > 0, filled.sum(-1) / np.maximum(n, 1), np.nan)
    apart = np.where(known, score - mean[..., None], 0.0)
    error = np.sqrt(np.square(apart).sum(-1) / np.maximum(n - 1, 1) / np.maximum(n, 1))
    return mean, np.where(n > 0, error, np.nan)


def robustness(
    strength: np.ndarray,
    score: np.ndarray,
    names: Sequence[str],
    *,
    chance: np.ndarray | None = None,
    chosen: int | None = None,
    snr: np.ndarray | None = None,
    title: str = "test accuracy",
    scale: Scale = NAMED,
    height: int = 430,
) -> go.Figure:
    """The curves, each with its own colour, dash and marker.

    Args:
        strength: of the damage, `(s,)` from 0 to 1.
        score: `(r, s, seeds)`, NaN where not yet measured: accuracy or R^2, or what is left of it (1 clean, 0 guessing).
        names: of the curves; they may come from a learner.
        chance: what guessing is worth, `(r,)`; a tick at the right edge for each curve, a line for the chosen one.
        chosen: the curve that is drawn bold; all are if None.
        snr: decibels at each point, `(r, s)`, shown when hovering; NaN where they mean nothing.
        title: of the vertical axis.
        scale: colours.
        height: pixels.
    """
    mean, error = means(score)
    traces = []
    for r, name in enumerate(names):
        colour, bold = scale.series[r % len(scale.series)], chosen is None or r == chosen
        decibels = np.full(len(strength), np.nan) if snr is None else snr[r]
        points = zip(strength.tolist(), mean[r].tolist(), error[r].tolist(), decibels.tolist(), strict=True)
        hover = [_words(*point) for point in points]
        traces.append({
            "type": "scatter", "x": strength, "y": mean[r], "name": escape(name), "mode": "lines+markers", "text": hover,
            "hovertemplate": f"<b>{escape(name)}</b><br>%{{text}}<extra></extra>", "opacity": 1.0 if bold else 0.4,
            "line": {"color": colour, "width": 3 if bold else 1.5, "dash": DASHES[r % len(DASHES)]},
            "marker": {"symbol": MARKERS[r % len(MARKERS)], "size": 9, "color": colour},
            "error_y": {"type": "data", "array": np.nan_to_num(error[r]), "color": colour, "thickness": 1.5, "width": 4},
        })  # fmt: skip
    low = min([-0.02, *(mean[np.isfinite(mean)] - 0.04).tolist()])
    layout = frame(
        scale, height=height, uirevision="robustness", hovermode="closest",
        shapes=_guessing(chance, chosen, scale), annotations=_guessed(chance, chosen, scale),
        xaxis=axis(scale, "strength of the damage", range=[-0.03, 1.06], dtick=0.2, tickformat=".1~f"),
        yaxis=axis(scale, title, range=[max(low, -0.6), 1.06], dtick=0.2, tickformat=".1f"),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": traces, "layout": layout})


def _words(strength: float, mean: float, error: float, decibels: float) -> str:
    """What hovering a point says."""
    tail = f"<br>signal to noise {decibels:.0f} dB" if np.isfinite(decibels) else ""
    return f"strength {strength:.1f}: {mean:.2f} ± {error:.2f}{tail}"


def _guessing(chance: np.ndarray | None, chosen: int | None, scale: Scale) -> list[dict[str, Any]]:
    """What guessing is worth: short dotted ends at the right edge in the colours of the curves, the chosen one across."""
    if chance is None:
        return []
    lines = []
    for r, level in enumerate(np.asarray(chance, float)):
        if np.isfinite(level):
            line = {"color": scale.series[r % len(scale.series)], "width": 2, "dash": "dot"}
            lines.append({"type": "line", "x0": 0 if r == chosen else 1.02, "x1": 1.06, "y0": level, "y1": level, "line": line})
    return lines


def _guessed(chance: np.ndarray | None, chosen: int | None, scale: Scale) -> list[dict[str, Any]]:
    """A word beside the chosen curve's level of guessing."""
    if chance is None or chosen is None or not np.isfinite(chance[chosen]):
        return []
    font = {"size": TICK, "color": scale.muted}
    return [{"x": 0, "y": float(chance[chosen]), "xanchor": "left", "yanchor": "bottom", "text": "guessing", "showarrow": False,
             "font": font}]  # fmt: skip
