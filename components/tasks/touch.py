"""What is being touched, and what will the arm do next? A simulated finger presses on twelve surfaces and slides over them.

Force (N) and torque (N m) at the wrist along three axes, height of the fingertip above the surface (mm) and its speed (mm/s),
50 Hz. Simulated with MuJoCo by `pretrained/build/arm.py`; friction of the surfaces is chosen there.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays
from components.tasks.series import cut, evenly, seeded, separate

if TYPE_CHECKING:
    from torch import Generator, Tensor

FILE, RATE = "arm.npz", 50.0
KINDS = 5  # an action's number modulo 5 is its kind: 0 rest, 1 approach, 2 press, 3 slide, 4 lift
ACTIONS = ("rest", "approach", "press", "slide", "lift")
SLIDE = 3
STICKY = 0.35  # friction coefficient from which a surface counts as sticky
TESTED = ("Teflon", "varnish", "wood", "leather")  # surfaces never touched in training
STEPS, LOOK = 50, 60  # windows: 1 s of touch, 1.2 s of motion
FORCE, MOTION = slice(0, 6), slice(6, 8)  # columns of a run
HELD_OUT = 4  # runs of each surface, of 12, that the next-action task is tested on


@cache
def runs() -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
    """144 runs: series `(t, 8)` of force, torque, height and speed; the action at each row `(t,)`; the surface of each run."""
    data = arrays(FILE)
    series = (data["series"] * data["steps"]).astype(np.float32)
    return separate(series, data["lengths"]), separate(data["action"], data["lengths"]), data["surface"]


@cache
def surfaces() -> tuple[list[str], np.ndarray]:
    """Names of the surfaces and whether each is sticky, `(12,)`."""
    data = arrays(FILE)
    return [str(name) for name in data["names"]], data["friction"] >= STICKY


def run(surface: str, number: int) -> np.ndarray:
    """One run `(t, 8)` on a surface."""
    names, _ = surfaces()
    series, _, where = runs()
    return series[int(np.flatnonzero(where == names.index(surface))[number])]


def _moments(kept: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every window of the runs in `kept`, as run, first row, and the row after its last."""
    series = runs()[0]
    which = np.concatenate([np.full(len(series[i]) - length + 1, i) for i in kept])
    start = np.concatenate([np.arange(len(series[i]) - length + 1) for i in kept])
    return which, start, start + length


@cache
def sliding(part: str) -> tuple[np.ndarray, np.ndarray]:
    """All windows of 1 s of which at least half is sliding, as run and first row; parts differ in their surfaces."""
    names, _ = surfaces()
    _, action, where = runs()
    tested = np.isin(where, [names.index(name) for name in TESTED])
    which, start, _ = _moments(np.flatnonzero(tested == (part == "test")), STEPS)
    total = [np.concatenate([[0], np.cumsum(a % KINDS == SLIDE)]) for a in action]
    share = np.array([total[w][s + STEPS] - total[w][s] for w, s in zip(which, start, strict=True)]) / STEPS
    return which[share >= 0.5], start[share >= 0.5]


@cache
def following(part: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All windows of 1.2 s with an action still to come, as run, first row and that action 0..4; parts differ in their runs."""
    _, action, where = runs()
    number = np.concatenate([np.arange(np.sum(where == s)) for s in np.unique(where)])
    tested = number >= number.max() + 1 - HELD_OUT
    which, start, end = _moments(np.flatnonzero(tested == (part == "test")), LOOK)
    after = [upcoming(a) for a in action]
    label = np.array([after[w][e - 1] for w, e in zip(which, end, strict=True)])
    return which[label >= 0], start[label >= 0], label[label >= 0]


def upcoming(action: np.ndarray) -> np.ndarray:
    """At each row, the kind of the action that begins next, `(t,)`; -1 where none does."""
    begins = np.flatnonzero(np.diff(action)) + 1
    next_one = np.searchsorted(begins, np.arange(len(action)), side="right")
    return np.append(action[begins].astype(int) % KINDS, -1)[next_one]


@cache
def spread(task: str) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of each channel over the training windows of a task, "surface" or "next"."""
    windows, length, columns = (sliding, STEPS, FORCE) if task == "surface" else (following, LOOK, MOTION)
    which, start = windows("train")[:2]
    some = slice(None, None, max(1, len(which) // 2000))
    rows = cut(runs()[0], which[some], start[some], length)[..., columns]
    return rows.mean((0, 1)), rows.std((0, 1))


def draw_surface(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n windows of force and torque, `x (n, 50, 6)` in N and N m; `y (n,)` 0 slippery, 1 sticky, half of each."""
    import torch

    rng = seeded(generator)
    which, start = sliding(part)
    y = surfaces()[1][runs()[2][which]].astype(np.int64)
    rows = evenly(y, n, rng)
    x = cut(runs()[0], which[rows], start[rows], STEPS)[..., FORCE]
    return torch.from_numpy(np.ascontiguousarray(x)), torch.from_numpy(y[rows])


def draw_next(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n windows of height (mm) and speed (mm/s), `x (n, 60, 2)`; `y (n,)` the action that begins next, each as often."""
    import torch

    rng = seeded(generator)
    which, start, label = following(part)
    rows = evenly(label, n, rng)
    x = cut(runs()[0], which[rows], start[rows], LOOK)[..., MOTION]
    return torch.from_numpy(np.ascontiguousarray(x)), torch.from_numpy(label[rows].astype(np.int64))
