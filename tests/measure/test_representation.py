"""B1: discrete or continuous, support, granularity."""

import numpy as np
import pytest

from components.catalogue import discover
from components.measure.regions import objects, otsu
from components.measure.representation import measure
from components.modalities.language import MODALITY as LANGUAGE
from components.modalities.pictures import levels, noise, picture
from components.values import Reading, Sample
from tests.measure.samples import chain, points, series, table, tone, words

RNG = np.random.default_rng


def read(sample: Sample) -> dict[str, Reading]:
    return {r["name"]: r for r in measure(sample)}


def discs(count: int, *, light: bool = True, noisy: float = 0.0) -> Sample:
    """So many discs, apart from each other, on an even ground."""
    y, x = np.mgrid[:100, :100]
    found = np.zeros((100, 100))
    for j in range(count):
        found[np.hypot(y - 20 - 30 * (j // 3), x - 20 - 30 * (j % 3)) < 10] = 1
    found = found if light else 1 - found
    return picture((0.2 + 0.6 * found + noisy * RNG(0).standard_normal((100, 100)))[..., None], "test")


@pytest.mark.parametrize("count", [1, 4, 9])
@pytest.mark.parametrize("light", [True, False])
@pytest.mark.parametrize("noisy", [0.0, 0.05])
def test_objects_are_counted_light_or_dark_and_in_noise(count: int, light: bool, noisy: float) -> None:
    found = read(discs(count, light=light, noisy=noisy))["granularity"]
    assert found["value"] == count
    assert found["unit"] == "regions/image"


def test_what_touches_is_one_and_what_is_tiny_none() -> None:
    assert objects(np.eye(20), 0.5) == 1
    dot = np.zeros((50, 50))
    dot[25, 25] = 1
    assert objects(dot, 0.5) == 0


def test_otsu_separates_two_heaps() -> None:
    heaps = np.concatenate([RNG(0).normal(0.2, 0.03, 700), RNG(1).normal(0.8, 0.03, 300)])
    assert 0.3 < otsu(heaps) < 0.7


def test_a_black_picture_has_no_objects_to_count() -> None:
    assert "all pixels have the same grey" in read(picture(np.zeros((9, 9, 3)), "test"))["granularity"]["why"]


def test_granularity_has_the_unit_of_its_form() -> None:
    units = {"Hz": tone(440), "words/sentence": words("a b c ."), "rows/table": table(a=[1, 2]), "nodes/graph": chain(4)}
    for unit, sample in units.items():
        assert read(sample)["granularity"]["unit"] == unit
    assert read(tone(440, 16000))["granularity"]["value"] == 16000
    assert read(words("a b c . !"))["granularity"]["value"] == 3
    assert read(series(np.arange(40), 50))["granularity"]["value"] == 50
    assert read(points(np.eye(3)))["granularity"]["value"] == 3


def test_spoken_words_are_counted_by_the_minute() -> None:
    sample = LANGUAGE.examples["conference"]()
    found = read(sample)["granularity"]
    assert found["unit"] == "words/min"
    curve = found["curve"]
    lasts = float(sample["raw"]["seconds"][0])
    assert curve["y"].mean() * lasts / 60 == pytest.approx(read(sample)["elements"]["value"])


def test_discrete_or_continuous_is_read_from_the_values() -> None:
    kinds = {
        "discrete": (words("a b c"), chain(5), picture(np.eye(8)[..., None], "test")),
        "continuous": (series(RNG(0).standard_normal(100)), points(RNG(0).random((50, 3)))),
    }
    for word, samples in kinds.items():
        assert [read(s)["discrete or continuous"]["text"] for s in samples] == [word] * len(samples)
    stored = read(series(RNG(0).integers(0, 999, 300) * 0.01))["discrete or continuous"]["text"]
    assert stored == "continuous, stored in steps of 0.01"
    mixed = table(a=RNG(0).random(60), b=list("xyz") * 20, c=list(range(60)))
    assert read(mixed)["discrete or continuous"]["text"] == "1 of 3 columns continuous"


def test_fewer_levels_and_noise_move_it() -> None:
    photograph = discover("modalities", "MODALITY")["vision"].examples["camera"]()
    few = read(levels(photograph, 4))["discrete or continuous"]
    assert few["value"] == 4
    assert read(photograph)["discrete or continuous"]["value"] > 200
    assert read(noise(photograph, 0.5, RNG(0)))["discrete or continuous"]["text"].startswith("continuous")


def test_support_is_an_alphabet_or_a_range() -> None:
    sentence = read(words("a teacup on the right of a laptop"))["support"]
    assert sentence["text"] == "{a, laptop, of, on, right, teacup, the}"
    assert sentence["value"] == 7
    assert read(series(np.linspace(-1, 3, 50)))["support"]["value"] == pytest.approx(4)
    assert read(table(a=[0.5, 1.5], b=["x", "y"]))["support"]["unit"] == "columns"


def test_every_element_is_counted_once() -> None:
    assert read(tone(440, 8000, 0.5))["elements"]["value"] == 4000
    assert read(words("one two , three"))["elements"]["value"] == 3
