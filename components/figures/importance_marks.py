"""The marks by which each kind of picture shows what matters: a ground, a frame, a span or a dot in the colour of its value."""

import base64
import io
from html import escape
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
from PIL import Image

from components.figures.pictures import places, square
from components.figures.scale import Scale, fade
from components.figures.text_lines import cut, fitted, lay, seen_lines, width
from components.figures.traces import panels
from components.values import Sample

STRONGEST, FAINT = 0.62, 0.02  # how much of its colour the largest value gets; shares of it that are not drawn


def largest(values: np.ndarray) -> float:
    """The largest size of the values, at least a little."""
    known = np.abs(np.asarray(values, float)[np.isfinite(values)])
    return max(float(known.max(initial=0.0)), 1e-9)


def coloured(top: float, scale: Scale) -> dict[str, Any]:
    """The diverging scale, centred on zero, from -top to top, as properties of a marker."""
    return {"cmin": -top, "cmax": top, "colorscale": [[i / 2, colour] for i, colour in enumerate(scale.diverging)]}


def tint(value: float, top: float, scale: Scale) -> str:
    """A see-through colour for a value: the further from zero, the less it lets through."""
    share = float(np.clip(abs(value) / top, 0, 1))
    return fade(scale.diverging[2 if value > 0 else 0], round(STRONGEST * share, 3))


def picture(figure: go.Figure, sample: Sample, values: np.ndarray, scale: Scale, mark: int | None) -> None:
    """A see-through picture of the values over the picture, which itself is drawn paler."""
    h, w = sample["grid"]
    share = np.abs(values).reshape(h, w) / largest(values)
    ends = [[int(scale.diverging[i][k : k + 2], 16) for k in (1, 3, 5)] for i in (0, 2)]
    rgba = np.zeros((h, w, 4), np.uint8)
    rgba[..., :3] = np.where((values > 0).reshape(h, w, 1), ends[1], ends[0])
    rgba[..., 3] = np.round(235 * np.sqrt(share) * (share > FAINT))
    out = io.BytesIO()
    Image.fromarray(rgba).save(out, "PNG")
    source = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
    figure.data[0].opacity = 0.55
    figure.add_trace(go.Image(source=source, colormodel="rgba", hoverinfo="skip"))
    row, column = np.nonzero(share > FAINT)
    if len(row) and 3 * max(np.ptp(row), np.ptp(column)) < max(h, w):  # a network that saw a small part: seen from near
        reach = 1.5 * max(float(np.ptp(row)), float(np.ptp(column)), 4.0)
        x, y = (float(at.min() + at.max()) / 2 for at in (column, row))
        figure.update_xaxes(range=[x - reach, x + reach])
        figure.update_yaxes(range=[y + reach, y - reach])


def text(figure: go.Figure, sample: Sample, values: np.ndarray, scale: Scale, mark: int | None) -> None:
    """A coloured ground behind every word that matters."""
    top = largest(values)
    across, _, room = fitted(sample, int(figure.layout.height))
    place, _ = lay(sample, across)
    first, last = seen_lines(place, mark or 0, room)
    shapes = list(figure.layout.shapes)
    for j in np.flatnonzero((np.abs(values) > FAINT * top) & (place[:, 0] >= first) & (place[:, 0] < last)):
        row, column = int(place[j, 0]) - first, int(place[j, 1])
        wide = width(cut(sample["raw"]["token"][j], across))
        shapes.append({
            "type": "rect", "x0": column - 0.3, "x1": column + wide + 0.3, "y0": row - 0.46, "y1": row + 0.46, "layer": "below",
            "line": {"width": 0}, "fillcolor": tint(values[j], top, scale),
        })  # fmt: skip
    figure.update_layout(shapes=shapes)


def runs(values: np.ndarray) -> list[tuple[int, int, float]]:
    """Stretches of equal values that are not zero: first, last excluded, value."""
    ends = np.flatnonzero(np.diff(values)) + 1
    cuts = [0, *ends.tolist(), len(values)]
    return [(a, b, float(values[a])) for a, b in pairwise(cuts) if values[a] != 0]


def sound(figure: go.Figure, sample: Sample, values: np.ndarray, scale: Scale, mark: int | None) -> None:
    """Coloured spans over the wave, and a line of their colour along the spectrogram."""
    top, known = largest(values), sample["raw"]
    hop, shift = known["hop"] / 1000, known["window"] / 2000
    shapes = list(figure.layout.shapes)
    for a, b, value in runs(values):
        if abs(value) > FAINT * top:
            span = {"type": "rect", "xref": "x", "x0": max(0.0, (a - 0.5) * hop + shift), "x1": (b - 0.5) * hop + shift}
            look = {"line": {"width": 0}, "fillcolor": tint(value, top, scale)}
            shapes += [
                span | look | {"yref": "paper", "y0": 0.68, "y1": 1},
                span | look | {"yref": "paper", "y0": 0.62, "y1": 0.66},
            ]
    figure.update_layout(shapes=shapes)


def spans(figure: go.Figure, sample: Sample, values: np.ndarray, scale: Scale, mark: int | None) -> None:
    """Coloured spans over lines."""
    values = values if values.ndim == 1 else values[np.arange(len(values)), np.abs(values).argmax(1)]
    top, step = largest(values), 1 / sample["rate"] if sample["unit"] == "Hz" else 1.0
    for a, b, value in runs(values):
        figure.add_vrect(x0=(a - 0.5) * step, x1=(b - 0.5) * step, fillcolor=tint(value, top, scale), line_width=0)


def traces(figure: go.Figure, sample: Sample, values: np.ndarray, scale: Scale, mark: int | None) -> None:
    """Every channel coloured moment by moment, seen from near where channels were told apart."""
    each = values if values.ndim == 2 else np.repeat(values[:, None], sample["elements"].shape[1], 1)
    top, rate = largest(each), sample["rate"]
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    names = list(sample["raw"]["names"])
    order = [c for group in panels(sample) for c in group]
    for trace, channel in zip(lines, order, strict=True):
        trace.line = {"width": 1, "color": scale.muted, "dash": "solid"}
        at = np.flatnonzero(np.abs(each[:, channel]) > FAINT * top)
        at = at[:: max(1, -(-len(at) // 600))]
        figure.add_scatter(
            x=at / rate, y=sample["elements"][at, channel], yaxis=trace.yaxis or "y", customdata=at, mode="markers",
            showlegend=False,
            marker={"size": 7, "color": each[at, channel]} | coloured(top, scale),
            text=[f"{v:+.2f}" for v in each[at, channel]],
            hovertemplate=f"{escape(names[channel])} %{{x:.2f}} s: %{{text}}<extra></extra>",
        )  # fmt: skip
    found = np.flatnonzero(np.ptp(each, axis=1) > 0) if each.shape[1] > 1 else np.flatnonzero(each.any(1))
    if len(found):
        figure.update_xaxes(range=[max(0, found[0] / rate - 0.3), min(len(each) / rate, found[-1] / rate + 0.3)])


def tiles(figure: go.Figure, sample: Sample, values: np.ndarray, scale: Scale, mark: int | None) -> None:
    """A coloured frame around each tile."""
    column, row, _, _ = places(len(values))
    top = largest(values)
    framed = [square(column[i], 1.2 * row[i], tint(v, top / 2, scale)) for i, v in enumerate(values) if abs(v) > FAINT * top]
    ground = [shape for shape in figure.layout.shapes if shape.layer == "below"]
    figure.update_layout(shapes=[*ground, *framed])


def dots(figure: go.Figure, sample: Sample, values: np.ndarray, scale: Scale, mark: int | None) -> None:
    """Points and nodes in the colour of their value, with an edge so that those that do not matter are seen."""
    top = largest(values)
    for trace in figure.data:
        if trace.customdata is None or "markers" not in (trace.mode or ""):
            continue
        at = np.asarray(trace.customdata, int)
        edge = {"color": scale.muted, "width": 1}
        trace.marker.update({"color": values[at], "opacity": 1, "line": edge} | coloured(top, scale))
        trace.text = trace.text if "text" in trace.mode else None
        if "text" in trace.mode:  # the letter of an atom on its colour
            trace.marker.color = [tint(v, top, scale) if abs(v) > FAINT * top else scale.paper for v in values[at]]
            trace.textfont.color = scale.ink
        if trace.type == "scatter3d":
            trace.marker.line = None
        trace.showlegend = False
        trace.hovertext = [f"{v:+.3g}" for v in values[at]]
        trace.hovertemplate = "%{hovertext}<extra></extra>"


MARKS = {"text": text, "sound": sound, "traces": traces, "pictures": tiles, "signs": tiles}
