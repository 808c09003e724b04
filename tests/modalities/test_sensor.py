"""Sensor: windows as the slide lays them out, rates, damage of the strength it says, and tasks that read what fits."""

import numpy as np
import pytest

from components.modalities import sensor_traces as change
from components.modalities.sensor import MODALITY
from components.modalities.sensor_tasks import CHANNELS, SENSORS
from components.modalities.sensor_traces import traces
from components.values import BadInput, Sample

RNG = np.random.default_rng


def made(t: int = 103, d: int = 3, **more: int) -> Sample:
    names = tuple(f"c{i}" for i in range(d))
    return traces(RNG(0).standard_normal((t, d)), names, ("",) * d, 50.0, "own", "a test", **more)


@pytest.mark.parametrize(("w", "overlap"), [(5, 0), (10, 50), (50, 75), (25, 90), (200, 50)])
def test_windows_slide_and_the_last_ends_with_the_series(w: int, overlap: int) -> None:
    """x_i[k d + c] = S[a_i + k, c], the beginnings a_i a hop apart, every moment in some window."""
    sample = made(window=w, overlap=overlap)
    x, starts, n = MODALITY.observe(sample), change.spans(sample), len(sample["elements"])
    w = min(w, n)
    assert x.shape == (len(starts), w * 3)
    for row, a in zip(x, starts, strict=True):
        assert np.array_equal(row, sample["elements"][a : a + w].ravel())
    assert starts[0] == 0
    assert starts[-1] == n - w
    assert set(np.diff(starts)[:-1]) <= {max(1, round(w * (100 - overlap) / 100))}
    assert np.isin(np.arange(n), starts[:, None] + np.arange(w)).all()


def test_double_the_window_is_double_the_vector_and_half_the_windows() -> None:
    """The answer to the page's question."""
    sample = MODALITY.examples["watch-row"]()
    one, two = (MODALITY.observe(change.window(sample, w)) for w in (50, 100))
    assert two.shape[1] == 2 * one.shape[1]
    assert len(two) == pytest.approx(len(one) / 2, abs=1)
    symbols = change.describe(sample)
    assert one.shape == (symbols["n"], symbols["w"] * symbols["d"])


def test_a_lower_rate_keeps_the_time_and_picking_can_deceive() -> None:
    """A wave of 20 Hz picked 25 times a second comes out as one of 5 Hz; the mean of two nearly removes it."""
    wave = np.sin(2 * np.pi * 20 * np.arange(500) / 50 + 0.4)[:, None]
    sample = traces(wave, ("a",), ("",), 50.0, "own", "a test")
    picked, mean = change.sample_rate(sample, "1 of 2"), change.sample_rate(sample, "mean of 2")
    assert picked["rate"] == mean["rate"] == 25
    assert len(picked["elements"]) == len(mean["elements"]) == 250
    spectrum = np.abs(np.fft.rfft(picked["elements"][:, 0]))
    assert np.fft.rfftfreq(250, 1 / 25)[spectrum.argmax()] == pytest.approx(5)
    assert mean["elements"].std() < 0.4 * picked["elements"].std()


def test_settings_survive_each_other() -> None:
    """The window stays as asked for when the rate changes after it, also where the series became shorter than that."""
    sample = change.sample_rate(change.window(made(), 100), "1 of 10")
    assert sample["raw"]["window"].tolist() == [11, 6]
    assert sample["raw"]["asked"] == (100, 50)
    assert change.overlap(sample, 0)["raw"]["window"].tolist() == [11, 11]


@pytest.mark.parametrize("example", ["force-wood", "motion-cork", "watch-row"])
def test_channels_are_one_sensor_or_the_other(example: str) -> None:
    sample = MODALITY.examples[example]()
    first, second = (change.channels(sample, which) for which in ("first", "second"))
    assert first["raw"]["names"] + second["raw"]["names"] == sample["raw"]["names"]
    assert len(set(first["raw"]["units"])) == len(set(second["raw"]["units"])) == 1
    assert np.array_equal(np.hstack([first["elements"], second["elements"]]), sample["elements"])


@pytest.mark.parametrize("which", ["first", "second", "all"])
def test_a_single_channel_is_never_lost(which: str) -> None:
    assert change.channels(made(d=1), which)["elements"].shape == (103, 1)


def test_damage_has_the_strength_it_says() -> None:
    sample = made(4000)
    clean = sample["elements"]
    assert np.allclose((change.noise(sample, 0.5, RNG(1))["elements"] - clean).std(0), 0.5 * clean.std(0), rtol=0.05)
    away = change.drift(sample, 0.5, RNG(1))["elements"] - clean
    assert np.allclose(np.abs(away[-1]), 1.5 * clean.std(0), atol=0.3)
    assert np.abs(np.diff(away, axis=0)).max() < 0.01
    held = change.dropouts(sample, 0.3, RNG(1))["elements"]
    assert (np.diff(held, axis=0) == 0).all(1).mean() == pytest.approx(0.3, abs=0.02)
    for strength in (0.1, 1.0):
        off = change.quantisation(sample, strength, RNG(1))["elements"] - clean
        assert (np.abs(off).max(0) > 0.5 * strength * clean.std(0)).all()
        assert (np.abs(off) <= strength * clean.std(0) + 1e-4).all()
    coarse = change.quantisation(sample, 1.0, RNG(1))["elements"]
    steps = [np.diff(np.unique(np.round(c, 4))) for c in coarse.T]
    assert all(np.allclose(s, 2 * d, atol=1e-3) for s, d in zip(steps, clean.std(0), strict=True))
    flat = change.traces(np.full((20, 1), 0.3), ("a",), ("V",), 10.0, "s", "a test")
    assert np.array_equal(change.quantisation(flat, 1.0, RNG(1))["elements"], flat["elements"])
    frozen = change.stuck(sample, 0.25, RNG(1))["elements"]
    constant = (frozen[3000:] == frozen[3000]).all(0)
    assert constant.sum() == 1
    assert np.array_equal(frozen[:3000], clean[:3000])


@pytest.mark.parametrize("damage", MODALITY.corrupt)
def test_no_strength_no_damage_and_full_strength_stays_finite(damage: str) -> None:
    for example in ("force-wood", "motion-cork"):
        sample = MODALITY.examples[example]()
        assert np.array_equal(MODALITY.corrupt[damage](sample, 0.0, RNG(0))["elements"], sample["elements"])
        worst = MODALITY.corrupt[damage](sample, 1.0, RNG(0))
        assert worst["elements"].shape == sample["elements"].shape
        assert np.isfinite(worst["elements"]).all()


def test_simulated_and_recorded_say_so() -> None:
    for name, make in MODALITY.examples.items():
        about = make()["about"]
        assert ("Recorded" if name.startswith("watch") else "Simulated (MuJoCo") in about
        assert not about.endswith(".")


def csv(d: int, rows: int = 400) -> Sample:
    head = "time," + ",".join(f"c{i}" for i in range(d))
    body = "\n".join(f"{i / 50}," + ",".join(f"{np.sin(i / 9 + c):.3f}" for c in range(d)) for i in range(rows))
    return MODALITY.read["csv"](f"{head}\n{body}".encode())


def test_an_own_series_meets_the_networks_that_fit() -> None:
    assert MODALITY.own is not None
    assert set(MODALITY.own(csv(6))) == {"surface", "exercise"}
    assert set(MODALITY.own(csv(2))) == {"next action"}
    odd = MODALITY.own(csv(3))
    assert set(odd) == set(MODALITY.tasks)
    for name, task in odd.items():
        with pytest.raises(BadInput, match=", ".join(CHANNELS[SENSORS[name]][0][:1])) as refusal:
            task.enter(csv(3), 50)
        assert str(refusal.value).endswith(".")
    assert odd["surface"].enter(csv(6), 50).shape == (50, 6)
    assert odd["exercise"].enter(csv(6), 50).shape == (75, 6)


def test_networks_refuse_another_sensor_half_of_it_or_too_little() -> None:
    task = MODALITY.tasks["surface"]
    wood = MODALITY.examples["force-wood"]()
    for sample in (MODALITY.examples["watch-row"](), change.channels(wood, "first")):
        with pytest.raises(BadInput, match="6 columns"):
            task.enter(sample, 0)
    with pytest.raises(BadInput, match="shorter"):
        task.enter(csv(6, 40), 0)


@pytest.mark.parametrize("how", ["mean of 10", "1 of 5", "all"])
@pytest.mark.parametrize("task", SENSORS)
def test_any_rate_is_brought_to_the_network_s(task: str, how: str) -> None:
    """The window sits around the mark, or ends with it, at every rate; at its ends the series still fills it."""
    exercise = MODALITY.tasks[task]
    sample = change.sample_rate(MODALITY.examples[exercise.suits[0]](), how)
    k, d = exercise.show(exercise.enter(sample, 0))["elements"].shape
    n = len(sample["elements"])
    for mark in (0, n // 2, n - 1):
        assert exercise.enter(sample, mark).shape == (k, d)
    assert not np.array_equal(exercise.enter(sample, 0), exercise.enter(sample, n - 1))


def test_the_next_action_is_told_from_what_was_before() -> None:
    """Nothing after the marked moment is looked at."""
    sample, enter = MODALITY.examples["motion-cork"](), MODALITY.tasks["next action"].enter
    changed = sample["elements"].copy()
    changed[301:] += 100
    other = change.changed(sample, changed)
    assert np.array_equal(enter(sample, 300), enter(other, 300))
    assert not np.array_equal(enter(sample, 301), enter(other, 301))


def test_presets_show_what_they_promise() -> None:
    """In the air nothing is touched; with the default mark the finger slides."""
    sample = MODALITY.examples["force-varnish"]()
    middle = len(sample["elements"]) // 2
    assert np.abs(sample["elements"][:40, :3]).max() < 0.5
    assert sample["elements"][middle - 10 : middle + 10, 2].min() > 2
