"""Noise: how strong it is beside the signal, and what is missing or wrong. Slide: "Modality Profile", 5 Noise.

    SNR = 10 log10( power of the signal / power of the noise ) dB,    power of the signal = variance - power of the noise

for what is measured in numbers (pictures, series, sound, points on a surface), see `noise_estimates.py`; for words, cells and
links the share that is missing, unknown or alone, see `noise_text.py` and `noise_shares.py`. First comes the reading on the card.
"""

import numpy as np

from components.measure import views
from components.measure.base import Dimension, number, undefined
from components.measure.noise_estimates import decibels, of_picture, of_points, of_series, of_sound, powers, tame
from components.measure.noise_shares import graph, local, symbols, table
from components.measure.noise_text import likely_typos, unknown
from components.measure.views import channels, form, grey, signals
from components.values import Reading, Sample

SLIDE = "slide “Modality Profile” 5"
SNR, FORMULA = "signal to noise", r"10\log_{10}\frac{\sigma_x^2-\sigma^2}{\sigma^2}"
HELD = 5  # moments on end that count as stuck


def measure(sample: Sample) -> tuple[Reading, ...]:
    """The noise of any sample: two or three readings, the first for the card."""
    shape = form(sample)
    makers = {
        views.PICTURE: lambda: (_picture(sample), _dead(sample)),
        views.SOUND: lambda: (_sound(sample), _silent(sample)),
        views.SERIES: lambda: (_series(sample), _stuck(sample)),
        views.TEXT: lambda: (likely_typos(sample), unknown(sample)),
        views.TABLE: lambda: table(sample),
        views.GRAPH: lambda: graph(sample),
        views.POINTS: lambda: (_surface(sample), local(sample)) if _in_space(sample) else (local(sample), _surface(sample)),
        views.PICTURES: lambda: (_pictures(sample), local(sample)),
    }
    return makers.get(shape, lambda: symbols(sample))()


def _snr(total: float, noise: float, method: str, formula: str, source: str) -> Reading:
    """A ratio in dB from the variance of all and of the noise, or why there is none."""
    why = ""
    if total <= 1e-18:
        why = "nothing varies, so there is no signal"
    elif noise <= 0:
        why = "nothing changes from one element to the next that this estimator could take for noise"
    elif noise >= total:
        why = "the estimate finds nothing but noise"
    if why:
        return undefined(SNR, "dB", method, formula, source, why)
    return number(SNR, decibels(total - noise, noise), "dB", method, formula, source)


def _picture(sample: Sample) -> Reading:
    method = "Noise is what four neighbouring pixels disagree about (the finest wavelet), in grey. Fine texture counts too."
    formula = r"\sigma=\frac{\operatorname{median}|d|}{0.6745},\qquad" + FORMULA
    picture = tame(grey(sample))
    if min(picture.shape) < 3:
        return undefined(SNR, "dB", method, formula, SLIDE, "a picture needs at least 3 × 3 pixels")
    total = float(picture.var())
    least = (1 / 255) ** 2 / 12 if picture.min() >= 0 and picture.max() <= 1 else 0.0
    noise = of_picture(picture) ** 2
    if noise < least:
        method += " It finds less than the rounding to 8 bit makes, so that is taken."
    return _snr(total, max(noise, least), method, formula, f"Donoho & Johnstone 1994; {SLIDE}")


def _dead(sample: Sample) -> Reading:
    """Pixels far from the middle of their neighbours."""
    from scipy.ndimage import median_filter

    name = "lone pixels"
    method = "Pixels more than a third of the range from the median of the nine around them: lost ones, and thin lines."
    picture, source = tame(grey(sample)), f"Tukey 1977 (running medians); {SLIDE}"
    reach = float(np.ptp(picture)) if picture.size else 0.0
    formula = r"\tfrac1n\,|\{|x-\operatorname{median}_9x|>\tfrac13\}|"
    if reach < 1e-9 or min(picture.shape) < 3:
        return undefined(name, "%", method, formula, source, "nothing varies or the picture is too small to have neighbours")
    far = np.abs(picture - median_filter(picture, 3, mode="nearest")) > reach / 3
    return number(name, 100 * float(far.mean()), "%", method, formula, source)


def _pictures(sample: Sample) -> Reading:
    """A set of small pictures: the median of their ratios."""
    found = [(float(v.var()), of_picture(v) ** 2) for v in (tame(s.values) for s in signals(sample))]
    method = "In each picture, noise is what four neighbouring pixels disagree about; the middle one of the set is read."
    ratio = [(t, n) for t, n in found if t > n > 0]
    total, noise = sorted(ratio, key=lambda pair: pair[0] / pair[1])[len(ratio) // 2] if ratio else (0.0, 0.0)
    return _snr(total, noise, method, FORMULA, f"Donoho & Johnstone 1994; {SLIDE}")


def _sound(sample: Sample) -> Reading:
    raw, wave = sample["raw"], np.nan_to_num(signals(sample)[0].values, posinf=0, neginf=0)
    method = "Frames of 20 ms: those within 3 dB of the quietest are taken for noise, the louder ones for noise and sound."
    formula, source = (
        r"10\log_{10}\frac{P_{\text{loud}}-P_{\text{quiet}}}{P_{\text{quiet}}}",
        f"Percentile of energies; {SLIDE}",
    )
    power = powers(wave, raw["hertz"])
    if len(power) < 5 or power.max() <= 1e-18:
        why = "the sound is silent" if len(power) >= 5 else "the sound is shorter than five frames of 20 ms"
        return undefined(SNR, "dB", method, formula, source, why)
    least = 2.0 ** (2 - 2 * int(raw.get("bits", 16))) / 12
    noise, sound = of_sound(power, least)
    if sound <= noise:
        why = "no frame is much quieter than the others: there is no pause in which the noise could be heard"
        return undefined(SNR, "dB", method, formula, source, why)
    if noise <= least:
        method += " The quiet ones hold no more than the noise of rounding."
    step = -(-len(power) // 600)
    shown = power[: len(power) // step * step].reshape(-1, step).mean(1)
    found = number(SNR, decibels(sound, noise), "dB", method, formula, source)
    level = 10 * np.log10(np.maximum(shown, least))
    found["curve"] = {"x": np.arange(len(shown)) * step * 0.02, "y": level, "x_title": "seconds", "y_title": "dB of a frame"}
    return found


def _silent(sample: Sample) -> Reading:
    """Stretches of exact zeros between sounds."""
    wave, hertz = signals(sample)[0].values, sample["raw"]["hertz"]
    name, method = "lost samples", "Numbers that are exactly 0 for at least 2 ms on end, between the first and the last sound."
    formula, heard = r"\tfrac1n\,|\{m:s_m=0\text{ for 2 ms}\}|", np.flatnonzero(wave)
    if not len(heard):
        return undefined(name, "%", method, formula, SLIDE, "the sound is silent")
    inside = wave[heard[0] : heard[-1] + 1]
    return number(name, 100 * held(inside == 0, max(2, round(0.002 * hertz))), "%", method, formula, SLIDE)


def held(same: np.ndarray, length: int) -> float:
    """The share of places `(n,)` that lie in a stretch of at least `length` true ones."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], same.astype(np.int8), [0]])))
    lengths = edges[1::2] - edges[::2]
    return float(lengths[lengths >= length].sum() / max(1, len(same)))


def _series(sample: Sample) -> Reading:
    method = "Noise is what a moment differs from the mean of the two beside it; each channel by itself, the middle one is read."
    formula = r"\sigma=\frac{\operatorname{median}|x_{t-1}-2x_t+x_{t+1}|}{0.6745\sqrt6},\qquad" + FORMULA
    source = f"Rice 1984, Gasser et al. 1986; {SLIDE}"
    if len(sample["elements"]) < 8:
        return undefined(SNR, "dB", method, formula, source, "a series needs at least eight moments")
    found = [(float(v.var()), of_series(v) ** 2) for v in (tame(s.values) for s in signals(sample))]
    known = {n: decibels(t - v, v) for (t, v), n in zip(found, channels(sample), strict=True) if t > v > 1e-12 * t}
    if not known:
        return _snr(max((t for t, _ in found), default=0.0), max((v for _, v in found), default=0.0), method, formula, source)
    reading = number(SNR, float(np.median(list(known.values()))), "dB", method, formula, source)
    names, ratio = np.array(list(known)), np.array(list(known.values()))
    reading["curve"] = {"x": names, "y": ratio, "x_title": "channel", "y_title": "dB", "style": "bars"}
    return reading


def _stuck(sample: Sample) -> Reading:
    """Moments at which nothing at all changes."""
    name, method = (
        "held moments",
        "Moments at which no channel changes, five or more on end: a lost line repeats its last value.",
    )
    values, formula = views.columns(sample), r"\tfrac1T\,|\{t:s_t=s_{t-1}\}|"
    if len(values) < 2 * HELD:
        return undefined(name, "%", method, formula, SLIDE, "a series needs at least ten moments")
    if not np.ptp(values, axis=0).any():
        return undefined(name, "%", method, formula, SLIDE, "no channel ever changes")
    return number(name, 100 * held((np.diff(values, axis=0) == 0).all(1), HELD), "%", method, formula, SLIDE)


def _in_space(sample: Sample) -> bool:
    """Whether points have three coordinates, and not a third number of another kind."""
    names = getattr(getattr(sample["raw"], "dtype", None), "names", None) or ("x", "y", "z")
    return views.columns(sample).shape[1] == 3 and names[-1] == "z"


def _surface(sample: Sample) -> Reading:
    method = "Noise is how far points lie from the curved surface that fits each one's 40 nearest neighbours best; "
    method += "where it is much wider than the gaps between points, too little of it is found."
    formula, source = r"10\log_{10}\frac{\sum_k\sigma_k^2}{\sigma_\perp^2}", f"Cazals & Pouget 2005; {SLIDE}"
    points = np.unique(tame(views.columns(sample)), axis=0)
    if not _in_space(sample):
        return undefined(SNR, "dB", method, formula, source, "these elements are no points in space, so they have no surface")
    if len(points) < 50:
        return undefined(SNR, "dB", method, formula, source, "a surface needs at least 50 different points")
    noise, total = of_points(points)
    return _snr(total, max(noise, 0.0), method, formula, source)


DIMENSION = Dimension(
    name="noise",
    order=5,
    title="Noise",
    definition="Natural imperfections: how strong the noise is beside the signal, and what is missing or wrong.",
    slide="Modality Profile 5",
    measure=measure,
)
