"""A player for the sound of a sample, at a rate every browser plays."""

import io
import wave
from functools import lru_cache

import numpy as np
import streamlit as st

PLAYED = (8_000, 96_000)
"""Rates browsers play; what lies outside is repeated or thinned without a filter, which keeps what can be heard."""


def player(signal: np.ndarray, hertz: int) -> None:
    """Let the learner hear `signal` (t,) or (t, c) in [-1, 1], sampled at `hertz`."""
    st.audio(_file(np.ascontiguousarray(signal, np.float32).tobytes(), signal.shape, hertz), format="audio/wav")


@lru_cache(maxsize=24)
def _file(data: bytes, shape: tuple[int, ...], hertz: int) -> bytes:
    """The signal as a WAV file of 16 bits."""
    signal = np.frombuffer(data, np.float32).reshape(shape)
    while hertz < PLAYED[0]:
        signal, hertz = np.repeat(signal, 2, axis=0), hertz * 2
    while hertz > PLAYED[1]:
        signal, hertz = signal[::2], hertz // 2
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1 if signal.ndim == 1 else signal.shape[1])
        file.setsampwidth(2)
        file.setframerate(hertz)
        file.writeframes((np.clip(signal, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()
