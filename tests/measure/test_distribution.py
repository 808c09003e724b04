"""B2: effective numbers, Zipf, spectra, degrees."""

import numpy as np
import pytest

from components.catalogue import discover
from components.measure.distribution import measure
from components.measure.shapes import exponent
from components.modalities.language_text import shuffle
from components.modalities.pictures import picture
from components.values import Reading, Sample
from tests.measure.samples import chain, hiss, ids, network, points, series, table, tone, words

RNG = np.random.default_rng
EFFECTIVE, FLAT, ZIPF, SLOPE, SPREAD = 0, "spectral flatness", "Zipf exponent", "slope of the spectrum", "dispersion of degrees"


def read(sample: Sample) -> dict[str, Reading]:
    return {r["name"]: r for r in measure(sample)}


@pytest.mark.parametrize("k", [1, 2, 6, 40])
def test_k_equally_frequent_values_are_k(k: int) -> None:
    assert measure(ids(np.arange(k).repeat(5)))[0]["value"] == pytest.approx(k)
    assert measure(words(" ".join(f"w{j}" for j in range(k)) + " ."))[0]["value"] == pytest.approx(k)


def test_rare_values_hardly_count() -> None:
    rare = measure(ids(np.array([0] * 990 + list(range(1, 11)))))[0]
    assert 1 < rare["value"] < 1.2
    assert read(ids(np.array([0] * 990 + list(range(1, 11)))))["evenness"]["value"] < 0.1


def test_columns_of_a_table_give_the_geometric_mean() -> None:
    found = measure(table(a=list("xyzw") * 10, b=["u"] * 40))[0]
    assert found["value"] == pytest.approx(2)
    assert found["curve"]["y"].tolist() == pytest.approx([4, 1])


def test_numbers_too_fine_to_occur_twice_are_cut() -> None:
    fine = series(np.round(RNG(0).random(4000) * 2**15) / 2**15)
    assert 200 < measure(fine)[0]["value"] < 256
    assert "cut into even bins" in measure(fine)[0]["estimator"]
    assert "cut" not in measure(ids(np.arange(9).repeat(9)))[0]["estimator"]


def test_the_order_means_nothing() -> None:
    review = discover("modalities", "MODALITY")["language"].examples["review-good"]()
    mixed = shuffle(review, 3)
    assert mixed["raw"]["token"] != review["raw"]["token"]
    assert [r["value"] for r in measure(mixed)] == pytest.approx([r["value"] for r in measure(review)])


@pytest.mark.parametrize("s", [0.5, 1.0, 1.6])
def test_zipfs_exponent_comes_back(s: float) -> None:
    p = np.arange(1.0, 101) ** -s
    counts = np.sort(RNG(0).multinomial(50_000, p / p.sum()))[::-1]
    assert exponent(counts[counts > 0]) == pytest.approx(s, abs=0.03)


def test_zipf_of_equal_counts_is_nothing() -> None:
    assert exponent(np.array([4, 4, 4])) == 0
    assert "why" in read(words("no no no"))[ZIPF]


def test_a_sine_has_one_line_and_noise_is_flat() -> None:
    line = read(tone(1000))[FLAT]
    assert line["value"] < 1e-3
    curve = line["curve"]
    assert curve["x"][curve["y"].argmax()] == pytest.approx(1000, abs=8)
    assert (curve["y"] > -20).sum() <= 3
    assert read(hiss(16000))[FLAT]["value"] > 0.9
    assert read(hiss(16000))[FLAT]["value"] > read(series(np.cumsum(RNG(0).standard_normal(4000))))[FLAT]["value"] + 0.5


def test_silence_has_no_spectrum() -> None:
    assert "silent" in read(series(np.zeros(100)))[FLAT]["why"]


@pytest.mark.parametrize("a", [0.0, 1.0, 2.0, 3.0])
def test_the_slope_of_a_pictures_spectrum_comes_back(a: float) -> None:
    """Pictures with random phases and P(f) = f^-a."""
    f = np.hypot(np.fft.fftfreq(128)[:, None], np.fft.fftfreq(128)[None])
    f[0, 0] = 1
    made = np.fft.ifft2(np.fft.fft2(RNG(0).standard_normal((128, 128))) * f ** (-a / 2)).real
    made = (made - made.min()) / np.ptp(made)
    assert read(picture(made[..., None], "test"))[SLOPE]["value"] == pytest.approx(a, abs=0.25)


def test_degrees_of_a_ring_a_star_and_a_random_graph() -> None:
    ring = network(20, [(j, (j + 1) % 20) for j in range(20)])
    star = network(21, [(0, j) for j in range(1, 21)])
    assert read(ring)[SPREAD]["value"] == 0
    assert measure(ring)[0]["value"] == pytest.approx(1)
    assert read(star)[SPREAD]["value"] > 5
    made = np.argwhere(np.triu(RNG(0).random((300, 300)) < 0.03, 1))
    assert read(network(300, made.tolist()))[SPREAD]["value"] == pytest.approx(1, abs=0.2)
    assert read(chain(30))[SPREAD]["value"] < 0.1


def test_histograms_count_everything() -> None:
    photograph = picture(RNG(0).integers(0, 256, (30, 30, 3)) / 255, "test")
    assert measure(photograph)[0]["curve"]["y"].sum() == 2700
    assert measure(chain(9))[0]["curve"]["y"].sum() == 9
    assert measure(words("a b b"))[0]["curve"]["x"].tolist() == ["b", "a"]
    assert measure(points(RNG(0).random((60, 3))))[0]["value"] > 3
