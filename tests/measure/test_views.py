"""How a sample is seen: its form, its symbols, its steps."""

import numpy as np
import pandas as pd
import pytest

from components.measure import views
from components.measure.views import form, quantise, seconds, signals, step_of, symbols
from components.modalities.pictures import picture
from tests.measure.samples import chain, ids, points, series, table, tone, video, words

RNG = np.random.default_rng


def test_forms_are_read_from_the_data() -> None:
    grey = picture(np.zeros((4, 4, 1)), "test")
    found = [
        form(s) for s in (words("a b"), ids(np.arange(3)), grey, series(np.arange(9)), tone(440), chain(3), points(np.eye(3)))
    ]
    assert found == ["text", "symbols", "picture", "series", "sound", "graph", "points"]
    assert form(table(a=[1.0])) == "table"
    assert form(video()) == "picture"
    assert form(grey | {"kind": "something new"}) == "picture"


@pytest.mark.parametrize("step", [1 / 255, 1 / 16, 0.005, 2**-15, 5.0])
def test_the_step_of_rounded_numbers_is_found(step: float) -> None:
    k = RNG(0).integers(-3000, 3000, 400)
    assert step_of((k * step).astype(np.float32).astype(float)) == pytest.approx(step, rel=1e-3)


def test_the_step_is_found_where_the_smallest_gap_is_larger() -> None:
    """Gaps of 2 and 3 steps: no gap is one step."""
    k = np.cumsum(RNG(1).choice([2, 3], 200))
    assert step_of(k * 0.25) == pytest.approx(0.25)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("n", [10, 100, 5000])
def test_no_step_is_found_in_real_numbers(seed: int, n: int) -> None:
    assert step_of(RNG(seed).standard_normal(n).astype(np.float32).astype(float)) == 0


def test_symbols_give_the_values_back() -> None:
    values = RNG(0).integers(0, 900, 300) * 0.01 - 2
    stream = quantise(values, "a", "cell")
    assert np.allclose(stream.low + stream.step * stream.ids, values)
    assert not stream.rounded
    real = RNG(0).standard_normal(300)
    cut = quantise(real, "a", "cell")
    assert cut.rounded
    assert cut.distinct == 300
    assert np.abs(cut.low + cut.step * cut.ids - real).max() <= cut.step / 2 + 1e-12


def test_words_are_small_letters_without_marks() -> None:
    stream = symbols(words("The dog . the DOG !"))[0]
    assert [stream.names[i] for i in stream.ids] == ["the", "dog", "the", "dog"]


def test_pixels_have_eight_bits_and_a_wave_its_depth() -> None:
    pixel = symbols(picture(np.array([[[0.0], [1.0]], [[0.2], [0.4]]]), "test"))[0]
    assert pixel.ids.tolist() == [0, 255, 51, 102]
    assert pixel.alphabet == 256
    wave = symbols(tone(440))[0]
    assert wave.alphabet == 2**16
    assert wave.ids[0] == 2**15


def test_degrees_and_missing_cells() -> None:
    assert symbols(chain(4))[0].ids.tolist() == [1, 2, 2, 1]
    found = symbols(table(a=[1.0, np.nan, 3.0], b=["x", None, "y"]))
    assert [len(s.ids) for s in found] == [2, 2]
    assert signals(table(a=[1.0, np.nan, 3.0], b=["x", None, "y"]))[0].values[0] == 1


def test_empty_columns_give_no_stream() -> None:
    assert symbols(table(a=pd.array([pd.NA] * 3, "Int64"))) == []


def test_seconds() -> None:
    assert seconds(tone(440, seconds=2)) == pytest.approx(2)
    assert seconds(series(np.arange(50), 100)) == pytest.approx(0.5)
    assert seconds(series(np.arange(50), float("nan"))) is None
    assert seconds(words("a b c")) is None
    assert seconds(points(np.eye(3))) is None


def test_signals_lie_on_their_grid() -> None:
    assert [s.values.shape for s in signals(video())] == [(4, 8, 8)] * 3
    assert views.grey(video()).shape == (4, 8, 8)
    assert signals(words("a b")) == []
