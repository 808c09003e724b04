"""A series taken apart into spans of time, channel by channel. A hidden part holds the channel's mean."""

from collections.abc import Collection
from functools import partial

import numpy as np

from components.modalities.base import Parts
from components.modalities.sensor_traces import changed
from components.values import Sample

SPAN, SPANS, CHANNELS = 0.2, 20, 12  # seconds; spans around the marked moment; more channels are hidden all at once


def parts(sample: Sample, mark: int) -> Parts:
    """Twenty spans of 0.2 s around the marked moment, each channel by itself, and what comes before and after them."""
    values, names, rate = sample["elements"], sample["raw"]["names"], sample["rate"]
    t, d = values.shape
    wide = max(1, round(SPAN * rate), -(-t // 4000))
    first = min(max(0, mark - wide * SPANS // 2), max(0, t - wide * SPANS))
    starts = np.arange(first, min(t, first + wide * SPANS), wide)
    cuts: dict[str, tuple[slice, slice]] = {}
    channel: dict[str, int] = {}
    for a in starts:
        b = min(a + wide, t)
        for c in range(d) if d <= CHANNELS else (-1,):
            label = f"{names[c]} ({c + 1}), " if c >= 0 else ""
            name = f"{label}{a / rate:.2f}–{b / rate:.2f} s"
            cuts[name] = (slice(a, b), slice(c, c + 1) if c >= 0 else slice(None))
            if c >= 0:
                channel[name] = c
    last = min(t, first + wide * SPANS)
    cuts |= {"all before": (slice(0, first), slice(None))} if first else {}
    cuts |= {"all after": (slice(last, t), slice(None))} if last < t else {}
    named = {name: np.arange(t)[rows] for name, (rows, _) in cuts.items()}
    return Parts(named, partial(_hide, sample, mark, cuts), channel)


def _hide(sample: Sample, mark: int, cuts: dict[str, tuple[slice, slice]], names: Collection[str]) -> tuple[Sample, int]:
    values = sample["elements"].copy()
    mean = values.mean(0, keepdims=True)
    for name in names:
        rows, columns = cuts[name]
        values[rows, columns] = mean[:, columns]
    return changed(sample, values), mark
