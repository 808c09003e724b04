"""A whole model as matrices with their numbers in cells: what is computed above, the weights it is computed with below."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.filter_cells import box, plane, shade, targets, word
from components.figures.scale import LABEL, NAMED, TICK, TITLE, Scale

ABOVE = ("X", "A", "N", "Z", "H", "p", "z", "q", "L")
BELOW = {"Q": "A", "W": "Z", "b": "H", "U": "H", "V": "z", "c": "q"}
"""Every weight stands below the block it makes, or beside it."""
GRADIENT = (2, 3)
"""Series colours of gradients below and above zero; values keep the colours of the diverging scale."""
Cell = tuple[str, int, int]


class Shown(NamedTuple):
    """One block as it stands now."""

    numbers: np.ndarray  # (rows, columns)
    state: str  # "empty", "value" or "gradient"
    note: str  # under its name: how it is computed
    hover: Sequence[str]  # one text for each cell, row by row


def digits(value: float) -> str:
    """A number in at most five characters: .12, −.003, 1.2, 12."""
    size = abs(value)
    if size == 0:
        return "0"
    if size < 5e-4:
        return "≈0"
    if size >= 1000:
        return f"{value:.0e}".replace("e+0", "e").replace("-", "−")
    places = 3 if size < 0.0995 else 2 if size < 0.995 else 1 if size < 9.95 else 0
    text = f"{value:.{places}f}".replace("-", "−")
    return text.replace("0.", ".", 1).removesuffix("0" if places == 3 else " ") if size < 0.995 else text


def places(shapes: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Column and row of the first cell of every block."""
    found, x = {}, 0
    top = max(shapes[name][0] for name in ABOVE if name in shapes)
    for name in (name for name in ABOVE if name in shapes):
        found[name] = (x, (top - shapes[name][0]) // 2)
        x += shapes[name][1] + 1
    under = top + 2 + (top == 1)  # room for the truth, which is named under q
    for name, owner in BELOW.items():
        if name in shapes:
            found[name] = (found[owner][0], under)
    if "K" in shapes:
        found["K"] = (found["Q"][0] + shapes["Q"][1] + 1, under)
    if "U" in shapes:
        found["U"] = (found["b"][0], under + 3)
    return found


def gradients(scale: Scale) -> Scale:
    """The same theme with the colours of gradients on its diverging scale."""
    low, high = (scale.series[i] for i in GRADIENT)
    return replace(scale, diverging=(low, scale.diverging[1], high))


def unfolded(
    blocks: Mapping[str, Shown], active: Sequence[str], chosen: Cell, truth: str, back: bool, *,
    scale: Scale = NAMED, height: int = 400,
) -> go.Figure:  # fmt: skip
    """All blocks.

    Args:
        blocks: by name, see `ABOVE` and `BELOW`.
        active: what the player is at; framed.
        chosen: the cell that is written out; framed, too.
        truth: the name of the right class.
        back: whether the arrows point back.
        scale: colours.
        height: pixels.
    """
    shapes = {name: block.numbers.shape for name, block in blocks.items()}
    at = places(shapes)
    wide = max(at[n][0] + shapes[n][1] for n in at)
    high = max(at[n][1] + shapes[n][0] for n in at)
    data = tiles(blocks, at, (high, wide), scale)
    drawn, words = frames(blocks, at, active, chosen, scale), titles(blocks, at, scale)
    top = max(shapes[n][0] for n in ABOVE if n in shapes)
    for name in [n for n in ABOVE if n in shapes][1:]:
        words.append(word(at[name][0] - 1, (top - 1) / 2, "←" if back else "→", scale.ink, TITLE))
    right = at["q"][0] + 0.5, at["q"][1] + 0.55
    words.append(word(*right, f"truth: {truth}", scale.ink, TICK, yanchor="top"))
    hover = [text for name in at for text in blocks[name].hover]
    cells = [(name, i, j) for name in at for i, j in np.ndindex(*shapes[name])]
    x, y = [at[n][0] + j for n, _, j in cells], [at[n][1] + i for n, i, _ in cells]
    data.append(targets(x, y, hover, [f"{n}:{i}:{j}" for n, i, j in cells], 24))
    return plane(data, (-0.7, wide + 0.1), (-2.3, high - 0.3), scale, height, shapes=drawn, words=words, square=False)


def tiles(
    blocks: Mapping[str, Shown], at: Mapping[str, tuple[int, int]], size: tuple[int, int], scale: Scale
) -> list[dict[str, Any]]:
    """Two maps of colours, of values and of gradients, each block over its own largest number; and all digits."""
    maps = {state: np.full(size, np.nan, np.float32) for state in ("value", "gradient")}
    colours = {"value": scale, "gradient": gradients(scale)}
    x, y, text, ink = [], [], [], []
    for name, block in blocks.items():
        if block.state == "empty":
            continue
        (left, top), (h, w) = at[name], block.numbers.shape
        part = block.numbers / max(float(np.abs(block.numbers).max()), 1e-12)
        maps[block.state][top : top + h, left : left + w] = part
        light = luminance(shade(part, 1.0, colours[block.state]))
        for i, j in np.ndindex(h, w):
            x.append(left + j)
            y.append(top + i)
            text.append(digits(float(block.numbers[i, j])))
            ink.append("#000000" if light[i, j] > 0.179 else "#ffffff")  # from here on black stands out more (WCAG)
    heat = {"type": "heatmap", "showscale": False, "xgap": 1, "ygap": 1, "hoverinfo": "skip", "zmin": -1, "zmax": 1}
    found = [
        heat | {"z": grid, "colorscale": [[i / 2, c] for i, c in enumerate(colours[state].diverging)]}
        for state, grid in maps.items()
    ]
    labels = {"type": "scatter", "mode": "text", "x": x, "y": y, "text": text, "hoverinfo": "skip", "showlegend": False}
    return [*found, labels | {"textfont": {"size": TICK, "color": ink}}]


def luminance(rgb: np.ndarray) -> np.ndarray:
    """Relative luminance of colours `(..., 3)` in [0, 1]."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def frames(
    blocks: Mapping[str, Shown], at: Mapping[str, tuple[int, int]], active: Sequence[str], chosen: Cell, scale: Scale
) -> list[dict[str, Any]]:
    """A thin frame around every block, dashed for gradients, a thick one around the active, one around the chosen cell."""
    found = []
    for name, (x, y) in at.items():
        h, w = blocks[name].numbers.shape
        gradient, on = blocks[name].state == "gradient", name in active
        colour = scale.series[GRADIENT[1]] if gradient else scale.series[0] if on else scale.muted
        found.append(box(x - 0.5, y - 0.5, w, h, colour, 4 if on else 1.5, "dash" if gradient and not on else "solid"))
    name, i, j = chosen
    if name in at:
        found.append(box(at[name][0] + j - 0.5, at[name][1] + i - 0.5, 1, 1, scale.ink, 3))
    return found


def titles(blocks: Mapping[str, Shown], at: Mapping[str, tuple[int, int]], scale: Scale) -> list[dict[str, Any]]:
    """The name of every block above it, and under it how it is computed."""
    found = []
    for name, (x, y) in at.items():
        block, w = blocks[name], blocks[name].numbers.shape[1]
        back = block.state == "gradient"
        text = f"<b>∂L/∂{name}</b>" if back else f"<b>{name}</b>"
        if name in ABOVE:
            text += f"<br><span style='font-size:{TICK}px'>{block.note}</span>"
        elif block.note:
            text += f" {block.note}"
        colour = scale.series[GRADIENT[1]] if back else scale.ink
        found.append(word(x + (w - 1) / 2, y - 0.55, text, colour, LABEL, yanchor="bottom"))
    return found
