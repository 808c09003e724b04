"""How well a linear reader does at each layer, trained network and random one; and how the field grows with depth."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.activation import FIELD
from components.figures.field_frame import INFLUENCE
from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame

TRAINED, RANDOM = 2, 3  # series colours


def probe_curve(
    layers: Sequence[str],
    trained: np.ndarray,
    random: np.ndarray,
    chosen: int | None,
    *,
    chance: float,
    live: tuple[np.ndarray, str] | None = None,
    scale: Scale = NAMED,
    height: int = 300,
) -> go.Figure:
    """Accuracy of a linear reader against depth.

    Args:
        layers: their names, the pixels first.
        trained, random: accuracies `(seeds, layers)`.
        chosen: the marked layer.
        chance: accuracy of guessing.
        live: accuracies `(layers,)` of a run under way and its name; the recorded ones are faded then.
        scale: colours.
        height: pixels.
    """
    faded = live is not None
    data = [
        _curve(layers, random, "random weights", RANDOM, "square", "dash", faded, scale),
        _curve(layers, trained, "trained", TRAINED, "circle", "solid", faded, scale),
    ]
    if live is not None:
        data.append(_curve(layers, live[0][None], live[1], INFLUENCE, "diamond", "solid", False, scale))
    pixels = float(trained[:, 0].mean())
    low = min(float(a.mean(0).min()) for a in (trained, random))
    low = max(0.0, min(low, *(live[0].tolist() if live else [1.0])) - 0.06)
    data.append(_line(pixels, len(layers), "the pixels", scale))
    shapes: list[dict[str, Any]] = []
    if chosen is not None:
        shapes.append(
            {"type": "rect", "x0": chosen - 0.42, "x1": chosen + 0.42, "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0},
             "fillcolor": fade(scale.series[FIELD], 0.18), "layer": "below"}
        )  # fmt: skip
    ticks = list(range(0, len(layers), 1 if len(layers) < 10 else 2))
    notes = []
    if low < chance + 0.02:
        shapes.append(_level(chance, scale))
        notes.append(_words("guessing", chance, scale))
    layout = frame(
        scale, height=height, hovermode="closest", shapes=shapes, annotations=notes, dragmode=False,
        margin={"l": 8, "r": 8, "t": 30, "b": 8},
        xaxis=axis(
            scale, "", tickvals=ticks, ticktext=[short(layers[i]) for i in ticks], range=[-0.6, len(layers) - 0.4],
            showgrid=False, tickangle=0 if len(layers) < 10 else -45, fixedrange=True,
        ),
        yaxis=axis(scale, "accuracy of a linear reader", range=[low, 1.01], tickformat=".1f", dtick=0.1, fixedrange=True),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": data, "layout": layout})


def short(layer: str) -> str:
    """`block11` as "11"; the others as they are."""
    return layer.removeprefix("block").removeprefix("layer")


def _curve(
    layers: Sequence[str], values: np.ndarray, name: str, colour: int, symbol: str, dash: str, faded: bool, scale: Scale
) -> dict[str, Any]:
    """Mean over seeds with its standard error."""
    error = values.std(0, ddof=1) / len(values) ** 0.5 if len(values) > 1 else np.zeros(values.shape[1])
    own = scale.series[colour]
    return {
        "type": "scatter", "x": list(range(len(layers))), "y": values.mean(0), "name": name, "mode": "lines+markers",
        "opacity": 0.35 if faded else 1.0, "line": {"color": own, "width": 3, "dash": dash},
        "marker": {"symbol": symbol, "size": 10, "color": own}, "customdata": [f"l{i}" for i in range(len(layers))],
        "error_y": {"type": "data", "array": error, "color": own, "thickness": 1.5, "width": 4},
        "text": [f"{name}, {layer}: {m:.3f} ± {e:.3f}" for layer, m, e in zip(layers, values.mean(0), error, strict=True)],
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def _line(y: float, count: int, name: str, scale: Scale) -> dict[str, Any]:
    """A level with its name in the legend."""
    line = {"color": scale.muted, "width": 2, "dash": "dot"}
    plain = {"mode": "lines", "hoverinfo": "skip", "line": line}
    return {"type": "scatter", "x": [0, count - 1], "y": [y, y], "name": name} | plain


def _level(y: float, scale: Scale) -> dict[str, Any]:
    line = {"color": scale.muted, "width": 1.5, "dash": "dot"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line}


def _words(text: str, y: float, scale: Scale, side: str = "right") -> dict[str, Any]:
    font = {"color": scale.muted, "size": TICK}
    at = {"x": float(side == "right"), "xref": "paper", "xanchor": side, "y": y, "yshift": -10}
    return at | {"text": text, "showarrow": False, "font": font, "bgcolor": fade(scale.paper, 0.7)}


def field_curve(
    layers: Sequence[str],
    sizes: Sequence[int],
    widths: np.ndarray,
    chosen: int,
    side: int,
    *,
    scale: Scale = NAMED,
    height: int = 300,
) -> go.Figure:
    """Receptive field (arithmetic) and effective field (measured, pixels; NaN for none) against depth, and the picture's side."""
    data: list[dict[str, Any]] = []
    pairs = (("could see", np.array(sizes, float), FIELD, "square", "dash"), ("does see", widths, INFLUENCE, "circle", "solid"))
    for name, values, colour, symbol, dash in pairs:
        own = scale.series[colour]
        data.append(
            {
                "type": "scatter", "x": list(range(len(layers))), "y": values, "name": name, "mode": "lines+markers",
                "line": {"color": own, "width": 3, "dash": dash}, "marker": {"symbol": symbol, "size": 10, "color": own},
                "customdata": [f"l{i}" for i in range(len(layers))],
                "text": [f"{layer} {name} {v:.0f} pixels" for layer, v in zip(layers, values, strict=True)],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )  # fmt: skip
    band = {"type": "rect", "x0": chosen - 0.42, "x1": chosen + 0.42, "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}}
    wide = max(sizes) > 100
    ticks = [1, 3, 10, 30, 100, 300, 1000]
    more = (
        {"type": "log", "tickvals": ticks, "range": [0.3, np.log10(1.4 * max(*sizes, side))]} if wide else {"rangemode": "tozero"}
    )
    notes = (
        [_words(f"side of the picture: {side}", np.log10(side) if wide else side, scale, "left")]
        if max(sizes) >= side / 2
        else []
    )
    shapes = [band | {"fillcolor": fade(scale.series[FIELD], 0.18), "layer": "below"}]
    every = 1 if len(layers) < 10 else 2
    layout = frame(
        scale, height=height, hovermode="closest", dragmode=False, shapes=shapes + ([_level(side, scale)] if notes else []),
        annotations=notes, margin={"l": 8, "r": 8, "t": 30, "b": 8},
        xaxis=axis(
            scale, "layer", tickvals=list(range(0, len(layers), every)), showgrid=False, fixedrange=True,
            ticktext=[short(name) for name in layers[::every]], range=[-0.6, len(layers) - 0.4],
        ),
        yaxis=axis(scale, "pixels along a side", fixedrange=True, **more),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": data, "layout": layout})
