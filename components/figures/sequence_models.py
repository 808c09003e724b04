"""A sequence model as the lecture draws it: tokens, their representation, how they hear of each other, one vector, the class.

From the bottom up: every token becomes a vector by the same table (round marks); a kind of its own carries information over
time; all of it becomes one vector, and that one the class. Slides: "From Token to Sequences" to "Modern Sequence Models".
"""

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.sample import HIDDEN
from components.figures.scale import LABEL, NAMED, TICK, Scale, fade, frame

EMBED, TIME, POOL = 0, 1, 2
"""Numbers of the series colours: the map that all tokens share, what flows over time, what makes one vector."""
SHOWN, TALL = 7, 4.0
Point = tuple[float, float]


class _Drawing:
    """What has been drawn so far."""

    def __init__(self, scale: Scale, names: Sequence[str]) -> None:
        self.scale, self.names, self.data, self.notes = scale, names, [], []  # type: ignore[var-annotated]

    def lines(self, pairs: Sequence[tuple[Point, Point]], colour: str, width: float = 2, dash: str = "solid") -> None:
        """Plain lines, all in one trace."""
        x = [v for a, b in pairs for v in (a[0], b[0], None)]
        y = [v for a, b in pairs for v in (a[1], b[1], None)]
        line = {"color": colour, "width": width, "dash": dash}
        self.data.append({"type": "scatter", "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip"})

    def arrows(self, pairs: Sequence[tuple[Point, Point]], colour: str, width: float = 3) -> None:
        """Arrows from a to b."""
        for a, b in pairs:
            self.notes.append(
                {"x": b[0], "y": b[1], "ax": a[0], "ay": a[1], "xref": "x", "yref": "y", "axref": "x", "ayref": "y", "text": ""}
                | {"showarrow": True, "arrowhead": 2, "arrowsize": 0.8, "arrowwidth": width, "arrowcolor": colour}
                | {"standoff": 10, "startstandoff": 10}
            )

    def marks(self, points: Sequence[Point], colour: str, symbol: str, size: int, hover: Sequence[str] = ()) -> None:
        """Filled marks."""
        mark = {"symbol": symbol, "size": size, "color": colour, "line": {"color": self.scale.paper, "width": 1.5}}
        self.data.append(
            {"type": "scatter", "x": [p[0] for p in points], "y": [p[1] for p in points], "mode": "markers", "marker": mark}
            | ({"text": list(hover), "hovertemplate": "%{text}<extra></extra>"} if hover else {"hoverinfo": "skip"})
        )

    def words(self, text: str, x: float, y: float, size: int = TICK, **more: Any) -> None:
        """Words on the picture."""
        self.notes.append(
            {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": size, "color": self.scale.ink}} | more
        )


def sequence_model(
    kind: str,
    tokens: Sequence[str],
    answer: str,
    *,
    weights: np.ndarray | None = None,
    scale: Scale = NAMED,
    height: int = 300,
) -> go.Figure:
    """The chosen model with the first tokens of a real sequence in it.

    Args:
        kind: a kind of sequence model.
        tokens: of the sequence; of more than seven, the first and the last three are drawn.
        answer: what the model says of the whole sequence.
        weights: attention of every token `(n, n)`, its rows sum to 1; the width of its lines.
        scale: colours.
        height: pixels.
    """
    columns = layout_of(len(tokens))
    shown = [tokens[c.start] if c.stop - c.start == 1 else "…" for c in columns]
    names = [str(c.start + 1) if c.stop - c.start == 1 else "…" for c in columns]
    n, drawing = len(shown), _Drawing(scale, names)
    low: list[Point] = [(i, 1.0) for i in range(n)]
    embed, pool = scale.series[EMBED], scale.series[POOL]
    drawing.lines([((i, 0.35), (i, 0.85)) for i in range(n)], embed, 2.5)
    hover = [escape(t) if t != "…" else f"{c.stop - c.start} tokens between" for t, c in zip(shown, columns, strict=True)]
    drawing.marks(low, embed, "circle", 17, [f"vector of: {t}" for t in hover])
    for i, token in enumerate(shown):
        short = token if len(token) <= 9 else token[:8] + "…"
        drawing.words(escape(short), i, 0.02, LABEL, textangle=0 if max(map(len, shown)) < 4 else -30)
    top: Point = ((n - 1) / 2, 3.3) if kind in ("bag", "feedforward", "attention") else (n - 1, 3.3)
    BODIES[kind](drawing, low, top, None if weights is None else merged(weights, columns))
    drawing.marks([top], pool, "square", 20, ["the sequence as one vector"])
    side = "center" if 0.8 < top[0] < n - 1.8 else "right" if n > 2 else "left"
    drawing.words(f"<b>{escape(answer)}</b>", top[0] + (0.4 if side == "right" else 0), 3.9, LABEL + 1, xanchor=side)
    layout = frame(scale, height=height, showlegend=False, dragmode=False, hovermode="closest", annotations=drawing.notes)
    layout["margin"] = {"l": 2, "r": 2, "t": 2, "b": 2}
    layout["xaxis"] = HIDDEN | {"range": [-0.75, max(n - 0.35, 4.0)], "fixedrange": True}
    layout["yaxis"] = HIDDEN | {"range": [-0.5, TALL + 0.2], "fixedrange": True}
    return go.Figure({"data": drawing.data, "layout": layout})


def layout_of(n: int) -> list[slice]:
    """The tokens in each column of the drawing: each of seven or fewer; else the first three, all between, the last three."""
    if n <= SHOWN:
        return [slice(i, i + 1) for i in range(n)]
    return [slice(i, i + 1) for i in range(3)] + [slice(3, n - 3)] + [slice(i, i + 1) for i in range(n - 3, n)]


def merged(weights: np.ndarray, columns: Sequence[slice]) -> np.ndarray:
    """Attention `(n, n)` among the columns: what a column looks at is added up, who looks is averaged; rows still sum to 1."""
    rows = np.stack([weights[c].mean(0) for c in columns])
    return np.stack([rows[:, c].sum(1) for c in columns], 1)


def _bag(d: _Drawing, low: list[Point], top: Point, weights: np.ndarray | None) -> None:
    """All into one sack; who stood where is gone."""
    pool = d.scale.series[POOL]
    d.lines([(p, top) for p in low], pool, 2.5)
    d.words("mean of all: <b>the order is gone</b>", 0.0, 2.75, TICK + 1, xanchor="left", bgcolor=fade(d.scale.paper, 0.8))


def _feedforward(d: _Drawing, low: list[Point], top: Point, weights: np.ndarray | None) -> None:
    """A place for each token, with weights of its own."""
    pool, n = d.scale.series[POOL], len(low)
    middle = [(p[0], 2.05) for p in low]
    d.lines(list(zip(low, middle, strict=True)), pool, 2.5)
    for i, p in enumerate(middle):
        d.marks([p], d.scale.series[(3, 4, 9, 6, 7, 8, 5, 1)[i % 8]], "square", 26, [f"place {d.names[i]}: weights of its own"])
        d.lines([(p, top)], d.scale.series[(3, 4, 9, 6, 7, 8, 5, 1)[i % 8]], 2)
        d.words(d.names[i], p[0], p[1], TICK, font={"size": TICK, "color": d.scale.paper})
    d.words("a place for each token, <b>nothing shared</b>", -0.6, 2.75 if n > 3 else 2.6, TICK + 1, xanchor="left",
            bgcolor=fade(d.scale.paper, 0.8))  # fmt: skip


def _chain(d: _Drawing, low: list[Point], top: Point, symbol: str, lanes: Sequence[float], words: str, step: str) -> None:
    """The same cell at every step, each handing its state on."""
    time, pool = d.scale.series[TIME], d.scale.series[POOL]
    cells = [(p[0], 2.05) for p in low]
    d.lines([(a, (b[0], b[1] - 0.1)) for a, b in zip(low, cells, strict=True)], d.scale.series[EMBED], 2.5)
    for lane in lanes:
        moved = [(x, y + lane) for x, y in cells]
        d.arrows(list(pairwise(moved)), time, 3)
    d.marks(cells, time, symbol, 22, [f"the same cell at step {name}" for name in d.names])
    for x, y in cells:
        d.words(step, x, y, TICK, font={"size": TICK, "color": d.scale.paper})
    d.lines([(cells[-1], top)], pool, 4)
    d.words(words, -0.6, 2.8, TICK + 1, xanchor="left")


def _rnn(d: _Drawing, low: list[Point], top: Point, weights: np.ndarray | None) -> None:
    _chain(d, low, top, "square", (0.0,), "<b>the same cell</b> at every step, its state goes on", "U")


def _lstm(d: _Drawing, low: list[Point], top: Point, weights: np.ndarray | None) -> None:
    _chain(d, low, top, "square", (0.16, -0.16), "the same cell; <b>gates</b> guard a second state", "")


def _state_space(d: _Drawing, low: list[Point], top: Point, weights: np.ndarray | None) -> None:
    _chain(d, low, top, "diamond", (0.0,), "a state that <b>fades</b> by a at each step", "a")


def _convolution(d: _Drawing, low: list[Point], top: Point, weights: np.ndarray | None) -> None:
    """Windows of three, 1, 2 and 4 steps apart: the cone below the last output stands out."""
    time, n = d.scale.series[TIME], len(low)
    levels = [1.0, 1.55, 2.1, 2.65]
    seen = {n - 1}
    cone: list[tuple[Point, Point]] = []
    pale: list[tuple[Point, Point]] = []
    for layer in (2, 1, 0):
        below: set[int] = set()
        for i in range(n):
            for back in range(0, 3 * 2**layer, 2**layer):
                if i - back >= 0:
                    (cone if i in seen else pale).append(((i - back, levels[layer]), (i, levels[layer + 1])))
                    below |= {i - back} if i in seen else set()
        seen = below
    d.lines(pale, fade(time, 0.22), 1.5)
    d.lines(cone, time, 2.5)
    for layer in (1, 2, 3):
        hover = [f"layer {layer}: the same window at step {name}" for name in d.names]
        d.marks([(i, levels[layer]) for i in range(n)], time, "circle", 15, hover)
    d.lines([((n - 1, levels[3]), top)], d.scale.series[POOL], 4)
    d.words("<b>windows</b> of three, wider at each layer", -0.6, 3.1, TICK + 1, xanchor="left")


def _attention(d: _Drawing, low: list[Point], top: Point, weights: np.ndarray | None) -> None:
    """Every token looks at every token; the wider the line, the more it takes in."""
    time, pool, n = d.scale.series[TIME], d.scale.series[POOL], len(low)
    high = [(p[0], 2.3) for p in low]
    share = np.full((n, n), 1 / n) if weights is None else weights
    most = max(float(share.max()), 1e-9)
    for i in range(n):
        for j in range(n):
            part = float(share[i, j]) / most
            d.lines([(low[j], high[i])], fade(time, 0.15 + 0.75 * part), 0.8 + 4.5 * part)
    d.marks(
        high,
        time,
        "circle",
        19,
        [f"token {d.names[i]} looks most at {d.names[int(share[i].argmax())]}: {share[i].max():.0%}" for i in range(n)],
    )
    d.lines([(p, top) for p in high], pool, 2)
    d.words("<b>all look at all</b>; thick: looks more", -0.6, 2.95, TICK + 1, xanchor="left", bgcolor=fade(d.scale.paper, 0.8))


BODIES = {
    "bag": _bag,
    "feedforward": _feedforward,
    "rnn": _rnn,
    "lstm": _lstm,
    "state space": _state_space,
    "convolution": _convolution,
    "attention": _attention,
}
