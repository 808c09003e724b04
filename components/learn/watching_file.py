"""A trained network as a file, and recorded runs: both are plain arrays with their settings, and nothing is ever unpickled.

Format of a model: safetensors (https://huggingface.co/docs/safetensors), eight bytes with the length of a JSON header, the
header, the numbers. The header's `__metadata__` holds the settings of `Watch` and the step.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from components.learn.watching import DOWNS, ENDINGS, RATES, SAMPLES, SEEDS, SHAPES, STEPS, WIDTHS, Watch, network
from components.values import BadInput, Frame

MOST, HEADER, LARGEST = 2**20, 2**16, 1e6  # bytes of a file and of its header; no weight is larger than this
RECORDED = Path(__file__).parents[2] / "pretrained" / "weights" / "watching.npz"
ALLOWED: dict[str, tuple[Any, ...]] = {
    "data": tuple(SHAPES), "samples": SAMPLES, "rate": RATES, "ending": ENDINGS, "down": DOWNS, "seed": tuple(range(SEEDS)),
    "width": WIDTHS, "steps": (STEPS,),
}  # fmt: skip
STRANGE = "This file is not a model of this page: save one here first, it ends in .safetensors."


def packed(request: Watch, frame: Mapping[str, np.ndarray]) -> bytes:
    """The network of a frame as a safetensors file, its settings in the header."""
    weights = {n.removeprefix("weights/"): np.ascontiguousarray(a) for n, a in frame.items() if n.startswith("weights/")}
    return save(weights, {"settings": json.dumps(asdict(request)), "step": str(int(frame["step"]))})


def unpacked(data: bytes) -> tuple[Watch, Frame]:
    """The request and the frame (`step`, `steps`, `weights/<name>`) that `packed` wrote.

    Raises:
        BadInput: too large, not of this format, other settings than the page has, other shapes, numbers that are none or huge.
    """
    if len(data) > MOST:
        raise BadInput(f"This file has {len(data) / 2**20:.1f} MB; a model of this page has less than 1 MB.")
    request, step = _settings(data)
    try:
        weights = load(data)
    except (SafetensorError, ValueError, TypeError, KeyError, OverflowError):
        raise BadInput(STRANGE) from None
    wanted = {name: tuple(a.shape) for name, a in network(request).named_parameters()}
    if {name: a.shape for name, a in weights.items()} != wanted or any(a.dtype != np.float32 for a in weights.values()):
        raise BadInput("The weights in this file do not have the shapes that its settings ask for.")
    if not all(np.isfinite(a).all() and np.abs(a).max() <= LARGEST for a in weights.values()):
        raise BadInput("Some weights in this file are not finite numbers of a usual size, so it cannot be used.")
    frame = {"step": np.array(step), "steps": np.array(request.steps)}
    return request, frame | {f"weights/{name}": a for name, a in weights.items()}


def _settings(data: bytes) -> tuple[Watch, int]:
    """The settings and the step in the header, each one that the page offers."""
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or not 2 <= length <= min(HEADER, len(data) - 8):
        raise BadInput(STRANGE)
    try:
        about = json.loads(data[8 : 8 + length])["__metadata__"]
        found, step = json.loads(about["settings"]), int(about["step"])
        known = set(found) == set(ALLOWED) and all(type(found[n]) is type(a[0]) and found[n] in a for n, a in ALLOWED.items())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadInput(STRANGE) from None
    if not known or not 0 <= step <= STEPS:
        raise BadInput("The settings in this file are not among those of this page.")
    return Watch(**found), step


@lru_cache(maxsize=1)
def _file() -> Frame:
    if not RECORDED.exists():
        return {}
    with np.load(RECORDED, allow_pickle=False) as data:
        return dict(data)


def about() -> dict[str, str]:
    """When and where the runs were recorded: `date`, `machine`, `torch`, `numpy`."""
    return json.loads(str(_file()["about"]))


@lru_cache(maxsize=8)
def recorded(request: Watch) -> tuple[Frame, ...]:
    """The frames of this run as recorded by `pretrained/build/watching.py`, weights in half precision; empty if not."""
    if request != Watch(request.data) or f"{request.data}/steps" not in _file():
        return ()
    frames = []
    for step in _file()[f"{request.data}/steps"].tolist():
        start = f"{request.data}/{step}/"
        own = {n.removeprefix(start): a for n, a in _file().items() if n.startswith(start)}
        frames.append({n: a.astype(np.float32) if n.startswith("weights/") else a for n, a in own.items()})
    return tuple(frames)
