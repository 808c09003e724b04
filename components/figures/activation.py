"""What one channel answers to a picture, laid over it, with what one place of the layer sees framed; and maps of the same kind.

The picture is faded to grey; where the channel answers it is tinted, the more the stronger. Both frames belong to one place: the
outer is the receptive field, the inner holds nine tenths of the influence.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, fade, frame
from components.figures.tiles import placed, plain, shaded

ANSWER, FIELD = 1, 0  # series colours: of an answer, of what a place sees
CLICKS = 28  # places along a side that can be clicked
TINT = 0.85
SMALL = 30  # pixels; a smaller field gets one frame and nothing in it
Box = tuple[int, int, int, int]


def tinted(picture: np.ndarray, strength: np.ndarray, colour: str) -> np.ndarray:
    """The picture `(h, w, 3)` in [0, 1] in faded grey, tinted by `strength (h, w)` in [0, 1]; `(h, w, 3)`."""
    grey = picture.mean(-1, keepdims=True) * 0.8 + 0.1
    tint = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    amount = TINT * np.clip(strength, 0, 1)[..., None]
    return grey * (1 - amount) + (0.35 * grey + 0.65) * tint * amount


def outlined(box: Box, colour: str, scale: Scale, dash: str = "solid") -> list[dict[str, Any]]:
    """A frame that is seen on any ground: a line with a light edge."""
    x0, y0, x1, y1 = box
    at = {"type": "rect", "x0": x0, "y0": y0, "x1": x1, "y1": y1}
    edge = {"color": fade(scale.paper, 0.85), "width": 5}
    return [at | {"line": edge}, at | {"line": {"color": colour, "width": 3, "dash": dash}}]


def activation(
    picture: np.ndarray,
    strength: np.ndarray,
    answer: np.ndarray,
    place: tuple[float, float],
    field: Box,
    inner: Box,
    *,
    scale: Scale = NAMED,
    height: int = 380,
) -> go.Figure:
    """The picture with one channel's answers over it.

    Args:
        picture: as the network sees it, `(h, w, 3)` in [0, 1].
        strength: of the answer at every pixel, `(h, w)` in [0, 1], zero where it is not above the usual.
        answer: the same in standard deviations, for hovering.
        place: column and row of the middle of the marked place, in pixels.
        field, inner: first column and row, and those after the last, of its receptive field and of most of its influence.
        scale: colours.
        height: pixels.
    """
    h, w = picture.shape[:2]
    accent = scale.series[FIELD]
    small = max(field[2] - field[0], field[3] - field[1]) < SMALL
    shapes = (
        outlined(field, accent, scale) if small else [*outlined(field, accent, scale, "dash"), *outlined(inner, accent, scale)]
    )
    rows, columns = (np.linspace(0, side - 1, CLICKS).round().astype(int) for side in (h, w))
    r, c = (a.ravel() for a in np.meshgrid(rows, columns, indexing="ij"))
    words = [f"row {i}, column {j}: {answer[i, j]:+.1f} standard deviations" for i, j in zip(r, c, strict=True)]
    data: list[Any] = [
        placed(tinted(picture, strength, scale.series[ANSWER]), 0, 0, w, h),
        clickable(c, r, [f"{i}.{j}" for i, j in zip(r, c, strict=True)], words, height / CLICKS),
        {
            "type": "scatter", "x": [place[0]], "y": [place[1]], "mode": "markers", "hoverinfo": "skip", "showlegend": False,
            "marker": {"symbol": "cross", "size": 11, "color": accent, "line": {"color": scale.paper, "width": 1.5}},
        },
    ]  # fmt: skip
    return go.Figure({"data": data[:2] if small else data, "layout": _square(scale, w, h, height, shapes)})


def clickable(x: np.ndarray, y: np.ndarray, names: Sequence[str], words: Sequence[str], size: float) -> dict[str, Any]:
    """Clear squares that tell what lies under them and can be clicked."""
    return {
        "type": "scatter", "x": x, "y": y, "mode": "markers", "opacity": 0, "customdata": list(names), "text": list(words),
        "marker": {"size": max(6, round(size)), "symbol": "square"}, "showlegend": False,
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def occluded(
    picture: np.ndarray, drop: np.ndarray, window: Box | None, reach: float, *, scale: Scale = NAMED, height: int = 340
) -> go.Figure:
    """How much of the probability is lost when a grey square covers each place.

    Args:
        picture: `(h, w, 3)` in [0, 1].
        drop: at every pixel, `(h, w)`; NaN where nothing was covered yet.
        window: the row of places that is covered now, if any.
        reach: the drop drawn in full colour.
        scale: colours.
        height: pixels.
    """
    h, w = picture.shape[:2]
    known = np.nan_to_num(drop)
    grey = picture.mean(-1, keepdims=True) * 0.8 + 0.1
    amount = np.clip(np.abs(known) / max(reach, 1e-9), 0, 1)[..., None] * TINT
    colour = shaded(np.sign(known), (scale.series[FIELD], scale.paper, scale.series[ANSWER]), -1, 1)
    data = [placed(grey * (1 - amount) + colour * amount, 0, 0, w, h)]
    rows, columns = (np.linspace(0, side - 1, CLICKS).round().astype(int) for side in (h, w))
    r, c = (a.ravel() for a in np.meshgrid(rows, columns, indexing="ij"))
    words = [
        "not covered yet" if np.isnan(drop[i, j]) else f"covered here: {-drop[i, j]:+.3f}" for i, j in zip(r, c, strict=True)
    ]
    data.append(clickable(c, r, ["" for _ in r], words, height / CLICKS))
    return go.Figure(
        {"data": data, "layout": _square(scale, w, h, height, outlined(window, scale.muted, scale) if window else [])}
    )


def picture_alone(picture: np.ndarray, *, scale: Scale = NAMED, height: int = 340) -> go.Figure:
    """A picture and nothing else."""
    h, w = picture.shape[:2]
    return go.Figure({"data": [placed(picture, 0, 0, w, h)], "layout": _square(scale, w, h, height, [])})


def _square(scale: Scale, w: int, h: int, height: int, shapes: list[dict[str, Any]]) -> dict[str, Any]:
    return frame(
        scale,
        height=height,
        dragmode=False,
        shapes=shapes,
        margin={"l": 3, "r": 3, "t": 3, "b": 3},
        xaxis=plain(-1, w + 1),
        yaxis=plain(h + 1, -1, scaleanchor="x", constraintoward="top"),
    )


def top_classes(names: Sequence[str], probabilities: np.ndarray, *, scale: Scale = NAMED, height: int = 170) -> go.Figure:
    """The likeliest classes as bars, with their probabilities written out."""
    y = np.arange(len(names))
    words = [f"{name}  <b>{p:.1%}</b>" for name, p in zip(names, probabilities, strict=True)]
    bars = {
        "type": "bar", "orientation": "h", "x": probabilities, "y": y, "hoverinfo": "skip", "width": 0.24,
        "marker": {"color": [scale.series[2]] + [fade(scale.series[2], 0.55)] * (len(names) - 1)},
    }  # fmt: skip
    notes = [
        {
            "x": 0, "y": i - 0.13, "text": text, "showarrow": False, "xanchor": "left", "yanchor": "bottom",
            "font": {"size": TICK + 1 if i else LABEL, "color": scale.ink},
        }
        for i, text in enumerate(words)
    ]  # fmt: skip
    return go.Figure(
        {
            "data": [bars],
            "layout": frame(
                scale,
                height=height,
                dragmode=False,
                annotations=notes,
                margin={"l": 2, "r": 2, "t": 2, "b": 2},
                xaxis=axis(scale, range=[0, 1], visible=False, fixedrange=True),
                yaxis=axis(scale, range=[len(names) - 0.7, -0.8], visible=False, fixedrange=True),
            ),
        }
    )
