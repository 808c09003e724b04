"""The shape of a distribution in one number, each with the curve it is read from.

words       Zipf's exponent s of p(rank) ~ rank^-s, by maximum likelihood
waves       spectral flatness: geometric by arithmetic mean of the power spectrum
pictures    how steeply the power spectrum falls with spatial frequency
graphs      variance of the degrees by their mean
"""

import numpy as np

from components.measure.base import number, undefined
from components.measure.entropy import counted
from components.measure.views import form, grey, seconds, signals, symbols
from components.values import Curve, Reading, Sample

SLIDE = "slide Modality Profile, element distributions"
RINGS, LEAST = 24, 16  # spatial frequencies of a picture; pixels a side it needs
NARROW = f"one side has fewer than {LEAST} pixels"


def exponent(counts: np.ndarray) -> float:
    """Zipf's exponent of counts, most frequent first: the s that makes them likeliest under p(r) = r^-s / sum_{k<=K} k^-s.

    The likelihood has one maximum, where the expected log-rank equals the mean one; s is 0 for equal counts and at most 10.
    """
    from scipy.optimize import brentq

    log = np.log(np.arange(1.0, len(counts) + 1))
    mean = float(counts @ log / counts.sum())

    def miss(s: float) -> float:
        p = np.exp(-s * log)
        return float(p @ log / p.sum()) - mean

    if miss(0.0) <= 1e-12:
        return 0.0
    return float(brentq(miss, 0.0, 10.0)) if miss(10.0) < 0 else 10.0


def zipf(sample: Sample) -> Reading:
    """Zipf's exponent of words or symbols, and the rank-frequency curve."""
    what = (
        "How fast frequency falls with rank, fitted by maximum likelihood to all ranks. Large collections of texts give about 1; "
        "a short text gives less, as most of its words occur once"
    )
    formula, source = r"p(r)\propto r^{-s}", f"Zipf 1949; fit as in Goldstein, Morris & Yen 2004; {SLIDE}"
    streams = symbols(sample)
    counts = counted(streams[0].ids) if streams else np.zeros(0, int)
    if len(counts) < 2:
        return undefined("Zipf exponent", "", f"{what}.", formula, source, "there are fewer than two different symbols")
    s, rank = exponent(counts), np.arange(1.0, len(counts) + 1)
    log = np.log(rank)
    p = rank**-s / np.sum(rank**-s)
    spread = float(np.sqrt(max(1e-12, p @ log**2 - (p @ log) ** 2) * counts.sum()))
    what += f"; standard error {1 / spread:.2f}."
    curve: Curve = {
        "x": rank,
        "y": counts.astype(float),
        "x_title": "rank",
        "y_title": "how often",
        "style": "points",
        "log": "xy",
        "baseline": counts.sum() * p,
    }
    return number("Zipf exponent", s, "", what, formula, source, curve)


def flatness(sample: Sample) -> Reading:
    """Spectral flatness of a wave or series (Wiener entropy), the mean over channels, and the power spectrum.

    F = exp(mean ln P) / mean P over all frequencies above 0, with P by Welch's method in windows of at most 1,024 samples.
    """
    from scipy.signal import welch

    what = (
        "Geometric mean of the power spectrum by its arithmetic mean: 1 is noise with all frequencies alike, 0 a pure tone. "
        "The spectrum is Welch's, averaged over overlapping windows"
    )
    formula = r"F=\frac{\exp\big(\frac1K\sum_k\ln P_k\big)}{\frac1K\sum_k P_k}"
    source = f"Gray & Markel 1974; Welch 1967; {SLIDE}"
    waves = [s.values for s in signals(sample)]
    length = len(waves[0]) if waves else 0
    if length < 16:
        return undefined("spectral flatness", "", f"{what}.", formula, source, "there are fewer than 16 moments")
    waves = [w / np.abs(w).max() for w in waves if np.ptp(w) > 0]
    if not waves:
        return undefined("spectral flatness", "", f"{what}.", formula, source, "nothing moves: it is silent or constant")
    lasts = seconds(sample)
    hertz = length / lasts if lasts else 1.0
    window = min(1024, 2 ** int(np.log2(length / 4)) if length >= 64 else length)
    f, power = welch(np.stack(waves), fs=hertz, nperseg=window, axis=-1)
    f, power = f[1:], power[:, 1:] + 1e-30
    flat = np.exp(np.log(power).mean(-1)) / power.mean(-1)
    what += f"; mean over {len(waves)} channels." if len(waves) > 1 else "."
    decibels = 10 * np.log10(power.mean(0))
    curve: Curve = {
        "x": f,
        "y": decibels - decibels.max(),
        "x_title": "frequency, Hz" if lasts else "frequency, cycles per element",
        "y_title": "power, dB below the strongest",
    }
    return number("spectral flatness", float(flat.mean()), "", what, formula, source, curve)


def slope(sample: Sample) -> Reading:
    """The exponent a of P(f) ~ f^-a of a picture: least squares on the power averaged in rings of equal frequency, log on log."""
    what = (
        "How steeply power falls with spatial frequency: a straight line is fitted to the logarithms. 0 is noise, photographs "
        "have about 2, that is large smooth areas and few fine details"
    )
    formula, source = r"P(f)\propto f^{-\alpha}", f"Field 1987, natural images; {SLIDE}"
    picture = grey(sample) if len(sample["elements"]) else np.zeros((0, 0))
    if picture.ndim != 2 or min(picture.shape) < LEAST:
        return undefined("slope of the spectrum", "", f"{what}.", formula, source, NARROW)
    if np.ptp(picture) < 1e-6:
        return undefined("slope of the spectrum", "", f"{what}.", formula, source, "all pixels have the same grey")
    bell = np.hanning(picture.shape[0] + 2)[1:-1, None] * np.hanning(picture.shape[1] + 2)[None, 1:-1]
    power = np.abs(np.fft.fft2((picture - np.average(picture, weights=bell)) * bell)) ** 2
    ring = np.hypot(np.fft.fftfreq(picture.shape[0])[:, None], np.fft.fftfreq(picture.shape[1])[None])
    edges = np.geomspace(2.5 / min(picture.shape), 0.5, min(RINGS, min(picture.shape) // 2) + 1)
    place = np.digitize(ring.ravel(), edges)
    total, count = np.bincount(place, power.ravel(), len(edges) + 1), np.bincount(place, minlength=len(edges) + 1)
    filled = np.flatnonzero(count[1:-1]) + 1
    f = np.sqrt(edges[filled - 1] * edges[filled])
    mean = total[filled] / count[filled] + 1e-20 * total.sum()
    a, b = np.polyfit(np.log(f), np.log(mean), 1, w=np.sqrt(count[filled]))  # a ring of few frequencies says little
    curve: Curve = {
        "x": f,
        "y": mean,
        "x_title": "frequency, cycles per pixel",
        "y_title": "power",
        "style": "points",
        "log": "xy",
        "baseline": np.exp(b) * f**a,
    }
    return number("slope of the spectrum", -float(a), "", f"{what}.", formula, source, curve)


def dispersion(sample: Sample) -> Reading:
    """Variance of the degrees by their mean, and the degree distribution beside the Poisson one of a random graph."""
    from scipy.stats import poisson

    what = (
        "Variance of the degrees by their mean: 0 where all nodes have as many edges, 1 if edges fell at random, more with hubs"
    )
    formula = r"D=\frac{\operatorname{Var}k}{\langle k\rangle}"
    source = f"Cox & Lewis 1966, index of dispersion; degrees: Newman 2010, Networks, chapter 8; {SLIDE}"
    streams = symbols(sample) if form(sample) == "graph" else []
    degree = streams[0].ids if streams else np.zeros(0, int)
    if not degree.sum():
        return undefined("dispersion of degrees", "", f"{what}.", formula, source, "the graph has no edges")
    y = np.bincount(degree).astype(float)
    curve: Curve = {
        "x": np.arange(len(y), dtype=float),
        "y": y,
        "x_title": "degree",
        "y_title": "nodes",
        "style": "bars",
        "baseline": len(degree) * poisson.pmf(np.arange(len(y)), degree.mean()),
    }
    return number("dispersion of degrees", float(degree.var() / degree.mean()), "", f"{what}.", formula, source, curve)
