"""The bag-of-words vector x_i as a picture: the numbers around one entry, the words beside them, and the whole vector folded."""

from collections.abc import Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go

from components.figures.observation import excerpt
from components.figures.sample import ACCENT, HIDDEN
from components.figures.scale import LABEL, TICK, Scale, frame
from components.figures.text_lines import FAMILY, cut
from components.values import Sample

ENTRIES, FOLD = 10, 64  # entries shown with their words; entries in a row of the folded vector


def observation(sample: Sample, x: np.ndarray, scale: Scale, mark: int, height: int) -> go.Figure:
    """The vector x_i as on the slide, around the entry of the marked word and with the words beside it; at the right the
    whole vector, folded into rows of 64, with a dot for every entry that is not zero."""
    names, ids = sample["raw"]["dictionary"], sample["elements"]
    entry = int(ids[mark])
    shown = excerpt(len(x), [max(0, entry)], ENTRIES)
    rows = len(shown)
    first_token = {int(e): j for j, e in reversed(list(enumerate(ids))) if e >= 0}
    accent = {"color": scale.series[ACCENT], "width": 3}
    here = shown.index(entry) if entry >= 0 else rows + 0.4
    shapes = [{"type": "rect", "x0": -0.5, "x1": 0.5, "y0": here - 0.45, "y1": here + 0.45, "line": accent}]
    shapes += [_bracket(side, rows, scale) for side in (-1, 1)]
    shapes.append({"type": "rect", "xref": "x2", "yref": "y2", "x0": -1.5, "x1": FOLD + 0.5, "y0": -1.5,
                   "y1": max(1, -(-len(x) // FOLD)) + 0.5, "line": {"color": scale.grid, "width": 1}})  # fmt: skip
    layout = frame(scale, height=height, showlegend=False, dragmode=False, hovermode="closest")
    layout["margin"] = {"l": 4, "r": 4, "t": 4, "b": 4}
    layout["xaxis"] = HIDDEN | {"range": [-1.9, 4.6], "domain": [0, 0.66], "fixedrange": True}
    layout["yaxis"] = HIDDEN | {"range": [rows + 1.1, -1.4], "fixedrange": True}
    layout["xaxis2"] = HIDDEN | {"range": [-3, FOLD + 2], "domain": [0.7, 1], "anchor": "y2", "fixedrange": True}
    deep = max(8, -(-len(x) // FOLD))
    layout["yaxis2"] = HIDDEN | {"range": [deep + 2, -deep * 0.12], "domain": [0.1, 1], "anchor": "x2", "fixedrange": True}
    layout["shapes"] = shapes
    layout["annotations"] = _heads(sample, x, scale, rows)
    return go.Figure({"data": [*_column(sample, x, shown, first_token, scale, entry, rows), *_folded(x, first_token, names,
                      scale, entry)], "layout": layout})  # fmt: skip


def _bracket(side: int, rows: int, scale: Scale) -> dict[str, object]:
    edge, last = side * 0.62, rows - 0.45
    path = f"M {edge - side * 0.15} -0.55 L {edge} -0.55 L {edge} {last} L {edge - side * 0.15} {last}"
    return {"type": "path", "path": path, "line": {"color": scale.ink, "width": 2}}


def _heads(sample: Sample, x: np.ndarray, scale: Scale, rows: int) -> list[dict[str, object]]:
    """The headings of the columns and of the folded vector, and what the last line counts."""
    plain = {"showarrow": False, "font": {"size": TICK, "color": scale.muted}}
    n = int(sample["raw"]["ngram"][0])
    what = {1: "word", 2: "pair of words", 3: "run of 3 words"}[n]
    used = f"{int((x > 0).sum()):,} of {len(x):,}<br>are not 0"
    return [
        plain | {"x": 0, "y": -1, "text": "<b>x<sub>i</sub></b>", "font": {"size": LABEL + 2, "color": scale.ink}},
        plain | {"x": -0.85, "y": -1, "text": "entry", "xanchor": "right"},
        plain | {"x": 0.9, "y": -1, "text": what, "xanchor": "left"},
        plain | {"x": 0.9, "y": rows + 0.4, "text": "in no entry", "xanchor": "left"},
        plain | {"x": 0.85, "y": 0.0, "xref": "paper", "yref": "paper", "yanchor": "bottom", "text": used},
    ]


def _column(
    sample: Sample, x: np.ndarray, shown: Sequence[int | None], first: dict[int, int], scale: Scale, entry: int, rows: int
) -> list[go.Scatter]:
    """The numbers of the entries shown, their words and their places in the dictionary; the last line is no part of x_i."""
    names = sample["raw"]["dictionary"]
    places = [(i, e) for i, e in enumerate(shown) if e is not None]
    lost = np.flatnonzero(sample["elements"] < 0)
    y = [*(i for i, _ in places), *(i for i, e in enumerate(shown) if e is None), rows + 0.4]
    text = [*(f"{x[e]:.0f}" for _, e in places), *("⋮" for e in shown if e is None), f"{len(lost)}"]
    ink = [scale.ink if x[e] else scale.muted for _, e in places] + [scale.muted] * (len(text) - len(places))
    numbers = go.Scatter(
        x=[0] * len(y), y=y, text=text, mode="text", hoverinfo="skip", textfont=FAMILY | {"size": LABEL + 1, "color": ink}
    )
    bold = [("<b>{}</b>" if e == entry else "{}").format(escape(cut(names[e], 21))) for _, e in places]
    colours = [scale.ink if x[e] or e == entry else scale.muted for _, e in places]
    sides = [
        go.Scatter(
            x=[at] * len(places), y=[i for i, _ in places], text=words, mode="text", textposition=f"middle {side}",
            hoverinfo="skip", textfont={"size": TICK + 1, "color": colours},
        )
        for at, words, side in ((0.8, bold, "right"), (-0.75, [f"{e + 1:,}" for _, e in places], "left"))
    ]  # fmt: skip
    live = [(i, first[e]) for i, e in places if e in first] + [(rows + 0.4, int(j)) for j in lost[:1]]
    grip = go.Scatter(
        x=[0] * len(live), y=[i for i, _ in live], customdata=[j for _, j in live], mode="markers", opacity=0,
        marker={"size": 26, "symbol": "square"}, text=[escape(cut(sample["raw"]["token"][j], 40)) for _, j in live],
        hovertemplate="“%{text}” is counted here<extra></extra>",
    )  # fmt: skip
    return [numbers, *sides, grip]


def _folded(x: np.ndarray, first: dict[int, int], names: Sequence[str], scale: Scale, entry: int) -> list[go.Scatter]:
    """Every entry that is not zero, row by row of 64; the marked one is ringed."""
    found = np.array(sorted(first), int)
    dots = go.Scatter(
        x=found % FOLD, y=found // FOLD, customdata=[first[e] for e in found.tolist()], mode="markers", xaxis="x2", yaxis="y2",
        marker={"size": np.minimum(14, 5 + 2 * x[found]), "color": scale.series[0]},
        text=[f"entry {e + 1:,}: {escape(cut(names[e], 40))}, {x[e]:.0f} times" for e in found.tolist()],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    if entry < 0:
        return [dots]
    ring = {"size": 16, "symbol": "circle-open", "color": scale.series[ACCENT], "line": {"width": 3}}
    place = {"x": [entry % FOLD], "y": [entry // FOLD], "xaxis": "x2", "yaxis": "y2"}
    return [dots, go.Scatter(**place, mode="markers", marker=ring, hoverinfo="skip")]
