"""The demonstration on pictures: what is claimed of it holds, live and as recorded, and the downloaded file runs alone."""

import json
import math
import os
import subprocess
import sys

import numpy as np
import pytest

from components.learn.device import settle
from components.learn.picture_summary import (
    recorded_about,
    recorded_frame,
    recorded_picture_summary,
    recorded_ways,
    summarise_pictures,
)
from components.learn.picture_sweep import PictureRequest, counts, live_request, one, picture_sweep
from components.learn.shift_ways import ShiftRequest, shift_ways
from components.learn.sweep import ARCHITECTURES
from components.tasks.places import PICTURE_TASKS
from components.values import Frame

RECORDED = [(task, True, stride) for task in PICTURE_TASKS for stride in (4, 2, 1)] + [(task, False, 4) for task in PICTURE_TASKS]


@pytest.fixture(scope="module")
def live() -> Frame:
    settle()  # as the page does: one core stays free
    *_, frame = picture_sweep(PictureRequest(seeds=1), every=10**9)
    return frame


def test_a_live_sweep_agrees_with_the_recorded_one(live: Frame) -> None:
    kept = recorded_frame(PictureRequest())
    assert kept is not None
    np.testing.assert_allclose(live["accuracy"][..., 0], kept["accuracy"][..., 0], atol=0.06)  # the same first repetition
    assert live["accuracy"].shape == (4, 7, 1)
    assert {n for n in kept if n.startswith("places/")} == {f"places/{i}" for i in range(4)}
    assert live["shift_accuracy"].shape == (4, 13)
    assert live["truth"].shape == (4, 10, 13)


def test_away_from_the_border_shared_and_pooled_repeats_itself_exactly_every_step(live: Frame) -> None:
    apart = np.abs(live["truth"][:, :, 8] - live["truth"][:, :, 4]).max(1)
    assert apart[0] < 1e-5
    assert apart[1:].min() > 0.05
    assert np.abs(live["truth"][0, :, 6] - live["truth"][0, :, 4]).max() > 0.5  # between two steps it fails


@pytest.mark.parametrize(("task", "local", "stride"), RECORDED)
def test_every_setting_is_recorded(task: str, local: bool, stride: int) -> None:
    request = PictureRequest(task, local, stride)
    frame = recorded_frame(request)
    assert frame is not None
    assert frame["accuracy"].shape == (4, 7, 5)
    assert not any(np.isnan(a).any() for a in frame.values())
    assert recorded_about(request)["date"].startswith("20")
    places = counts(request, True, True)["places"]
    assert frame["places/0"].shape == (len(request.about.classes), places, 24)
    assert len(summarise_pictures(request, frame, resamples=20).spoken) == 4


def test_window_sharing_and_pooling_each_save_samples_on_aligned_digits() -> None:
    local, whole = (recorded_picture_summary(PictureRequest("aligned", on)) for on in (True, False))
    assert local is not None
    assert whole is not None
    assert min(f.low for f in local.factors[1:]) > 4
    assert min(f.low for f in whole.factors) > 1.3
    assert whole.factors[3].low > 5  # the slide's fully connected network
    assert local.factors[2].estimate > local.factors[1].estimate  # sharing alone costs most, as the page's question says
    assert local.factors[2].estimate > whole.factors[0].estimate


def test_windows_that_jump_over_places_need_more_and_at_every_pixel_fewest() -> None:
    four, two, one_pixel = (recorded_picture_summary(PictureRequest("anywhere", True, stride)) for stride in (4, 2, 1))
    assert four is not None
    assert two is not None
    assert one_pixel is not None
    assert math.isinf(four.needed[0])
    assert one_pixel.needed[0] < two.needed[0] < 200
    frame = recorded_frame(PictureRequest("anywhere", True, 1))
    assert frame is not None
    assert frame["changed"][0, 0] < 0.06 < 0.6 < frame["changed"][3, 0]


def test_on_photographs_the_assumption_saves_little() -> None:
    summary = recorded_picture_summary(PictureRequest("texture"))
    assert summary is not None
    assert all(f.low < 1 < f.high for f in summary.factors[1:])


def test_weights_fall_from_fully_connected_to_convolution() -> None:
    dense = counts(PictureRequest(local=False), False, False)["all"]
    conv = counts(PictureRequest(), True, True)["all"]
    assert dense == 400 * 384 + 384 + 384 * 10 + 10
    assert conv == 64 * 24 + 24 + 24 * 10 + 10


def test_slow_live_runs_are_repeated_less() -> None:
    assert live_request("aligned", True, 4, "", "cpu").seeds == 5
    assert live_request("aligned", False, 1, "", "cpu") == PictureRequest("aligned", False, 4, "", 2)
    assert live_request("aligned", False, 1, "", "cuda").seeds == 5


def test_frames_come_in_between() -> None:
    frames = picture_sweep(PictureRequest("texture", True, 4, "max", 1), every=100)
    first = next(frames)
    frames.close()
    assert int(first["step"]) == 0
    assert first["places/3"].shape == (6, 16, 24)
    assert first["truth"].shape == (4, 6, 13)


def test_what_is_never_thinned_out_is_exact_and_blurring_helps() -> None:
    kept = recorded_ways()
    assert kept is not None
    consistent, change, right = (kept[0][name].mean(-1).squeeze() for name in ("consistent", "change", "accuracy"))
    largest, strided, blurred, whole = range(4)
    assert kept[0]["change"][whole].max() < 1e-5
    assert consistent[whole] == 1
    assert consistent[strided] < consistent[largest] < consistent[blurred]
    assert change[blurred] < change[largest]
    assert right[blurred] > right[largest] > right[strided]


def test_a_live_run_of_the_four_ways_starts_and_ends() -> None:
    first, *_, last = shift_ways(ShiftRequest(samples=64, steps=6, seeds=1), every=3)
    assert first["truth"].shape == (4, 10, 9)
    assert last["map/none"].shape == (10, 9, 16, 16)
    assert last["map/blur"].shape == (10, 9, 8, 8)
    assert np.abs(last["truth"][3] - last["truth"][3, :, :1]).max() < 1e-5  # exact from the start, whatever is learnt


def test_the_file_to_download_runs_alone_and_gives_the_same_numbers(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from components.ui.images_samples_closer import source

    request = PictureRequest(seeds=1)
    file = tmp_path / "run.py"
    file.write_text(source(request, True, True))
    done = subprocess.run(
        [sys.executable, str(file)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-800:]
    printed = json.loads(done.stdout.strip().splitlines()[-1].split("accuracy ")[1])
    *_, frame = one(request, *ARCHITECTURES[0])
    np.testing.assert_allclose(printed, frame["accuracy"].mean(1), atol=2e-3)


def test_without_a_recorded_convolution_no_other_network_stands_in_for_it(live: Frame) -> None:
    asked = PictureRequest(local=False, pool="sum", seeds=1)
    summary = summarise_pictures(asked, live, resamples=20)
    assert math.isnan(summary.reference)
    assert set(summary.spoken) == {"not measured"}
    assert all(math.isnan(f.estimate) for f in summary.factors)
    assert summary.needed == summarise_pictures(PictureRequest(seeds=1), live, resamples=20).needed
