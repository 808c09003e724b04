"""Accuracy against number of samples for the four combinations of sharing and pooling: the stage of the Sets page."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import DASH, LABEL, MARKER, NAMED, SHARE_AND_POOL, TICK, Scale, axis, fade, frame

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
    reference: float | None = None,
    names: Mapping[tuple[bool, bool], str] = NAMES,
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
        names: of the four in the legend.
        reference: samples that another network needs, with which the chosen one is compared; else the first of the four.
    """
    traces, notes, lines = [], [], []
    if earlier is not None:
        traces += [_earlier(sizes, earlier[i], kind, scale) for i, kind in enumerate(ARCHITECTURES)]
    for i, kind in sorted(enumerate(ARCHITECTURES), key=lambda item: item[1] == chosen):
        traces.append(_curve(sizes, accuracy[i], kind, kind == chosen, scale, names[kind]))
    ends = [float(sizes[0]), float(sizes[-1])]
    for name, (x, y) in (lookup or {}).items():
        traces.append(_lookup(name, x, y, scale))
        ends += [float(x[0]), float(x[-1])]
    lines.append(_level(threshold, "solid", scale))
    notes.append(_label(f"accuracy {threshold:g}", threshold, -10, scale))
    if chance:
        lines.append(_level(chance, "dot", scale))
        notes.append(_label("guessing", chance, 9, scale))
    notes += _gap(needed, ARCHITECTURES.index(chosen), threshold, sizes, scale, reference)
    low, high = math.log10(min(ends)), math.log10(max(ends))
    ticks = [2**i for i in range(round(math.log2(min(ends))), round(math.log2(max(ends))) + 1)]
    layout = frame(
        scale, height=height, uirevision="curves", hovermode="closest", annotations=notes, shapes=lines,
        xaxis=axis(
            scale, "training samples", type="log", range=[low - 0.06, high + 0.06], tickvals=ticks,
            ticktext=[str(t) if t < 10_000 else f"{t // 1024}k" for t in ticks],
        ),
        yaxis=axis(scale, "test accuracy", range=[-0.02, 1.06], tickformat=".1f", dtick=0.2),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": traces, "layout": layout})


def _curve(
    sizes: np.ndarray, accuracy: np.ndarray, kind: tuple[bool, bool], bold: bool, scale: Scale, name: str
) -> dict[str, Any]:
    """One curve; all four keep colour, dash and marker wherever they appear."""
    colour = scale.series[SHARE_AND_POOL[kind]]
    error = accuracy.std(1, ddof=1) / math.sqrt(accuracy.shape[1]) if accuracy.shape[1] > 1 else np.zeros(len(sizes))
    return {
        "type": "scatter",
        "x": sizes,
        "y": accuracy.mean(1),
        "customdata": error,
        "mode": "lines+markers",
        "name": name,
        "opacity": 1.0 if bold else 0.62,
        "line": {"color": colour, "width": 4.5 if bold else 2, "dash": DASH[kind]},
        "marker": {"symbol": MARKER[kind], "size": 11 if bold else 7, "color": colour},
        "error_y": {"type": "data", "array": error, "thickness": 2 if bold else 1, "width": 4, "color": colour},
        "hovertemplate": f"{name}<br>%{{x}} samples: %{{y:.3f}} ± %{{customdata:.3f}}<extra></extra>",
    }


def _earlier(sizes: np.ndarray, accuracy: np.ndarray, kind: tuple[bool, bool], scale: Scale) -> dict[str, Any]:
    """An earlier result, faded."""
    line = {"color": fade(scale.series[SHARE_AND_POOL[kind]], 0.35), "width": 2}
    plain = {"mode": "lines", "hoverinfo": "skip", "showlegend": False}
    return {"type": "scatter", "x": sizes, "y": accuracy.mean(1), "line": line} | plain


def _lookup(name: str, sizes: np.ndarray, accuracy: np.ndarray, scale: Scale) -> dict[str, Any]:
    """The learner that only remembers."""
    return {
        "type": "scatter",
        "x": sizes,
        "y": accuracy.mean(1),
        "mode": "lines",
        "line": {"color": scale.muted, "width": 2, "dash": "longdash" if name == "ordered" else "dot"},
        "name": f"look-up, {'as they come' if name == 'ordered' else 'sorted first'}",
        "hovertemplate": "1-nearest neighbour, %{x} samples: %{y:.3f}<extra></extra>",
    }


def _level(y: float, dash: str, scale: Scale) -> dict[str, Any]:
    """A horizontal line through the whole picture."""
    line = {"color": scale.muted, "width": 1, "dash": dash}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line}


def _label(text: str, y: float, shift: int, scale: Scale) -> dict[str, Any]:
    """Words at the right end of a level."""
    font = {"color": scale.muted, "size": TICK}
    return {"x": 1, "xref": "paper", "xanchor": "right", "y": y, "yshift": shift, "text": text, "showarrow": False, "font": font}


def _gap(
    needed: Sequence[float], index: int, threshold: float, sizes: np.ndarray, scale: Scale, reference: float | None
) -> list[dict[str, Any]]:
    """On the threshold, an arrow from the samples the best needs to those the chosen one needs."""
    best, own = needed[0] if reference is None else reference, needed[index]
    if not math.isfinite(best) or (index == 0 and reference is None):
        return []
    end = own if math.isfinite(own) else float(sizes[-1])
    ratio = f"{own / best:.1f}×" if math.isfinite(own) else f"> {sizes[-1] / best:.0f}×"
    colour = scale.series[SHARE_AND_POOL[ARCHITECTURES[index]]]
    arrow = {
        "x": math.log10(end), "ax": math.log10(best), "y": threshold, "ay": threshold, "axref": "x", "ayref": "y",
        "showarrow": True, "arrowhead": 2, "arrowwidth": 3, "arrowcolor": colour, "text": "",
    }  # fmt: skip
    words = {
        "x": (math.log10(best) + math.log10(end)) / 2, "y": threshold, "yshift": -18, "showarrow": False,
        "text": f"<b>{ratio}</b> the samples", "font": {"color": colour, "size": LABEL + 2}, "bgcolor": fade(scale.paper, 0.85),
    }  # fmt: skip
    return [arrow, words]
