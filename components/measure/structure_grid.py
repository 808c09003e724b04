"""Structure along time and space: what neighbours tell of an element, and what is left of it at coarser scales.

    r_l = mean of x_t x_{t+l}, of channels with mean 0 and variance 1, averaged over the directions of the grid
    R^2 = r_1^2      the part of the variance a straight line explains from the neighbour
    V_b = Var(means of blocks, b long in each direction) / Var(x);    shuffled: 1 / b^directions

Sources: Box & Jenkins 1970 for autocorrelation; Mandelbrot & Van Ness 1968 and Beran 1994 for the variance of block means.
"""

import numpy as np

from components.measure import views
from components.measure.base import number, undefined
from components.measure.surrogates import COPIES, SEED, chance, outside
from components.measure.views import form, seconds, signals
from components.values import Curve, Reading, Sample

SLIDE = "slide Modality Profile 3, structure"
LONGEST, LAGS, BLOCK = 2**16, 14, 8  # wave samples looked at; distances; block length that is reported
NEAR, FAR, LONG = "what a neighbour tells", "kept at a coarser scale", "correlation length"


def grid_of(sample: Sample) -> np.ndarray:
    """The sample as `(t, d)` or `(h, w, d)`, float32, every channel with mean 0 and variance 1; constant ones are left out."""
    shape = form(sample)
    if not len(sample["elements"]):
        return np.zeros((0, 0), np.float32)
    found = views.grey(sample)[..., None] if shape == views.PICTURE else np.stack([s.values for s in signals(sample)], -1)
    skip = max(0, len(found) - LONGEST) // 2
    found = found[skip : skip + LONGEST] if shape == views.SOUND else found
    axes = tuple(range(found.ndim - 1))
    found = found - found.mean(axes)
    size = found.std(axes)
    return np.ascontiguousarray((found / np.where(size > 1e-9, size, 1))[..., size > 1e-9], np.float32)


def lags(grid: tuple[int, ...]) -> np.ndarray:
    """Distances to look at, from 1 to half the shortest side, at most 2,048, ever further apart."""
    longest = min(2048, max(1, min(grid) // 2))
    return np.unique(np.round(np.geomspace(1, longest, LAGS)).astype(int))


def autocorrelation(x: np.ndarray, at: np.ndarray) -> np.ndarray:
    """r at the distances `at`, of `x (*grid, d)` with mean 0 and variance 1."""
    found = np.zeros(len(at))
    for axis in range(x.ndim - 1):
        rows = np.ascontiguousarray(np.moveaxis(x, axis, 0)).reshape(x.shape[axis], -1)
        found += [float(np.vdot(rows[:-l], rows[l:])) / ((len(rows) - l) * rows.shape[1]) for l in at.tolist()]
    return found / (x.ndim - 1)


def pyramid(x: np.ndarray) -> np.ndarray:
    """V of blocks 2, 4, 8, ... long, as long as two blocks fit in every direction."""
    kept, whole = [], float(np.square(x).mean())
    while min(x.shape[:-1]) >= 4:
        for axis in range(x.ndim - 1):
            even = x.shape[axis] // 2 * 2
            rows = np.moveaxis(x, axis, 0)[:even]
            x = np.moveaxis((rows[::2] + rows[1::2]) / 2, 0, axis)
        kept.append(float((x.var(tuple(range(x.ndim - 1)))).mean()) / whole)
    return np.array(kept)


def shuffled(x: np.ndarray, copies: int = COPIES) -> "list[np.ndarray]":
    """The same elements at random places, all channels of an element together."""
    rng, flat = np.random.default_rng(SEED), x.reshape(-1, x.shape[-1])
    return [flat[rng.permutation(len(flat))].reshape(x.shape) for _ in range(copies)]


def measure(sample: Sample) -> tuple[tuple[Reading, ...], bool, bool]:
    """What a neighbour tells, what coarser scales keep, correlation length; whether each of the first two is beyond chance."""
    x, sides = grid_of(sample), max(1, len(sample["grid"]) or (2 if form(sample) == views.PICTURES else 1))
    near = "Square of the correlation between neighbours: the part of an element's variance that the one beside it explains"
    coarse = "Variance of averages over blocks in parts of the variance of the elements; shuffled elements lose it fastest"
    formulas = (
        r"R^2=r_1^2,\quad r_l=\langle x_t\,x_{t+l}\rangle",
        r"V_b=\frac{\operatorname{Var}(\bar x_b)}{\operatorname{Var}(x)}",
    )
    sources = f"Box & Jenkins 1970; {SLIDE}", f"Beran 1994, Statistics for long-memory processes; {SLIDE}"
    why = "there are fewer than 4 elements in a direction" if min(x.shape[:-1]) < 4 else "all elements have the same value"
    if min(x.shape[:-1]) < 4 or not x.shape[-1]:
        missing = [(NEAR, "%", near, 0), (FAR, "%", coarse, 1), (LONG, "", "Where the correlation falls below 1/e", 0)]
        return tuple(undefined(n, u, f"{w}.", formulas[i], sources[i], why) for n, u, w, i in missing), False, False
    at = lags(x.shape[:-1])
    r, v = autocorrelation(x, at), pyramid(x)
    copies = shuffled(x)
    others = np.array([autocorrelation(c, at) for c in copies])
    kept = np.array([pyramid(c) for c in copies])
    b = min(len(v), round(np.log2(BLOCK))) - 1
    size = " × ".join([str(2 ** (b + 1))] * sides)
    found, far = outside(r[0], others[:, 0]), v[b] > kept[:, b].max()
    unit, scale, title = _distance(sample)
    first = _curve(at * scale, r, others, title, "correlation")
    second = _curve(2.0 ** np.arange(1, len(v) + 1), 100 * v, 100 * kept, "block length, elements", "variance kept, %")
    second["log"] = "xy"
    near += f"; {'beyond' if found else 'within'} what shuffled copies give, where {chance(COPIES)}."
    near += " Only the 65,536 samples in the middle are looked at." if form(sample) == views.SOUND and len(x) == LONGEST else ""
    coarse += f". Here blocks of {size}; by chance {100 * kept[:, b].mean():.2g} %."
    return (
        (
            number(NEAR, 100 * r[0] ** 2, "%", near, formulas[0], sources[0], first, chance=not found),
            number(FAR, 100 * v[b], "%", coarse, formulas[1], sources[1], second, chance=not outside(v[b], kept[:, b])),
            _length(at, r, unit, scale, sources[0]),
        ),
        found,
        bool(far),
    )


def _distance(sample: Sample) -> tuple[str, float, str]:
    """Unit of a distance, how much of it is one element, and the title of its axis."""
    lasts = seconds(sample)
    if form(sample) in (views.PICTURE, views.PICTURES):
        return "pixels", 1.0, "distance, pixels"
    if lasts is None:
        return "elements", 1.0, "distance, elements"
    n = len(sample["raw"]["wave"]) if form(sample) == views.SOUND else len(sample["elements"])
    return ("ms", 1000 * lasts / n, "distance, ms") if form(sample) == views.SOUND else ("s", lasts / n, "distance, s")


def _curve(x: np.ndarray, y: np.ndarray, copies: np.ndarray, x_title: str, y_title: str) -> Curve:
    return {
        "x": np.asarray(x, float),
        "y": y,
        "x_title": x_title,
        "y_title": y_title,
        "log": "x",
        "baseline": copies.mean(0),
        "low": copies.min(0),
        "high": copies.max(0),
    }


def _length(at: np.ndarray, r: np.ndarray, unit: str, scale: float, source: str) -> Reading:
    what = "How far apart two elements are when their correlation first falls below 1/e = 0.37, interpolated"
    formula = r"\min\{l : r_l<1/e\}"
    below = np.flatnonzero(r < np.exp(-1))
    if not len(below):
        return undefined(LONG, unit, f"{what}.", formula, source, "the correlation stays above 1/e over half the sample")
    i = int(below[0])
    known = np.concatenate([[0.0], at]), np.concatenate([[1.0], r])
    (x0, x1), (y0, y1) = (a[i : i + 2] for a in known)
    length = x0 + (x1 - x0) * (y0 - np.exp(-1)) / (y0 - y1)
    return number(LONG, float(length) * scale, unit, f"{what}.", formula, source)
