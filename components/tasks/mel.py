"""Sound as a network meets it: a log-mel spectrogram of fixed size, `(k, 20)`, from any wave at any sampling rate.

    m(f)    = 2595 log10(1 + f / 700)                       mel: equal steps sound equally far apart
    P[j, b] = sum_f bank[b, f] |DFT(hann * frame j)[f]|^2   window 20 ms, hop 10 ms, as on the slide
    v[j, b] = max(0, 1 + 10 log10(P[j, b] / max P) / 60)    from 60 dB below the loudest (0) to the loudest (1)
    x       = 4 v - 2                                       about zero, as networks learn best

Sources: mel scale, O'Shaughnessy, Speech Communication (1987); lecture, slide "Acoustic Modality". The networks listen at
8 kHz, like a telephone: what is recorded at another rate is brought to it first.
"""

from fractions import Fraction
from functools import cache

import numpy as np

HERTZ, WINDOW, HOP, LENGTH = 8000, 160, 80, 256  # samples of a frame, between frames, of the DFT
BANDS, LOW, HIGH, RANGE = 20, 100.0, 3800.0, 60.0  # Hz, Hz, dB
STEPS, SECOND, LEVELS = 25, 100, 63  # time steps of x; frames in a second; steps between 0 and 1 that are kept
TRIM = 35.0  # so many dB below the loudest moment counts as silence


def mel(hertz: np.ndarray) -> np.ndarray:
    """Frequency on the mel scale: 2595 log10(1 + f / 700)."""
    return 2595 * np.log10(1 + hertz / 700)


def edges() -> np.ndarray:
    """Where the bands begin, have their middles and end: 22 places equally far apart in mel."""
    low, high = mel(np.array([LOW, HIGH])).tolist()
    return np.linspace(low, high, BANDS + 2)


@cache
def bank() -> np.ndarray:
    """Triangles that sum neighbouring frequencies into bands, `(20, 129)`, their middles equally spaced in mel."""
    at = mel(np.fft.rfftfreq(LENGTH, 1 / HERTZ))
    left, middle, right = edges()[:-2, None], edges()[1:-1, None], edges()[2:, None]
    rise, fall = (at - left) / (middle - left), (right - at) / (right - middle)
    return np.clip(np.minimum(rise, fall), 0, None)


def resampled(wave: np.ndarray, hertz: int, new: int, filtered: bool = True) -> np.ndarray:
    """The wave `(t,)` at another sampling rate.

    Filtered, everything above the lower of the two Nyquist frequencies is taken out first. Without the filter the wave is
    only read off at the new moments, so that what is too high for the new rate comes back as a lower tone: aliasing.
    """
    if new == hertz:
        return wave.copy()
    if not filtered:
        moments = np.arange(max(1, round(len(wave) * new / hertz))) * (hertz / new)
        return np.interp(moments, np.arange(len(wave)), wave).astype(np.float32)
    from scipy.signal import resample_poly

    ratio = Fraction(new, hertz).limit_denominator(1000)
    return resample_poly(wave.astype(np.float32), ratio.numerator, ratio.denominator).astype(np.float32)


def log_mel(wave: np.ndarray, hertz: int) -> np.ndarray:
    """v of a whole wave, `(frames, 20)` in [0, 1], a frame every 10 ms; silence is all zeros."""
    wave = resampled(wave, hertz, HERTZ)
    wave = np.pad(wave, (0, max(0, WINDOW - len(wave))))
    frames = np.lib.stride_tricks.sliding_window_view(wave, WINDOW)[::HOP] * np.hanning(WINDOW + 1)[:-1]
    power = np.abs(np.fft.rfft(frames, LENGTH)) ** 2 @ bank().T
    loudest = max(float(power.max()), 1e-9)
    return np.clip(1 + 10 * np.log10(power / loudest + 1e-12) / RANGE, 0, 1).astype(np.float32)


def spoken(frames: np.ndarray) -> np.ndarray:
    """The frames `(frames, 20)` without the silence before and after: the loudest band stays 35 dB below the loudest moment."""
    loud = np.flatnonzero(frames.max(1) > 1 - TRIM / RANGE)
    return frames[loud[0] : loud[-1] + 1] if len(loud) else frames


def pooled(frames: np.ndarray, steps: int = STEPS) -> np.ndarray:
    """The frames as a fixed number of steps: each the mean of the frames that fall into it, `(steps, 20)`."""
    n = len(frames)
    start = np.arange(steps) * n // steps
    stop = np.maximum(start + 1, (np.arange(steps) + 1) * n // steps)
    total = np.concatenate([np.zeros((1, frames.shape[1])), np.cumsum(frames, 0, dtype=float)])
    return ((total[stop] - total[start]) / (stop - start)[:, None]).astype(np.float32)


def numbers(levels: np.ndarray) -> np.ndarray:
    """x from its levels 0 ... 63, as they are kept in files: v = level / 63 in steps of about one decibel, x = 4 v - 2."""
    return (levels.astype(np.float32) * np.float32(4 / LEVELS) - 2).astype(np.float32)


def levels(x: np.ndarray) -> np.ndarray:
    """The other way: x as levels 0 ... 63."""
    return np.round((x + 2) * (LEVELS / 4)).astype(np.uint8)


def word(wave: np.ndarray, hertz: int) -> np.ndarray:
    """One word, however long it takes, as 25 steps: `(25, 20)`. Silence around it is cut off first."""
    return numbers(np.round(LEVELS * pooled(spoken(log_mel(wave, hertz)))))


def piece(frames: np.ndarray) -> np.ndarray:
    """A second of frames `(100, 20)` as 25 steps of 40 ms, measured from its own loudest moment: `(25, 20)`."""
    loudest_is_one = np.where(frames > 0, np.clip(frames + 1 - frames.max(), 0, 1), 0)
    return numbers(np.round(LEVELS * pooled(loudest_is_one)))


def second(wave: np.ndarray, hertz: int) -> np.ndarray:
    """The loudest second of a sound: `(25, 20)`. What is shorter ends in silence."""
    frames = spoken(log_mel(wave, hertz))
    frames = np.pad(frames, ((0, max(0, SECOND - len(frames))), (0, 0)))
    loud = np.concatenate([[0.0], np.cumsum(frames.mean(1), dtype=float)])
    start = int(np.argmax(loud[SECOND:] - loud[:-SECOND]))
    return piece(frames[start : start + SECOND])


def heard(x: np.ndarray, seconds: float) -> np.ndarray:
    """What is left of a sound in x `(25, 20)`, made audible again: a wave `(t,)` at 8 kHz, 0.5 loud.

    One tone in the middle of each band, as loud as x says (a channel vocoder, Dudley 1939). Pitch and breath are gone.
    """
    t = np.arange(round(seconds * HERTZ)) / HERTZ
    middles = 700 * (10 ** (edges()[1:-1] / 2595) - 1)
    steps = (np.arange(len(x)) + 0.5) * seconds / len(x)
    total = np.zeros_like(t)
    for number, (hertz, v) in enumerate(zip(middles, (x.T + 2) / 4, strict=True)):
        loudness = np.interp(t, steps, np.where(v > 1 / LEVELS / 2, 10 ** ((v - 1) * RANGE / 20), 0))
        total += loudness * np.sin(2 * np.pi * (hertz * t + number * number / 7))  # phases apart, lest all begin together
    return (0.5 * total / max(1e-9, float(np.abs(total).max()))).astype(np.float32)
