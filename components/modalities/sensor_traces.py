"""A series of a sensor as a sample, the windows that slide over it, and what can be changed about it.

A window of w moments moves on by a hop of h moments; the last one ends with the series, so that every moment is in one:

    windows begin at 0, h, 2 h, ... and at T - w
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from components.tasks.series import averaged
from components.values import Sample

WINDOW, OVERLAP = 50, 50  # moments, per cent
RATES = {f"1 of {k}": (k, False) for k in (10, 5, 2)} | {"all": (1, False)} | {f"mean of {k}": (k, True) for k in (2, 5, 10)}


def traces(
    values: np.ndarray, names: Sequence[str], units: Sequence[str], rate: float, sensor: str, about: str,
    window: int = WINDOW, overlap: int = OVERLAP,
) -> Sample:  # fmt: skip
    """A sample from a series `(t, d)`; `raw["window"]` holds the window's moments and how many it moves on, see `spans`."""
    elements = np.array(values, np.float32)
    wide = max(1, min(window, len(elements)))
    hop = max(1, round(wide * (100 - overlap) / 100))
    raw = {
        "values": elements.copy(),
        "names": tuple(names),
        "units": tuple(units),
        "sensor": (sensor,),
        "asked": (window, overlap),  # what the controls say, also where the series is shorter
        "window": np.array([wide, hop]),
    }
    return {
        "raw": raw,
        "elements": elements,
        "grid": (len(elements),),
        "rate": float(rate),
        "unit": "Hz",
        "kind": "traces",
        "about": about,
    }


def changed(sample: Sample, values: np.ndarray | None = None, **more: Any) -> Sample:
    """The same sample with other values, or with other facts about them."""
    raw = sample["raw"]
    window, overlap = raw["asked"]
    facts = {
        "values": sample["elements"] if values is None else values, "names": raw["names"], "units": raw["units"],
        "rate": sample["rate"], "sensor": raw["sensor"][0], "about": sample["about"], "window": window, "overlap": overlap,
    }  # fmt: skip
    return traces(**(facts | more))


def spans(sample: Sample) -> np.ndarray:
    """First moments of all windows, `(n,)`; the last window ends with the series."""
    wide, hop = sample["raw"]["window"]
    last = len(sample["elements"]) - wide
    return np.append(np.arange(0, last, hop), last)


def observe(sample: Sample) -> np.ndarray:
    """All input observations `(n, w d)`: row i is window i, moment after moment."""
    wide = sample["raw"]["window"][0]
    return np.stack([sample["elements"][a : a + wide].ravel() for a in spans(sample)])


def describe(sample: Sample) -> Mapping[str, int]:
    """Moments T and channels d of the series, moments w of a window, and how many windows n."""
    t, d = sample["elements"].shape
    return {"T": t, "d": d, "w": int(sample["raw"]["window"][0]), "n": len(spans(sample))}


def sample_rate(sample: Sample, how: str) -> Sample:
    """Fewer moments a second: every k-th is kept as it is, or the mean of each k takes their place."""
    count, mean = RATES[how]
    count = min(count, len(sample["elements"]))
    values = averaged(sample["elements"], count) if mean else sample["elements"][::count]
    return changed(sample, values, rate=sample["rate"] / count)


def window(sample: Sample, moments: int) -> Sample:
    """Longer or shorter windows, in moments; never longer than the series."""
    return changed(sample, window=moments)


def overlap(sample: Sample, share: int) -> Sample:
    """How much of a window, in per cent, the next one shares."""
    return changed(sample, overlap=share)


def channels(sample: Sample, which: str) -> Sample:
    """Only one of the two sensors: the first half of the channels or the second; a single channel stays."""
    d = sample["elements"].shape[1]
    half = slice(0, (d + 1) // 2) if which == "first" else slice(d // 2 if d == 1 else (d + 1) // 2, None)
    kept = slice(None) if which == "all" else half
    raw = sample["raw"]
    return changed(sample, sample["elements"][:, kept], names=raw["names"][kept], units=raw["units"][kept])


def deviation(values: np.ndarray) -> np.ndarray:
    """Standard deviation of every channel, `(d,)`."""
    return values.std(0, dtype=np.float64)


def noise(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Gaussian noise of strength times the channel's own deviation: at 1, signal and noise are equally strong."""
    values = sample["elements"]
    return changed(sample, values + strength * deviation(values) * rng.standard_normal(values.shape))


def drift(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Every channel slowly leaves its zero, up or down, by 3 strength of its deviations at the end, not quite evenly."""
    values = sample["elements"]
    time = np.linspace(0, 1, len(values))[:, None]
    shape = time + 0.15 * np.sin(2 * np.pi * time * rng.uniform(0.5, 2, values.shape[1]))
    sign = rng.choice([-1, 1], values.shape[1])
    return changed(sample, values + 3 * strength * deviation(values) * sign * shape)


def dropouts(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """The line is lost for about ten moments at a time, on the whole a part `strength` of them; the last value is held."""
    values = sample["elements"]
    lost = np.zeros(len(values), bool)
    for start in rng.permutation(len(values)):
        if lost.mean() >= strength:
            break
        lost[start : start + rng.integers(5, 16)] = True
    lost[0] &= strength >= 1
    held = np.maximum.accumulate(np.where(lost, 0, np.arange(len(values))))
    return changed(sample, values[held])


def quantisation(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Every channel is read in steps of 2 strength of its deviations, counted from its mean; at strength 0 nothing changes."""
    values = sample["elements"]
    middle, step = values.mean(0, dtype=np.float64), 2 * strength * deviation(values)
    wide = np.where(step > 0, step, 1)
    return changed(sample, np.where(step > 0, middle + wide * np.round((values - middle) / wide), values))


def stuck(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """The channel that varies most stops changing for the last part `strength` of the series."""
    values = sample["elements"].copy()
    last = round(len(values) * (1 - strength))
    worst = int((deviation(values) / (np.abs(values).max(0) + 1e-9)).argmax())
    values[last:, worst] = values[max(0, last - 1), worst]
    return changed(sample, values)
