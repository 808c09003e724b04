"""The whole picture beside what the filter makes of it, at full resolution; and the same of a whole signal."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.filter_cells import OUTPUT, WINDOW, box, plane, shade, targets, word
from components.figures.sample import data_uri
from components.figures.scale import NAMED, Scale, axis, frame

GAP = 0.1
CLICKS = 24  # places along a side where the picture can be clicked


def _image(pixels: np.ndarray, left: float, top: float, step: float) -> dict[str, Any]:
    place = {"x0": left + step / 2, "y0": top + step / 2, "dx": step, "dy": step}
    return {"type": "image", "source": data_uri(pixels), "hoverinfo": "skip"} | place


def whole(
    x: np.ndarray,
    y: np.ndarray,
    reach: float,
    stride: int,
    framed: tuple[int, int, int, int],
    *,
    scale: Scale = NAMED,
    height: int = 180,
) -> go.Figure:
    """Both pictures.

    Args:
        x: the picture, `(h, w)` in [0, 1].
        y: the filter's output.
        reach: the end of the output's diverging scale.
        stride: pixels of x between neighbours in y.
        framed: row, column, height, width of the piece, in pixels of x; no frame where its height is 0.
        scale: colours.
        height: pixels.
    """
    h, w = x.shape
    unit = 1 / max(h, w)
    left, top = (w * unit) + GAP, (h - stride * y.shape[0]) * unit / 2
    data = [_image(x[..., None], 0, 0, unit), _image(shade(y, reach, scale), left, top, stride * unit)]
    r, c, high, wide = framed
    shapes = []
    if high:
        shapes = [box(at + c * unit, r * unit, wide * unit, high * unit, scale.series[WINDOW], 2) for at in (0.0, left)]
    rows, columns = (np.unique(np.linspace(0, n - 1, min(n, CLICKS)).round().astype(int)) for n in (h, w))
    grid = [(int(i), int(j)) for i in rows for j in columns]
    text = ["click: move the piece here" if high else f"{x[i, j]:.2f}" for i, j in grid]
    size = max(6, (height - 26) / CLICKS)
    data.append(targets([(j + 0.5) * unit for _, j in grid], [(i + 0.5) * unit for i, _ in grid], text,
                        [f"pixel {i * w + j}" for i, j in grid], size))  # fmt: skip
    end = left + w * unit
    words = [
        word(w * unit / 2, 0, "whole picture", scale.ink, 13, yanchor="bottom"),
        word(left + w * unit / 2, 0, "whole output", scale.series[OUTPUT], 13, yanchor="bottom"),
        word(left - GAP / 2, h * unit / 2, "→", scale.ink, 18),
    ]
    return plane(data, (0, end), (-0.12, h * unit), scale, height, shapes=shapes, words=words)


def signals(
    x: np.ndarray, y: np.ndarray, offset: float, stride: int, framed: tuple[int, int], *, scale: Scale = NAMED, height: int = 210
) -> go.Figure:
    """A whole signal, and under it the filter's output; the piece framed.

    Args:
        x: `(n,)`.
        y: the filter's output, `(m,)`.
        offset: where the middle of the first window lies.
        stride: samples between neighbours of y.
        framed: first sample and length of the piece.
        scale: colours.
        height: pixels.
    """
    places = offset + stride * np.arange(len(y))
    first, count = framed
    line = {"width": 2, "color": scale.ink}
    data = [
        {
            "type": "scatter", "mode": "lines", "x": np.arange(len(x)), "y": x.astype(np.float32), "line": line, "name": "signal",
            "customdata": [f"sample {i}" for i in range(len(x))],
            "hovertemplate": "sample %{x}: %{y:.2f}, click: move the piece here<extra></extra>",
        },
        {
            "type": "scatter", "mode": "lines", "x": places, "y": y.astype(np.float32), "xaxis": "x", "yaxis": "y2",
            "line": line | {"color": scale.series[OUTPUT]}, "name": "output",
            "customdata": [f"out {i}" for i in range(len(y))], "hovertemplate": "output %{y:.2f}<extra></extra>",
        },
    ]  # fmt: skip
    shapes = [
        box(first - 0.5, 0, count, 1, scale.series[WINDOW], 2) | {"yref": "paper"},
        {
            "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y2", "y0": 0, "y1": 0,
            "line": {"color": scale.muted, "width": 1},
        },
    ]  # fmt: skip
    words = [
        word(
            0, 1, "whole signal", scale.ink, 13, xref="paper", yref="paper", xanchor="left", yanchor="bottom", bgcolor=scale.paper
        ),
        word(
            0,
            0.44,
            "whole output",
            scale.series[OUTPUT],
            13,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            bgcolor=scale.paper,
        ),
    ]
    quiet: dict[str, Any] = {"fixedrange": True, "showgrid": False, "zeroline": False, "nticks": 3}
    layout = frame(
        scale, height=height, shapes=shapes, annotations=words, dragmode=False, showlegend=False, hovermode="closest",
        margin={"l": 4, "r": 4, "t": 20, "b": 4},
        xaxis=axis(scale, **quiet | {"visible": False}, range=[-1, len(x)]),
        yaxis=axis(scale, **quiet, domain=[0.56, 1]), yaxis2=axis(scale, **quiet, domain=[0, 0.42]),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
