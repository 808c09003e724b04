"""The sheets of the diagram of a composed model: elements at their places, in a grid, a cloud or a column."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from components.figures.scale import TICK, Scale, fade


class Elements(NamedTuple):
    """The elements of one observation and how they are laid out inside the unit square, y downwards."""

    kind: str  # "grid", "column" or "cloud"
    places: np.ndarray  # (n, 2) centres
    size: tuple[float, float]  # width and height of a cell; of a cloud, nothing
    shown: tuple[int, ...]  # the elements that are drawn; of a long sequence, those around the mark
    picture: str = ""  # of a grid: the whole picture as an address
    glyphs: tuple[str, ...] = ()  # of a column or a graph: a word for each element, or an address of a small picture
    wires: tuple[tuple[int, int], ...] = ()  # of a graph: its edges
    hints: tuple[str, ...] = ()  # what is said of an element when it is pointed at


def centres(data: Elements, x: float, y: float) -> np.ndarray:
    """Where the elements of a sheet are, `(n, 2)`."""
    return data.places + np.array([x, y])


def lines(start: np.ndarray, end: np.ndarray, colour: str, width: float = 1.2) -> list[dict[str, Any]]:
    """Straight lines from `(m, 2)` to `(m, 2)` as one broken line."""
    if not len(start):
        return []
    gap = np.full(len(start), np.nan)
    x, y = (np.stack([start[:, i], end[:, i], gap], 1).ravel().astype(np.float32) for i in (0, 1))
    return [{"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": x, "y": y, "line": {"color": colour, "width": width}}]


def _cells(data: Elements, which: Sequence[int], x: float, y: float) -> tuple[np.ndarray, np.ndarray]:
    """The cells of some elements as one broken outline."""
    half = np.array(data.size) * 0.44
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1], [np.nan, np.nan]]) * half
    found = (centres(data, x, y)[list(which)][:, None] + corners).reshape(-1, 2).astype(np.float32)
    return found[:, 0], found[:, 1]


def plane(
    data: Elements, x: float, y: float, lit: np.ndarray, colours: Sequence[str], scale: Scale, *, marked: bool = False
) -> list[dict[str, Any]]:
    """One sheet of represented elements: those that count for the marked one are strong, the others faint."""
    found: list[dict[str, Any]] = []
    if data.kind == "cloud" and data.wires:
        found += wired(data, x, y, scale)
    for colour in dict.fromkeys(colours[i] for i in data.shown):
        for on in (False, True):
            which = [i for i in data.shown if colours[i] == colour and bool(lit[i]) is on]
            if which:
                found.append(_marks(data, which, x, y, colour, on, scale))
    if marked:
        which = [i for i in data.shown if lit[i]]
        found += _rings(data, which, x, y, scale)
    return [*found, _points(data, x, y, lit)]


def _marks(data: Elements, which: Sequence[int], x: float, y: float, colour: str, on: bool, scale: Scale) -> dict[str, Any]:
    """Cells or dots of one colour, lit or not."""
    common: dict[str, Any] = {"type": "scatter", "hoverinfo": "skip"}
    if data.kind == "cloud":
        at = centres(data, x, y)[list(which)]
        look = {"size": 11 if on else 8, "color": colour if on else fade(colour, 0.22), "line": {"width": 1, "color": colour}}
        return common | {"mode": "markers", "x": at[:, 0], "y": at[:, 1], "marker": look}
    px, py = _cells(data, which, x, y)
    fill = fade(colour, 0.8 if on else 0.14)
    line = {"width": 1 if on else 0.6, "color": fade(colour, 1 if on else 0.45)}
    return common | {"mode": "lines", "x": px, "y": py, "fill": "toself", "fillcolor": fill, "line": line}


def _rings(data: Elements, which: Sequence[int], x: float, y: float, scale: Scale) -> list[dict[str, Any]]:
    """The mark around the element whose answer is looked at."""
    if not which:
        return []
    if data.kind == "cloud":
        at = centres(data, x, y)[list(which)]
        look = {"size": 19, "symbol": "circle-open", "color": scale.ink, "line": {"width": 2.5, "color": scale.ink}}
        ring = {"mode": "markers", "x": at[:, 0], "y": at[:, 1], "marker": look}
    else:
        px, py = _cells(data, which, x, y)
        ring = {"mode": "lines", "x": px, "y": py, "line": {"color": scale.ink, "width": 2.5}}
    return [{"type": "scatter", "hoverinfo": "skip"} | ring]


def _points(data: Elements, x: float, y: float, lit: np.ndarray) -> dict[str, Any]:
    """What can be pointed at and clicked: every element of a sheet."""
    at, which = centres(data, x, y), list(data.shown)
    hints = [
        (data.hints[i] if data.hints else f"element {i + 1}") + (", counts for the marked one" if lit[i] else "") for i in which
    ]
    return {
        "type": "scatter", "mode": "markers", "opacity": 0, "x": at[which, 0], "y": at[which, 1], "hovertext": hints,
        "customdata": [f"e{i}" for i in which], "hovertemplate": "%{hovertext}<extra></extra>", "marker": {"size": 14},
    }  # fmt: skip


def wired(data: Elements, x: float, y: float, scale: Scale) -> list[dict[str, Any]]:
    """The edges of a graph."""
    at, wires = centres(data, x, y), np.array(data.wires).reshape(-1, 2)
    return lines(at[wires[:, 0]], at[wires[:, 1]], fade(scale.muted, 0.6), 1.0)


def elements(
    data: Elements, x: float, y: float, lit: np.ndarray, scale: Scale
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """The data themselves: traces, images and words. What does not count for the marked element is veiled."""
    traces: list[dict[str, Any]] = []
    images: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    at = centres(data, x, y)
    dark = [i for i in data.shown if not lit[i]]
    if data.kind == "grid":
        images.append(_image(data.picture, x + 0.5, y + 0.5, 1.0, 1.0))
        traces.append(_veil(data, dark, x, y, scale))
    elif data.kind == "column":
        for i in data.shown:
            if data.glyphs[i].startswith("data:"):
                images.append(_image(data.glyphs[i], at[i, 0], at[i, 1], data.size[0] * 0.94, data.size[1] * 0.86))
            else:
                colour = scale.ink if lit[i] else scale.muted
                word = f"<b>{data.glyphs[i]}</b>" if lit[i] else data.glyphs[i]
                notes.append(_note(at[i], word, colour))
        if any(data.glyphs[i].startswith("data:") for i in data.shown):
            traces.append(_veil(data, dark, x, y, scale))
    else:
        traces += wired(data, x, y, scale) if data.wires else []
        if data.glyphs:
            notes += [_note(at[i], f"<b>{data.glyphs[i]}</b>", scale.ink if lit[i] else scale.muted) for i in data.shown]
        else:
            which = list(data.shown)
            dots = {"size": 7, "color": [scale.ink if lit[i] else fade(scale.muted, 0.5) for i in which]}
            traces.append(
                {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "x": at[which, 0], "y": at[which, 1], "marker": dots}
            )
    return [*traces, _points(data, x, y, lit)], images, notes


def _veil(data: Elements, which: Sequence[int], x: float, y: float, scale: Scale) -> dict[str, Any]:
    px, py = _cells(data._replace(size=(data.size[0] / 0.88, data.size[1] / 0.88)), which, x, y)
    return {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": px, "y": py, "fill": "toself",
        "fillcolor": fade(scale.paper, 0.62), "line": {"width": 0.7, "color": fade(scale.muted, 0.5)},
    }  # fmt: skip


def _image(source: str, x: float, y: float, w: float, h: float) -> dict[str, Any]:
    return {
        "source": source, "x": x, "y": y, "xref": "x", "yref": "y", "sizex": w, "sizey": h, "xanchor": "center",
        "yanchor": "middle", "sizing": "stretch", "layer": "below",
    }  # fmt: skip


def _note(at: np.ndarray, text: str, colour: str) -> dict[str, Any]:
    return {"x": at[0], "y": at[1], "text": text, "showarrow": False, "font": {"size": TICK, "color": colour}}
