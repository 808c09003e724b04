"""Which exercise is it? A watch on the wrist of ten people, seven shoulder exercises, left and right.

Recorded at 50 Hz: acceleration (g) and turning rate (rad/s) along three axes. Source: D. Burns et al. 2018, seglearn.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays
from components.tasks.series import averaged, cut, seeded, separate

if TYPE_CHECKING:
    from torch import Generator, Tensor

FILE, RATE, COUNTS = "watch.npz", 50.0, 1000
EXERCISES = (
    "pendulum",
    "abduction",
    "forward elevation",
    "internal rotation",
    "external rotation",
    "trapezius extension",
    "upright row",
)
SLOW, STEPS = 25.0, 75  # the network's window: 3 s at 25 Hz, every row the mean of two
TESTED = (8, 9, 10)  # people never seen in training


@cache
def recordings() -> tuple[list[np.ndarray], dict[str, np.ndarray]]:
    """140 series `(t, 6)` in g and rad/s at 50 Hz, and of each: exercise, person, side (0 left, 1 right)."""
    data = arrays(FILE)
    change = separate(data["change"].T, data["lengths"])
    series = [(np.cumsum(c, 0, dtype=np.int16) / COUNTS).astype(np.float32) for c in change]
    return series, {name: data[name] for name in ("exercise", "person", "side")}


def recording(exercise: int, person: int, side: int) -> np.ndarray:
    """One series `(t, 6)` at 50 Hz."""
    series, facts = recordings()
    found = (facts["exercise"] == exercise) & (facts["person"] == person) & (facts["side"] == side)
    return series[int(np.flatnonzero(found)[0])]


@cache
def slow() -> list[np.ndarray]:
    """The same series at 25 Hz, the mean of every two rows."""
    return [averaged(s, 2) for s in recordings()[0]]


@cache
def spread() -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of each channel over the people in training, two `(6,)`."""
    train = ~np.isin(recordings()[1]["person"], TESTED)
    rows = np.concatenate([s for s, kept in zip(slow(), train, strict=True) if kept])
    return rows.mean(0), rows.std(0)


def draw(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n windows of 3 s, `x (n, 75, 6)` in g and rad/s; `y (n,)` the exercise. Nobody is in both parts."""
    import torch

    series, facts = slow(), recordings()[1]
    rng = seeded(generator)
    own = np.flatnonzero(np.isin(facts["person"], TESTED) == (part == "test"))
    which = rng.choice(own, n)
    room = np.array([len(s) for s in series])[which] - STEPS
    x = cut(series, which, rng.integers(room + 1), STEPS)
    return torch.from_numpy(x), torch.from_numpy(facts["exercise"][which].astype(np.int64))
