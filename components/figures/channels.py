"""The channels of a layer as small maps, the layers of a network as a strip, and the patches that excite a channel."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.activation import ANSWER
from components.figures.scale import NAMED, TICK, Scale, frame
from components.figures.tiles import boxed, centres, heading, placed, plain, shaded, sheet, signed, targets

SMALLEST = 28  # pixels of a tile's map on the sheet, so that one place is still a clear square


def answers_as_colours(values: np.ndarray, top: float, scale: Scale) -> np.ndarray:
    """Strengths as colours, from the ground (nothing unusual) to the colour of an answer; `(...)` -> `(..., 3)`."""
    return shaded(values, (scale.grid, scale.series[ANSWER]), 0, max(top, 1e-9))


def even(maps: np.ndarray, side: int) -> np.ndarray:
    """Maps `(n, h, w, ...)` enlarged or thinned to `side` pixels by repeating or leaving out places."""
    rows, columns = ((np.arange(side) * length // side) for length in maps.shape[1:3])
    return maps[:, rows][:, :, columns]


def channel_sheet(
    z: np.ndarray, numbers: Sequence[int], top: float, chosen: int, *, columns: int = 5, scale: Scale = NAMED, height: int = 380
) -> go.Figure:
    """Several channels of one layer, each a map in the same colours; the chosen one is framed.

    Args:
        z: how unusual every answer is, `(n, h, w)`.
        numbers: of these channels in their layer.
        top: the z that is drawn in full colour.
        chosen: number of the framed channel.
        columns: maps in a row.
        scale: colours.
        height: pixels.
    """
    n, rows = len(z), -(-len(z) // columns)
    maps = even(z, max(SMALLEST, min(56, z.shape[1])))
    data: list[Any] = [placed(sheet(answers_as_colours(maps, top, scale), columns), 0, 0, columns, rows)]
    x, y = centres(n, columns, 0, 0)
    words = [f"channel {c}<br>up to {float(m.max()):+.1f} standard deviations" for c, m in zip(numbers, z, strict=True)]
    data.append(targets(x, y, [f"c{c}" for c in numbers], words, 0.85 * height / rows))
    shapes = [boxed(i + 0.02, j + 0.02, i + 0.98, j + 0.98, scale.grid, 1) for i, j in zip(x - 0.5, y - 0.5, strict=True)]
    shapes += [boxed(x[i] - 0.5, y[i] - 0.5, x[i] + 0.5, y[i] + 0.5, scale.ink, 4) for i, c in enumerate(numbers) if c == chosen]
    return _figure(data, shapes, [], columns, rows, scale, height)


def strip(
    maps: Sequence[np.ndarray], names: Sequence[str], words: Sequence[str], chosen: int, *, scale: Scale = NAMED, height: int = 92
) -> go.Figure:
    """All layers side by side, each by its strongest channel `(h, w)` in [0, 1]; the chosen one is framed."""
    n = len(maps)
    tiles = np.concatenate([even(m[None], 56) for m in maps])
    data: list[Any] = [placed(sheet(answers_as_colours(tiles, 1, scale), n), 0, 0, n, 1)]
    x, y = centres(n, n, 0, 0)
    data.append(targets(x, y, [f"l{i}" for i in range(n)], words, height * 0.7))
    notes = [
        heading(f"<b>{name}</b>" if i == chosen else name, i + 0.5, 1.02, scale, TICK, yanchor="top")
        for i, name in enumerate(names)
    ]
    shapes = [boxed(chosen, 0, chosen + 1, 1, scale.ink, 3)]
    return _figure(data, shapes, notes, n, 1.4, scale, height)


def patches(
    crops: Sequence[np.ndarray],
    words: Sequence[str],
    labels: Sequence[str],
    *,
    columns: int = 4,
    scale: Scale = NAMED,
    height: int = 200,
) -> go.Figure:
    """Patches of photographs `(s, s, 3)` in [0, 1], each with a short label under it."""
    n, rows, room = len(crops), -(-len(crops) // columns), 1.26
    data: list[Any] = []
    notes = []
    for i, crop in enumerate(crops):
        left, top = i % columns, i // columns * room
        data.append(placed(crop, left + 0.03, top + 0.03, 0.94, 0.94))
        notes.append(heading(labels[i], left + 0.5, top + 0.96, scale, TICK, yanchor="top"))
    x, y = centres(n, columns, 0, 0)
    data.append(targets(x, y + (room - 1) * np.floor(y), [f"p{i}" for i in range(n)], words, 0.7 * height / rows))
    return _figure(data, [], notes, columns, room * rows, scale, height)


def first_filters(filters: np.ndarray, *, columns: int = 8, scale: Scale = NAMED, height: int = 300) -> go.Figure:
    """The first layer's windows `(n, k, k, 3)` as small pictures, grey where a weight is zero, one scale for all."""
    n, rows = len(filters), -(-len(filters) // columns)
    data: list[Any] = [placed(sheet(signed(filters, scale), columns), 0, 0, columns, rows)]
    x, y = centres(n, columns, 0, 0)
    words = [f"filter {i}<br>weights from {f.min():.2f} to {f.max():.2f}" for i, f in enumerate(filters)]
    data.append(targets(x, y, [f"f{i}" for i in range(n)], words, 0.8 * height / rows))
    return _figure(data, [], [], columns, rows, scale, height)


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
        scale,
        height=height,
        dragmode=False,
        shapes=shapes,
        annotations=notes,
        margin={"l": 2, "r": 2, "t": 2, "b": 2},
        xaxis=plain(-0.03, width + 0.03),
        yaxis=plain(rows + 0.03, -0.03, scaleanchor="x", constraintoward="top"),
    )
    return go.Figure({"data": data, "layout": layout})
