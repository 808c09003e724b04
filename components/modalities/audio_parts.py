"""A sound taken apart into spans of time. A hidden span is silent."""

from collections.abc import Collection
from functools import partial
from itertools import pairwise

import numpy as np

from components.modalities.audio_signal import changed
from components.modalities.base import Parts
from components.values import Sample

SPAN, MOST = 0.06, 40  # seconds; spans at most, longer ones in long sounds


def parts(sample: Sample, mark: int) -> Parts:
    """Spans of about 60 ms by their time; a frame belongs to the span in which its middle lies."""
    raw = sample["raw"]
    length = len(raw["wave"]) / raw["hertz"]
    count = max(1, min(MOST, round(length / SPAN)))
    ends = np.linspace(0, length, count + 1)
    middle = np.arange(len(sample["elements"])) * raw["hop"] / 1000 + raw["window"] / 2000
    place = np.clip(np.searchsorted(ends, middle, side="right") - 1, 0, count - 1)
    named, cuts = {}, {}
    for i, (a, b) in enumerate(pairwise(ends)):
        name = f"{1000 * a:.0f}–{1000 * b:.0f} ms"
        named[name], cuts[name] = np.flatnonzero(place == i), (round(a * raw["hertz"]), round(b * raw["hertz"]))
    return Parts(named, partial(_hide, sample, mark, cuts))


def _hide(sample: Sample, mark: int, cuts: dict[str, tuple[int, int]], names: Collection[str]) -> tuple[Sample, int]:
    wave = sample["raw"]["wave"].copy()
    for name in names:
        wave[slice(*cuts[name])] = 0
    return changed(sample, wave=wave), mark
