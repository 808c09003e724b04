"""Melodies, note by note: the sopranos of J. S. Bach's chorales (public domain), moved to C major or A minor.

A token is a pitch and a duration: "G4:1" is the G above middle C for one quarter note, "r:1/2" half a quarter of silence, and
"END" ends a melody and begins the next. No hymn tune is in both parts. Slide: "Sequence Generation" (music generation).
"""

from fractions import Fraction
from functools import cache

import numpy as np

from components.tasks.corpora import Corpus
from components.tasks.files import arrays

END, REST = "END", 0
STEPS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")


def note_name(pitch: int, sixteenths: int) -> str:
    """MIDI pitch (60 is middle C, 0 is silence) and duration as a token's name."""
    height = "r" if pitch == REST else f"{STEPS[pitch % 12]}{pitch // 12 - 1}"
    return f"{height}:{Fraction(sixteenths, 4)}"


@cache
def _read() -> tuple[tuple[tuple[int, int], ...], Corpus]:
    """Pitch and duration of every token, (0, 0) for END, and the corpus."""
    data = arrays("melodies.npz")
    pairs = np.stack([data["pitch"], data["sixteenths"]], 1).astype(np.int64)  # (0, 0) after every melody
    kinds, ids = np.unique(pairs, axis=0, return_inverse=True)
    ids = ids.reshape(-1)
    number = np.concatenate([[0], np.cumsum(pairs[:, 1] == 0)[:-1]])  # which melody each token belongs to
    held = data["test"][number]
    known = tuple((int(p), int(d)) for p, d in kinds)
    names = tuple(END if d == 0 else note_name(p, d) for p, d in known)
    return known, Corpus(names, ids[~held], ids[held], "note")


def melodies() -> Corpus:
    """The melodies, one after the other."""
    return _read()[1]


def played(ids: np.ndarray) -> np.ndarray:
    """Pitch and quarter notes of tokens, `(n, 2)`; END is (0, 0)."""
    table = np.array(_read()[0], np.float64)
    return table[ids] / (1, 4)


def sung(notes: np.ndarray, hertz: int = 16_000, quarter: float = 0.5) -> np.ndarray:
    """A simple synthetic voice: each note is a sum of five overtones that fades, `(t,)` in [-1, 1].

    wave(t) = sum_k 0.5^(k-1) sin(2 pi k f t) exp(-2 t), with f = 440 * 2^((pitch - 69) / 12)
    """
    parts = [np.zeros(hertz // 20)]
    for pitch, length in notes:
        n = int(length * quarter * hertz) or hertz // 2  # END: half a second of silence
        t = np.arange(n) / hertz
        if pitch == REST:
            parts.append(np.zeros(n))
            continue
        frequency = 440 * 2 ** ((pitch - 69) / 12)
        wave = sum(0.5 ** (k - 1) * np.sin(2 * np.pi * k * frequency * t) for k in range(1, 6))
        edge = np.minimum(1, np.minimum(t, t[::-1]) / 0.01)  # a hundredth of a second at both ends: no clicks
        parts.append(0.45 * wave * np.exp(-2 * t) * edge)
    return np.concatenate(parts).astype(np.float32)
