"""Relevance: how much an element says about what is asked. Slide: "Modality Profile", 6 Relevance (task, context dependence).

Which elements matter depends on the question, so most samples have no reading without one; `importance.py` measures it with a
model. Two kinds of sample bring a question of their own:

    a table with an answer column   I(C; Y) = sum p(c, y) log2 p(c, y) / (p(c) p(y))     bits, for each column C
    a graph with kinds of nodes     I(K; K') of the kinds at the two ends of an edge     bits: what the context says

Columns are estimated by scikit-learn from the 3 nearest neighbours (Kraskov et al. 2004; Ross 2014 where one of the two is a
class); kinds from counts, with the correction of Miller (1955).
"""

from typing import Any

import numpy as np

from components.measure.base import Dimension, number, undefined
from components.measure.views import GRAPH, TABLE, form, has
from components.values import Reading, Sample

MOST, FEWEST = 2000, 20  # rows that are looked at, and rows that are needed
SLIDE = "Zeiler & Fergus 2014; slide “Modality Profile” 6"
SOURCE = "Kraskov et al. 2004, Ross 2014; slide “Modality Profile” 6"
INFORMATION = r"I(C;Y)=\sum_{c,y}p(c,y)\log_2\frac{p(c,y)}{p(c)\,p(y)}"


def measure(sample: Sample) -> tuple[Reading, ...]:
    """Which column says most about the answer, or how much a neighbour's kind says; else why a question is needed."""
    shape = form(sample)
    if shape == TABLE and sample["raw"].get("answer"):
        return _columns(sample)
    if shape == GRAPH and has(sample["raw"], "labels"):
        return _kinds(sample)
    why, source = "a question is needed first", SLIDE
    part = undefined(
        "relevance", "", "How much the answer changes when a part is hidden.", r"f(x)-f(x_{\setminus p})", source, why
    )
    what = "How much the answer to a part changes when all the rest is hidden."
    return part, undefined("context dependence", "", what, r"f(x_p)-f(\varnothing)", source, why)


def coded(cells: Any) -> tuple[np.ndarray, bool]:
    """A column as numbers with NaN where missing, and whether they are classes rather than quantities."""
    if cells.dtype.kind in "iufM":
        values = cells.astype("int64").where(cells.notna()) if cells.dtype.kind == "M" else cells
        return values.to_numpy(float, na_value=np.nan), False
    codes = cells.astype("category").cat.codes.to_numpy(float)
    return np.where(codes < 0, np.nan, codes), True


def told(column: np.ndarray, classes: bool, y: np.ndarray, y_classes: bool) -> float:
    """I(C; Y) in bits from the rows where both are known; NaN where there are too few, or one does not vary."""
    from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

    known = np.isfinite(column) & np.isfinite(y)
    x, y = column[known], y[known]
    if len(y) < FEWEST or np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan")
    estimate = mutual_info_classif if y_classes else mutual_info_regression
    scaled = x if classes else (x - x.mean()) / x.std()
    y = y if y_classes else (y - y.mean()) / y.std()
    return float(estimate(scaled[:, None], y, discrete_features=classes, random_state=0)[0] / np.log(2))


def _columns(sample: Sample) -> tuple[Reading, ...]:
    frame, answer = sample["raw"]["frame"], sample["raw"]["answer"]
    part = frame if len(frame) <= MOST else frame.sample(MOST, random_state=0)
    what = f"How many bits a column says about “{answer}”, from the {len(part):,} rows" + (
        f" drawn from {len(frame):,}." if len(part) < len(frame) else "."
    )
    name, less = "bits the most telling column has about the answer", "columns that say little"
    little = "The share of columns that say less than a tenth of what the most telling one says, each taken alone."
    under = r"\tfrac{1}{p}\,|\{C:I(C;Y)<0.1\max I\}|"
    y, classes = coded(part[answer])
    names = [c for c, of in zip(frame.columns, sample["raw"]["kinds"], strict=True) if c != answer and of != "text"]
    bits = np.array([told(*coded(part[c]), y, classes) for c in names])
    if not np.isfinite(bits).any():
        why = f"no column varies in at least {FEWEST} rows where the answer is known"
        return undefined(name, "bits", what, INFORMATION, SOURCE, why), undefined(less, "%", little, under, SOURCE, why)
    order = np.argsort(-np.nan_to_num(bits, nan=-1.0), kind="stable")
    best = names[order[0]]
    y_title = f"bits about “{answer}”"
    curve: Any = {"x": np.array([str(names[i]) for i in order]), "y": np.nan_to_num(bits[order]), "x_title": "column",
                  "y_title": y_title, "style": "bars"}  # fmt: skip
    first = number(name, bits[order[0]], "bits", f"{what} Most: “{best}”.", INFORMATION, SOURCE, curve)
    share = float(np.mean(np.nan_to_num(bits) < 0.1 * bits[order[0]]))
    return first, number(less, 100 * share, "%", little, under, SOURCE)


def _kinds(sample: Sample) -> tuple[Reading, ...]:
    """I(K; K') in bits: how much the kind of a neighbour says about a node's kind."""
    name, formula = "bits a neighbour's kind says", r"I(K;K')=\sum_{k,k'}p(k,k')\log_2\frac{p(k,k')}{p(k)\,p(k')}"
    what = "How much is known of a node's kind from the kind of a node it is linked to, counted over all edges, both ways."
    source = "Newman 2003; Miller 1955; slide “Modality Profile” 6"
    labels, edges = np.asarray(sample["raw"]["labels"], int), np.asarray(sample["edges"], int).reshape(2, -1)
    alike, same = "links between like kinds", "The share of edges whose two ends are of one kind."
    why = "all nodes are of one kind" if len(np.unique(labels)) < 2 else "there are fewer than four edges"
    if len(np.unique(labels)) < 2 or edges.shape[1] < 4:
        return undefined(name, "bits", what, formula, source, why), undefined(alike, "%", same, r"\sum_kp(k,k)", source, why)
    ends = labels[np.concatenate([edges, edges[::-1]], 1)]
    _, ends = np.unique(ends, return_inverse=True)
    ends = ends.reshape(2, -1)
    table = np.zeros((ends.max() + 1,) * 2)
    np.add.at(table, tuple(ends), 1)
    p, expected = table / table.sum(), table.sum(1, keepdims=True) * table.sum(0) / table.sum() ** 2
    bits = float((p[p > 0] * np.log2(p[p > 0] / expected[p > 0])).sum())
    bias = (np.count_nonzero(table) - 2 * len(table) + 1) / (2 * edges.shape[1] * np.log(2))
    first = number(name, max(0.0, bits - bias), "bits", what, formula, source)
    return first, number(alike, 100 * float(np.trace(p)), "%", same, r"\sum_kp(k,k)", source)


DIMENSION = Dimension(
    name="relevance",
    order=6,
    title="Relevance",
    definition="How much an element matters. It depends on the question, and on what else is there.",
    slide="Modality Profile 6",
    measure=measure,
)
