"""How much of a sample a damage has reached: a share of its elements, and where they are numbers, a signal-to-noise ratio.

    SNR = 10 log10( signal power / noise power ) dB,   signal = deviations from the mean,   noise = what the damage changed

The signal and the noise of every column (colour, channel, coordinate) are measured on that column's own scale first, so that
millimetres do not drown newtons. Source: lecture, slide "Modality Profile", 5 Noise.
"""

from collections import Counter

import numpy as np

from components.values import Sample


def numbers(sample: Sample) -> np.ndarray:
    """What is damaged, as rows of numbers or words: samples of the wave, cells, words, edges, or the elements, `(n, d)`."""
    raw, kind = sample["raw"], sample.get("kind")
    if kind == "sound":
        return raw["wave"][:, None]
    if kind == "table":
        frame = raw["frame"][[name for name in raw["frame"].columns if name != raw["answer"]]]
        return frame.astype(object).where(frame.notna(), None).to_numpy()
    if kind == "text":
        return np.array(raw["token"], object)[:, None]
    return sample["elements"] if sample["elements"].ndim == 2 else sample["elements"][:, None]


def changed(before: Sample, after: Sample) -> float:
    """The share of elements that are no longer what they were, 0 to 1: of pixels, words, wave samples, cells, points; of a
    graph, edges lost and added, compared with the edges there were."""
    if "edges" in before:
        ends = [s["edges"] if before["raw"]["directed"] else np.sort(s["edges"], 0) for s in (before, after)]
        was, now = ({tuple(e) for e in both.T.tolist()} for both in ends)
        gone = (before["elements"] != after["elements"]).any(1).mean() if len(before["elements"]) == len(after["elements"]) else 0
        return max(len(was ^ now) / max(1, len(was)), float(gone))
    a, b = numbers(before), numbers(after)
    if len(a) != len(b):
        return abs(len(a) - len(b)) / max(len(a), len(b))
    if before.get("kind") == "table":
        return float((a != b).mean())
    if not before["grid"]:
        return _of_set(a, b)
    if a.dtype == object:
        return float((a != b).any(1).mean())
    return float((np.abs(a - b) > 1e-6).any(1).mean())


def _of_set(a: np.ndarray, b: np.ndarray) -> float:
    """The share of the rows of `a` that are not in `b`, whatever their order; of rows that come several times, each counts."""
    was, now = (Counter(row.tobytes() for row in np.ascontiguousarray(x)) for x in (a, b))
    return (was - now).total() / max(1, len(a))


def snr(before: Sample, after: Sample) -> float:
    """Signal-to-noise ratio of `after` against `before` in dB; infinite where nothing changed.

    Not a number where it has no meaning: words, cells, edges, sets that lost an element, and what does not vary at all.
    """
    a, b = numbers(before), numbers(after)
    if (
        a.dtype == object
        or "edges" in before
        or before["elements"].ndim == 1
        or before.get("kind") == "signs"
        or a.shape != b.shape
    ):
        return float("nan")
    if not before["grid"] and _of_set(a, b) + 1e-9 < (a != b).any(1).mean():
        return float("nan")  # the rows come in another order
    power = a.var(0, dtype=np.float64)
    varies = power > 1e-12
    if not varies.any():
        return float("nan")
    noise = (np.square(b - a, dtype=np.float64).mean(0)[varies] / power[varies]).mean()
    return float(-10 * np.log10(noise)) if noise > 1e-12 else float("inf")
