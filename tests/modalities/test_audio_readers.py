"""Sound files as they come: what is promised is read, and one sentence for each that cannot be used."""

import io
import struct

import numpy as np
import pytest
import soundfile

from components.modalities.audio import MODALITY
from components.modalities.audio_readers import read
from components.values import BadInput

TONE = (0.5 * np.sin(np.arange(8000) / 10)).astype(np.float32)


def encoded(wave: np.ndarray = TONE, hertz: int = 8000, kind: str = "WAV", subtype: str = "PCM_16") -> bytes:
    out = io.BytesIO()
    soundfile.write(out, wave, hertz, format=kind, subtype=subtype)
    return out.getvalue()


def wav(hertz: int = 8000, channels: int = 1, bits: int = 16, size: int | None = None, body: bytes = b"\1\0" * 2000) -> bytes:
    """A WAV file whose header may lie."""
    size = len(body) if size is None else size
    block = channels * bits // 8
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, hertz, hertz * block & 0xFFFFFFFF, block & 0xFFFF, bits)
    return struct.pack("<4sI4s", b"RIFF", 36 + len(body), b"WAVE") + head + struct.pack("<4sI", b"data", size) + body


BAD = {
    "empty": (b"", "empty"),
    "one byte": (b"\xff", "not a sound"),
    "text": (b"not a sound at all" * 100, "not a sound"),
    "html": (b"<html><script>alert(1)</script></html>", "not a sound"),
    "picture in RIFF": (b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 100, "not a sound"),
    "aiff": (encoded(kind="AIFF"), "not a sound"),
    "wrong magic": (b"fLaC" + b"nonsense" * 50, "damaged|not a sound"),
    "wav of nothing": (b"RIFF\x24\0\0\0WAVE", "damaged|shorter"),
    "truncated flac": (encoded(np.random.default_rng(0).uniform(-1, 1, 8000), kind="FLAC")[:300], "damaged|shorter"),
    "truncated ogg": (encoded(kind="OGG", subtype="VORBIS")[:200], "damaged|shorter"),
    "mp3 of noise": (b"\xff\xfb" + bytes(range(256)) * 20, "damaged|shorter|outside"),
    "id3 and nothing": (b"ID3\x04\0\0\0\0\0\0", "damaged|shorter"),
    "no samples": (encoded(TONE[:0]), "shorter"),
    "one sample": (encoded(TONE[:1]), "shorter"),
    "0 Hz": (wav(hertz=0), "damaged|outside"),
    "1 Hz": (wav(hertz=1), "outside"),
    "a thousand million Hz": (wav(hertz=10**9), "outside|damaged"),
    "300 channels": (wav(channels=300, body=b"\1\0" * 60_000), "channels|damaged"),
    "9 channels": (encoded(np.zeros((4000, 9))), "8 channels"),
    "nan": (encoded(np.where(np.arange(8000) == 4000, np.nan, TONE), subtype="FLOAT"), "not finite"),
    "infinity": (encoded(np.where(np.arange(8000) == 4000, np.inf, TONE), subtype="FLOAT"), "not finite"),
    "too many bytes": (encoded() + b"\0" * (10 * 2**20), "limit is 10 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_refusals_are_one_sentence(name: str) -> None:
    data, why = BAD[name]
    with pytest.raises(BadInput, match=why) as refusal:
        read(data)
    text = str(refusal.value)
    assert "\n" not in text
    assert "<" not in text
    assert text.endswith(".")
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize(
    ("kind", "subtype", "bits", "error"),
    [("WAV", "PCM_U8", 8, 0.01), ("WAV", "PCM_16", 16, 1e-4), ("WAV", "PCM_24", 24, 1e-6), ("WAV", "FLOAT", 32, 1e-7),
     ("FLAC", "PCM_16", 16, 1e-4), ("FLAC", "PCM_24", 24, 1e-6), ("OGG", "VORBIS", 16, 0.2)],
)  # fmt: skip
def test_every_promised_kind_is_read(kind: str, subtype: str, bits: int, error: float) -> None:
    sample = read(encoded(kind=kind, subtype=subtype))
    wave, hertz = sample["sound"]
    assert hertz == 8000
    assert sample["raw"]["bits"] == bits
    assert np.abs(wave[:8000] - TONE).max() < error
    assert set(MODALITY.read) == {"wav", "flac", "ogg", "mp3"}


def test_mp3_is_read() -> None:
    wave, hertz = read(encoded(np.tile(TONE, 4), 44_100, "MP3", "MPEG_LAYER_III"))["sound"]
    assert hertz == 44_100
    assert 0.3 < np.abs(wave).max() <= 1


@pytest.mark.parametrize("size", [0x7FFFFFF0, 0xFFFFFFFF, 10**6])
def test_a_header_that_promises_more_costs_nothing(size: int) -> None:
    assert len(read(wav(size=size))["sound"][0]) == 2000


def test_a_wav_cut_off_is_what_is_there() -> None:
    assert len(read(encoded()[:8044])["sound"][0]) == 4000


def test_long_sounds_are_kept_for_twenty_seconds() -> None:
    bomb = encoded(np.zeros(8000 * 600), kind="FLAC")  # ten minutes of silence in few bytes
    assert len(bomb) < 100_000
    sample = read(bomb)
    assert len(sample["sound"][0]) == 20 * 8000
    assert "20 seconds" in sample["about"]
    assert sample["elements"].max() == 0


def test_channels_are_mixed_and_loud_floats_made_to_fit() -> None:
    stereo = read(encoded(np.stack([TONE, -TONE], 1)))
    assert np.abs(stereo["sound"][0]).max() < 1e-4
    assert "one channel" in stereo["about"]
    assert np.abs(read(encoded(TONE * 1e30, subtype="FLOAT"))["sound"][0]).max() == pytest.approx(1)


def test_the_highest_rates_are_brought_to_96_khz() -> None:
    sample = read(encoded(np.tile(TONE, 10), 192_000))
    assert sample["raw"]["hertz"] == 96_000
    assert len(sample["sound"][0]) == 40_000
    assert "96 kHz" in sample["about"]
    with pytest.raises(BadInput, match="192 kHz"):
        read(encoded(TONE, 200_000))
