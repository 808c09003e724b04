"""How the accuracy of a network that learnt from clean data falls as the damage to what it is asked about grows.

    score(s) = accuracy on { enter(corrupt(sample, s)) },   s = 0, .1, .2, .4, .6, .8, 1,   mean and standard error over seeds
    left(s)  = (score(s) - guessing) / (score(0) - guessing)

Each seed draws its own test observations and its own damage; the same observations are damaged at every strength. Guessing
is the most frequent answer, or R^2 = 0. Source: Hendrycks & Dietterich 2019 (corruptions); lecture, "Modality Profile", Noise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np
from torch import Generator, nn

from components.catalogue import discover
from components.learn.batch import answers, network
from components.learn.damages import DEFAULTS
from components.learn.exercise import Lesson, learn, recorded
from components.learn.train import TEST_SEED, shuffle
from components.measure.confusion import most_frequent
from components.measure.damage import changed, snr
from components.modalities.base import Exercise, Modality
from components.values import BadInput, Frame, Sample

STRENGTHS = (0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
LOOKED = 10
"""Damaged samples that are compared with what they were, for the share of elements reached and the decibels."""
Specimens = list[tuple[Sample, np.ndarray]]


@dataclass(frozen=True)
class Request:
    """One curve: a task whose test observations are damaged in one way. Equal requests are the same curve."""

    modality: str
    task: str
    damage: str
    seeds: int = 5
    count: int = 80  # test observations of each seed, or as many as there are
    own: str = ""  # a digest of the learner's own data, or the run whose weights are used
    given: Exercise | None = field(default=None, compare=False, repr=False)  # that task
    weights: Frame | None = field(default=None, compare=False, repr=False)  # the last frame of that run

    @property
    def lesson(self) -> Lesson:
        """The task as it was learnt, from as many clean samples as there are."""
        return Lesson(self.modality, self.task, own=self.own, given=self.given)


def defaults(seeds: int = 5, count: int = 80) -> tuple[Request, ...]:
    """A curve for each modality that has one here, in the lecture's order."""
    names = [name for name in discover("modalities", "MODALITY") if name in DEFAULTS]
    return tuple(Request(name, *DEFAULTS[name], seeds=seeds, count=count) for name in names)


def specimens(request: Request, seed: int) -> Specimens:
    """Clean test samples of one seed, each with the true answers about its first elements."""
    exercise = request.lesson.exercise
    count = min(request.count, exercise.test)
    if exercise.specimens is not None:
        return exercise.specimens(count, seed)
    generator = Generator().manual_seed(TEST_SEED + seed)
    x, y = exercise.draw(count, generator, "test")
    x = x if exercise.order == "fixed" else shuffle(x, generator)
    return [(exercise.show(a), y[[i]].numpy()) for i, a in enumerate(x.numpy())]


def entered(exercise: Exercise, sample: Sample, count: int) -> list[np.ndarray | None]:
    """The first `count` elements of a sample before the network; None where it refuses what is left of the sample."""
    if exercise.enter_all is not None and count > 1:
        return list(exercise.enter_all(sample)[:count])
    found: list[np.ndarray | None] = []
    for mark in range(count):
        try:
            found.append(exercise.enter(sample, mark))
        except BadInput:
            found.append(None)
    return found


def score(request: Request, model: nn.Module, x: Sequence[np.ndarray | None], y: np.ndarray) -> float:
    """Accuracy, or R^2. What could not be put before the network is wrong, and in a regression answered with the mean."""
    seen = [i for i, a in enumerate(x) if a is not None]
    out = answers(request.lesson, model, [a for a in x if a is not None]) if seen else np.zeros((0, 1))
    if request.lesson.exercise.goal == "classification":
        return float((out.argmax(-1) == y[seen]).sum() / len(y)) if seen else 0.0
    told = np.full(len(y), y.mean(), np.float64)
    told[seen] = out[:, 0]
    return float(1 - np.square(told - y).sum() / max(np.square(y - y.mean()).sum(), 1e-12))


@lru_cache(maxsize=32)
def _trained(lesson: Lesson) -> Frame:
    """Where no weights were recorded, they are learnt."""
    *_, last = learn(lesson)
    return last


def frame_of(request: Request) -> Frame:
    """The weights that are asked: the learner's, else the recorded ones."""
    found = request.weights or recorded(request.lesson)
    return _trained(request.lesson) if found is None else found


class Bench:
    """One request at work: its network and its clean specimens, kept from one strength to the next.

    Raises:
        BadInput: the task asks for points, which are neither right nor wrong.
    """

    def __init__(self, request: Request) -> None:
        exercise = request.lesson.exercise
        if exercise.goal == "points":
            raise BadInput("This task asks for points, which have no accuracy; choose one with classes or a number.")
        self.request, self.exercise = request, exercise
        self.damage = discover("modalities", "MODALITY")[request.modality].corrupt[request.damage]
        self.model = network(request.lesson, frame_of(request))
        self.clean = [specimens(request, seed) for seed in range(request.seeds)]
        self.truth = [np.concatenate([y for _, y in clean]) for clean in self.clean]

    def chance(self) -> float:
        """What guessing is worth: always the most frequent answer; 0 in a regression."""
        return most_frequent(np.concatenate(self.truth)) if self.exercise.goal == "classification" else 0.0

    def measure(self, strength: float) -> tuple[np.ndarray, float, float]:
        """The score of each seed `(seeds,)`; the share of elements that changed; decibels, NaN where they have no meaning."""
        scores: list[float] = []
        looked: list[tuple[float, float]] = []
        for seed, (clean, truth) in enumerate(zip(self.clean, self.truth, strict=True)):
            rng = np.random.default_rng((seed, round(1000 * strength)))
            x: list[np.ndarray | None] = []
            for sample, y in clean:
                damaged = self.damage(sample, strength, rng) if strength else sample
                x += entered(self.exercise, damaged, len(y))
                if len(looked) < LOOKED:
                    looked.append((changed(sample, damaged), snr(sample, damaged)))
            scores.append(score(self.request, self.model, x, truth))
        share, decibels = np.array(looked).T
        known = decibels[np.isfinite(decibels)]
        return np.array(scores), float(share.mean()), float(np.median(known)) if len(known) else float("nan")


def robustness(requests: Sequence[Request]) -> Iterator[Frame]:
    """All curves, point by point, the weakest damage of every modality first.

    Yields:
        Frames with `step`, `steps`, `strength (s,)`, and per request r: `score (r, s, seeds)` accuracy or R^2, NaN where not
        yet measured, with as many seeds as the largest request; `chance (r,)`; `changed (r, s)`, the share of elements the
        damage reached; `snr (r, s)` in dB, NaN where it has no meaning.
    """
    size = (len(requests), len(STRENGTHS))
    frame: Frame = {
        "step": np.array(0),
        "steps": np.array(size[0] * size[1]),
        "strength": np.array(STRENGTHS),
        "score": np.full((*size, max(request.seeds for request in requests)), np.nan),
        "chance": np.full(size[0], np.nan),
        "changed": np.full(size, np.nan),
        "snr": np.full(size, np.nan),
    }
    yield {name: array.copy() for name, array in frame.items()}
    benches: list[Bench] = []
    for s, strength in enumerate(STRENGTHS):
        for r, request in enumerate(requests):
            if not s:
                benches.append(Bench(request))
                frame["chance"][r] = benches[r].chance()
            scores, frame["changed"][r, s], frame["snr"][r, s] = benches[r].measure(strength)
            frame["score"][r, s, : len(scores)] = scores
            frame["step"] = frame["step"] + 1
            yield {name: array.copy() for name, array in frame.items()}


def left(frame: Frame) -> np.ndarray:
    """What is left of what was learnt, `(r, s, seeds)`: 1 at the clean score, 0 at guessing; compared seed by seed."""
    chance = frame["chance"][:, None, None]
    clean = np.nanmean(frame["score"][:, :1], axis=2, keepdims=True) if frame["step"] else np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(clean > chance, (frame["score"] - chance) / (clean - chance), np.nan)


@cache
def carried(modality: str, task: str, damage: str) -> bool:
    """Whether a damage of the sample reaches the network at all: a network that keeps the graph for itself sees none."""
    known: Modality = discover("modalities", "MODALITY")[modality]
    exercise = known.tasks[task]
    if exercise.goal == "points":
        return False
    rng = np.random.default_rng(0)
    for sample, y in specimens(Request(modality, task, damage, count=6), 0):
        pair = [entered(exercise, s, len(y)) for s in (sample, known.corrupt[damage](sample, 0.8, rng))]
        if any(b is None or a is None or a.shape != b.shape or not np.allclose(a, b) for a, b in zip(*pair, strict=True)):
            return True
    return False
