"""A sample as a person meets it, whatever its modality: the picture is the kind it names, else chosen by the data's shape.

grid (h, w)                   a picture
grid (), elements (n, d)      points, in the plane or in space
grid (t,), elements (t, d)    lines over time
"""

import base64
import io
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from PIL import Image
from plotly.basedatatypes import BaseTraceType

from components.catalogue import discover
from components.figures.scale import LABEL, NAMED, TICK, Scale, style
from components.values import Sample

ACCENT = 1  # the series colour of the marked element, here and in `observation`
MOST = 4_000  # points in space that are drawn; evenly spread over the rows where there are more
LONG, LINE = 14, 16  # letters of a title from which it is broken, and of one line above a small picture
CLICKS = 40  # places a picture can be clicked at, along one side
HIDDEN = {"visible": False, "showgrid": False, "zeroline": False}


def raw(sample: Sample, scale: Scale = NAMED, mark: int | None = None, height: int = 400) -> go.Figure:
    """The sample as it is, with element number `mark` marked.

    Clicking works through `customdata`, which holds the number of the element.

    Raises:
        ValueError: there is no picture for data of this shape yet.
    """
    if "kind" in sample:
        return discover("figures", "KIND")[sample["kind"]].raw(sample, scale, mark, height)
    grid, elements = sample["grid"], sample["elements"]
    if "edges" in sample or elements.ndim != 2:
        raise ValueError(f"no picture yet for elements of shape {elements.shape} on a grid {grid}")
    if len(grid) == 2:
        return _picture(sample, scale, mark, height)
    if len(grid) == 1:
        return _lines(sample, scale, mark, height)
    flat, shade = _columns(sample)
    return (_plane if flat else _space)(elements, shade, scale, mark, height)


def data_uri(pixels: np.ndarray) -> str:
    """Pixels `(h, w, 1 or 3)` in [0, 1] as a PNG inside an address."""
    array = np.round(np.clip(pixels, 0, 1) * 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(array[..., 0] if array.shape[-1] == 1 else array).save(out, "PNG", compress_level=1)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def pixels(sample: Sample) -> np.ndarray:
    """The elements back on their grid: `(h, w, d)`."""
    return sample["elements"].reshape(*sample["grid"], -1)


def _picture(sample: Sample, scale: Scale, mark: int | None, height: int) -> go.Figure:
    (h, w), array = sample["grid"], pixels(sample)
    figure = go.Figure(go.Image(source=data_uri(array), hoverinfo="skip"))
    r, c = _places(h, w, mark)
    values = [f"row {i + 1}, column {j + 1}: ({', '.join(f'{v:.2f}' for v in array[i, j])})" for i, j in zip(r, c, strict=True)]
    figure.add_scatter(
        x=c, y=r, mode="markers", customdata=r * w + c, text=values, opacity=0, showlegend=False,
        marker={"size": max(6, round(height * 0.8 / min(max(h, w), CLICKS))), "symbol": "square"},
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    if mark is not None:
        _ring(figure, mark % w, mark // w, 18 if max(h, w) > CLICKS else 0.8 * height / max(h, w), "square-open", scale)
    style(figure, scale, height=height)
    figure.update_xaxes(range=[-0.5, w - 0.5], constrain="domain", **HIDDEN)
    return figure.update_yaxes(range=[h - 0.5, -0.5], scaleanchor="x", constrain="domain", constraintoward="top", **HIDDEN)


def _places(h: int, w: int, mark: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the pixels that can be pointed at: a coarse grid of all, and every one around the mark."""
    rows, columns = (np.unique(np.linspace(0, side - 1, min(side, CLICKS)).round().astype(int)) for side in (h, w))
    numbers = (rows[:, None] * w + columns).ravel()
    if mark is not None:
        rows, columns = (np.arange(max(0, i - 4), min(side, i + 5)) for i, side in zip(divmod(mark, w), (h, w), strict=True))
        numbers = np.unique(np.concatenate([numbers, (rows[:, None] * w + columns).ravel()]))
    return numbers // w, numbers % w


def _ring(figure: go.Figure, x: float, y: float, size: float, symbol: str, scale: Scale) -> None:
    """The mark around one element, with a light edge so that it is seen on any ground."""
    for width, colour in ((7, scale.paper), (3.5, scale.series[ACCENT])):
        marker = {"size": size, "symbol": symbol, "color": colour, "line": {"width": width, "color": colour}}
        figure.add_scatter(x=[x], y=[y], mode="markers", marker=marker, hoverinfo="skip", showlegend=False)


def _columns(sample: Sample) -> tuple[bool, np.ndarray]:
    """Whether the points lie in the plane, and the number each is shaded by; columns beyond x, y, z are features."""
    elements = sample["elements"]
    names = getattr(getattr(sample["raw"], "dtype", None), "names", None) or ("x", "y", "z")
    flat = elements.shape[1] == 2 or names[2] != "z"
    return flat, elements[:, 2] if elements.shape[1] > 2 else np.ones(len(elements))


def _colours(scale: Scale) -> list[str]:
    return list(scale.sequential[1:])  # the lightest is too near the paper for a single dot


def _plane(points: np.ndarray, shade: np.ndarray, scale: Scale, mark: int | None, height: int) -> go.Figure:
    figure = go.Figure()
    dots = {
        "size": 13,
        "color": shade,
        "colorscale": _colours(scale),
        "cmin": 0,
        "cmax": 1,
        "line": {"width": 1, "color": scale.ink},
    }
    figure.add_scatter(
        x=points[:, 0], y=points[:, 1], mode="markers", marker=dots, customdata=np.arange(len(points)), text=shade,
        hovertemplate="x %{x:.2f}, y %{y:.2f}, %{text:.2f}<extra></extra>", showlegend=False,
    )  # fmt: skip
    if mark is not None:
        _ring(figure, points[mark, 0], points[mark, 1], 24, "circle-open", scale)
    style(figure, scale, height=height)
    reach = max(1.15, 1.1 * float(np.abs(points[:, :2]).max()))
    figure.update_xaxes(range=[-reach, reach], constrain="domain")
    return figure.update_yaxes(range=[-reach, reach], scaleanchor="x", constrain="domain")


def _space(points: np.ndarray, shade: np.ndarray, scale: Scale, mark: int | None, height: int) -> go.Figure:
    figure = go.Figure()
    kept = np.unique(np.linspace(0, len(points) - 1, min(len(points), MOST)).round().astype(int))
    dots = {"size": 2.6 if len(kept) > 200 else 5, "color": shade[kept], "colorscale": _colours(scale), "opacity": 0.8}
    x, y, z = points.T
    figure.add_scatter3d(
        x=x[kept], y=y[kept], z=z[kept], mode="markers", marker=dots, customdata=kept, showlegend=False,
        hovertemplate="(%{x:.2f}, %{y:.2f}, %{z:.2f})<extra></extra>",
    )  # fmt: skip
    if mark is not None:
        big = {"size": 11, "symbol": "diamond", "color": scale.series[ACCENT]}
        figure.add_scatter3d(
            x=x[[mark]], y=y[[mark]], z=z[[mark]], mode="markers", marker=big, hoverinfo="skip", showlegend=False
        )
    hovered = {"size": 13, "symbol": "circle-open", "color": scale.ink, "line": {"width": 4, "color": scale.ink}}
    figure.add_scatter3d(x=[], y=[], z=[], name="hovered", marker=hovered, mode="markers", hoverinfo="skip", showlegend=False)
    style(figure, scale, height=height)
    reach = max(1.0, float(np.abs(points).max()))
    axis = {
        "range": [-reach, reach], "gridcolor": scale.grid, "backgroundcolor": "rgba(0,0,0,0)", "color": scale.muted,
        "showticklabels": False, "nticks": 5, "zerolinecolor": scale.grid, "title": {"font": {"size": LABEL}},
    }  # fmt: skip
    camera = {"eye": {"x": 1.3, "y": 1.3, "z": 0.85}}
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure.update_scenes(xaxis=axis, yaxis=axis, zaxis=axis, aspectmode="cube", camera=camera)


def _lines(sample: Sample, scale: Scale, mark: int | None, height: int) -> go.Figure:
    elements = sample["elements"]
    time = np.arange(len(elements)) / (sample["rate"] if sample["unit"] == "Hz" else 1)
    figure = go.Figure([go.Scatter(x=time, y=column, name=f"{i + 1}") for i, column in enumerate(elements.T)])
    if mark is not None:
        figure.add_vline(time[mark], line={"color": scale.series[ACCENT], "width": 3})
    return style(figure, scale, height=height, showlegend=elements.shape[1] > 1)


def gallery(samples: list[Sample], titles: list[str], scale: Scale = NAMED, columns: int = 4, height: int = 360) -> go.Figure:
    """Small pictures of several samples, each with a line of text above it; points in space are seen from one side.

    Raises:
        ValueError: no samples, or samples that have no picture.
    """
    if not samples:
        raise ValueError("nothing to show")
    words = [_title(title) for title in titles]
    head = 0.4 if any("<br>" in w for w in words) else 0.3 if any(words) else 0.06  # above each picture, whose longer side is .94
    figure, rows = go.Figure(), -(-len(samples) // columns)
    for i, (sample, title, text) in enumerate(zip(samples, titles, words, strict=True)):
        x, y = i % columns, i // columns * (1 + head) + head
        figure.add_traces(_small(sample, x, y, scale))
        if title:
            whole = title if "…" in text else None
            figure.add_annotation(
                x=x + 0.5, y=y, text=text, hovertext=whole, yanchor="bottom", showarrow=False, font={"size": TICK + 1}
            )
    style(figure, scale, height=height, dragmode=False, showlegend=False)
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    figure.update_xaxes(range=[0, columns], fixedrange=True, constrain="domain", constraintoward="left", **HIDDEN)
    return figure.update_yaxes(
        range=[rows * (1 + head), 0], scaleanchor="x", fixedrange=True, constrain="domain", constraintoward="top", **HIDDEN
    )


def _title(title: str) -> str:
    """A title as the room above a small picture holds it: a long one is broken at its arrow, a long line is cut."""
    lines = title.replace(" → ", "\n→ ", 1).split("\n") if len(title) > LONG else [title]
    return "<br>".join(line if len(line) <= LINE else line[: LINE - 1] + "…" for line in lines)


def _small(sample: Sample, left: float, top: float, scale: Scale) -> Sequence[BaseTraceType]:
    """One sample drawn into the unit square at (left, top), y downwards."""
    if "kind" in sample:
        return discover("figures", "KIND")[sample["kind"]].small(sample, left, top, scale)
    if len(sample["grid"]) == 2:
        step = 0.94 / max(sample["grid"])
        place = {"x0": left + 0.03 + step / 2, "y0": top + step / 2, "dx": step, "dy": step}
        return [go.Image(source=data_uri(pixels(sample)), hoverinfo="skip", **place)]
    elements = sample["elements"]
    if sample["grid"] or elements.ndim != 2 or "edges" in sample:
        raise ValueError("no small picture yet for data of this shape")
    flat, shade = _columns(sample)
    x, y = elements[:, 0], elements[:, 1]
    if not flat:  # seen from the front, a little from above
        x, y, shade = (x - y) / 2**0.5, 0.9 * elements[:, 2] - 0.3 * (x + y), x + y
    reach = 2.4 * max(1e-9, float(np.abs(np.stack([x, y])).max()))
    dots = {"size": 6, "color": shade, "colorscale": _colours(scale)}
    return [go.Scatter(x=left + 0.5 + x / reach, y=top + 0.5 - y / reach, mode="markers", marker=dots, hoverinfo="skip")]
