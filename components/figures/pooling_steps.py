"""Pooling with its numbers: a small piece, its regions in two shades, the number each region keeps, and the pooled map."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, frame
from components.figures.tiles import boxed, heading, placed, plain, shaded, targets


def pooling_steps(
    piece: np.ndarray,
    pooled: np.ndarray,
    kept: np.ndarray | None,
    k: int,
    chosen: int,
    *,
    scale: Scale = NAMED,
    height: int = 330,
) -> go.Figure:
    """A piece `(n, n)` and its pooled map `(n / k, n / k)`.

    Args:
        piece, pooled: numbers in [0, 1], written into the cells as hundredths.
        kept: which numbers are kept, `(n, n)` truth values; None for a mean, which keeps a little of all.
        k: side of a region.
        chosen: number of the region that is framed, row by row.
        scale: colours.
        height: pixels.
    """
    n, m = len(piece), len(pooled)
    gap = 1.6
    data: list[Any] = [
        placed(shaded(piece, scale.sequential, 0, 1), 0, 0, n, n),
        placed(shaded(pooled, scale.sequential, 0, 1), n + gap, 0, n, n),
    ]
    row, column = np.divmod(np.arange(n * n), n)
    data.append(_numbers(column + 0.5, row + 0.5, piece.ravel(), None if kept is None else kept.ravel(), scale, TICK))
    step = n / m
    row, column = np.divmod(np.arange(m * m), m)
    x, y = n + gap + (column + 0.5) * step, (row + 0.5) * step
    data.append(_numbers(x, y, pooled.ravel(), np.ones(m * m, bool), scale, LABEL))
    words = [f"region {i + 1}: click to frame it" for i in range(m * m)]
    names = [f"r{i}" for i in range(m * m)]
    data += [targets(left + (column + 0.5) * step, y, names, words, 0.35 * height / m) for left in (0.0, n + gap)]
    shapes = [boxed(c * k, r * k, c * k + k, r * k + k, scale.muted, 1.5) for r in range(m) for c in range(m)]
    r, c = divmod(min(chosen, m * m - 1), m)
    accent = scale.series[1]
    shapes += [
        boxed(c * k, r * k, c * k + k, r * k + k, accent, 4),
        boxed(n + gap + c * step, r * step, n + gap + (c + 1) * step, (r + 1) * step, accent, 4),
    ]
    notes = [
        heading(f"{n} × {n} numbers", n / 2, -0.1, scale, LABEL),
        heading(f"{m} × {m} are left", n + gap + n / 2, -0.1, scale, LABEL),
        heading("→", n + gap / 2, n / 2 + 0.4, scale, 22),
    ]
    layout = frame(
        scale, height=height, dragmode=False, showlegend=False, shapes=shapes, annotations=notes,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=plain(-0.1, 2 * n + gap + 0.1), yaxis=plain(n + 0.1, -0.8, scaleanchor="x"),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def _numbers(
    x: np.ndarray, y: np.ndarray, values: np.ndarray, bold: np.ndarray | None, scale: Scale, size: int
) -> dict[str, Any]:
    """Hundredths in the cells; readable on light and on dark cells; those that are kept are bold."""
    light, dark = ("#ffffff", "#101828") if scale.name == "light" else ("#101828", "#ffffff")
    colours = [light if v > 0.5 else dark for v in values]
    text = [f"{round(100 * v)}" for v in values]
    if bold is not None:
        text = [f"<b>{t}</b>" if b else t for t, b in zip(text, bold, strict=True)]
    return {
        "type": "scatter", "x": x, "y": y, "mode": "text", "text": text, "textfont": {"size": size, "color": colours},
        "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip
