"""The demonstration: what is claimed of it holds, live and recorded, and the file to download gives the same numbers."""

import json
import math
import subprocess
import sys

import numpy as np
import pytest
from torch import Generator, from_numpy

from components.learn.recorded import about, lookup, recorded
from components.learn.summary import counts, recorded_summary, summarise
from components.learn.sweep import ARCHITECTURES, Request, builder, every_order, example, one, orders, sweep
from components.measure.sample_complexity import factor

TASKS = ("team16", "any0", "club", "maximum")


def finished(request: Request, steps: int) -> dict[str, np.ndarray]:
    """The last frame of a short sweep."""
    *_, frame = sweep(request, every=steps)
    return frame


@pytest.fixture(scope="module")
def live() -> dict[str, np.ndarray]:
    return finished(Request("team16", 4, seeds=2), 300)


def test_a_live_sweep_agrees_with_the_recorded_one(live):
    kept = recorded(Request("team16", 4))
    assert kept is not None
    assert np.abs(live["accuracy"].mean(-1) - kept["accuracy"].mean(-1)).max() < 0.12
    assert live["accuracy"].shape == (4, 8, 2)
    assert {n for n in kept if n.startswith("weights/")} == {n for n in live if n.startswith("weights/")}


def test_only_shared_and_invariant_gives_one_answer_for_all_orders(live):
    spread = live["truth"].max(1) - live["truth"].min(1)
    assert live["truth"].shape == (4, math.factorial(4))
    assert spread[0] < 1e-5
    assert spread[1:].min() > 0.01


def test_sharing_and_pooling_save_samples_on_every_task_they_fit():
    for task in ("team16", "any0", "club"):
        summary = recorded_summary(Request(task, 5))
        assert summary is not None
        assert min(f.low for f in summary.factors[1:]) > 1.5


def test_the_factor_of_networks_stays_far_from_the_factorial():
    found = [recorded_summary(Request("team16", k)).factors[3].estimate for k in range(2, 7)]
    assert found == sorted(found)
    assert found[-1] < 720 / 20


def test_for_the_look_up_the_factorial_is_real():
    seen = lookup("club", 5)
    found = factor(seen["ordered"][0], seen["ordered"][1], seen["canonical"][1], 0.8)
    assert 80 < found.estimate < 180


def test_augmentation_closes_the_gap_and_sorted_training_fails():
    repaired, broken = (recorded_summary(Request("team16", 5, "sum", o)) for o in ("augmented", "sorted"))
    assert repaired.factors[3].estimate < 1.5
    assert math.isinf(broken.needed[1])
    assert math.isfinite(broken.needed[0])


def test_a_sum_is_the_wrong_bias_for_a_maximum():
    added, largest = (recorded_summary(Request("maximum", 5, pool)) for pool in ("sum", "max"))
    assert math.isinf(added.needed[0])
    assert math.isfinite(added.needed[3])
    assert largest.needed[0] < largest.needed[3] / 4


@pytest.mark.parametrize("task", TASKS)
def test_every_setting_is_recorded(task):
    assert about(task)["date"].startswith("20")
    for size in range(2, 7):
        for order in ("shuffled", "augmented", "sorted"):
            for pool in ("sum", "mean", "max", "attention"):
                request = Request(task, size, pool, order)
                frame = recorded(request)
                assert frame is not None
                assert frame["accuracy"].shape == (4, 8, 5)
                assert frame["truth"].shape == (4, math.factorial(size))
                assert not np.isnan(frame["accuracy"]).any()
                assert len(summarise(request, frame, resamples=20).spoken) == 4


def test_recorded_weights_give_the_recorded_answers():
    request = Request("any0", 4)
    frame = recorded(request)
    x, y = example(request)
    for i, kind in enumerate(ARCHITECTURES):
        weights = {n.split("/", 2)[2]: from_numpy(a) for n, a in frame.items() if n.startswith(f"weights/{i}/")}
        p = every_order(builder(request, *kind)([Generator()]), weights, x)
        np.testing.assert_allclose(p[:, y], frame["truth"][i].astype(float), atol=0.02)


def test_parameters_are_counted_for_all_four():
    own = [counts(Request(), *a)["all"] for a in ARCHITECTURES]
    assert own == sorted(own)
    assert own[0] < own[3] / 3


def test_orders_are_all_and_the_canonical_one_is_first():
    assert len(np.unique(orders(4), axis=0)) == 24
    assert orders(4)[0].tolist() == [0, 1, 2, 3]


def test_the_file_to_download_runs_alone_and_gives_the_same_numbers(tmp_path):
    from components.ui.sets_words import source

    request = Request("team16", 3, seeds=1)
    file = tmp_path / "run.py"
    file.write_text(source(request, True, True))
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    printed = json.loads(done.stdout.strip().splitlines()[-1].split("accuracy ")[1])
    *_, frame = one(request, True, True)
    np.testing.assert_allclose(printed, frame["accuracy"].mean(1), atol=2e-3)
