"""A set of small pictures: side by side as a person meets them, as a table as a model does. Each element is one picture.

Elements `(n, s * s)` are square pictures row by row, 0 (dark) to 1 (bright). Where they stand means nothing.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

from components.figures import observation as tables
from components.figures.kind import Kind
from components.figures.sample import ACCENT, HIDDEN, data_uri
from components.figures.scale import LABEL, Scale, frame
from components.values import Sample

MOST = 64  # tiles in one picture


def places(count: int) -> tuple[np.ndarray, np.ndarray, int, int]:
    """Column and row of each of `count` tiles, and how many columns and rows there are; twice as wide as high."""
    columns = max(1, min(count, round((2 * count) ** 0.5)))
    number = np.arange(count)
    return number % columns, number // columns, columns, -(-count // columns)


def sheet(elements: np.ndarray, columns: int, rows: int, paper: float) -> np.ndarray:
    """All pictures on one sheet `(rows (s + 2), columns (s + 2), 1)`, a frame of one pixel of `paper` around each."""
    side = round(elements.shape[1] ** 0.5)
    tiles = np.full((rows * columns, side + 2, side + 2), paper, np.float32)
    tiles[: len(elements), 1:-1, 1:-1] = elements.reshape(-1, side, side)
    return tiles.reshape(rows, columns, side + 2, side + 2).swapaxes(1, 2).reshape(rows * (side + 2), -1, 1)


def square(x: float, y: float, colour: str, **more: Any) -> dict[str, Any]:
    """The frame of a tile as a shape of Plotly's."""
    side = {"x0": x - 0.45, "x1": x + 0.45, "y0": y - 0.45, "y1": y + 0.45}
    return {"type": "rect", "line": {"color": colour, "width": 4}} | side | more


def numbers(x: np.ndarray, y: np.ndarray, scale: Scale, size: int = LABEL) -> go.Scatter:
    """The number of each element, from 1, under its tile."""
    font = {"size": size, "color": scale.muted}
    text = [str(i + 1) for i in range(len(x))]
    return go.Scatter(
        x=x, y=y + 0.58, mode="text", text=text, textfont=font, customdata=np.arange(len(x)), hoverinfo="skip", showlegend=False
    )


def layout(scale: Scale, columns: int, rows: int, height: int, shapes: list[dict[str, Any]]) -> dict[str, Any]:
    """A grid of unit tiles with nothing around it but their numbers."""
    fixed = {"fixedrange": True, **HIDDEN}
    return frame(
        scale,
        height=height,
        dragmode=False,
        shapes=shapes,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"range": [-0.55, columns - 0.45], "constrain": "domain"} | fixed,
        yaxis={"range": [1.2 * rows - 0.4, -0.55], "scaleanchor": "x", "constrain": "domain"} | fixed,
    )


def raw(sample: Sample, scale: Scale, mark: int | None, height: int) -> go.Figure:
    """The pictures side by side, element `mark` framed."""
    elements = sample["elements"][:MOST]
    column, row, columns, rows = places(len(elements))
    side = round(elements.shape[1] ** 0.5)
    data: list[BaseTraceType] = []
    for k in range(rows):  # a sheet for each row, so that there is room for the numbers between them
        part = sheet(elements[k * columns : (k + 1) * columns], columns, 1, 1.0 if scale.name == "light" else 0.2)
        step = 1 / (side + 2)
        at = {"x0": -0.5 + step / 2, "y0": 1.2 * k - 0.5 + step / 2, "dx": step, "dy": step}
        data.append(go.Image(source=data_uri(part), hoverinfo="skip", **at))
    y = 1.2 * row
    target = {"size": max(20, round(0.6 * height / max(columns, 1.2 * rows))), "symbol": "square"}
    data.append(
        go.Scatter(
            x=column, y=y, mode="markers", marker=target, opacity=0, customdata=np.arange(len(elements)), showlegend=False,
            text=[f"picture {i + 1}" for i in range(len(elements))], hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    data.append(numbers(column, y, scale))
    framed = [square(column[mark], y[mark], scale.series[ACCENT])] if mark is not None and mark < len(elements) else []
    return go.Figure({"data": data, "layout": layout(scale, columns, rows, height, framed)})


def observation(sample: Sample, x: np.ndarray, scale: Scale, mark: int, height: int) -> go.Figure:
    """The table of numbers, one row a picture."""
    plain: Any = {key: value for key, value in sample.items() if key != "kind"}
    return tables.observation(plain, x, scale, mark, height)


def small(sample: Sample, left: float, top: float, scale: Scale) -> Sequence[BaseTraceType]:
    """All pictures on one sheet."""
    elements = sample["elements"][:MOST]
    columns = max(1, round(len(elements) ** 0.5 + 0.4))
    rows = -(-len(elements) // columns)
    pixels = sheet(elements, columns, rows, 0.5)
    step = 0.94 / max(pixels.shape[:2])
    at = {"x0": left + 0.03 + step / 2, "y0": top + step / 2, "dx": step, "dy": step}
    return [go.Image(source=data_uri(pixels), hoverinfo="skip", **at)]


KIND = Kind("pictures", raw, observation, small)
