"""The three pictures of a sound: its wave over its spectrogram, one frame as a spectrum beside its numbers, and a small one.

The spectrogram is one picture inside the layout, coloured here, so that a long sound costs no more than a short one.
"""

import math
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

from components.figures.kind import Kind
from components.figures.observation import excerpt, written
from components.figures.sample import ACCENT, data_uri
from components.figures.scale import LABEL, TICK, Scale, axis, fade, frame
from components.values import Sample

COLUMNS, CLICKS, PIXELS, BINS, ROOM = 600, 300, (500, 220), 400, 11
Traces = list[dict[str, object]]


def shades(values: np.ndarray, scale: Scale) -> np.ndarray:
    """Numbers in [0, 1] as colours of the sequential scale, `(..., 3)` in [0, 1]."""
    stops = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in scale.sequential])
    at = np.linspace(0, 1, len(stops))
    return np.stack([np.interp(values, at, stops[:, k]) for k in range(3)], -1)


def times(sample: Sample) -> np.ndarray:
    """When each frame begins, in seconds."""
    return np.arange(len(sample["elements"])) * sample["raw"]["hop"] / 1000


def outline(wave: np.ndarray, hertz: int) -> tuple[np.ndarray, np.ndarray]:
    """A wave as few points that look the same: the lowest and the highest of every stretch."""
    if len(wave) <= 2 * COLUMNS:
        return np.arange(len(wave)) / hertz, wave
    starts = np.arange(COLUMNS) * len(wave) // COLUMNS
    both = np.stack([np.minimum.reduceat(wave, starts), np.maximum.reduceat(wave, starts)], 1).ravel()
    return np.repeat(starts, 2) / hertz, both


def reduced(elements: np.ndarray) -> np.ndarray:
    """The spectrogram as rows of a picture, high frequencies on top: the loudest of what falls into a pixel, `(h, w)`."""
    t, d = elements.shape
    w, h = min(t, PIXELS[0]), min(d, PIXELS[1])
    part = np.maximum.reduceat(elements, np.arange(w) * t // w, axis=0)
    return np.maximum.reduceat(part, np.arange(h) * d // h, axis=1).T[::-1]


def raw(sample: Sample, scale: Scale, mark: int | None, height: int) -> go.Figure:
    """The wave above, the spectrogram below, over one time; the marked frame is a band over both. Any place can be clicked."""
    known, elements = sample["raw"], sample["elements"]
    hertz, ends = known["hertz"], max(len(known["wave"]), 2) / known["hertz"]
    t, nyquist = times(sample), hertz / 2000
    shown = np.unique(np.linspace(0, len(t) - 1, min(len(t), CLICKS)).round().astype(int))
    middle = t[shown] + known["window"] / 2000
    loudest = elements[shown].argmax(1) * nyquist / max(1, elements.shape[1] - 1)
    text = [f"frame {i + 1} at {at:.2f} s<br>strongest at {f:.2f} kHz" for i, at, f in zip(shown, t[shown], loudest, strict=True)]
    x, y = outline(known["wave"], hertz)
    peak = 1.1 * max(float(np.abs(y).max()), 1e-3)
    click = {
        "type": "scatter", "x": middle, "mode": "markers", "customdata": shown, "text": text, "opacity": 0,
        "hovertemplate": "%{text}<extra></extra>", "marker": {"size": 12}, "showlegend": False,
    }  # fmt: skip
    line = {"color": scale.series[0], "width": 1}
    data: Traces = [
        {"type": "scatter", "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip", "showlegend": False},
        click | {"y": np.zeros(len(shown))},
        click | {"y": np.full(len(shown), nyquist / 2), "yaxis": "y2"},
    ]
    layout = frame(scale, height=height, hovermode="x", hoverdistance=-1, dragmode=False, showlegend=False)
    layout |= {
        "xaxis": axis(scale, "seconds", range=[0, ends], anchor="y2", fixedrange=True, nticks=6, showgrid=False),
        "yaxis": axis(scale, "", range=[-peak, peak], domain=[0.68, 1], fixedrange=True, nticks=4),
        "yaxis2": axis(scale, "kHz", range=[0, 1.16 * nyquist], domain=[0, 0.64], fixedrange=True, nticks=5, showgrid=False),
        "images": [_image(elements, t, known["window"] / 1000, nyquist, scale)],
        "shapes": [_line(nyquist, scale), *([] if mark is None else [_band(t[mark], known["window"] / 1000, ends, scale)])],
        "annotations": [_label(f"Nyquist: {nyquist:g} kHz, half of {hertz / 1000:g} kHz", nyquist, scale)],
    }
    return go.Figure({"data": data, "layout": layout})


def _image(elements: np.ndarray, t: np.ndarray, window: float, nyquist: float, scale: Scale) -> dict[str, object]:
    """The spectrogram as a picture: frames as wide as their distance, around their middles."""
    step = float(t[1] - t[0]) if len(t) > 1 else window
    place = {"x": t[0] + window / 2 - step / 2, "y": nyquist, "sizex": step * len(t), "sizey": nyquist}
    look = {"sizing": "stretch", "layer": "below", "xref": "x", "yref": "y2", "xanchor": "left", "yanchor": "top"}
    return {"source": data_uri(shades(reduced(elements), scale))} | place | look


def _line(nyquist: float, scale: Scale) -> dict[str, object]:
    line = {"color": scale.ink, "width": 1.5, "dash": "dash"}
    return {"type": "line", "xref": "paper", "yref": "y2", "x0": 0, "x1": 1, "y0": nyquist, "y1": nyquist, "line": line}


def _band(begins: float, window: float, ends: float, scale: Scale) -> dict[str, object]:
    """The marked frame, at least so wide that it is seen."""
    wide = max(window, ends / 120)
    middle = begins + window / 2
    return {
        "type": "rect", "xref": "x", "yref": "paper", "x0": middle - wide / 2, "x1": middle + wide / 2, "y0": 0, "y1": 1,
        "line": {"color": scale.series[ACCENT], "width": 2}, "fillcolor": fade(scale.series[ACCENT], 0.15),
    }  # fmt: skip


def _label(text: str, y: float, scale: Scale) -> dict[str, object]:
    font = {"size": TICK, "color": scale.ink}
    return {
        "text": text, "xref": "paper", "yref": "y2", "x": 0.01, "y": y, "xanchor": "left", "yanchor": "bottom",
        "showarrow": False, "font": font,
    }  # fmt: skip


def observation(sample: Sample, x: np.ndarray, scale: Scale, mark: int, height: int) -> go.Figure:
    """The marked frame as a spectrum, its neighbours faint, and its numbers as a column, as on the slide."""
    known, d = sample["raw"], x.shape[1]
    kilohertz = np.arange(d) * known["hertz"] / 1000 / max(2, 2 * (d - 1))
    starts = np.arange(min(d, BINS)) * d // min(d, BINS)
    data: Traces = []
    for near in (mark - 2, mark - 1, mark + 1, mark + 2, mark):
        if not 0 <= near < len(x):
            continue
        own = near == mark
        line = {"color": scale.series[ACCENT] if own else fade(scale.series[0], 0.3), "width": 2.5 if own else 1}
        y = np.maximum.reduceat(x[near], starts).astype(np.float32)
        hover = f"frame {near + 1}: %{{y:.2f}} at %{{x:.2f}} kHz<extra></extra>"
        place = {"type": "scatter", "x": kilohertz[starts], "y": y, "mode": "lines", "customdata": np.full(len(y), near)}
        data.append(place | {"line": line, "hovertemplate": hover, "showlegend": False})
    entries = excerpt(d, [int(x[mark].argmax())], ROOM)
    data.append(_numbers(x[mark], entries, scale))
    layout = frame(scale, height=height, dragmode=False, showlegend=False, hovermode="closest")
    box, corners = {"color": scale.series[ACCENT], "width": 3}, {"x0": -0.5, "x1": 0.5, "y0": -0.5, "y1": len(entries) - 0.5}
    title = {"text": f"x<sub>i,{mark + 1}</sub>", "x": 0, "y": -1, "xref": "x2", "yref": "y2", "showarrow": False}
    layout |= {
        "xaxis": axis(scale, "kHz", range=[0, float(kilohertz[-1])], domain=[0, 0.64], fixedrange=True, nticks=6),
        "yaxis": axis(scale, "1 + dB / 100", range=[0, 1.02], fixedrange=True, nticks=6),
        "xaxis2": {"domain": [0.7, 1], "range": [-1.6, 0.5], "visible": False, "fixedrange": True, "anchor": "y2"},
        "yaxis2": {"range": [len(entries) - 0.4, -1.5], "visible": False, "fixedrange": True, "anchor": "x2"},
        "shapes": [{"type": "rect", "xref": "x2", "yref": "y2", "line": box} | corners],
        "annotations": [
            title | {"font": {"size": LABEL + 2, "color": scale.ink}},
            *(_entry(i, entry, kilohertz, scale) for i, entry in enumerate(entries)),
        ],
    }
    return go.Figure({"data": data, "layout": layout})


def _numbers(values: np.ndarray, entries: Sequence[int | None], scale: Scale) -> dict[str, object]:
    """The shown entries of the vector as shaded cells with their number."""
    z = [[math.nan if entry is None else round(float(values[entry]), 4)] for entry in entries]
    text = [["" if entry is None else written(float(values[entry]))] for entry in entries]
    colours = [list(pair) for pair in zip(np.linspace(0, 1, 3).tolist(), scale.sequential[:3], strict=True)]
    return {
        "type": "heatmap", "x": [0], "y": list(range(len(entries))), "z": z, "text": text, "texttemplate": "%{text}", "zmin": 0,
        "textfont": {"size": TICK + 1, "color": scale.ink}, "zmax": 1.6, "colorscale": colours, "showscale": False,
        "hoverinfo": "skip", "xaxis": "x2", "yaxis": "y2", "ygap": 2,
    }  # fmt: skip


def _entry(i: int, entry: int | None, kilohertz: np.ndarray, scale: Scale) -> dict[str, object]:
    """Left of a number: its frequency."""
    text = "⋮" if entry is None else f"{1000 * kilohertz[entry]:,.0f} Hz"
    return {
        "text": text, "x": -0.6, "y": i, "xref": "x2", "yref": "y2", "xanchor": "right", "showarrow": False,
        "font": {"size": TICK, "color": scale.muted},
    }  # fmt: skip


def small(sample: Sample, left: float, top: float, scale: Scale) -> Sequence[BaseTraceType]:
    """The spectrogram alone, or the 25 x 20 numbers a network was given, low frequencies at the bottom."""
    given = sample["raw"].get("features")
    values = reduced(sample["elements"])[:: max(1, sample["elements"].shape[1] // 64)] if given is None else given.T[::-1]
    low, high = (0, 1) if given is None else (-2, 2)
    values = values[:, :: max(1, values.shape[1] // 64)]
    h, w = values.shape
    z = np.round(np.clip((values - low) / (high - low), 0, 1) * 255).astype(np.uint8)
    place = {"x0": left + 0.03 + 0.47 / w, "dx": 0.94 / w, "y0": top + 0.47 / h, "dy": 0.94 / h}
    colours = [list(pair) for pair in zip(np.linspace(0, 1, len(scale.sequential)).tolist(), scale.sequential, strict=True)]
    return [go.Heatmap(z=z, zmin=0, zmax=255, colorscale=colours, showscale=False, hoverinfo="skip", **place)]


KIND = Kind("sound", raw, observation, small)
