"""The input observation x_i as a model meets it: numbers. Slides "Visual Modality" and "Set Modality".

A picture is shown as on the slide: the numbers around the marked pixel, and beside them the long vector they become, column
by column, colour after colour. A set is a table, one row per element.
"""

import numpy as np
import plotly.graph_objects as go

from components.catalogue import discover
from components.figures.sample import ACCENT, HIDDEN, pixels
from components.figures.scale import LABEL, NAMED, TICK, Scale, style
from components.values import Sample

ACROSS, ROOM = 9, 11  # numbers in a row, as on the slide; entries of the vector
GREY = ((0, "#000000"), (1, "#ffffff"))
TINTS = (((0, "#1a0000"), (1, "#ff6a5c")), ((0, "#001a00"), (1, "#5fd35f")), ((0, "#00001f"), (1, "#7aa5ff")))


def observation(sample: Sample, x: np.ndarray, scale: Scale = NAMED, mark: int = 0, height: int = 400) -> go.Figure:
    """The numbers of x_i around element `mark`.

    Args:
        sample: the sample; a grid `(h, w)` is shown as a matrix beside the vector `x (h w d,)`, all else as a table.
        x: the input observation, as the modality's `observe` gives it.
        scale: colours.
        mark: number of the element in the middle of attention.
        height: in pixels.
    """
    if "kind" in sample:
        return discover("figures", "KIND")[sample["kind"]].observation(sample, x, scale, mark, height)
    if len(sample["grid"]) == 2:
        return _matrix(sample, x, scale, mark, height)
    names = getattr(getattr(sample["raw"], "dtype", None), "names", None) or ()
    return _table(x if x.ndim == 2 else x[:, None], names, scale, mark, height)


def written(value: float) -> str:
    """A number with two decimals in as few signs as possible: .35, -.20, 0, 1, -1.25."""
    text = f"{value:.2f}"
    if text in ("0.00", "-0.00", "1.00", "-1.00"):
        return text.removesuffix(".00").replace("-0", "0")
    return text.replace("0.", ".", 1) if abs(value) < 1 else text


def excerpt(length: int, marks: list[int], room: int) -> list[int | None]:
    """Which entries of a long vector to show: its ends and as much around every mark as fits, with None for each gap."""
    best: list[int | None] = []
    for reach in range(room):
        keep = {0, length - 1} | {i for m in marks for i in range(m - reach, m + reach + 1) if 0 <= i < length}
        shown: list[int | None] = []
        for i in sorted(keep):
            if shown and i - (shown[-1] or 0) > 1:
                shown.append(None)
            shown.append(i)
        if len(shown) > room and best:
            break
        best = shown
    return best


def _around(middle: int, count: int, size: int) -> range:
    """`count` neighbouring numbers of 0..size-1, `middle` as central as possible."""
    start = min(max(0, middle - count // 2), max(0, size - count))
    return range(start, min(size, start + count))


def _matrix(sample: Sample, x: np.ndarray, scale: Scale, mark: int, height: int) -> go.Figure:
    (h, w), array = sample["grid"], pixels(sample)
    d = array.shape[2]
    row, column = divmod(mark, w)
    columns, rows = _around(column, ACROSS, w), _around(row, ACROSS if d == 1 else 3, h)
    entries = excerpt(len(x), [row + h * (column + w * k) for k in range(d)], ROOM)
    top = [k * (len(rows) + 1) for k in range(d)]
    deep, wide = max(len(entries), top[-1] + len(rows)), len(columns) + 3
    figure, accent = go.Figure(), {"color": scale.series[ACCENT], "width": 3}
    for k in range(d):
        canvas = np.full((deep, wide), np.nan)
        canvas[top[k] : top[k] + len(rows), : len(columns)] = array[np.ix_(rows, columns, [k])][..., 0]
        for i, entry in enumerate(entries):
            if entry is not None and entry // (h * w) == k:
                canvas[i, -1] = x[entry]
        _cells(figure, canvas, GREY if d == 1 else TINTS[k % 3])
        at = (column - columns[0], top[k] + row - rows[0])
        _box(figure, *at, accent)
        if d > 1:
            figure.add_annotation(x=-0.5, y=top[k] - 0.75, text=("red", "green", "blue")[k % 3], xanchor="left", showarrow=False)
    _point_at(figure, array, rows, columns, top)
    _vector(figure, entries, {row + h * (column + w * k) for k in range(d)}, wide - 1, scale, accent)
    figure.add_annotation(
        x=(len(columns) - 1) / 2, y=-1.6, text=f"rows {rows[0] + 1}–{rows[-1] + 1}, columns {columns[0] + 1}–{columns[-1] + 1}"
    )
    figure.add_annotation(x=wide - 1, y=-1.6, text="<b>x<sub>i</sub></b>", font={"size": LABEL + 2})
    figure.add_annotation(x=wide - 2, y=(deep - 1) / 2, text="→", font={"size": 24, "color": scale.muted})
    figure.update_annotations(showarrow=False)
    style(figure, scale, height=height, dragmode=False)
    figure.update_xaxes(range=[-0.7, wide + 1.6], fixedrange=True, **HIDDEN)
    return figure.update_yaxes(range=[deep - 0.3, -2.2], fixedrange=True, **HIDDEN)


def _cells(figure: go.Figure, canvas: np.ndarray, colours: tuple[tuple[float, str], ...]) -> None:
    text = np.vectorize(lambda v: "" if np.isnan(v) else written(v), otypes=[str])(canvas)
    figure.add_heatmap(
        z=canvas.astype(np.float32), text=text, texttemplate="%{text}", textfont={"size": TICK}, zmin=0, zmax=1,
        colorscale=[list(c) for c in colours], showscale=False, xgap=1, ygap=1, hoverinfo="skip", hoverongaps=False,
    )  # fmt: skip


def _point_at(figure: go.Figure, array: np.ndarray, rows: range, columns: range, top: list[int]) -> None:
    """Transparent points over the numbers, so that a pixel can be clicked, and hovered together with its place in the picture."""
    w = array.shape[1]
    spots = [(j, t + i, r, c, k) for k, t in enumerate(top) for i, r in enumerate(rows) for j, c in enumerate(columns)]
    figure.add_scatter(
        x=[s[0] for s in spots], y=[s[1] for s in spots], mode="markers", opacity=0, showlegend=False,
        marker={"size": 22, "symbol": "square"}, customdata=[r * w + c for _, _, r, c, _ in spots],
        text=[f"row {r + 1}, column {c + 1}, colour {k + 1}: {array[r, c, k]:.3f}" for _, _, r, c, k in spots],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _box(figure: go.Figure, x: float, y: float, line: dict[str, object]) -> None:
    figure.add_shape(type="rect", x0=x - 0.5, x1=x + 0.5, y0=y - 0.5, y1=y + 0.5, line=line)


def _vector(
    figure: go.Figure, entries: list[int | None], marked: set[int], x: int, scale: Scale, accent: dict[str, object]
) -> None:
    """Brackets, the numbers of the entries, dots for those left out, and a frame around the marked ones."""
    last = len(entries) - 0.5
    for side in (-1, 1):
        edge = x + side * 0.62
        path = f"M {edge - side * 0.15} -0.55 L {edge} -0.55 L {edge} {last + 0.05} L {edge - side * 0.15} {last + 0.05}"
        figure.add_shape(type="path", path=path, line={"color": scale.ink, "width": 2})
    for i, entry in enumerate(entries):
        if entry is None:
            figure.add_annotation(x=x, y=i, text="⋮", font={"size": LABEL, "color": scale.ink})
            continue
        colour = scale.ink if entry in marked else scale.muted
        figure.add_annotation(x=x + 0.8, y=i, text=f"{entry + 1:,}", xanchor="left", font={"size": TICK, "color": colour})
        if entry in marked:
            _box(figure, x, i, accent)


def _table(x: np.ndarray, names: tuple[str, ...], scale: Scale, mark: int, height: int) -> go.Figure:
    n, d = x.shape
    shown, columns = excerpt(n, [mark], ROOM), min(d, ACROSS)
    canvas = np.full((len(shown), columns), np.nan)
    for i, row in enumerate(shown):
        if row is not None:
            canvas[i] = x[row, :columns]
    reach = float(np.abs(x).max()) or 1.0
    figure = go.Figure()
    _cells(figure, canvas, tuple(zip((0.0, 0.5, 1.0), scale.diverging, strict=True)))
    figure.data[0].update(zmin=-reach, zmax=reach, xgap=2, ygap=2, textfont={"size": TICK + 2})
    known = [(j, i, row) for i, row in enumerate(shown) if row is not None for j in range(columns)]
    figure.add_scatter(
        x=[k[0] for k in known], y=[k[1] for k in known], customdata=[k[2] for k in known], mode="markers", opacity=0,
        marker={"size": 24, "symbol": "square"}, showlegend=False, text=[f"{x[row, j]:.3g}" for j, _, row in known],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    for i, name in enumerate(names[:columns]):
        figure.add_annotation(x=i, y=-0.85, text=name, showarrow=False, font={"size": LABEL, "color": scale.muted})
    for i, row in enumerate(shown):
        text = "⋮" if row is None else f"<b>x<sub>i,{row + 1}</sub></b>" if row == mark else f"x<sub>i,{row + 1}</sub>"
        figure.add_annotation(x=-0.65, y=i, text=text, xanchor="right", showarrow=False, font={"size": LABEL})
        if row == mark:
            box = {"x0": -0.5, "x1": columns - 0.5, "y0": i - 0.5, "y1": i + 0.5}
            figure.add_shape(type="rect", line={"color": scale.series[ACCENT], "width": 3}, **box)
    style(figure, scale, height=height, dragmode=False)
    figure.update_xaxes(range=[-1.6, columns - 0.3], fixedrange=True, **HIDDEN)
    return figure.update_yaxes(range=[len(shown) - 0.3, -1.4], fixedrange=True, **HIDDEN)
