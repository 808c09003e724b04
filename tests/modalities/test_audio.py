"""Audio: what the slide says of sampling rate, bit depth, window and hop, and that every change can be heard."""

import numpy as np
import pytest

from components.learn.exercise import Lesson, answer, learn
from components.modalities.audio import MODALITY, fading, sweep
from components.modalities.audio_signal import (
    changed,
    clipping,
    depth,
    hop,
    muffled,
    noise,
    packets,
    quantisation,
    rate,
    sound,
    spectrogram,
    window,
)
from components.values import BadInput, Sample

RNG = np.random.default_rng
DAMAGES = (noise, packets, clipping, muffled, quantisation)


def tone(hertz: float, rate: int = 48_000, seconds: float = 0.5, size: float = 0.5) -> Sample:
    return sound(size * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate), rate, 24, "a test")


def pitch(sample: Sample) -> float:
    """The strongest frequency of the whole wave, in Hz."""
    wave, hertz = sample["sound"]
    return float(np.abs(np.fft.rfft(wave * np.hanning(len(wave)))).argmax() * hertz / len(wave))


def test_a_frame_is_the_formula() -> None:
    wave = RNG(0).uniform(-1, 1, 4000).astype(np.float32)
    found = spectrogram(wave, 8000, 20, 10)
    bell = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(160) / 160)
    size = 2 * np.abs(np.fft.rfft(wave[80 * 7 : 80 * 7 + 160] * bell)) / bell.sum()
    assert found.shape == (1 + (4000 - 160) // 80, 81)
    assert np.allclose(found[7], np.clip(1 + 20 * np.log10(size) / 100, 0, 1), atol=1e-4)


def test_a_full_tone_is_one_and_half_as_loud_is_six_decibels_less() -> None:
    full, half = (tone(1000, size=s)["elements"].max() for s in (1.0, 0.5))
    assert full == pytest.approx(1, abs=0.002)
    assert full - half == pytest.approx(0.0602, abs=0.001)


@pytest.mark.parametrize(("value", "hertz"), [("8 kHz", 8000), ("11.025 kHz", 11_025), ("96 kHz", 96_000)])
def test_sampling_rate_keeps_pitch_and_length(value: str, hertz: int) -> None:
    sample = rate(tone(1000), value)
    assert sample["raw"]["hertz"] == sample["sound"][1] == hertz
    assert len(sample["sound"][0]) == pytest.approx(0.5 * hertz, abs=2)
    assert pitch(sample) == pytest.approx(1000, abs=3)


@pytest.mark.parametrize(("true", "heard"), [(3000, 3000), (5000, 3000), (7000, 1000), (9000, 1000)])
def test_without_the_filter_a_tone_above_nyquist_comes_back_lower(true: float, heard: float) -> None:
    assert pitch(rate(tone(true), "8 kHz, no filter")) == pytest.approx(heard, abs=3)
    loud = np.abs(rate(tone(true), "8 kHz")["sound"][0][400:-400]).max()
    assert loud > 0.45 if true < 4000 else loud < 0.01


def test_more_samples_bring_nothing_back() -> None:
    narrow = rate(rate(sweep(), "8 kHz"), "48 kHz")
    assert narrow["elements"][:, narrow["elements"].shape[1] // 4 :].max() < 0.5 < narrow["elements"].max()


@pytest.mark.parametrize("bits", [2, 4, 8, 16])
def test_bits_are_levels_and_six_decibels_each(bits: int) -> None:
    """SNR of a full tone rounded to b bits is 6.02 b + 1.76 dB (Bennett 1948)."""
    sample = tone(997, size=1 - 2.0 ** (1 - bits))
    wave = sample["raw"]["wave"].astype(float)
    rough = depth(sample, f"{bits} bit")["raw"]["wave"].astype(float)
    assert len(np.unique(rough)) <= 2**bits
    assert np.allclose(rough * 2 ** (bits - 1), np.round(rough * 2 ** (bits - 1)))
    if bits == 2:
        return  # the formula takes steps to be small
    snr = 10 * np.log10(np.sum(wave**2) / np.sum((rough - wave) ** 2))
    assert snr == pytest.approx(6.02 * bits + 1.76, abs=3 if bits < 8 else 1)


def test_eight_bits_silence_the_end_of_a_fading_tone() -> None:
    kept, lost = fading(), depth(fading(), "8 bit")
    last = slice(-22_050, None)
    assert np.abs(kept["sound"][0][last]).max() > 0
    assert np.abs(lost["sound"][0][last]).max() == 0


def test_window_and_hop() -> None:
    sample = MODALITY.examples["guitar"]()
    assert window(sample, 80)["elements"].shape[1] == pytest.approx(4 * sample["elements"].shape[1], abs=4)
    assert hop(sample, 5)["rate"] == 200
    assert len(hop(sample, 5)["elements"]) == pytest.approx(2 * len(sample["elements"]), abs=2)
    assert np.array_equal(window(hop(sample, 40), 5)["sound"][0], sample["sound"][0])


def test_a_long_window_tells_tones_apart_and_a_short_one_clicks() -> None:
    pair = sound(tone(1000)["raw"]["wave"] * 0.5 + tone(1060)["raw"]["wave"] * 0.5, 48_000, 24, "a test")
    peaks = [int(((f[1:-1] > f[:-2]) & (f[1:-1] > f[2:]) & (f[1:-1] > 0.8)).sum()) for f in
             (window(pair, w)["elements"][3] for w in (5, 80))]  # fmt: skip
    assert peaks == [1, 2]


def test_every_damage_is_heard_and_none_at_strength_zero() -> None:
    sample = MODALITY.examples["three"]()
    for damage in DAMAGES:
        same, worse = damage(sample, 0.0, RNG(0)), damage(sample, 0.7, RNG(0))
        assert np.allclose(same["elements"], sample["elements"], atol=1e-5), damage
        assert np.abs(worse["sound"][0] - sample["sound"][0]).max() > 0.01, damage
        assert np.array_equal(worse["sound"][0], worse["raw"]["wave"]), damage


def test_damage_has_the_strength_it_says() -> None:
    sample = tone(1000, seconds=2)
    wave = sample["raw"]["wave"].astype(float)
    added = noise(sample, 0.1, RNG(0))["raw"]["wave"] - wave
    assert 10 * np.log10((wave**2).mean() / (added**2).mean()) == pytest.approx(20, abs=0.2)
    holes = packets(sample, 0.3, RNG(0))["raw"]["wave"].reshape(-1, 960)
    assert (np.abs(holes).max(1) == 0).mean() == pytest.approx(0.3, abs=0.1)
    cut = clipping(sample, 0.5, RNG(0))["raw"]["wave"]
    assert np.abs(cut).max() == pytest.approx(0.5, abs=1e-3)
    assert (np.abs(cut) > 0.499).mean() > 0.5
    ramp = sound(np.linspace(-1, 1, 4000), 8000, 16, "a test")
    worse = [quantisation(ramp, s, RNG(0))["raw"] for s in (0.5, 1.0)]
    assert [raw["bits"] for raw in worse] == [9, 2]
    assert [len(np.unique(raw["wave"])) for raw in worse] == [2**9, 4]
    assert np.array_equal(quantisation(sample, 0.0, RNG(0))["raw"]["wave"], sample["raw"]["wave"])
    assert np.abs(muffled(sample, 1.0, RNG(0))["raw"]["wave"][9600:-9600]).max() < 0.01


@pytest.mark.parametrize("task", MODALITY.tasks)
def test_any_sound_enters_a_task(task: str) -> None:
    enter = MODALITY.tasks[task].enter
    shape = (25, 20)
    for make in MODALITY.examples.values():
        x = enter(make(), 0)
        assert x.shape == shape
        assert np.abs(x).max() <= 2
    for n, hertz in ((30, 1000), (161, 8000), (500, 96_000)):
        assert enter(sound(RNG(0).uniform(-1, 1, n), hertz, 16, "a test"), 0).shape == shape
    with pytest.raises(BadInput, match="silent"):
        enter(sound(np.zeros(8000), 8000, 16, "a test"), 0)


def test_what_a_network_reads_is_heard_again_and_may_be_changed() -> None:
    task = MODALITY.tasks["digit"]
    x = task.enter(MODALITY.examples["three"](), 0)
    shown = task.show(x)
    assert np.array_equal(task.enter(shown, 0), x)
    assert "features" not in changed(shown)["raw"]
    again = task.enter(changed(shown), 0)
    assert np.corrcoef(again.ravel(), x.ravel())[0, 1] > 0.8  # the tones say what the numbers say


@pytest.mark.parametrize(
    ("task", "least"), [("digit", 0.85), ("digit of a person", 0.5), ("speaker", 0.93), ("voice quality", 0.8)]
)
def test_tasks_are_learnt(task: str, least: float) -> None:
    *_, frame = learn(Lesson("audio", task, given=MODALITY.tasks[task]))
    hits = frame["answer"] == frame["truth"]
    assert hits.mean() >= least


def test_the_order_of_sounds_makes_the_word() -> None:
    """The note says so: with the mean over time, the network for digits does worse."""
    from dataclasses import replace

    from components.modalities.audio_tasks import averaged

    exercise = MODALITY.tasks["digit"]
    scores = []
    for network in (exercise.network, lambda generators: averaged(generators, 10)):
        *_, frame = learn(Lesson("audio", "digit", given=replace(exercise, network=network)))
        scores.append((frame["answer"] == frame["truth"]).mean())
    assert scores[0] > scores[1] + 0.05
    assert scores == pytest.approx([0.90, 0.79], abs=0.03)


def test_most_recorded_voices_are_called_creaky() -> None:
    """The note says so: synthetic voice qualities do not carry over to people."""
    lesson = Lesson("audio", "voice quality", given=MODALITY.tasks["voice quality"])
    *_, frame = learn(lesson)
    people = ("three", "seven", "hello (Allison)", "hola (Allison)", "bonjour (June)", "ciao (Carlo)")
    found = [int(answer(lesson, frame, lesson.exercise.enter(MODALITY.examples[name](), 0)).argmax()) for name in people]
    assert found.count(3) > len(people) / 2
