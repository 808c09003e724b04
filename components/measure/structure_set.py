"""Structure of a set of points: it has no order, and what structure there is lies in where the points are.

    points    R = mean distance to the nearest point / the same in uniform clouds       1: scattered at random, below: gathered
              D = d log C(r) / d log r, C the part of pairs closer than r                the dimension of the shape

Sources: Clark & Evans 1954; Grassberger & Procaccia 1983.
"""

import numpy as np

from components.measure.base import number, undefined
from components.measure.surrogates import COPIES, SEED, chance, outside
from components.measure.views import columns
from components.values import Curve, Reading, Sample

SLIDE = "slide Modality Profile 3, structure"
MOST, PAIRED = 1_024, 512  # points looked at; points whose pairs are
FEWEST, SMALL, LARGE = 3, 64, (0.01, 0.1)  # points for R; points for D; parts of the pairs between which D is read
NEAR, FAR = "distance to the nearest", "dimension of the shape"


def points_of(sample: Sample) -> np.ndarray:
    """At most 1,024 points drawn at random, `(n, d)`, without coordinates that are the same for all."""
    found = columns(sample)
    if len(found) > MOST:
        found = found[np.sort(np.random.default_rng(SEED).permutation(len(found))[:MOST])]
    return found[:, np.ptp(found, 0) > 1e-9 * (1 + np.abs(found).max())] if len(found) else found


def nearest(points: np.ndarray) -> np.ndarray:
    """Distance from every point to its nearest neighbour, `(n,)`."""
    from scipy.spatial import cKDTree

    return cKDTree(points).query(points, 2)[0][:, 1]


def dimension(points: np.ndarray) -> tuple[float, np.ndarray]:
    """D, and the distances of all pairs in order."""
    from scipy.spatial.distance import pdist

    apart = np.sort(pdist(points[:PAIRED]))
    low, high = (max(1, int(part * len(apart))) for part in LARGE)
    near, far = apart[low - 1], apart[high - 1]
    return (float(np.log(high / low) / np.log(far / near)) if far > near > 0 else float("nan")), apart


def measure(sample: Sample) -> tuple[tuple[Reading, ...], bool, bool]:
    """Nearest-neighbour statistic and dimension; whether the first is beyond chance, and the second below a uniform cloud's."""
    x = points_of(sample)
    one = "Mean distance of a point to its nearest neighbour, divided by the same in clouds scattered evenly in the same box"
    two = "How the number of pairs grows with their distance: 1 along a line, 2 over a surface, 3 in a volume"
    formulas = r"R=\frac{\bar r}{\overline{r}_{\text{uniform}}}", r"D=\frac{d\log C(r)}{d\log r}"
    sources = f"Clark & Evans 1954; {SLIDE}", f"Grassberger & Procaccia 1983; {SLIDE}"
    if len(x) < FEWEST or not x.shape[1]:
        why = f"there are fewer than {FEWEST} points" if len(x) < FEWEST else "all points are at the same place"
        missing = undefined(NEAR, "", f"{one}.", formulas[0], sources[0], why)
        return (missing, undefined(FAR, "", f"{two}.", formulas[1], sources[1], why)), False, False
    rng = np.random.default_rng(SEED)
    copies = [x.min(0) + np.ptp(x, 0) * rng.random(x.shape) for _ in range(COPIES)]
    own, others = nearest(x), np.array([nearest(c) for c in copies])
    found = outside(own.mean(), others.mean(1))
    one += f"; {'beyond' if found else 'within'} chance: {chance(COPIES)}."
    one += f" {MOST:,} points are drawn at random." if len(sample["elements"]) > MOST else ""
    ratio = float(own.mean() / others.mean())
    first = number(NEAR, ratio, "× uniform", one, formulas[0], sources[0], _spacing(own, others), chance=not found)
    d, apart = dimension(x) if len(x) >= SMALL else (float("nan"), np.zeros(0))
    if np.isnan(d):
        why = f"there are fewer than {SMALL} points" if len(x) < SMALL else "too many points are at the same place"
        return (first, undefined(FAR, "", f"{two}.", formulas[1], sources[1], why)), found, False
    spread = np.array([dimension(c)[0] for c in copies[:9]])
    two += f". Read where 1 to 10 % of pairs are closer; a uniform cloud of as many points gives {spread.mean():.2f}."
    second = number(FAR, d, "", two, formulas[1], sources[1], _pairs(apart, copies[0]), chance=not outside(d, spread))
    return (first, second), found, d < spread.min()


def _spacing(own: np.ndarray, others: np.ndarray) -> Curve:
    edges = np.linspace(0, max(own.max(), np.quantile(others, 0.99)), 21)
    y, *rest = (np.histogram(row, edges)[0].astype(float) for row in (own, *others))
    band = np.array(rest)
    return {
        "x": (edges[1:] + edges[:-1]) / 2,
        "y": y,
        "x_title": "distance to the nearest point",
        "y_title": "points",
        "style": "bars",
        "baseline": band.mean(0),
        "low": band.min(0),
        "high": band.max(0),
    }


def _pairs(apart: np.ndarray, cloud: np.ndarray) -> Curve:
    part = np.geomspace(max(1e-3, 2 / len(apart)), 1, 20)
    x = np.unique(np.quantile(apart, part))
    x = x[x > 0]
    other = dimension(cloud)[1]
    return {
        "x": x,
        "y": np.searchsorted(apart, x, "right") / len(apart),
        "x_title": "distance",
        "y_title": "part of pairs closer",
        "log": "xy",
        "baseline": np.maximum(np.searchsorted(other, x, "right"), 0.5) / len(other),
    }
