"""Noise: a known ratio comes back, what is missing is counted, and nothing breaks."""

import numpy as np
import pandas as pd
import pytest

from components.catalogue import discover
from components.measure.noise import held, measure
from components.measure.noise_estimates import of_picture, of_series, outlying
from components.measure.noise_text import beside, compound, letters, likely_typos, slipped, slips
from components.modalities.audio_signal import sound
from components.modalities.pictures import missing, picture
from components.modalities.set_samples import cloud
from components.modalities.table_samples import lose
from components.tasks.shapes import sphere, unit
from components.values import Sample
from tests.measure.samples import HOSTILE, chain, ids, network, points, series, table, words
from tests.measure.test_readings import EXAMPLES, MODALITIES, measured

RNG = np.random.default_rng


def value(sample: Sample, number: int = 0) -> float:
    return measure(sample)[number]["value"]


def smooth_picture(decibels: float, side: int = 128) -> Sample:
    """A smooth picture with white noise so strong; nothing is cut off at black or white."""
    y, x = np.mgrid[:side, :side] / side
    clean = 0.5 + 0.12 * np.sin(2 * np.pi * x) + 0.08 * np.cos(3 * np.pi * y)
    sigma = clean.std() * 10 ** (-decibels / 20)
    return picture((clean + sigma * RNG(0).standard_normal(clean.shape))[..., None], "test")


def wave(decibels: float, n: int = 4000) -> np.ndarray:
    clean = np.sin(2 * np.pi * np.arange(n) / 200)
    return clean + clean.std() * 10 ** (-decibels / 20) * RNG(1).standard_normal(n)


@pytest.mark.parametrize("decibels", [5, 10, 20, 30])
def test_a_known_ratio_of_a_picture_comes_back(decibels: float) -> None:
    assert value(smooth_picture(decibels)) == pytest.approx(decibels, abs=0.5)


@pytest.mark.parametrize("decibels", [0, 10, 20, 30])
def test_a_known_ratio_of_a_series_comes_back(decibels: float) -> None:
    assert value(series(wave(decibels))) == pytest.approx(decibels, abs=0.5)


def test_units_and_jumps_do_not_change_the_ratio_of_a_series() -> None:
    one = wave(20)
    assert value(series(np.stack([one, 1e6 * one + 5], 1))) == pytest.approx(20, abs=0.5)
    jumps = one.copy()
    jumps[::100] += 3  # the median does not see a few jumps
    assert of_series(jumps) == pytest.approx(of_series(one), rel=0.05)


@pytest.mark.parametrize("decibels", [10, 20, 40])
def test_a_known_ratio_of_a_sound_with_pauses_comes_back(decibels: float) -> None:
    t = np.arange(4 * 8000) / 8000
    tone = 0.2 * np.sin(2 * np.pi * 440 * t)
    noise = 0.2 / 2**0.5 * 10 ** (-decibels / 20) * RNG(0).standard_normal(len(t))
    assert value(sound(tone * (t % 1 < 0.5) + noise, 8000, 24, "test")) == pytest.approx(decibels, abs=0.5)
    assert "no pause" in measure(sound(tone, 8000, 24, "test"))[0]["why"]


def test_a_known_ratio_of_a_surface_comes_back() -> None:
    u, v = RNG(0).random((2, 4000))
    ball = unit(sphere(u, v, np.full(4000, 0.5)))
    noisy = cloud(ball + 0.05 * RNG(1).standard_normal(ball.shape), ("x", "y", "z"), "test")
    expected = 10 * np.log10(ball.var(0).sum() / 0.05**2)
    assert value(noisy) == pytest.approx(expected, abs=1.5)  # near points were chosen by noisy places
    assert value(noisy) < value(cloud(ball, ("x", "y", "z"), "test"))


@pytest.mark.parametrize("name", ["vision", "audio", "sensor", "set"])
def test_added_noise_lowers_the_ratio(name: str) -> None:
    example = {"vision": "camera", "audio": "seven", "sensor": "watch-abduction", "set": "teapot"}[name]
    damage = {"set": "jitter"}.get(name, "noise")
    sample = MODALITIES[name].examples[example]()
    found = [value(MODALITIES[name].corrupt[damage](sample, s, RNG(0))) for s in (0, 0.1, 0.3)]
    assert found[0] > found[1] > found[2]


def test_edges_are_no_noise_and_rounding_is_the_least() -> None:
    steps = np.zeros((64, 64))
    steps[:, 32:] = 1
    assert of_picture(steps) == 0
    reading = measure(picture(steps[..., None], "test"))[0]
    assert "rounding" in reading["estimator"]
    assert reading["value"] == pytest.approx(10 * np.log10(0.25 * 12 * 255**2), abs=0.01)


def test_lone_pixels_are_counted() -> None:
    flat = picture(np.full((60, 60, 1), 0.9), "test")
    assert measure(missing(flat, 0.05, RNG(0)))[1]["value"] == pytest.approx(5, abs=1.5)
    assert "nothing varies" in measure(flat)[1]["why"]


def test_slips_of_the_finger() -> None:
    assert set(beside("h")) == set("gjyubn")
    assert beside("é") == ""
    assert "teacip" in slips("teacup")
    assert "teacap" not in slips("teacup")


def test_two_slips_and_compounds() -> None:
    known = {"right", "tea", "cup", "repeat", "his", "table"}
    near = [w for w in ("rihjt", "teacip", "right", "rjhjr", "rixxt", "teacup", "repeated", "hid", "tsvle", "tavlw") if
            slipped(w, known - {w}, letters(known - {w}))]  # fmt: skip
    assert near == ["rihjt", "teacip", "tsvle", "tavlw"]
    assert compound("teacup", known)
    assert not slipped("tékst", {"tikst"}, letters({"tikst"}))


def test_the_lecture_s_typos_are_found_and_clean_reviews_have_few() -> None:
    clean, wrong = (
        words("A teacup on the right of a laptop in a clean room ."),
        words("A teacip on the rihjt of a laptop in a clean room ."),
    )
    assert likely_typos(clean)["value"] == 0
    assert likely_typos(wrong)["value"] == pytest.approx(100 * 2 / 12)
    reviews = [make() for name, make in MODALITIES["language"].examples.items() if name.startswith("review")]
    assert np.mean([likely_typos(review)["value"] for review in reviews]) < 1.5


def test_typos_are_found_where_they_were_made() -> None:
    clean = words("this product is great and the price was right for what they want " * 6)
    found = measure(clean)
    assert [r["value"] for r in found] == [0, 0]
    damage = MODALITIES["language"].corrupt["typos"]
    shares = [[r["value"] for r in measure(damage(clean, s, RNG(0)))] for s in (0.2, 0.8)]
    assert 0 < shares[0][0] < shares[1][0]
    assert 0 < shares[0][1] < shares[1][1]
    assert shares[1][0] > 0.6 * 0.8 * 100 * 8 / 13  # of the words with four letters or more


def test_missing_cells_and_outlying_numbers() -> None:
    frame = {"a": np.arange(40.0), "b": RNG(0).standard_normal(40)}
    assert [r["value"] for r in measure(table(**frame))] == [0, 0]
    frame["b"][3] = 60
    assert measure(table(**frame))[1]["value"] == pytest.approx(100 / 80)
    holed = lose(table(**frame), 0.5, RNG(0))
    assert value(holed) == pytest.approx(100 * holed["raw"]["frame"].isna().to_numpy().mean())
    assert value(table(a=pd.array([1, None, 3, None]))) == 50
    assert not outlying(np.array([0, 0, 0, 0, 9.0])).any()


def test_nodes_without_a_link() -> None:
    assert [r["value"] for r in measure(chain(6))] == [0, 0]
    assert [r["value"] for r in measure(network(10, [(0, 1), (1, 2), (3, 4), (5, 6)]))] == [30, 70]


def test_far_points_are_local_outliers() -> None:
    near = RNG(0).standard_normal((95, 3)) * 0.1
    far = RNG(1).uniform(-9, 9, (5, 3))
    assert measure(points(np.concatenate([near, far])))[1]["value"] == pytest.approx(5, abs=3)


def test_held_values() -> None:
    assert held(np.array([1, 1, 0, 1, 1, 1], bool), 3) == 0.5
    stuck = series(np.concatenate([RNG(0).standard_normal(100), np.ones(100)]))
    assert measure(stuck)[1]["value"] == pytest.approx(50, abs=1)
    assert measure(ids(np.array([1, -1, 2, -1])))[0]["value"] == 50


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_samples_give_numbers_or_reasons(hostile: str) -> None:
    measured("noise", HOSTILE[hostile]())


@pytest.mark.parametrize(("modality", "example"), EXAMPLES)
def test_every_example_can_be_measured(modality: str, example: str) -> None:
    measured("noise", discover("modalities", "MODALITY")[modality].examples[example]())
