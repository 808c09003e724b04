"""Many small maps on one sheet of pixels, coloured by the house's scales: what networks of pictures are drawn from.

A sheet is one image however many maps it holds, so a network of a hundred maps can be repainted several times a second.
Every tile occupies one unit of the axes, its map the middle of it; y points downwards.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import data_uri
from components.figures.scale import Scale

FINE = 14  # pixels of a map at least, so that the gap between two maps stays thin
LEVELS = 256


@lru_cache(maxsize=16)
def _levels(colours: tuple[str, ...]) -> np.ndarray:
    """A table of 256 colours `(256, 3)` in [0, 1] through these, evenly spaced."""
    known = np.array([[int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)] for colour in colours])
    at = np.linspace(0, len(colours) - 1, LEVELS)
    return np.stack([np.interp(at, np.arange(len(colours)), column) for column in known.T], -1)


def shaded(values: np.ndarray, colours: tuple[str, ...], low: float, high: float) -> np.ndarray:
    """Numbers as colours, `(...)` -> `(..., 3)` in [0, 1]; what is no number is drawn as the middle of the scale."""
    part = (np.nan_to_num(values.astype(np.float64), nan=(low + high) / 2, posinf=high, neginf=low) - low) / max(
        high - low, 1e-12
    )
    return _levels(colours)[np.clip(part * (LEVELS - 1), 0, LEVELS - 1).round().astype(int)]


def signed(filters: np.ndarray, scale: Scale) -> np.ndarray:
    """Filters `(n, h, w, 1 or 3)` as pictures `(n, h, w, 3)`, zero in the middle.

    One colour: the diverging scale, the same for all. Three: each weight brightens or darkens its own colour, zero is grey, and
    every filter has its own scale.
    """
    if filters.shape[-1] == 3:
        return np.stack([np.clip(0.5 + np.nan_to_num(own) / (2 * largest(own)), 0, 1) for own in filters])
    reach = largest(filters)
    return shaded(filters[..., 0], scale.diverging, -reach, reach)


def largest(values: np.ndarray) -> float:
    """The largest size of a number among those that are finite, never zero."""
    known = np.abs(values[np.isfinite(values)])
    return max(float(known.max()), 1e-9) if known.size else 1.0


def sheet(tiles: np.ndarray, columns: int) -> np.ndarray:
    """Pictures `(n, h, w, 3)` row by row on one sheet with clear gaps, `(rows h', columns w', 4)`; each tile is square."""
    n, h, w = tiles.shape[:3]
    times = max(1, math.ceil(FINE / max(h, w)))
    fine = tiles.repeat(times, 1).repeat(times, 2)
    side = max(fine.shape[1:3])
    gap = max(1, round(side / 14))
    rows, step = -(-n // columns), side + gap
    whole = np.zeros((rows * columns, step, step, 4), np.float32)
    top, left = (gap // 2 + (side - length) // 2 for length in fine.shape[1:3])
    whole[:n, top : top + fine.shape[1], left : left + fine.shape[2], :3] = fine
    whole[:n, top : top + fine.shape[1], left : left + fine.shape[2], 3] = 1
    return whole.reshape(rows, columns, step, step, 4).swapaxes(1, 2).reshape(rows * step, columns * step, 4)


def placed(pixels: np.ndarray, x: float, y: float, width: float, height: float) -> go.Image:
    """An image whose corner lies at (x, y) of the axes and which fills `width` x `height` of them."""
    dx, dy = width / pixels.shape[1], height / pixels.shape[0]
    return go.Image(source=data_uri(pixels), x0=x + dx / 2, y0=y + dy / 2, dx=dx, dy=dy, hoverinfo="skip")


def centres(count: int, columns: int, x: float, y: float) -> tuple[np.ndarray, np.ndarray]:
    """The middles of `count` tiles that begin at (x, y)."""
    number = np.arange(count)
    return x + number % columns + 0.5, y + number // columns + 0.5


def targets(x: np.ndarray, y: np.ndarray, names: Sequence[str], words: Sequence[str], size: float) -> dict[str, Any]:
    """Clear squares over tiles that can be clicked and hovered; `names` come back as `customdata`."""
    return {
        "type": "scatter", "x": x, "y": y, "mode": "markers", "opacity": 0, "customdata": list(names), "text": list(words),
        "marker": {"size": size, "symbol": "square"}, "showlegend": False, "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def boxed(x0: float, y0: float, x1: float, y1: float, colour: str, width: float = 3) -> dict[str, Any]:
    """A frame around something."""
    return {"type": "rect", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": {"color": colour, "width": width}}


def heading(text: str, x: float, y: float, scale: Scale, size: int, **more: Any) -> dict[str, Any]:
    """Words that stand on (x, y)."""
    font = {"size": size, "color": scale.ink}
    return {"text": text, "x": x, "y": y, "showarrow": False, "yanchor": "bottom", "font": font, "align": "center"} | more


def plain(low: float, high: float, **more: Any) -> dict[str, Any]:
    """An axis that is not seen; give y from high to low."""
    hidden = {"visible": False, "showgrid": False, "zeroline": False, "fixedrange": True, "constrain": "domain"}
    return hidden | {"range": [low, high]} | more
