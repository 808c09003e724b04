"""Curves behind a granularity: a stretch of a wave, the pace of a text, different values a column, the spacing of points."""

import numpy as np

from components.measure import views
from components.measure.entropy import counted
from components.measure.views import columns, seconds, signals, symbols, words_of
from components.values import Curve, Sample

SHOWN, SPEECH = 40, 5.0  # samples drawn of a wave; seconds in which spoken words are counted


def grain(sample: Sample, shape: str) -> Curve | None:
    """What the granularity looks like; None where there is nothing to draw."""
    if shape == views.TEXT:
        return _pace(sample)
    if shape in (views.SOUND, views.SERIES):
        wave, hertz = signals(sample)[0].values, float(sample["raw"]["hertz"] if shape == views.SOUND else sample["rate"])
        first = int(np.clip(np.abs(wave - wave.mean()).argmax() - SHOWN // 2, 0, max(0, len(wave) - SHOWN)))
        part = wave[first : first + SHOWN]
        unit, scale = ("ms", 1000.0) if hertz > 1000 else ("s", 1.0)
        x = scale * (first + np.arange(len(part))) / hertz
        title = "wave" if shape == views.SOUND else views.channels(sample)[0]
        return {"x": x, "y": part, "x_title": f"time, {unit}", "y_title": title, "style": "points"}
    if shape == views.GRAPH:
        y = np.array([len(sample["elements"]), np.shape(sample["edges"])[1]], float)
        return {"x": np.array(["nodes", "edges"]), "y": y, "x_title": "", "y_title": "how many", "style": "bars"}
    if shape == views.TABLE:
        streams = symbols(sample)
        if not streams:
            return None
        kinds = np.array([len(counted(s.ids)) for s in streams], float)
        name = np.array([s.name for s in streams], str)
        return {"x": name, "y": kinds, "x_title": "column", "y_title": "different values", "style": "bars", "log": "y"}
    return _spacing(columns(sample)) if shape == views.POINTS else None


def _pace(sample: Sample) -> Curve | None:
    """Words per minute along a spoken text, or per sentence or turn of a written one."""
    raw, at = sample["raw"], words_of(sample)[1]
    start, lasts = np.asarray(raw.get("start", ()), float), seconds(sample)
    if len(start) == len(raw["token"]) and lasts:
        edges = np.linspace(0, lasts, max(1, round(lasts / SPEECH)) + 1)
        y = 60 * np.histogram(start[at], edges)[0] / np.diff(edges)
        x, title, what = (edges[1:] + edges[:-1]) / 2, "time, s", "words/min"
    elif len(raw.get("turn", ())) == len(raw["token"]):
        y = np.unique(np.asarray(raw["turn"])[at], return_counts=True)[1].astype(float)
        what = sample["unit"]
        x, title = np.arange(1.0, len(y) + 1), what.rpartition("/")[2] or "part"
    else:
        return None
    return {"x": x, "y": y, "x_title": title, "y_title": what, "style": "bars", "baseline": np.full(len(y), y.mean())}


def _spacing(points: np.ndarray) -> Curve | None:
    """Histogram of the distance from each of at most 2,000 points to its nearest neighbour."""
    from scipy.spatial import cKDTree

    points = points[:: -(-len(points) // 2000)] if len(points) else points
    if len(points) < 2 or points.shape[1] > 3:
        return None
    apart = cKDTree(points).query(points, 2)[0][:, 1]
    y, edges = np.histogram(apart, 20)
    x = (edges[1:] + edges[:-1]) / 2
    return {"x": x, "y": y.astype(float), "x_title": "distance to the nearest point", "y_title": "points", "style": "bars"}
