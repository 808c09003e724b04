"""Numbers in cells: the piece a filter slides over, window x filter = products, and the output that fills up."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import HIDDEN
from components.figures.scale import LABEL, NAMED, SHARE_AND_POOL, TICK, Scale, frame

WINDOW, OUTPUT = 1, 2
"""Series colours of the window and of the output, in every picture of this view; the filter has the colour of sharing."""
EDGE = 4  # width of a frame


def filter_colour(scale: Scale, share: bool = True) -> str:
    """The colour of shared or of separate weights, as on the other views."""
    return scale.series[SHARE_AND_POOL[(share, share)]]


def said(value: float, room: int = 5) -> str:
    """A number in at most `room` characters where that is possible: two decimals, then one, then none. Four have no room for
    a leading zero (.54)."""
    for digits in (2, 1, 0):
        text = f"{value:.{digits}f}"
        if not text.strip("-0."):
            return "0"
        if text.endswith(".00"):
            text = text[:-3]
        if room <= 4 and abs(value) < 1:
            text = text.replace("0.", ".", 1)
        if len(text) <= room:
            break
    return text.replace("-", "−")


def box(x0: float, y0: float, w: float, h: float, colour: str, width: float = EDGE, dash: str = "solid") -> dict[str, Any]:
    """A frame around cells; `x0, y0` is its upper left corner."""
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "rect", "x0": x0, "y0": y0, "x1": x0 + w, "y1": y0 + h, "line": line}


def word(x: float, y: float, text: str, colour: str, size: int = LABEL, **more: Any) -> dict[str, Any]:
    """A few words in a picture."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"size": size, "color": colour}} | more


def shade(values: np.ndarray, reach: float | None, scale: Scale) -> np.ndarray:
    """Numbers as colours `(..., 3)`: greys from 0 to 1, or with `reach` from negative to positive with zero in the middle."""
    if reach is None:
        return np.repeat(np.clip(values, 0, 1)[..., None], 3, -1)
    ends = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in scale.diverging])
    place = np.clip(values / max(reach, 1e-9), -1, 1)[..., None]
    return np.where(place < 0, ends[1] + (ends[0] - ends[1]) * -place, ends[1] + (ends[2] - ends[1]) * place)


def cells(
    values: np.ndarray, scale: Scale, *, x0: float = 0, y0: float = 0, reach: float | None = None, room: int = 5, size: int = TICK
) -> list[dict[str, Any]]:
    """Cells `(h, w)` with their numbers in black or white, whichever is read better; NaN stays empty. Colours as in `shade`."""
    shades: Sequence[str] = ("#000000", "#ffffff") if reach is None else scale.diverging
    low, high = (0.0, 1.0) if reach is None else (-reach, reach)
    rows, columns = np.nonzero(~np.isnan(values))
    shown = values[rows, columns]
    light = np.where((c := shade(shown, reach, scale)) <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    dark_ink = light @ (0.2126, 0.7152, 0.0722) > 0.179  # from here on black stands out more than white (WCAG)
    tiles = {
        "type": "heatmap", "z": values.astype(np.float32), "x0": x0, "dx": 1, "y0": y0, "dy": 1, "zmin": low, "zmax": high,
        "colorscale": [[i / (len(shades) - 1), c] for i, c in enumerate(shades)], "showscale": False, "xgap": 1, "ygap": 1,
        "hoverinfo": "skip",
    }  # fmt: skip
    text = {
        "type": "scatter", "mode": "text", "x": x0 + columns, "y": y0 + rows, "text": [said(float(v), room) for v in shown],
        "textfont": {"size": size, "color": ["#000000" if d else "#ffffff" for d in dark_ink]}, "hoverinfo": "skip",
        "showlegend": False,
    }  # fmt: skip
    return [tiles, text]


def targets(x: Sequence[float], y: Sequence[float], text: Sequence[str], data: Sequence[Any], size: float) -> dict[str, Any]:
    """Invisible points that can be hovered and clicked: heatmaps send no clicks."""
    return {
        "type": "scatter", "x": list(x), "y": list(y), "mode": "markers", "opacity": 0, "showlegend": False,
        "marker": {"size": size, "symbol": "square"}, "text": list(text), "customdata": list(data),
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def plane(
    data: list[dict[str, Any]],
    x: tuple[float, float],
    y: tuple[float, float],
    scale: Scale,
    height: int,
    *,
    shapes: list[dict[str, Any]],
    words: list[dict[str, Any]],
    square: bool = True,
) -> go.Figure:
    """A figure without axes; `y` runs downwards from its first number to its second."""
    anchor = {"scaleanchor": "x", "constraintoward": "top"} if square else {}
    layout = frame(
        scale, height=height, shapes=shapes, annotations=words, dragmode=False, showlegend=False, hovermode="closest",
        margin={"l": 2, "r": 2, "t": 2, "b": 2},
        xaxis={"range": list(x), "fixedrange": True, "constrain": "domain", **HIDDEN},
        yaxis={"range": [y[1], y[0]], "fixedrange": True, "constrain": "domain", **anchor, **HIDDEN},
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def piece(
    x: np.ndarray,
    padding: int,
    start: tuple[int, int],
    k: int,
    centres: np.ndarray,
    *,
    reach: float | None = None,
    scale: Scale = NAMED,
    height: int = 340,
) -> go.Figure:
    """What the filter slides over, the window framed.

    Args:
        x: `(h, w)`.
        padding: rings of zeros around it.
        start: the window's upper left cell.
        k: the window's side.
        centres: `(h, w)`, for each cell the number of the output whose window has its middle here, or -1.
        reach: see `cells`.
        scale: colours.
        height: pixels.
    """
    h, w = x.shape
    side = max(h, w) + 2 * padding
    pixels = (height - 40) / (side + 0.6)
    words = [word((w - 1) / 2, -padding - 0.5, "input: a piece of the picture", scale.ink, yanchor="bottom")]
    shapes = [box(start[1] - 0.5, start[0] - 0.5, k, k, scale.series[WINDOW])]
    data = cells(x, scale, reach=reach, room=4 if side > 11 else 5)
    if padding:
        shapes.insert(0, box(-0.5, -0.5, w, h, scale.muted, 1.5, "dot"))
        ring = [(i, j) for i in range(-padding, h + padding) for j in range(-padding, w + padding)]
        outside = [(i, j) for i, j in ring if not (0 <= i < h and 0 <= j < w)]
        zeros = {"type": "scatter", "mode": "text", "text": ["0"] * len(outside), "hoverinfo": "skip", "showlegend": False}
        data.append(
            zeros | {"x": [j for _, j in outside], "y": [i for i, _ in outside], "textfont": {"size": TICK, "color": scale.muted}}
        )
    rows, columns = np.divmod(np.arange(h * w), w)
    text = [f"row {i + 1}, column {j + 1}: {x[i, j]:.2f}" for i, j in zip(rows, columns, strict=True)]
    numbers = [int(n) if n >= 0 else f"cell {i}" for i, n in enumerate(centres.ravel())]
    data.append(targets(columns.tolist(), rows.tolist(), text, numbers, max(10, pixels - 4)))
    edge = padding + 0.7
    span = (-edge, w - 1 + edge), (-padding - 0.5 - 0.09 * side, h - 1 + edge)
    return plane(data, *span, scale, height, shapes=shapes, words=words)


def output(
    values: np.ndarray, at: int, reach: float, hover: Sequence[str], *, scale: Scale = NAMED, height: int = 340
) -> go.Figure:
    """The output, filled up to place number `at`, which is framed; the rest is empty."""
    h, w = values.shape
    filled = np.where(np.arange(h * w).reshape(h, w) <= at, values, np.nan)
    side = max(h, w)
    pixels = (height - 40) / (side + 0.6)
    line = {"color": scale.grid, "width": 1}
    shapes: list[dict[str, Any]] = [
        {"type": "line", "x0": i - 0.5, "x1": i - 0.5, "y0": -0.5, "y1": h - 0.5, "line": line} for i in range(w + 1)
    ]
    shapes += [{"type": "line", "y0": i - 0.5, "y1": i - 0.5, "x0": -0.5, "x1": w - 0.5, "line": line} for i in range(h + 1)]
    shapes.append(box(at % w - 0.5, at // w - 0.5, 1, 1, scale.series[OUTPUT]))
    words = [word((w - 1) / 2, -0.5, "output: one number a window", scale.ink, yanchor="bottom")]
    rows, columns = np.divmod(np.arange(h * w), w)
    data = cells(filled, scale, reach=reach, room=4 if side > 8 else 5)
    data.append(targets(columns.tolist(), rows.tolist(), hover, list(range(h * w)), max(10, pixels - 4)))
    return plane(
        data,
        (-0.5 - 0.02 * side, w - 0.5 + 0.02 * side),
        (-0.5 - 0.09 * side, h - 0.5 + 0.02 * side),
        scale,
        height,
        shapes=shapes,
        words=words,
    )


def arithmetic(
    window: np.ndarray,
    weight: np.ndarray,
    products: np.ndarray,
    bias: float,
    *,
    reach: float | None = None,
    share: bool = True,
    scale: Scale = NAMED,
    height: int = 190,
) -> go.Figure:
    """window x filter = products, each `(h, k)`, and under them the sum and the value."""
    h, k = window.shape
    gap = 0.26 * k
    total = float(products.sum())
    colours = (scale.series[WINDOW], filter_colour(scale, share), scale.ink)
    data, shapes, words = [], [], []
    most = max(float(np.abs(weight).max()), 1e-9), max(float(np.abs(products).max()), 1e-9)
    for i, (values, bound) in enumerate(((window, reach), (weight, most[0]), (products, most[1]))):
        x0 = i * (k + gap)
        data += cells(values, scale, x0=x0, reach=bound, room=5 if k < 5 else 4, size=LABEL if k < 5 else TICK)
        shapes.append(box(x0 - 0.5, -0.5, k, h, colours[i], EDGE if i < 2 else 1.5))
        words.append(word(x0 + (k - 1) / 2, -0.5, ("window x", "filter w", "products")[i], colours[i], yanchor="bottom"))
        if i:
            words.append(word(x0 - 0.5 - gap / 2, (h - 1) / 2, ("", "×", "=")[i], scale.ink, 22))
    end = 3 * k + 2 * gap - 0.5
    tail = f" {'+' if bias >= 0 else '−'} bias {said(abs(bias))}" if bias else ""
    words.append(
        word(
            end, h - 0.5, f"sum of the products{tail} = <b>{said(total + bias, 6)}</b>", scale.series[OUTPUT], LABEL + 2,
            xanchor="right", yanchor="top", yshift=-2,
        )
    )  # fmt: skip
    room = 0.24 * k if h > 1 else 0.9
    return plane(
        data, (-0.7, end + 0.2), (-0.5 - room, h - 0.5 + room * 1.2), scale, height, shapes=shapes, words=words, square=h > 1
    )
