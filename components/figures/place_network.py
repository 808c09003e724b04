"""A network that looks at places: the picture, what each place sees of it, what each place says, what pooling leaves of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import HIDDEN, data_uri
from components.figures.scale import LABEL, NAMED, SHARE_AND_POOL, TICK, Scale, fade, frame

LEFT, WIDE = 1.32, 1.1  # where the table of answers begins, and how wide it is; the picture is the unit square
OWN = (3, 5, 6)  # series colours of filters that are not shared
ROW = (1.16, 1.26)  # the pooled numbers, below


def place_network(
    pixels: np.ndarray,
    said: np.ndarray | None,
    windows: Sequence[tuple[int, int, int]],
    marked: Sequence[int],
    *,
    local: bool,
    share: bool,
    pool: str,
    answer: str,
    scale: Scale = NAMED,
    height: int = 330,
) -> go.Figure:
    """Draw picture -> places -> pooling -> answer.

    Args:
        pixels: `(side, side, 1 or 3)` in [0, 1].
        said: what each place says, `(places, h)`, not negative; None where it is not known.
        windows: of each place, first column, first row and side in pixels.
        marked: the places whose windows are drawn.
        local: a place sees its window, else the whole picture.
        share: one filter for all places: one colour and one name.
        pool: "max", "sum", "mean", or "concatenate".
        answer: what the network says.
        scale: colours.
        height: pixels.
    """
    side, places = pixels.shape[0], len(windows)
    invariant = pool != "concatenate"
    one = scale.series[SHARE_AND_POOL[(True, invariant)]]
    data: list[Any] = [
        go.Image(source=data_uri(pixels), x0=0.5 / side, y0=0.5 / side, dx=1 / side, dy=1 / side, hoverinfo="skip")
    ]
    shapes = [_box(0, 0, 1, 1, scale.muted, 1)]
    notes = [_words(0.5, -0.02, "the picture", scale.ink, "bottom")]
    for k, place in enumerate(marked):
        colour = one if share else scale.series[OWN[k % len(OWN)]]
        shapes += _looking(windows[place], side, place, places, local, colour, k)
        name = "W" if share else f"W<sub>{place + 1}</sub>"
        notes.append(_words(LEFT - 0.05, (place + 0.5) / places, f"<b>{name}</b>", colour, "middle", "right", LABEL))
    if said is not None:
        data.append(_table(said, places, 0.0, 1.0, scale))
    shapes.append(_box(LEFT, 0, LEFT + WIDE, 1, scale.muted if invariant else scale.series[1], 1 if invariant else 3))
    count = 24 if said is None else said.shape[1]
    notes.append(_words(LEFT + WIDE / 2, -0.02, f"{places} places × {count} numbers", scale.ink, "bottom"))
    more, text = _pooled(said, pool, scale)
    data += more
    if invariant:
        shapes.append(_box(LEFT, ROW[0], LEFT + WIDE, ROW[1], scale.series[0], 2))
    notes.append(_words(LEFT - 0.04, sum(ROW) / 2, text, scale.series[0 if invariant else 1], "middle", "right"))
    notes.append(_words(LEFT + WIDE, ROW[1] + 0.05, f"↓ <b>{answer}</b>", scale.ink, "top", "right", LABEL + 1))
    if not invariant:
        notes.append(
            _words(LEFT + WIDE / 2, sum(ROW) / 2, f"all {places * count:,} numbers, side by side", scale.series[1], "middle")
        )
    layout = frame(
        scale, height=height, shapes=shapes, annotations=notes, dragmode=False, showlegend=False,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"range": [-0.03, LEFT + WIDE + 0.03], "constrain": "domain", "fixedrange": True, **HIDDEN},
        yaxis={"range": [1.52, -0.16], "scaleanchor": "x", "constrain": "domain", "fixedrange": True, **HIDDEN},
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def _looking(
    window: tuple[int, int, int], side: int, place: int, places: int, local: bool, colour: str, k: int
) -> list[dict[str, Any]]:
    """The window of one place, and the lines from it to its row of the table."""
    column, row, size = (v / side for v in window)
    inset = 0.012 + 0.02 * k
    x0, y0, x1, y1 = (column, row, column + size, row + size) if local else (inset, inset, 1 - inset, 1 - inset)
    found = [_box(x0, y0, x1, y1, colour, 4, fade(colour, 0.1) if local else "rgba(0,0,0,0)")]
    if not local:  # the place itself, although it sees everything
        found.append(_box(column, row, column + size, row + size, colour, 1.5, dash="dot"))
    line = {"color": colour, "width": 1.5}
    y = (place + 0.5) / places
    return [*found, {"type": "line", "x0": x1, "y0": (y0 + y1) / 2, "x1": LEFT - 0.25, "y1": y, "line": line}]


def _table(said: np.ndarray, rows: int, top: float, bottom: float, scale: Scale) -> dict[str, Any]:
    """Numbers as colours, white for 0."""
    step, tall = WIDE / said.shape[1], (bottom - top) / rows
    colours = [[i / (len(scale.sequential) - 1), c] for i, c in enumerate(scale.sequential)]
    return {
        "type": "heatmap", "z": said.astype(np.float32), "x0": LEFT + step / 2, "dx": step, "y0": top + tall / 2, "dy": tall,
        "colorscale": colours, "zmin": 0, "zmax": float(max(said.max(), 1e-6)), "showscale": False,
        "hovertemplate": "%{z:.2f}<extra></extra>",
    }  # fmt: skip


def _pooled(said: np.ndarray | None, pool: str, scale: Scale) -> tuple[list[dict[str, Any]], str]:
    """The row below the table, and its words."""
    if pool == "concatenate":
        return [], "no pooling:"
    words = {"max": "largest of each column", "sum": "sum of each column", "mean": "mean of each column"}[pool]
    if said is None:
        return [], words
    row = said.max(0) if pool == "max" else said.mean(0) if pool == "mean" else said.sum(0)
    return [_table(row[None], 1, *ROW, scale)], words


def _box(
    x0: float, y0: float, x1: float, y1: float, colour: str, width: float, fill: str = "rgba(0,0,0,0)", dash: str = "solid"
) -> dict[str, Any]:
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "rect", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": line, "fillcolor": fill}


def _words(x: float, y: float, text: str, colour: str, yanchor: str, xanchor: str = "center", size: int = TICK) -> dict[str, Any]:
    font = {"size": size, "color": colour}
    return {"x": x, "y": y, "text": text, "showarrow": False, "xanchor": xanchor, "yanchor": yanchor, "font": font}
