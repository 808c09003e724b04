"""Sound files a learner brings: WAV, FLAC, Ogg, MP3. Every limit is named here, and every refusal is one sentence (`BadInput`).

A file is only read where its first bytes say what it is, and never more than its first 20 seconds: what a header
promises costs nothing.
"""

import io
import threading

import numpy as np
import soundfile

from components.modalities.audio_signal import FULL, sound
from components.modalities.readers import weighed
from components.tasks.mel import resampled
from components.values import BadInput, Sample

SECONDS, SHORTEST = 20, 0.02
RATES, CHANNELS = (1_000, 192_000), 8
KINDS = ("wav", "flac", "ogg", "mp3")
FORMATS = ("WAV", "WAVEX", "FLAC", "OGG", "MP3")
BITS = {"PCM_S8": 8, "PCM_U8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 32, "FLOAT": 32, "DOUBLE": 64, "ULAW": 8, "ALAW": 8}
BROKEN = (RuntimeError, ValueError, TypeError, OverflowError, EOFError, OSError, MemoryError, AssertionError)
_decoding = threading.Semaphore(1)


def known(data: bytes) -> bool:
    """Whether the first bytes are those of WAV, FLAC, Ogg, or MP3 (its tag, or the eleven set bits of a frame)."""
    if data[:4] == b"RIFF":
        return data[8:12] == b"WAVE"
    return data[:4] in (b"fLaC", b"OggS") or data[:3] == b"ID3" or (data[0] == 0xFF and len(data) > 1 and data[1] >= 0xE0)


def decoded(data: bytes) -> tuple[np.ndarray, int]:
    """A shipped sound file as a wave `(t,)` and its Hz."""
    wave, hertz = soundfile.read(io.BytesIO(data), dtype="float32")
    return wave, int(hertz)


def read(data: bytes) -> Sample:
    """A sound file as a sample: its first 20 seconds, channels mixed to one, at most 96 kHz.

    Raises:
        BadInput: empty, over 10 MB, not a sound of a known kind, damaged, NaN or infinity, a rate outside 1 to 192 kHz, more
            than 8 channels, or shorter than 0.02 seconds.
    """
    weighed(data)
    if not known(data):
        raise BadInput("This is not a sound that can be read here; use WAV, FLAC, Ogg or MP3.")
    damaged = BadInput("This sound is damaged or incomplete; it could not be decoded.")
    try:
        with _decoding, soundfile.SoundFile(io.BytesIO(data)) as file:
            return _sample(file)
    except BadInput:
        raise
    except BROKEN:
        raise damaged from None


def _sample(file: soundfile.SoundFile) -> Sample:
    hertz, promised = file.samplerate, file.frames
    if file.format not in FORMATS:
        raise BadInput("This is not a sound that can be read here; use WAV, FLAC, Ogg or MP3.")
    if not RATES[0] <= hertz <= RATES[1]:
        raise BadInput("The sampling rate of this sound is outside 1 to 192 kHz, the limits here.")
    if file.channels > CHANNELS:
        raise BadInput(f"This sound has more than {CHANNELS} channels, the limit here.")
    parts: list[np.ndarray] = []
    for _ in range(SECONDS):  # second by second: only one channel is kept, and only so much
        part = file.read(hertz, dtype="float32", always_2d=True)
        if not len(part):
            break
        parts.append(part.mean(1))
    wave = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    if not np.isfinite(wave).all():
        raise BadInput("This sound has numbers that are not finite (NaN or infinity).")
    if len(wave) < SHORTEST * hertz:
        raise BadInput(f"This sound is shorter than {SHORTEST} seconds, the least that makes one frame.")
    wave = wave / max(1.0, float(np.abs(wave).max()))
    words = ["Your sound"] + [f"its first {SECONDS} seconds"] * (promised > len(wave) == SECONDS * hertz)
    words += ["mixed to one channel"] * (file.channels > 1) + [f"brought from {hertz / 1000:g} to 96 kHz"] * (hertz > FULL)
    if hertz > FULL:
        wave, hertz = resampled(wave, hertz, FULL), FULL
    return sound(wave, hertz, BITS.get(file.subtype, 16), ", ".join(words))
