"""How much of what a place could see it does see: the effective receptive field.

    influence of pixel p on place q     g[p] = sqrt( sum over channels c and colours of (d a_c[q] / d x[p])^2 )
    width of the effective field        sqrt( number of pixels with g[p] >= 0.0455 max g )

The receptive field of the arithmetic is an upper bound: outside it g is exactly 0. Inside, paths through many layers add up
like coins, so g falls off like a Gaussian from the middle; 0.0455 is its height at two and a half standard deviations.
Source: Luo et al. 2016, "Understanding the effective receptive field in deep convolutional neural networks"; slide
"Convolutional Neural Networks" (multiple layers).
"""

from typing import NamedTuple

import numpy as np

PART = 0.0455


class Effective(NamedTuple):
    """The effective field of one place, in pixels."""

    width: float  # side of the square with as many pixels as have influence; 0 where nothing has
    row: float  # the middle of the influence
    column: float
    counted: np.ndarray  # (h, w) which pixels have influence


def effective(influence: np.ndarray) -> Effective:
    """The effective field of an influence `(h, w)`."""
    top = float(influence.max(initial=0.0))
    if top <= 0 or not np.isfinite(top):
        return Effective(0.0, (influence.shape[0] - 1) / 2, (influence.shape[1] - 1) / 2, np.zeros(influence.shape, bool))
    weight = influence.astype(np.float64) / top
    counted = weight >= PART
    rows, columns = weight.sum(1), weight.sum(0)
    middle = [float(np.arange(len(side)) @ side / side.sum()) for side in (rows, columns)]
    return Effective(float(np.sqrt(counted.sum())), middle[0], middle[1], counted)


def share_inside(influence: np.ndarray, box: tuple[int, int, int, int]) -> float:
    """The share of all influence in a box `(left, top, right, bottom)`, first pixels and those after the last; 1 for none."""
    left, top, right, bottom = box
    weight = influence.astype(np.float64)
    total = float(weight.sum())
    return 1.0 if total <= 0 else 1 - float((total - weight[top:bottom, left:right].sum()) / total)
