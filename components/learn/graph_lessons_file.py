"""What was recorded of the three trainings of the Graphs page by `pretrained/build/graph_train.py`."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from components.values import Frame

FILE = Path(__file__).parents[2] / "pretrained" / "sweeps" / "graph_train.npz"


@cache
def _file() -> dict[str, np.ndarray]:
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


def name_of(lesson: tuple[str | int, ...]) -> str:
    """The key of a lesson: its settings, one after the other."""
    return "/".join([type(lesson).__name__, *map(str, lesson)])


@cache
def recorded(lesson: tuple[str | int, ...]) -> Frame | None:
    """The last frame, with `course (t, seeds)` and `at (t,)`, the score on the way; None where it was not recorded."""
    key = f"{name_of(lesson)}:"
    if not FILE.exists():
        return None
    found = {name.removeprefix(key): a for name, a in _file().items() if name.startswith(key)}
    return {name: a.astype(np.float32) if a.dtype == np.float16 else a for name, a in found.items()} or None


def about() -> dict[str, str]:
    """Date, machine, torch."""
    found: dict[str, str] = json.loads(str(_file()["about"]))
    return found


def recorded_seconds(lesson: tuple[str | int, ...]) -> float | None:
    """Seconds a lesson took on the recording machine."""
    frame = recorded(lesson)
    return None if frame is None else float(frame["seconds"])
