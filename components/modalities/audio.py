"""Acoustic modality: air pressure, measured many times a second. Slide: "Acoustic Modality".

The input observation is the spectrogram, frame by frame: the slide's vector is the spectrum of 20 ms of sound.

    x_ij = clip(1 + 20 log10(2 |DFT(hann * s_j)| / sum(hann)) / 100, 0, 1),    s_j the samples of frame j
"""

from collections.abc import Callable
from functools import cache, partial

import numpy as np

from components.modalities import audio_readers
from components.modalities.audio_parts import parts
from components.modalities.audio_signal import (
    AS_RECORDED,
    HOP,
    NO_FILTER,
    WINDOW,
    clipping,
    depth,
    frames,
    hop,
    muffled,
    noise,
    packets,
    quantisation,
    rate,
    sound,
    window,
)
from components.modalities.audio_tasks import TASKS
from components.modalities.base import Control, Modality
from components.tasks.files import arrays
from components.values import Sample

RECORDED = (
    "three",
    "seven",
    "hello (Allison)",
    "hola (Allison)",
    "bonjour (June)",
    "ciao (Carlo)",
    "guitar",
    "cymbal",
    "crow",
    "normal voice",
    "whisper",
    "creaky voice",
)
RATES = (
    f"8 kHz{NO_FILTER}",
    "8 kHz",
    f"11.025 kHz{NO_FILTER}",
    "11.025 kHz",
    f"16 kHz{NO_FILTER}",
    "16 kHz",
    "22.05 kHz",
    "44.1 kHz",
    "48 kHz",
    "96 kHz",
    AS_RECORDED,
)
DEPTHS = ("2 bit", "4 bit", "8 bit", "16 bit", "24 bit", AS_RECORDED)


@cache
def recording(name: str) -> Callable[[], Sample]:
    """What makes the sample of a sound in `pretrained/data/sounds.npz`; it is decoded once."""
    data = arrays("sounds.npz")
    wave, hertz = audio_readers.decoded(data[name].tobytes())
    return partial(sound, wave, hertz, 16, str(data[f"{name}/about"]))


def example(name: str) -> Sample:
    """A recorded or spoken sound, as it was kept."""
    return recording(name)()


def sweep() -> Sample:
    """A tone that rises evenly from 100 Hz to 40 kHz in 3 seconds, 96 kHz: sin 2 pi (100 t + (40,000 - 100) t^2 / 6)."""
    t = np.arange(3 * 96_000) / 96_000
    wave = 0.5 * np.sin(2 * np.pi * (100 * t + (40_000 - 100) * t**2 / 6))
    return sound(wave, 96_000, 24, "Synthetic: a tone rising from 0.1 to 40 kHz, 96 kHz, 24 bit; few people hear above 16 kHz")


def fading() -> Sample:
    """A tone of 440 Hz whose loudness falls by 20 dB a second for 4 seconds, 44.1 kHz."""
    t = np.arange(4 * 44_100) / 44_100
    wave = 0.5 * 10 ** (-t) * np.sin(2 * np.pi * 440 * t)
    return sound(wave, 44_100, 24, "Synthetic: a tone of 440 Hz that grows 20 dB softer every second, 44.1 kHz, 24 bit")


def describe(sample: Sample) -> dict[str, int]:
    """Frames, numbers in a frame, and the sampling rate in Hz."""
    t, d = sample["elements"].shape
    return {"t": t, "d": d, "f_s": sample["raw"]["hertz"]}


MODALITY = Modality(
    name="audio",
    order=2,
    title="Audio",
    sentence="Sound is air pressure measured thousands of times a second. A model meets it in frames of about 20 ms, "
    "each as the strength of its frequencies.",
    slide="Acoustic Modality",
    formula=r"\mark{x_{ij}}=1+\tfrac{20}{100}\log_{10}\lvert\mathrm{DFT}(w\odot\mark{s_j})\rvert\in[0,1]^{d}",
    describe=describe,
    examples={name: partial(example, name) for name in RECORDED[:1]}
    | {"sweep": sweep, "fading tone": fading}
    | {name: partial(example, name) for name in RECORDED[1:]},
    read=dict.fromkeys(audio_readers.KINDS, audio_readers.read),
    observe=frames,
    controls={
        "rate": Control(
            "Sampling rate",
            RATES,
            AS_RECORDED,
            rate,
            "How often the air pressure is measured. A filter first takes out what is above half of it (Nyquist); without the "
            "filter it comes back as wrong, lower tones",
        ),
        "bits": Control("Bit depth", DEPTHS, AS_RECORDED, depth, "b bits tell 2^b pressures apart"),
        "window": Control(
            "Window, ms", (5, 10, 20, 40, 80), WINDOW, window, "Length of a frame: 1000 / window is the finest pitch in Hz"
        ),
        "hop": Control("Hop, ms", (5, 10, 20, 40), HOP, hop, "From the beginning of a frame to the beginning of the next"),
    },
    corrupt={"noise": noise, "lost packets": packets, "clipping": clipping, "muffled": muffled, "quantisation": quantisation},
    tasks=TASKS,
    parts=parts,
    presets={
        "Bad: 8 kHz without a filter": (
            "The tone rises, but past 4 kHz it is heard to fall again: aliasing.",
            {"example": "sweep", "rate": f"8 kHz{NO_FILTER}"},
        ),
        "Bad: 8 bit on a soft tone": (
            "Below half a step there is nothing: the end of the tone is gone, and what is left rustles.",
            {"example": "fading tone", "bits": "8 bit"},
        ),
        "Window 5 ms: when, not what": ("Fine in time, blurred in pitch.", {"example": "guitar", "window": 5, "hop": 5}),
        "Window 80 ms: what, not when": ("Fine in pitch, blurred in time.", {"example": "guitar", "window": 80}),
        "Allison in Spanish": (
            "Learnt from her English only. Is it her voice the network knows, or her language and microphone?",
            {"example": "hola (Allison)", "task": "speaker"},
        ),
        "Bad: a person's seven": (
            "This network learnt from synthetic voices and never heard a person. See what it hears.",
            {"example": "seven", "task": "digit of a person"},
        ),
    },
    check=(
        "Take the sweep at 8 kHz without a filter. At which frequency does the tone turn round, and what does the filter change?",
        "At 4 kHz, half the sampling rate (Nyquist): a tone of 5 kHz gives the same samples as one of 3 kHz. With the filter "
        "what is above 4 kHz is silent instead of wrong.",
    ),
)
