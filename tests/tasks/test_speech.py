"""Sounds as networks meet them, and that the parts of every task share no voice, sentence or word."""

import numpy as np
import pytest
from torch import Generator

from components.tasks import mel, speech
from components.tasks.files import arrays

RNG = np.random.default_rng


def noise(seconds: float, hertz: int) -> np.ndarray:
    return RNG(0).uniform(-0.5, 0.5, round(seconds * hertz)).astype(np.float32)


def test_mel_scale_and_bank() -> None:
    assert mel.mel(np.array([0.0, 1000.0])) == pytest.approx([0, 1000], abs=0.1)
    bank = mel.bank()
    assert bank.shape == (20, 129)
    assert (np.diff(bank.argmax(1)) > 0).all()
    assert bank.max() <= 1


def test_levels_and_numbers_are_each_other() -> None:
    assert np.array_equal(mel.levels(mel.numbers(np.arange(64))), np.arange(64))
    assert mel.numbers(np.array([0, 63])).tolist() == [-2, 2]


def test_a_tone_is_in_its_band_and_loudness_does_not_matter() -> None:
    t = np.arange(8000) / 8000
    found = [int(mel.log_mel(np.sin(2 * np.pi * f * t), 8000).mean(0).argmax()) for f in (200, 500, 1000, 2000, 3500)]
    assert found == sorted(found)
    assert len(set(found)) == 5
    assert np.array_equal(mel.word(noise(0.5, 8000), 8000), mel.word(noise(0.5, 8000) / 8, 8000))


@pytest.mark.parametrize("hertz", [8000, 11_025, 22_050, 44_100, 96_000])
def test_the_rate_of_the_recording_does_not_matter(hertz: int) -> None:
    t = np.arange(hertz) / hertz
    wave = sum(np.sin(2 * np.pi * f * t * (1 + 0.1 * t)) for f in (300, 900, 1500))
    t8 = np.arange(8000) / 8000
    wave8 = sum(np.sin(2 * np.pi * f * t8 * (1 + 0.1 * t8)) for f in (300, 900, 1500))
    assert np.abs(mel.second(wave, hertz) - mel.second(wave8, 8000)).mean() < 0.1


def test_silence_around_a_word_is_cut_off() -> None:
    word = noise(0.4, 8000)
    quiet = np.concatenate([np.zeros(4000, np.float32), word, np.zeros(2400, np.float32)])
    assert np.abs(mel.word(quiet, 8000)[1:-1] - mel.word(word, 8000)[1:-1]).mean() < 0.15


def test_the_loudest_second_is_taken() -> None:
    wave = np.concatenate([0.1 * noise(2, 8000), noise(1, 8000), 0.1 * noise(2, 8000)])
    assert mel.second(wave, 8000).mean() > mel.second(wave[:16_000] + 0, 8000).mean() - 0.5
    assert mel.second(wave, 8000)[2:-2].min() > 0  # not the softer seconds around it, 20 dB below


def test_pooling_keeps_the_mean_of_each_step() -> None:
    frames = RNG(0).random((50, 20)).astype(np.float32)
    assert np.allclose(mel.pooled(frames), frames.reshape(25, 2, 20).mean(1), atol=1e-6)
    assert mel.pooled(frames[:3]).shape == (25, 20)


@pytest.mark.parametrize(("task", "train", "test"), [("digit", 2700, 900), ("speaker", 2000, 600), ("quality", 1536, 600)])
def test_parts_are_as_large_as_promised(task: str, train: int, test: int) -> None:
    for part, least in (("train", train), ("test", test)):
        x, y = speech.rows(task, part)
        assert len(x) == len(y) >= least
        assert np.abs(x).max() <= 2
        assert np.bincount(y).min() > 0.8 * np.bincount(y).max()


@pytest.mark.parametrize("task", ["digit", "quality"])
def test_no_synthetic_voice_is_in_both_parts(task: str) -> None:
    data = arrays("voices.npz")
    parts = [set(data[f"{task}/voice"][data[f"{task}/part"] == p]) for p in (0, 1)]
    assert not parts[0] & parts[1]
    assert sum(map(len, parts)) == len(data[f"{task}/voices"])


def test_spanish_by_allison_is_only_in_the_test() -> None:
    data = arrays("prompts.npz")
    spanish = data["speaker/set"] == 1
    assert set(data["speaker/part"][spanish]) == {1}
    assert set(data["speaker/y"][spanish]) == {0}
    assert (spanish & (data["speaker/part"] == 1)).sum() == 60


def test_prompts_are_split_by_name() -> None:
    """No second of the test is in training, whoever speaks."""
    x, _ = speech.rows("speaker", "train")
    seen = {row.tobytes() for row in x}
    assert not [row for row in speech.rows("speaker", "test")[0] if row.tobytes() in seen]


def test_the_test_of_a_person_is_ten_recordings() -> None:
    x, y = speech.draw(10, Generator().manual_seed(3), "test", "recorded")
    assert sorted(y.tolist()) == list(range(10))
    assert len({row.numpy().tobytes() for row in x}) == 10
