"""A picture taken apart into blocks. A hidden block has the mean colour of the picture."""

from collections.abc import Collection
from functools import partial
from itertools import pairwise

import numpy as np

from components.modalities.base import Parts
from components.modalities.pictures import picture
from components.values import Sample

BLOCKS = 8  # along each side
LARGE, NEAR = 64, 8  # pictures with a longer side have smaller blocks where a pixel is at most NEAR from the marked one
Box = tuple[int, int, int, int]


def grid(top: int, left: int, bottom: int, right: int) -> list[Box]:
    """At most 8 x 8 boxes (top, left, bottom, right; the last two excluded) that fill a box without overlap."""
    r = np.linspace(top, bottom, min(BLOCKS, bottom - top) + 1).astype(int)
    c = np.linspace(left, right, min(BLOCKS, right - left) + 1).astype(int)
    return [(int(a), int(x), int(b), int(y)) for a, b in pairwise(r) for x, y in pairwise(c)]


def boxes(h: int, w: int, mark: int) -> list[Box]:
    """The blocks of an `(h, w)` picture; in a large one, those near the marked pixel are divided again."""
    row, column = divmod(mark, w)
    found: list[Box] = []
    for box in grid(0, 0, h, w):
        apart = max(box[0] - row, row - box[2] + 1, box[1] - column, column - box[3] + 1)
        found += grid(*box) if max(h, w) > LARGE and apart <= NEAR else [box]
    return found


def parts(sample: Sample, mark: int) -> Parts:
    """Blocks of pixels by their place, counted from 1."""
    h, w = sample["grid"]
    number = np.arange(h * w).reshape(h, w)
    named = {f"rows {a + 1}–{b}, columns {x + 1}–{y}": number[a:b, x:y].ravel() for a, x, b, y in boxes(h, w, mark)}
    return Parts(named, partial(_hide, sample, mark, named))


def _hide(sample: Sample, mark: int, named: dict[str, np.ndarray], names: Collection[str]) -> tuple[Sample, int]:
    pixels = sample["raw"].reshape(-1, sample["raw"].shape[-1]).copy()
    mean = pixels.mean(0)
    for name in names:
        pixels[named[name]] = mean
    return picture(pixels.reshape(sample["raw"].shape), sample["about"]), mark
