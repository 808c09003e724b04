"""Windows, averages, rates: what the tasks over time share."""

import numpy as np
import pytest

from components.tasks.series import averaged, cut, evenly, resampled, separate


def test_series_laid_end_to_end_come_apart_again() -> None:
    parts = [np.arange(n)[:, None] for n in (3, 1, 5)]
    again = separate(np.concatenate(parts), np.array([3, 1, 5]))
    assert all(np.array_equal(a, b) for a, b in zip(parts, again, strict=True))


def test_averages_leave_out_an_incomplete_group() -> None:
    assert averaged(np.arange(7.0)[:, None], 3).ravel().tolist() == [1, 4]


@pytest.mark.parametrize(("rate", "wanted"), [(50, 50), (50, 25), (50, 30), (50, 80), (7, 50), (44100, 50)])
def test_a_straight_line_stays_one_at_every_rate(rate: float, wanted: float) -> None:
    time = np.arange(max(100, int(3 * rate))) / rate
    found = resampled(np.stack([time, 5 - 2 * time], -1).astype(np.float32), rate, wanted)
    assert len(found) == pytest.approx(len(time) * wanted / rate, abs=1)
    inner = slice(3, -max(3, round(wanted / rate) + 2))  # before the first and after the last row nothing is known
    assert np.allclose(np.diff(found[inner, 0]), 1 / wanted, rtol=2e-2)
    assert np.allclose(found[inner, 1], 5 - 2 * found[inner, 0], atol=1e-3)


def test_the_same_rate_changes_nothing() -> None:
    x = np.random.default_rng(0).random((20, 2), np.float32)
    assert np.array_equal(resampled(x, 12.5, 12.5), x)


def test_fast_changes_do_not_come_out_as_slow_ones() -> None:
    wave = np.sin(2 * np.pi * 45 * np.arange(1200) / 120)[:, None].astype(np.float32)
    assert resampled(wave, 120, 50)[5:-5].std() < 0.35 * wave.std()


def test_windows_are_where_they_were_asked_for() -> None:
    runs = [np.arange(20.0).reshape(10, 2), 100 + np.arange(20.0).reshape(10, 2)]
    found = cut(runs, np.array([1, 0]), np.array([2, 7]), 3)
    assert found[:, 0, 0].tolist() == [104, 14]
    assert found.shape == (2, 3, 2)


def test_classes_come_equally_often() -> None:
    label = np.array([0] * 900 + [1] * 90 + [2] * 10)
    counts = np.bincount(label[evenly(label, 6000, np.random.default_rng(0))])
    assert np.abs(counts / 2000 - 1).max() < 0.1
