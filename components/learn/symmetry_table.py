"""How well networks keep their equation, as numbers: over many held-out pictures, for every action and amount.

    classification   share of answers that stay, argmax f(g x) = argmax f(x); accuracy on g x
    segmentation     IoU of f(g x) and g f(x), where the moved picture is known; IoU of f(g x) with the moved mask
    both             mean over pictures of the largest difference |f(g x) - f(x)| or |f(g x) - g f(x)|

IoU is intersection over union of the pixels above 1/2. Everything is a mean over pictures with its standard error.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from components.learn.segmenting import Function, Study
from components.measure.actions import act, known
from components.tasks.masks import scenes
from components.tasks.mnist import mnist
from components.values import Frame

RECORDED = Path(__file__).parents[2] / "pretrained" / "weights" / "symmetry.npz"
AMOUNTS = {
    "shift": tuple(range(9)),
    "paper": tuple(range(9)),
    "flip": (1, 2, 3),
    "turn": (90, 180, 270),
    "angle": tuple(range(0, 361, 30)),
}
"""The amounts of every action that can be chosen, see `components.measure.actions.act`."""
PAPER = {"classify": 0.0, "segment": 0.5}
"""What comes in from outside: no ink, or grey beside a photograph."""
COUNT = {"classify": 300, "segment": 64}
"""Held-out pictures behind every number."""


class Kept(NamedTuple):
    """How well the equation holds under one action; each with its standard error."""

    same: tuple[float, float]  # share of answers that stay, or IoU of the two sides
    right: tuple[float, float]  # accuracy, or IoU with the truth, on the moved pictures
    apart: tuple[float, float]  # the largest difference in a picture, mean over pictures


@lru_cache(maxsize=2)
def held_out(aim: str) -> tuple[np.ndarray, np.ndarray]:
    """Pictures no network was trained on, `(n, h, w, c)`, and their digits `(n,)` or masks `(n, h, w, 1)`."""
    if aim == "classify":
        images, labels = mnist()  # its last thousand are the test part
        own = slice(len(images) - COUNT[aim], None)
        return images[own, ..., None].astype(np.float32) / 255, labels[own]
    x, masks = scenes(COUNT[aim], np.random.default_rng(7), "test")
    return x, masks[..., None]


def agreement(a: np.ndarray, b: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Intersection over union of masks `(b, h, w, 1)` among the pixels `where (h, w)`: `(b,)`; two empty masks agree, 1."""
    a, b = (np.asarray(m, bool) & where[..., None] for m in (a, b))
    both, either = (a & b).sum((1, 2, 3)), (a | b).sum((1, 2, 3))
    return np.where(either > 0, both / np.maximum(either, 1), 1.0)


def sides(aim: str, f: Function, x: np.ndarray, name: str, amount: int, after: np.ndarray | None = None) -> list[np.ndarray]:
    """Both sides of the equation for pictures `x (b, h, w, c)`: f(g x), and f(x) or g f(x). `after` is f(x), where known."""
    after = f(x) if after is None else after
    moved = f(act(name, amount, PAPER[aim])(x))
    return [moved, act(name, amount)(after) if aim == "segment" else after]


def kept(aim: str, f: Function, name: str, amount: int, after: np.ndarray | None = None) -> Kept:
    """How well f keeps its equation under one action, over all held-out pictures."""
    x, truth = held_out(aim)
    left, right = sides(aim, f, x, name, amount, after)
    if aim == "classify":
        same, good = left.argmax(1) == right.argmax(1), left.argmax(1) == truth
        apart = np.abs(left - right).max(1)
    else:
        where = known(name, amount, *x.shape[1:3])
        same, good = (agreement(left > 0.5, m, where) for m in (right > 0.5, act(name, amount)(truth.astype(np.float32)) > 0.5))
        apart = np.abs((left - right) * where[..., None]).max((1, 2, 3))
    return Kept(*((float(v.mean()), float(v.std(ddof=1) / len(v) ** 0.5)) for v in (same, good, apart)))


def every_case(aim: str, f: Function) -> np.ndarray:
    """`kept` for every action and amount in the order of `AMOUNTS`: `(cases, 3, 2)`."""
    after = f(held_out(aim)[0])
    return np.array([kept(aim, f, name, amount, after) for name, amounts in AMOUNTS.items() for amount in amounts])


@lru_cache(maxsize=1)
def _file() -> Frame:
    with np.load(RECORDED, allow_pickle=False) as data:
        return {name: data[name] for name in data.files}


def about() -> dict[str, str]:
    """Date, machine and versions of what was recorded."""
    return json.loads(str(_file()["about"]))


def recorded_weights(study: Study) -> Frame:
    """The shipped weights of one network by name."""
    prefix = f"{study.aim}/{study.network}/weights/"
    return {n.removeprefix(prefix): a for n, a in _file().items() if n.startswith(prefix)}


def recorded_course(study: Study) -> tuple[np.ndarray, np.ndarray]:
    """Steps and score on the test while the shipped network was trained."""
    steps, score = _file()[f"{study.aim}/{study.network}/course"].astype(float)
    return steps, score


def recorded_cases(aim: str, network: str, averaged: bool, name: str) -> list[Kept]:
    """What was measured on the shipped network for every amount of one action."""
    whole = _file()[f"{aim}/{network}/{'averaged' if averaged else 'plain'}"].astype(float)
    start = sum(len(a) for a in list(AMOUNTS.values())[: list(AMOUNTS).index(name)])
    return [Kept(*((float(m), float(e)) for m, e in case)) for case in whole[start : start + len(AMOUNTS[name])]]


def recorded_case(aim: str, network: str, averaged: bool, name: str, amount: int) -> Kept:
    """The same for one amount."""
    return recorded_cases(aim, network, averaged, name)[AMOUNTS[name].index(amount)]
