"""What the tasks over time share: series kept end to end, windows cut from them, and rates changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from torch import Generator


def separate(joined: np.ndarray, lengths: np.ndarray) -> list[np.ndarray]:
    """Series that were laid end to end, each by itself again."""
    return np.split(joined, np.cumsum(lengths)[:-1])


def averaged(values: np.ndarray, count: int) -> np.ndarray:
    """The mean of every `count` neighbouring rows, `(t, d) -> (t // count, d)`; an incomplete last group is left out."""
    whole = len(values) // count * count
    return values[:whole].reshape(-1, count, *values.shape[1:]).mean(1)


def resampled(values: np.ndarray, rate: float, wanted: float) -> np.ndarray:
    """A series at another rate: a whole number of rows averaged where that fits, else straight lines between the rows."""
    ratio = rate / wanted
    if abs(ratio - round(ratio)) < 1e-6 and ratio >= 1:
        return values if round(ratio) == 1 else averaged(values, round(ratio))
    if ratio > 1:  # average over a new step before picking, so that fast changes do not come out as slow ones
        reach = max(1, round(ratio))
        total = np.cumsum(np.pad(values, ((reach, 0), (0, 0)), "edge"), 0, dtype=np.float64)
        values = (total[reach:] - total[:-reach]) / reach
    old, new = np.arange(len(values)) / rate, np.arange(max(1, round(len(values) * wanted / rate))) / wanted
    return np.stack([np.interp(new, old, column) for column in values.T], -1).astype(np.float32)


def seeded(generator: "Generator") -> np.random.Generator:
    """NumPy's generator, begun from torch's, which every `draw` is given."""
    import torch

    return np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))


def cut(series: Sequence[np.ndarray], which: np.ndarray, starts: np.ndarray, length: int) -> np.ndarray:
    """Windows `(n, length, d)`: window i begins at row `starts[i]` of series `which[i]`."""
    return np.stack([series[w][s : s + length] for w, s in zip(which, starts, strict=True)]).astype(np.float32)


def evenly(label: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    """n row numbers drawn so that every class comes equally often."""
    share = 1 / np.bincount(label)[label]
    return rng.choice(len(label), n, p=share / share.sum())
