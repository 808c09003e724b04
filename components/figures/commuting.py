"""Both sides of an equation as two ways through one diagram: first g and then f, or first f and then g.

          g x ──f──> f(g x)
    x <                        difference
          f(x) ──g──> g f(x)        (a segmentation; a classification ends at f(x))

The ways meet where the function respects the action. Orange is g, what is done to the picture; blue is f, the network.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import data_uri
from components.figures.scale import LABEL, NAMED, TICK, TITLE, Scale, fade, frame

F, G = 0, 1  # the series colours of the network and of the action
HALF = 0.5  # half a side of a picture
Place = tuple[float, float]


def tint(values: np.ndarray, colours: Sequence[str], low: float, high: float) -> np.ndarray:
    """Numbers `(h, w)` as colours `(h, w, 3)` in [0, 1] along a scale from `low` to `high`."""
    stops = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in colours])
    at = (np.clip(values, low, high) - low) / (high - low) * (len(stops) - 1)
    return np.stack([np.interp(at, np.arange(len(stops)), stop) for stop in stops.T], -1)


def commuting(
    x: np.ndarray,
    moved: np.ndarray,
    answers: tuple[np.ndarray, np.ndarray, np.ndarray],
    difference: np.ndarray,
    words: tuple[str, str],
    *,
    narrow: bool = False,
    scale: Scale = NAMED,
    height: int = 400,
) -> go.Figure:
    """Draw the two ways.

    Args:
        x, moved: the picture and the moved picture, `(h, w, 1 or 3)` in [0, 1].
        answers: f(g x), f(x) and g f(x): probabilities `(10,)`, or `(h, w, 1)`; for a classification the last is f(x) again.
        difference: of the first and the last, signed, of the same shape.
        words: what g is called, and what is written below the difference.
        narrow: one way beside the other, top to bottom, for a phone.
    """
    pixels = difference.ndim > 1
    step, apart = (1.68, 0.64) if narrow else (2.0, 0.66)
    last = 2 if pixels else 1  # the column in which the lower way ends

    def at(along: float, across: float) -> Place:
        return (across, along * step) if narrow else (along * step, across)

    start, end = at(0, 0), at(3 if not narrow else 2.95, 0)
    places = {"gx": at(1, -apart), "fgx": at(2, -apart), "fx": at(1 if pixels else 2, apart), "gfx": at(last, apart)}
    data: list[Any] = []
    shapes: list[dict[str, Any]] = []
    notes = _arrow(start, places["gx"], f"g: {words[0]}", G, narrow, scale) + _arrow(
        places["gx"], places["fgx"], "f", F, narrow, scale
    )
    notes += _arrow(start, places["fx"], "f", F, narrow, scale)
    notes += _arrow(places["fx"], places["gfx"], "g", G, narrow, scale) if pixels else []
    for name, array, place in (("x", x, start), ("g x", moved, places["gx"])):
        data.append(_image(array, place))
        notes.append(_title(name, place, scale))
    drawn = [("f(g x)", answers[0], places["fgx"]), ("f(x)", answers[1], places["fx"])]
    drawn += [("g f(x)", answers[2], places["gfx"])] if pixels else []
    ends = (places["fgx"], places["gfx"] if pixels else places["fx"])
    notes += [part for place in ends for part in _arrow(place, end, "", None, narrow, scale)]
    for name, array, place in drawn:
        if pixels:
            data.append(_image(tint(array[..., 0], scale.sequential, 0, 1), place))
        else:
            _bars(array, place, data, shapes, scale)
            name = f"{name}: <b>{int(array.argmax())}</b>, {array.max():.0%}"
        notes.append(_title(name, place, scale))
    if pixels:
        data.append(_image(tint(difference[..., 0], scale.diverging, -1, 1), end))
    else:
        _bars(difference, end, data, shapes, scale, signed=True)
    notes.append(_title("f(g x) − g f(x)" if pixels else "f(g x) − f(x)", end, scale))
    notes.append(_verdict(words[1], end, scale))
    shapes += [
        _edge(place, scale) for place in {start, end, *(places[n] for n in ("gx", "fgx", "fx", *(["gfx"] if pixels else [])))}
    ]
    return go.Figure({"data": data, "layout": _layout(shapes, notes, at(3, 0), apart, narrow, scale, height)})


def there_and_back(pictures: Sequence[np.ndarray], names: Sequence[str], *, scale: Scale = NAMED, height: int = 240) -> go.Figure:
    """Pictures in a row, each with its name: moved, moved back, and what is left of the difference."""
    places = [(1.15 * i, 0.0) for i in range(len(pictures))]
    data = [_image(array, place) for array, place in zip(pictures, places, strict=True)]
    notes = [_title(name, place, scale) for name, place in zip(names, places, strict=True)]
    shapes = [_edge(place, scale) for place in places]
    layout = _layout(shapes, notes, places[-1], 0.05, False, scale, height)
    return go.Figure({"data": data, "layout": layout})


def _layout(
    shapes: list[dict[str, Any]], notes: list[dict[str, Any]], end: Place, apart: float, narrow: bool, scale: Scale, height: int
) -> dict[str, Any]:
    wide, tall = (apart, end[1]) if narrow else (end[0], apart)
    hidden = {"visible": False, "fixedrange": True}
    left = -apart - 0.55 if narrow else -0.55
    top = -0.75 if narrow else -apart - 0.72
    return frame(scale, height=height, shapes=shapes, annotations=notes, showlegend=False, dragmode=False) | {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "xaxis": {"range": [left, wide + 0.55], "constrain": "domain", **hidden},
        "yaxis": {"range": [tall + (0.9 if narrow else 0.55), top], "scaleanchor": "x", "constrain": "domain", **hidden},
    }


def _image(array: np.ndarray, place: Place) -> dict[str, Any]:
    """A picture in the unit square around a place."""
    h, w = array.shape[:2]
    size = 2 * HALF / max(h, w)
    corner = {"x0": place[0] - (w - 1) * size / 2, "y0": place[1] - (h - 1) * size / 2, "dx": size, "dy": size}
    return {"type": "image", "source": data_uri(array), "hoverinfo": "skip", **corner}


def _edge(place: Place, scale: Scale) -> dict[str, Any]:
    """A thin frame, so that a white picture on white paper has an end."""
    x, y = place
    box = {"x0": x - HALF, "x1": x + HALF, "y0": y - HALF, "y1": y + HALF}
    return {"type": "rect", "line": {"color": scale.muted, "width": 1}, **box}


def _bars(
    values: np.ndarray,
    place: Place,
    data: list[Any],
    shapes: list[dict[str, Any]],
    scale: Scale,
    signed: bool = False,
) -> None:
    """Ten bars, one per digit, with the digits below; signed ones rise and fall from the middle."""
    x, y = place
    n, best = len(values), int(np.abs(values).argmax())
    wide, base, reach = 2 * HALF / n, y + (0.0 if signed else HALF - 0.16), 0.32 if signed else 2 * HALF - 0.22
    for i, value in enumerate(values.tolist()):
        colour = (scale.diverging[2] if value > 0 else scale.diverging[0]) if signed else scale.series[F]
        left = x - HALF + i * wide
        fill = colour if signed or i == best else fade(colour, 0.45)
        box = {"x0": left + 0.1 * wide, "x1": left + 0.9 * wide, "y0": base, "y1": base - value * reach}
        shapes.append({"type": "rect", "fillcolor": fill, "line": {"width": 0}, **box})
    line = {"x0": x - HALF, "x1": x + HALF, "y0": base, "y1": base}
    shapes.append({"type": "line", "line": {"color": scale.muted, "width": 1}, **line})
    data.append({
        "type": "scatter", "mode": "text", "x": x - HALF + (np.arange(n) + 0.5) * wide, "y": np.full(n, y + HALF - 0.07),
        "text": [f"<b>{i}</b>" if i == best and not signed else str(i) for i in range(n)],
        "textfont": {"size": TICK, "color": scale.ink}, "customdata": [f"{v:+.3g}" if signed else f"{v:.1%}" for v in values],
        "hovertemplate": "%{text}: %{customdata}<extra></extra>", "showlegend": False,
    })  # fmt: skip


def _arrow(a: Place, b: Place, text: str, series: int | None, narrow: bool, scale: Scale) -> list[dict[str, Any]]:
    """An arrow from one picture to the next, with the name of what happens on it."""
    along = 1 if narrow else 0
    colour = scale.muted if series is None else scale.series[series]
    tail, head = list(a), list(b)
    tail[along] += HALF + 0.04
    head[along] -= HALF + (0.24 if narrow else 0.06)  # on a phone the name of the picture stands where the arrow arrives
    if a[1 - along] != b[1 - along]:  # slanted: leave and arrive nearer to the other end
        shift = (b[1 - along] - a[1 - along]) * 0.3
        tail[1 - along] += shift
        head[1 - along] -= shift * (0.4 if series is not None else 1)
    drawn = {
        "x": head[0], "y": head[1], "ax": tail[0], "ay": tail[1], "axref": "x", "ayref": "y", "showarrow": True, "text": "",
        "arrowhead": 2, "arrowwidth": 3 if series is not None else 1.5, "arrowcolor": colour,
    }  # fmt: skip
    middle = {"x": (head[0] + tail[0]) / 2, "y": (head[1] + tail[1]) / 2}
    beside = {"xanchor": "left", "xshift": 8} if narrow else {"yanchor": "bottom", "yshift": 6}
    if not narrow and a[1] > b[1]:  # rising: to the left above it, where there is room
        beside |= {"xanchor": "right", "xshift": 14, "yshift": 10}
    if narrow and a[0] > b[0]:
        beside = {"xanchor": "right", "xshift": -14}
    label = middle | beside | {"text": f"<b>{text}</b>", "showarrow": False, "font": {"size": TITLE, "color": colour}}
    return [drawn, label] if text else [drawn]


def _title(text: str, place: Place, scale: Scale) -> dict[str, Any]:
    """The name of a picture, above its left corner."""
    font = {"size": LABEL, "color": scale.ink}
    corner = {"x": place[0] - HALF, "y": place[1] - HALF, "xanchor": "left", "yanchor": "bottom"}
    return {"text": text, "showarrow": False, "font": font, **corner}


def _verdict(text: str, place: Place, scale: Scale) -> dict[str, Any]:
    """What is written below the difference."""
    font = {"size": TITLE, "color": scale.ink}
    below = {"x": place[0], "y": place[1] + HALF + 0.03, "xanchor": "center", "yanchor": "top", "align": "center"}
    return {"text": text, "showarrow": False, "font": font, **below}
