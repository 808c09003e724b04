"""A sound and what can be done to it: sampling rate, bit depth, frames, damage. Every change gives a new sample.

a wave     s[m], m = 0 ... , `hertz` numbers a second in [-1, 1], rounded to `bits` bits
a frame    x_ij = the spectrum of the 20 ms that begin at j * 10 ms, in decibels, from -100 dB (0) to full scale (1):
           x_ij[f] = clip(1 + 20 log10(2 |DFT(hann * s)[f]| / sum(hann)) / 100, 0, 1)
"""

import numpy as np

from components.tasks.mel import resampled
from components.values import Sample

DECIBELS, FULL = 100.0, 96_000  # from the softest to the loudest that is told apart; the highest sampling rate
WINDOW, HOP = 20, 10  # ms, as on the slide
AS_RECORDED, NO_FILTER = "as recorded", ", no filter"


def spectrogram(wave: np.ndarray, hertz: int, window: float, hop: float) -> np.ndarray:
    """The frames of a wave, `(t, d)` in [0, 1]: d = half the samples of a window + 1 frequencies, 0 Hz to hertz / 2.

    A wave shorter than a window is one frame, filled up with zeros.
    """
    length = max(2, round(window * hertz / 1000))
    wave = np.pad(wave, (0, max(0, length - len(wave))))
    count = 1 + int((len(wave) - length) / (hop * hertz / 1000) + 1e-9)
    starts = np.round(np.arange(count) * hop * hertz / 1000).astype(int)
    starts = np.minimum(starts, len(wave) - length)
    bell = np.hanning(length + 1)[:-1].astype(np.float32)
    found = np.empty((count, length // 2 + 1), np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(wave, length)
    for i in range(0, count, 256):  # a few at a time: long sounds would need a second copy of everything
        size = np.abs(np.fft.rfft(windows[starts[i : i + 256]] * bell)) * (2 / bell.sum())
        found[i : i + 256] = np.clip(1 + 20 / DECIBELS * np.log10(size + 1e-9), 0, 1)
    return found


def sound(wave: np.ndarray, hertz: int, bits: int, about: str, window: int = WINDOW, hop: int = HOP) -> Sample:
    """A sample from a wave `(t,)`; its elements are the frames of the spectrogram, `(t, d)`."""
    wave = np.clip(np.array(wave, np.float32), -1, 1)
    elements = spectrogram(wave, hertz, window, hop)
    return {
        "raw": {"wave": wave, "hertz": hertz, "bits": bits, "window": window, "hop": hop},
        "elements": elements,
        "grid": (len(elements),),
        "kind": "sound",
        "sound": (wave, hertz),
        "rate": 1000 / hop,
        "unit": "frames/s",
        "about": about,
    }


def changed(sample: Sample, **new: object) -> Sample:
    """The sample with some of wave, hertz, bits, window and hop replaced, and its frames computed again."""
    known = {name: sample["raw"][name] for name in ("wave", "hertz", "bits", "window", "hop")}
    return sound(**(known | new), about=sample["about"])


def rate(sample: Sample, value: str) -> Sample:
    """Another sampling rate, "8 kHz" or, without the filter that prevents aliasing, "8 kHz, no filter"."""
    if value == AS_RECORDED:
        return changed(sample)
    new = round(1000 * float(value.split()[0]))
    wave = resampled(sample["raw"]["wave"], sample["raw"]["hertz"], new, not value.endswith(NO_FILTER))
    return changed(sample, wave=wave, hertz=new)


def depth(sample: Sample, value: str) -> Sample:
    """Round every number of the wave to b bits, round(s 2^(b-1)) / 2^(b-1): 2^b values between -1 and 1."""
    if value == AS_RECORDED:
        return changed(sample)
    bits = int(value.split()[0])
    top = 2 ** (bits - 1)
    wave = np.clip(np.round(sample["raw"]["wave"].astype(np.float64) * top), -top, top - 1) / top
    return changed(sample, wave=wave, bits=bits)


def window(sample: Sample, milliseconds: int) -> Sample:
    """Frames of another length."""
    return changed(sample, window=milliseconds)


def hop(sample: Sample, milliseconds: int) -> Sample:
    """Frames that begin at another distance."""
    return changed(sample, hop=milliseconds)


def frames(sample: Sample) -> np.ndarray:
    """The input observation x_i: the frames one after the other, `(t, d)`; the marked one is the slide's vector."""
    return sample["elements"]


def noise(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """White noise added, SNR = -20 log10(strength) dB: at full strength it is as strong as the sound."""
    wave = sample["raw"]["wave"]
    size = strength * float(np.sqrt(np.mean(wave**2, dtype=float)))
    return changed(sample, wave=wave + size * rng.standard_normal(len(wave)).astype(np.float32))


def packets(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Packets of 20 ms are lost, each with probability `strength`: silence in their place, as on a bad line."""
    wave = sample["raw"]["wave"]
    length = max(1, round(0.02 * sample["raw"]["hertz"]))
    kept = rng.random(-(-len(wave) // length)) >= strength
    return changed(sample, wave=wave * np.repeat(kept, length)[: len(wave)])


def clipping(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Recorded too loud: all beyond 1 - 0.95 strength of the peak is cut off, and the rest made as loud as before."""
    wave = sample["raw"]["wave"]
    peak = float(np.abs(wave).max())
    limit = peak * (1 - 0.95 * strength)
    return changed(sample, wave=np.clip(wave, -limit, limit) * (peak / limit if limit else 1))


def quantisation(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Fewer bits a number, from as many as recorded at strength 0, where nothing changes, to 2 at strength 1."""
    own = sample["raw"]["bits"]
    bits = round(own - max(0, own - 2) * strength)
    return changed(sample) if strength == 0 or bits >= own else depth(sample, f"{bits} bit")


def muffled(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Low-pass (Butterworth, 8 poles, run both ways): the limit falls from half the sampling rate to 300 Hz."""
    from scipy.signal import butter, sosfiltfilt

    wave, hertz = sample["raw"]["wave"], sample["raw"]["hertz"]
    limit = hertz / 2 * (min(1.0, 600 / hertz)) ** strength
    if strength == 0 or limit >= 0.49 * hertz or len(wave) < 64:
        return changed(sample)
    return changed(sample, wave=sosfiltfilt(butter(8, limit, fs=hertz, output="sos"), wave))
