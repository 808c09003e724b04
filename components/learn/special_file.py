"""The recorded contests of "Special or general", and what is to be read from one, recorded or live."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from components.learn.special import ATTENTION as GENERAL
from components.learn.special import CONTESTS, RATES, SPECIAL, interval

FILE = Path(__file__).parents[2] / "pretrained" / "sweeps" / "compare.npz"
Array = np.ndarray


class Result(NamedTuple):
    """One modality: accuracy `(models, sizes, seeds)` and what each model costs."""

    sizes: Array
    accuracy: Array
    search: Array  # (models, rates): accuracy on held-out training samples
    seconds: Array  # (models,) of one network, CPU
    cost: Array  # (models, 2): weights, multiply-adds of one observation
    tested: int

    @property
    def rates(self) -> tuple[float, ...]:
        """The rate chosen for each model."""
        return tuple(RATES[int(row.argmax())] for row in self.search)


class Ahead(NamedTuple):
    """How far the best special model is ahead of the transformer at one number of samples, in points of accuracy."""

    samples: int
    special: int  # which of the models
    points: float
    half: float  # of the 95 % interval over seeds and test samples; NaN for fewer than three

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return abs(self.points) > self.half


@cache
def results() -> dict[str, Result]:
    """All that is recorded."""
    with np.load(FILE, allow_pickle=False) as data:
        found = dict(data)
    arrays = ("sizes", "accuracy", "search", "seconds", "cost")
    return {
        m: Result(**{name: found[f"{m}/{name}"] for name in arrays}, tested=int(found[f"{m}/tested"]))
        for m in CONTESTS
        if f"{m}/accuracy" in found
    }


@cache
def about() -> dict[str, str]:
    """Date, machine, version of torch."""
    with np.load(FILE, allow_pickle=False) as data:
        found: dict[str, str] = json.loads(str(data["about"]))
    return found


def roles(modality: str) -> list[str]:
    """The role of every model."""
    return [c.role for c in CONTESTS[modality][2]]


def ahead(modality: str, sizes: Array, accuracy: Array, tested: int) -> tuple[Ahead, ...]:
    """At every number of samples; the special model is the one that is best on the mean over all of them. Seeds are paired: both
    models meet the same training samples. The interval adds what seeds leave open, t s / sqrt(k), and what m test samples leave
    open, 1.96 sqrt((p (1 - p) + p' (1 - p')) / m), as the root of the sum of squares; the second is too wide where both models
    fail on the same test samples."""
    own = [i for i, role in enumerate(roles(modality)) if role == SPECIAL]
    best = max(own, key=lambda i: float(accuracy[i].mean()))
    general = roles(modality).index(GENERAL)
    found = []
    for i, size in enumerate(sizes):
        difference = 100 * (accuracy[best, i] - accuracy[general, i]).astype(float)
        mean, half = interval(difference)
        spread = sum(float(p * (1 - p)) for p in (accuracy[best, i].mean(), accuracy[general, i].mean()))
        half = float(np.hypot(half, 196 * (spread / tested) ** 0.5))
        found.append(Ahead(int(size), best, mean, half if len(difference) > 2 else float("nan")))
    return tuple(found)


def caught(found: tuple[Ahead, ...]) -> int | None:
    """The fewest samples from which the special model is never clearly ahead again; None if it is at the largest."""
    late = [a.samples for i, a in enumerate(found) if not any(b.clear and b.points > 0 for b in found[i:])]
    return late[0] if late else None
