"""Noise as a share: cells that are missing, numbers and points that lie apart, nodes without a link, symbols nobody knows."""

import numpy as np

from components.measure import views
from components.measure.base import number, undefined
from components.measure.noise_estimates import outlying, tame
from components.measure.views import signals
from components.values import Reading, Sample

SLIDE = "slide “Modality Profile” 5"
LOCAL, NEIGHBOURS, MOST = 1.5, 20, 4000  # LOF from which a point is an outlier; neighbours; points looked at


def table(sample: Sample) -> tuple[Reading, ...]:
    frame = sample["raw"]["frame"]
    name, method = "missing cells", "Cells that nobody filled in, counted."
    apart, told = "outlying numbers", "Numbers more than 3.5 robust deviations from their column's median; heavy tails count too."
    source, formula = f"Iglewicz & Hoaglin 1993; {SLIDE}", r"\frac{|x-\operatorname{median}|}{1.4826\,\operatorname{MAD}}>3.5"
    if not frame.size:
        why = "the table has no cells"
        none = undefined(name, "%", method, r"\text{missing}/(n\,p)", SLIDE, why)
        return none, undefined(apart, "%", told, formula, source, why)
    share = frame.isna().mean().to_numpy(float)
    missing = number(name, 100 * float(frame.isna().to_numpy().mean()), "%", method, r"\frac{\text{missing}}{n\,p}", SLIDE)
    names = np.array([str(c) for c in frame.columns])
    missing["curve"] = {"x": names, "y": 100 * share, "x_title": "column", "y_title": "% missing", "style": "bars"}
    known = [s.values[np.isfinite(s.values)] for s in signals(sample)]
    out = [outlying(v) for v in known if len(v) >= 8 and np.ptp(v) > 0]
    if not out:
        why = "no column of numbers has eight different rows"
        return missing, undefined(apart, "%", told, formula, source, why)
    return missing, number(apart, 100 * float(np.concatenate(out).mean()), "%", told, formula, source)


def graph(sample: Sample) -> tuple[Reading, ...]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n, edges = len(sample["elements"]), np.asarray(sample["edges"], int).reshape(2, -1)
    name, method = "nodes without a link", "Nodes that no edge touches: lonely, or their edges were never recorded."
    apart = "nodes outside the largest part"
    told = "Nodes that no path of edges joins to the largest connected part."
    alone, largest, why = r"\tfrac1n|\{j:\deg j=0\}|", r"1-\tfrac1n\max_c|V_c|", "the graph has no nodes"
    if not n:
        return undefined(name, "%", method, alone, SLIDE, why), undefined(apart, "%", told, largest, SLIDE, why)
    degree = np.bincount(edges.ravel(), minlength=n)
    _, part = connected_components(coo_array((np.ones(edges.shape[1]), edges), shape=(n, n)), directed=False)
    outside = 1 - np.bincount(part).max() / n
    return (
        number(name, 100 * float((degree == 0).mean()), "%", method, alone, SLIDE),
        number(apart, 100 * float(outside), "%", told, largest, SLIDE),
    )


def local(sample: Sample) -> Reading:
    """Points with far fewer neighbours around them than their neighbours have."""
    name = "local outliers"
    method = "Points in a place at least 1.5 times as empty as that of their neighbours (local outlier factor)."
    formula, source = r"\tfrac1n\,|\{i:\operatorname{LOF}_i>1.5\}|", f"Breunig et al. 2000; {SLIDE}"
    points = np.unique(tame(views.columns(sample)), axis=0)
    if len(points) < 12:
        return undefined(name, "%", method, formula, source, "fewer than twelve different points have no neighbourhood")
    from sklearn.neighbors import LocalOutlierFactor

    if len(points) > MOST:
        points = points[np.random.default_rng(0).choice(len(points), MOST, replace=False)]
        method += f" Of {MOST:,} points drawn at random."
    model = LocalOutlierFactor(min(NEIGHBOURS, len(points) - 1)).fit(points)
    return number(name, 100 * float((-model.negative_outlier_factor_ > LOCAL).mean()), "%", method, formula, source)


def symbols(sample: Sample) -> tuple[Reading, ...]:
    """Symbols that mean "unknown": negative numbers. Of named ones nobody knows which they are."""
    name, method = "unknown symbols", "Elements with a negative number, which stands for “unknown”."
    formula, ids = r"\tfrac1n|\{i:x_i<0\}|", np.asarray(sample["elements"])
    why = "these are symbols, not quantities: none is larger than another"
    ratio = undefined("signal to noise", "dB", "Power of the signal against that of the noise.", r"P_x/P", SLIDE, why)
    if not len(ids):
        return undefined(name, "%", method, formula, SLIDE, "there are no elements"), ratio
    return number(name, 100 * float((ids.reshape(len(ids), -1)[:, 0] < 0).mean()), "%", method, formula, SLIDE), ratio
