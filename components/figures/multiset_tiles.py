"""Multisets as tiles, stacked where a pooling gives them the same value."""

from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, fade, style

SYMBOLS, ROW = "abc", 9  # nine tiles fit side by side on a phone


def written(multiset: Sequence[int]) -> str:
    """A multiset as letters: (0, 0, 1) -> "aab"."""
    return "".join(SYMBOLS[s] for s in multiset)


def multiset_tiles(
    groups: Sequence[Sequence[tuple[int, ...]]], chosen: int | None = None, *, scale: Scale = NAMED, height: int = 250
) -> go.Figure:
    """One column per value the pooling can give, one tile per multiset that gives it.

    Args:
        groups: multisets that share a pooled value, from `measure.multisets.groups`.
        chosen: the column a learner clicked.
        scale: colours.
        height: pixels.
    """
    tiles = list(_places(groups))
    lonely = [len(groups[t[2]]) == 1 for t in tiles]
    colours = [scale.series[0] if one else scale.series[1] for one in lonely]
    figure = go.Figure(
        go.Scatter(
            x=[t[0] for t in tiles],
            y=[t[1] for t in tiles],
            mode="markers+text",
            text=[written(t[3]) for t in tiles],
            textfont={"size": TICK, "color": scale.ink},
            marker={
                "symbol": "square",
                "size": 34,
                "color": [fade(c, 0.55 if t[2] == chosen else 0.16) for c, t in zip(colours, tiles, strict=True)],
                "line": {"color": colours, "width": [3 if t[2] == chosen else 1 for t in tiles]},
            },
            customdata=[t[2] for t in tiles],
            hovertext=[
                "told apart from all others" if one else "cannot tell apart: " + ", ".join(written(m) for m in groups[t[2]])
                for one, t in zip(lonely, tiles, strict=True)
            ],
            hovertemplate="%{text}: %{hovertext}<extra></extra>",
        )
    )
    style(figure, scale, height=height, showlegend=False, uirevision="tiles", dragmode=False)
    figure.update_xaxes(visible=False, range=[-0.6, ROW - 0.4], fixedrange=True)
    bottom = min(t[1] for t in tiles)
    figure.update_yaxes(visible=False, range=[min(bottom, -6.2) - 0.6, 0.6], fixedrange=True)
    return figure.update_layout(margin={"t": 2, "b": 2})


def _places(groups: Sequence[Sequence[tuple[int, ...]]]) -> Iterator[tuple[int, float, int, tuple[int, ...]]]:
    """Where each tile goes: (x, y, group, multiset), columns side by side, `ROW` to a row, rows below each other."""
    top = 0.0
    for first in range(0, len(groups), ROW):
        row = groups[first : first + ROW]
        for x, group in enumerate(row):
            for i, multiset in enumerate(group):
                yield x, top - i, first + x, multiset
        top -= max(len(g) for g in row) + 0.35
