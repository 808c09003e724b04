"""What a sweep over pictures says, as numbers, live or as recorded by `pretrained/build/images.py`."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from components.learn.picture_sweep import PictureRequest
from components.measure.sample_complexity import Factor, factor, samples_needed, spoken
from components.values import Frame

FILE = Path(__file__).parents[2] / "pretrained" / "sweeps" / "images.npz"


class PictureSummary(NamedTuple):
    """Four numbers of each kind, in the order of `ARCHITECTURES`."""

    reference: float  # samples that the convolution needs: local, shared, pooled; NaN where it was not measured
    needed: tuple[float, ...]
    factors: tuple[Factor, ...]  # against the convolution
    spoken: tuple[str, ...]


@lru_cache(maxsize=1)
def _file() -> Frame:
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


@lru_cache(maxsize=1)
def recorded_ways() -> tuple[Frame, dict[str, str]] | None:
    """The last frame of `learn/shift_ways.py` as recorded, and when and where."""
    found = {key.removeprefix("ways/"): a for key, a in _file().items() if key.startswith("ways/")}
    about: dict[str, dict[str, str]] = json.loads(str(_file()["about"]))
    return ({key: a.astype(np.float32) for key, a in found.items()}, about["ways"]) if found else None


def _name(request: PictureRequest) -> str:
    return f"{request.task}/{int(request.local)}/{request.stride}"


def recorded_about(request: PictureRequest) -> dict[str, str]:
    """When and where it was recorded: `date`, `machine`, `torch`; empty where it was not."""
    found: dict[str, dict[str, str]] = json.loads(str(_file()["about"]))
    return found.get(_name(request), {})


@lru_cache(maxsize=32)
def recorded_pictures(task: str, local: bool, stride: int, pool: str) -> Frame | None:
    """The last frame of this sweep as recorded, or None where it was not."""
    request = PictureRequest(task, local, stride, pool)
    prefix = f"{_name(request)}/"
    if pool not in ("", request.about.pool):
        return None
    found = {key.removeprefix(prefix): a for key, a in _file().items() if key.startswith(prefix)}
    if not found:
        return None
    frame = {key: a if a.dtype == np.uint8 else a.astype(np.float32) for key, a in found.items()}
    return frame | {"sizes": np.array(request.about.sizes)}


def recorded_frame(request: PictureRequest) -> Frame | None:
    """The recorded sweep for this request, whatever its repetitions and device."""
    return recorded_pictures(request.task, request.local, request.stride, request.pool)


def convolution(request: PictureRequest, frame: Frame) -> np.ndarray | None:
    """The curve of the convolution, `(s, seeds)`: from this frame where the window is local, else as recorded."""
    if request.local:
        return frame["accuracy"][0]
    kept = recorded_pictures(request.task, True, request.stride, request.pool)
    return None if kept is None else kept["accuracy"][0][:, : frame["accuracy"].shape[-1]]


def summarise_pictures(request: PictureRequest, frame: Frame, *, resamples: int = 1000) -> PictureSummary:
    """Read a frame of a sweep."""
    sizes, accuracy, threshold = frame["sizes"], frame["accuracy"], request.about.threshold
    needed = tuple(float(n) for n in samples_needed(sizes, accuracy.mean(-1), threshold))
    best = convolution(request, frame)
    if best is None:  # never compare with another network under the convolution's name
        unknown = Factor(float("nan"), float("nan"), float("nan"))
        return PictureSummary(float("nan"), needed, (unknown,) * 4, ("not measured",) * 4)
    reference = float(samples_needed(sizes, best.mean(-1), threshold))
    factors = tuple(factor(sizes, a, best, threshold, resamples=resamples) for a in accuracy)
    return PictureSummary(reference, needed, factors, tuple(spoken(f, sizes, reference) for f in factors))


@lru_cache(maxsize=64)
def recorded_picture_summary(request: PictureRequest) -> PictureSummary | None:
    """The summary of the recorded sweep, where there is one."""
    frame = recorded_frame(request)
    return None if frame is None else summarise_pictures(request, frame)
