"""Every matrix of self-attention in the order of the computation, with its shape and, where there is room, its numbers."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, fade, frame

ORDER = ("X", "Wq", "Q", "Wk", "K", "S", "A", "Wv", "V", "H")
TITLES = {
    "X": "X", "Wq": "W<sub>q</sub>", "Q": "Q = X W<sub>q</sub>", "Wk": "W<sub>k</sub>", "K": "K = X W<sub>k</sub>",
    "S": "S = Q Kᵀ / √d", "A": "A = softmax S", "Wv": "W<sub>v</sub>", "V": "V = X W<sub>v</sub>", "H": "H = A V",
}  # fmt: skip
COLOURS = {"Q": 2, "Wq": 2, "K": 5, "Wk": 5, "V": 0, "Wv": 0, "A": 1, "H": 1}
"""The series colour of each matrix's name, the same in the formula."""
SQUARE = {"S", "A"}


def exact(
    found: dict[str, np.ndarray], words: Sequence[str], query: int, *, across: int = 5, scale: Scale = NAMED, height: int = 520
) -> go.Figure:
    """The ten matrices.

    Args:
        found: matrices by name, see `measure.attention_steps`; minus infinity in S is what the mask hides.
        words: n words.
        query: the row (word) to mark.
        across: matrices next to each other; 2 on a phone.
        scale: colours.
        height: pixels.
    """
    down = -(-len(ORDER) // across)
    data: list[dict[str, Any]] = []
    notes, shapes = [], []
    places: dict[str, Any] = {}
    names = [escape(w if len(w) <= 10 else w[:9] + "…") for w in words]
    left = 0.075 if across > 2 else 0.2
    for i, name in enumerate(ORDER):
        r, c = divmod(i, across)
        end, width = "" if i == 0 else str(i + 1), (1 - left) / across
        x0, x1 = left + c * width + 0.004, left + (c + 1) * width - 0.014
        y1, y0 = 1 - r / down - 0.1 / down, 1 - (r + 1) / down + (0.2 / down if across > 2 else 0.08 / down)
        values = found[name]
        written = values.shape[1] * 26 <= (x1 - x0) * (1150 if across > 2 else 350) and len(values) <= 12
        data.append(_heat(name, values, words, written, end, scale))
        worded = name not in ("Wq", "Wk", "Wv")
        bare: dict[str, Any] = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": "", "tickfont": {"size": TICK}}
        below = name in SQUARE and across > 2 and len(words) <= 14
        places[f"xaxis{end}"] = bare | {
            "domain": [x0, x1], "anchor": f"y{end}", "showticklabels": below, "tickvals": list(range(len(names))),
            "ticktext": names, "tickangle": -55, "color": scale.muted,
        }  # fmt: skip
        labelled = worded and c == 0 and len(names) <= 24
        places[f"yaxis{end}"] = bare | {
            "domain": [y0, y1], "anchor": f"x{end}", "autorange": "reversed", "showticklabels": labelled,
            "tickvals": list(range(len(names))), "ticktext": names, "color": scale.ink,
        }  # fmt: skip
        colour = scale.series[COLOURS[name]] if name in COLOURS else scale.ink
        shape = f" <span style='font-size:{TICK}px;color:{scale.muted}'>{values.shape[0]} × {values.shape[1]}</span>"
        at = {"x": x0, "y": y1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "showarrow": False}
        notes.append(at | {"text": f"<b>{TITLES[name]}</b>{shape}", "font": {"size": LABEL, "color": colour}})
        if worded:
            m = values.shape[1]
            box = {"x0": -0.5, "x1": m - 0.5, "y0": query - 0.5, "y1": query + 0.5, "xref": f"x{end}", "yref": f"y{end}"}
            shapes.append({"type": "rect", "line": {"color": scale.ink, "width": 2.5}} | box)
    layout = frame(
        scale, height=height, annotations=notes, shapes=shapes, dragmode=False, margin={"l": 0, "r": 0, "t": 0, "b": 0}, **places
    )
    return go.Figure({"data": data, "layout": layout})


def short(value: float, share: bool) -> str:
    """A number in few signs: .12 for a share, -0.3 for others; nothing where the mask hides it."""
    if not np.isfinite(value):
        return ""
    text = f"{value:.2f}" if share else f"{value:.1f}"
    text = text.replace("-0.0", "0.0") if not share else text
    return (text[1:] if share and text.startswith("0") else text).replace("-", "−")


def _heat(name: str, values: np.ndarray, words: Sequence[str], written: bool, end: str, scale: Scale) -> dict[str, Any]:
    """One matrix; shares from zero up, all others around zero."""
    share, finite = name == "A", np.where(np.isfinite(values), values, np.nan)
    most = max(float(np.nanmax(np.abs(finite))), 1e-9)
    colours = [fade(scale.series[1], 0.0), scale.series[1]] if share else list(scale.diverging)
    rows = [escape(w) for w in words] if not name.startswith("W") else [f"row {i + 1}" for i in range(len(values))]
    columns = [escape(w) for w in words] if name in SQUARE else [f"number {j + 1}" for j in range(values.shape[1])]
    about = [[f"{a} → {b}" for b in columns] for a in rows]
    return {
        "type": "heatmap", "z": finite.astype(np.float32), "zmin": 0.0 if share else -most, "zmax": most, "showscale": False,
        "colorscale": [[k / (len(colours) - 1), colour] for k, colour in enumerate(colours)], "hovertext": about,
        "text": [[short(float(v), share) for v in row] for row in values] if written else None,
        "texttemplate": "%{text}" if written else None, "textfont": {"size": TICK, "color": scale.ink if share else None},
        "xaxis": f"x{end}", "yaxis": f"y{end}", "xgap": 1, "ygap": 1, "hoverongaps": False,
        "hovertemplate": f"{name}<br>%{{hovertext}}: %{{z:.3f}}<extra></extra>",
    }  # fmt: skip
