"""A set taken apart: near points together, or element by element. Hidden points are taken away; where a network needs a fixed
number of elements, a hidden picture becomes the mean of the others and a hidden sign one of the other given signs."""

from collections.abc import Collection
from functools import partial

import numpy as np

from components.modalities.base import Parts
from components.modalities.set_samples import again
from components.values import BadInput, Sample

SINGLE, CLUSTERS = 48, 32  # points up to which each is a part of its own; clusters of more


def clusters(points: np.ndarray, count: int) -> np.ndarray:
    """Which of `count` clusters every point belongs to, `(n,)`: that of the nearest centre; the centres are points, each the
    farthest from those before it (Gonzalez 1985)."""
    apart = np.square(points - points[0]).sum(1)
    own = np.zeros(len(points), int)
    for k in range(1, min(count, len(points))):
        far = np.square(points - points[apart.argmax()]).sum(1)
        own[far < apart] = k
        apart = np.minimum(apart, far)
    return own


def parts(sample: Sample, mark: int) -> Parts:
    """Points or clusters, pictures, or given signs, counted from 1."""
    elements, kind = sample["elements"], sample.get("kind")
    n = len(elements)
    if kind == "signs":
        named = {f"{sample['raw']['name'][i]} ({i + 1})": np.array([i]) for i in np.flatnonzero(sample["raw"]["given"])}
    elif kind == "pictures" or n <= SINGLE:
        named = {f"{'picture' if kind else 'point'} {i + 1}": np.array([i]) for i in range(n)}
    else:
        own = clusters(elements, CLUSTERS)
        named = {f"cluster {k + 1}": np.flatnonzero(own == k) for k in np.unique(own)}
    return Parts(named, partial(_hide, sample, mark, named))


def _hide(sample: Sample, mark: int, named: dict[str, np.ndarray], names: Collection[str]) -> tuple[Sample, int]:
    """Raises BadInput where nothing would be left."""
    gone = np.zeros(len(sample["elements"]), bool)
    for name in names:
        gone[named[name]] = True
    if gone.all() or (sample.get("kind") == "signs" and gone[sample["raw"]["given"]].all()):
        raise BadInput("Nothing is left of this set.")
    elements = sample["elements"].copy()
    if sample.get("kind") == "pictures":
        elements[gone] = elements[~gone].mean(0)
    elif sample.get("kind") == "signs":
        left = np.flatnonzero(sample["raw"]["given"] & ~gone)
        elements[gone] = elements[np.resize(left, int(gone.sum()))]
    else:
        return again(sample, elements[~gone]), int(np.cumsum(~gone)[mark] - 1) if not gone[mark] else 0
    return again(sample, elements), mark
