"""A small convolutional network at work: its filters, what they were before, and the map each layer makes of one picture.

    picture -> filters 5 x 5 (first, now) -> maps          the first convolution, row k is filter k
    conv2 maps -> conv3 maps -> pooled numbers             what the next layers make of these maps

Filters are centred on zero and share one scale; the maps of a layer share one scale from zero to its largest number.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import ACCENT
from components.figures.scale import NAMED, TICK, Scale, frame
from components.figures.tiles import boxed, centres, heading, largest, placed, plain, shaded, sheet, signed, targets

HEAD = 0.95  # units above the tiles, for two lines of words
CLICKS = 14  # places a photograph can be clicked at, along a side
Box = tuple[float, float, float, float]


def first_layer(
    picture: np.ndarray,
    filters: tuple[np.ndarray, np.ndarray],
    maps: np.ndarray,
    *,
    steps: tuple[int, int] = (0, 0),
    chosen: int | None = None,
    field: Box | None = None,
    whole: tuple[np.ndarray, Box | None] | None = None,
    scale: Scale = NAMED,
    height: int = 400,
) -> go.Figure:
    """The picture, the filters before and now, and their maps.

    Args:
        picture: what the network sees, `(h, w, 1 or 3)` in [0, 1].
        filters: before any step and now, `(n, k, k, 1 or 3)` each.
        maps: of the first convolution, `(n, h', w')`.
        steps: at which the filters are shown.
        chosen: the map that is framed, if one of this layer is.
        field: first column and row, and those after the last, of the pixels that the marked place sees.
        whole: the picture it was taken from, and the box in it `(x0, y0, x1, y1)` as parts of its sides, None if all of it.
        scale: colours.
        height: pixels.
    """
    n, side = len(maps), 0.36 * len(maps)
    x_first, x_now, x_maps = side + 0.75, side + 1.75, side + 3.25
    top = n - side if whole is not None else (n - side) / 2
    h, w = picture.shape[:2]
    grey = picture if picture.shape[-1] == 3 else picture.repeat(3, -1)
    data: list[Any] = [placed(grey, 0, top, side, side * h / w)]
    shapes = [boxed(0, top, side, top + side * h / w, scale.muted, 1)]
    for x, bank in zip((x_first, x_now), filters, strict=True):
        data.append(placed(sheet(signed(bank, scale), 1), x, 0, 1, n))
    data.append(placed(sheet(shaded(maps, scale.sequential, 0, largest(maps)), 1), x_maps, 0, 1, n))
    accent = scale.series[ACCENT]
    if field is not None:
        x0, y0, x1, y1 = (side * v / w for v in field)
        shapes.append(boxed(x0, top + y0, x1, top + y1, accent))
    if chosen is not None:
        shapes.append(boxed(x_now, chosen, x_maps + 1, chosen + 1, accent))
    notes = [
        heading("it sees" if whole is not None else "picture", side / 2, top - 0.05, scale, TICK),
        heading(f"step<br>{steps[0]}", x_first + 0.5, -0.05, scale, TICK),
        heading(f"<b>step<br>{steps[1]}</b>", x_now + 0.5, -0.05, scale, TICK),
        heading(f"maps<br>{maps.shape[1]}×{maps.shape[2]}", x_maps + 0.5, -0.05, scale, TICK),
        heading("→", (x_now + 1 + x_maps) / 2, n / 2 + 0.3, scale, 20),
    ]
    if whole is not None:
        more, box = _whole(*whole, side, scale)
        data += more
        shapes += box
        notes.append(heading("click to move" if whole[1] else "picture", side / 2, -0.05, scale, TICK))
    size = 0.75 * height / (n + HEAD)
    for x in (x_now, x_maps):
        cx, cy = centres(n, 1, x, 0)
        words = [f"filter {i + 1}<br>largest answer {v:.3g}" for i, v in enumerate(maps.max((1, 2)))]
        data.append(targets(cx, cy, [f"conv1:{i}" for i in range(n)], words, size))
    return _figure(data, shapes, notes, x_maps + 1.05, n, scale, height)


def _whole(pixels: np.ndarray, box: Box | None, side: float, scale: Scale) -> tuple[list[Any], list[dict[str, Any]]]:
    """The picture that the network's input was taken from, its longest side `side` units, with the part that was taken."""
    h, w = pixels.shape[:2]
    width, height = side * w / max(h, w), side * h / max(h, w)
    colours = pixels if pixels.shape[-1] == 3 else pixels.repeat(3, -1)
    data: list[Any] = [placed(colours, 0, 0, width, height)]
    if box is None:
        return data, []
    x, y = (np.linspace(0, 1, CLICKS) for _ in "xy")
    x, y = (a.ravel() for a in np.meshgrid(x, y))
    names = [f"patch:{round(100 * v)}:{round(100 * u)}" for u, v in zip(x, y, strict=True)]
    data.append(targets(x * width, y * height, names, ["look here"] * len(names), 9))
    shape = boxed(box[0] * width, box[1] * height, box[2] * width, box[3] * height, scale.series[ACCENT], 2)
    return data, [shape]


def later_layers(
    maps: Mapping[str, np.ndarray],
    pooled: np.ndarray,
    ending: str,
    *,
    chosen: tuple[str, int] | None = None,
    scale: Scale = NAMED,
    height: int = 400,
) -> go.Figure:
    """The maps of the second and the third convolution, and the numbers that are left of them.

    Args:
        maps: "conv2" `(2 n, h, w)` and "conv3" `(4 n, h, w)`.
        pooled: what the readout sees, `(4 n,)` or `(4 n places,)`.
        ending: the name of the pooling.
        chosen: layer and number of the map that is framed.
        scale: colours.
        height: pixels.
    """
    rows, x = len(maps["conv2"]) // 2, 0.0
    data: list[Any] = []
    shapes, notes = [], []
    size = 0.75 * height / (rows + HEAD)
    for name, columns in (("conv2", 2), ("conv3", 4)):
        found = maps[name]
        data.append(placed(sheet(shaded(found, scale.sequential, 0, largest(found)), columns), x, 0, columns, rows))
        cx, cy = centres(len(found), columns, x, 0)
        words = [f"{name}, map {i + 1}<br>largest answer {v:.3g}" for i, v in enumerate(found.max((1, 2)))]
        data.append(targets(cx, cy, [f"{name}:{i}" for i in range(len(found))], words, size))
        title = f"conv {name[-1]}: {len(found)}<br>maps {found.shape[1]}×{found.shape[2]}"
        notes.append(heading(title, x + columns / 2, -0.05, scale, TICK))
        if chosen is not None and chosen[0] == name:
            left, top = x + chosen[1] % columns, chosen[1] // columns
            shapes.append(boxed(left, top, left + 1, top + 1, scale.series[ACCENT]))
        x += columns + 0.45
    strip = pooled.reshape(len(maps["conv3"]), -1) if ending != "concatenate" else _by_map(pooled, maps["conv3"])
    data.append(placed(shaded(strip, scale.sequential, 0, largest(strip)), x, 0.04, 1.1, rows - 0.08))
    shapes.append(boxed(x, 0.04, x + 1.1, rows - 0.04, scale.muted, 1))
    word = "kept" if ending == "concatenate" else ending
    notes.append(heading(f"{word}<br>{pooled.size:,}", x + 0.55, -0.05, scale, TICK))
    return _figure(data, shapes, notes, x + 1.15, rows, scale, height)


def _by_map(pooled: np.ndarray, maps: np.ndarray) -> np.ndarray:
    """Concatenated numbers, place after place, as one row a map: `(maps, places)`."""
    return pooled.reshape(-1, len(maps)).T


def _figure(
    data: list[Any],
    shapes: list[dict[str, Any]],
    notes: list[dict[str, Any]],
    width: float,
    rows: float,
    scale: Scale,
    height: int,
) -> go.Figure:
    layout = frame(
        scale, height=height, shapes=shapes, annotations=notes, dragmode=False, hovermode="closest",
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=plain(-0.05, width), yaxis=plain(rows + 0.05, -HEAD, scaleanchor="x", constraintoward="top"),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def one_map(
    values: np.ndarray,
    kernel: np.ndarray,
    place: tuple[int, int] | None,
    *,
    name: str = "",
    top: float | None = None,
    scale: Scale = NAMED,
    height: int = 210,
) -> go.Figure:
    """One map large, its strongest place marked, and beside it the filter that made it.

    Args:
        values: the map, `(h, w)`.
        kernel: its filter, one picture for each map below, `(n, k, k, 1 or 3)`.
        place: row and column of the place marked; None marks none.
        name: what stands above it.
        top: the number that has the darkest colour, that of the whole layer; else the largest here.
        scale: colours.
        height: pixels.
    """
    h, w = values.shape
    high = largest(values) if top is None else top
    data: list[Any] = [placed(shaded(values, scale.sequential, 0, high), 0, 0, 1, 1)]
    columns = 1 if len(kernel) == 1 else 2 if len(kernel) <= 12 else 4
    rows = -(-len(kernel) // columns)
    tile = min(0.62 / columns, 1 / rows)
    data.append(placed(sheet(signed(kernel, scale), columns), 1.1, 0, tile * columns, tile * rows))
    if place is not None:
        row, column = place
        ring = {"symbol": "circle-open", "size": 16, "color": scale.series[ACCENT], "line": {"width": 4}}
        said = f"row {row + 1}, column {column + 1}: {values[row, column]:.3g}<extra></extra>"
        at = {"x": [(column + 0.5) / w], "y": [(row + 0.5) / h], "marker": ring, "hovertemplate": said}
        data.append({"type": "scatter", "mode": "markers", "showlegend": False} | at)
    notes = [
        heading(f"<b>{name}</b>", 0.5, -0.02, scale, TICK + 1),
        heading("its filter" if len(kernel) == 1 else f"{len(kernel)} filters", 1.41, -0.02, scale, TICK),
    ]
    layout = frame(
        scale, height=height, annotations=notes, dragmode=False, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        shapes=[boxed(0, 0, 1, 1, scale.muted, 1)],
        xaxis=plain(-0.02, 1.74), yaxis=plain(1.02, -0.17, scaleanchor="x", constraintoward="top"),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
