"""Which parts of a sample matter for a task, asked of the network that learnt it: hide a part and look at the answer.

For classes, importance is the evidence the answer loses, log2 p / (1 - p) in bits; for a number, what the number loses (either
sign); for points, how far the answer moves (Chamfer distance). Sources: see `measure.importance`.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from torch import from_numpy, nn

from components.learn.batch import answers, network, outcomes
from components.learn.exercise import Lesson, exam
from components.learn.goals import chamfer
from components.measure.importance import Agreement, agreement, alone, evidence, occlusion, permutation
from components.modalities.base import Exercise, Modality, Parts
from components.values import BadInput, Frame, Sample

Seen = np.ndarray | None  # what the network meets; None where it refuses what is left


class Relevance(NamedTuple):
    """How much each part matters for one task, in `unit`; NaN where the network refuses the sample without the part."""

    names: tuple[str, ...]  # of the parts
    missed: np.ndarray  # (parts,) what the answer loses without the part, all else being there
    alone: np.ndarray  # (parts,) what the answer gains from the part when nothing else is there
    unit: str  # bits of evidence, or the unit of the number
    answer: str  # what is followed: the class the network answers with, or the quantity
    value: float  # its probability, or the number; NaN for points
    without: np.ndarray  # (parts,) the same without the part
    asked: int  # the class that is followed; -1 where there are none
    rival: int  # the next likely class; -1 where there are none


def fitting(tasks: Mapping[str, Exercise], sample: Sample, mark: int) -> list[str]:
    """The tasks whose network can be asked about this element of the sample, in their order."""
    found = []
    for name, exercise in tasks.items():
        try:
            exercise.enter(sample, mark)
        except (BadInput, FileNotFoundError):
            continue
        found.append(name)
    return found


def taken_apart(modality: Modality, sample: Sample, mark: int) -> Parts:
    """The parts of a sample.

    Raises:
        BadInput: the modality does not say what its parts are.
    """
    if modality.parts is None:
        raise BadInput("Nothing in this modality says what its parts are, so none can be hidden.")
    return modality.parts(sample, mark)


def relevance(lesson: Lesson, frame: Frame, sample: Sample, mark: int, parts: Parts, asked: int | None = None) -> Relevance:
    """How much each part matters to the answer of one network.

    Args:
        lesson, frame: the task and the weights, of a run or as recorded.
        sample, mark: what is asked about, and which of its elements.
        parts: what can be hidden, see `taken_apart`.
        asked: the class whose probability is followed; the answer itself if None. Another one makes another question.

    Raises:
        BadInput: the network does not take this sample at all.
    """
    exercise = lesson.exercise
    whole = exercise.enter(sample, mark)
    names, model = tuple(parts.elements), network(lesson, frame)
    first = outcomes(model, [whole])[0]
    classes = exercise.goal == "classification"
    ranking = np.argsort(-first, kind="stable") if classes else np.full(2, -1)
    followed = int(ranking[0]) if asked is None else asked
    follow = partial(_followed, lesson, model, first, followed)

    def left(hidden: Sequence[str]) -> Seen:
        try:
            return exercise.enter(*parts.hide(hidden))
        except BadInput:
            return None

    hidden = [left([name]) for name in names]
    same = [x is not None and np.array_equal(x, whole) for x in hidden]  # exactly 0, not nearly: the network cannot see it
    missed = np.where(same, 0.0, occlusion(follow, whole, hidden))
    only, nothing = [left([other for other in names if other != name]) for name in names], left(names)
    kept = follow(only) - _guess(lesson) if nothing is None else alone(follow, only, nothing)
    shown = follow([whole, *hidden])
    shown = 1 / (1 + np.exp2(-shown)) if classes else shown if exercise.goal == "regression" else np.full(len(shown), np.nan)
    answer = exercise.classes[followed] if classes else exercise.classes[0]
    unit = "bits of evidence" if classes else exercise.unit or "Chamfer distance"
    rival = int(next(c for c in ranking if c != followed)) if classes else -1
    return Relevance(names, missed, kept, unit, answer, float(shown[0]), shown[1:], followed, rival)


def _followed(lesson: Lesson, model: nn.Module, first: np.ndarray, asked: int, seen: Sequence[Seen]) -> np.ndarray:
    """What is followed of the answers `(n,)`: evidence, a number, or minus the distance from the points `first`."""
    out = np.full(len(seen), np.nan)
    known = [i for i, x in enumerate(seen) if x is not None]
    if not known:
        return out
    found = outcomes(model, [x for x in seen if x is not None])
    if lesson.exercise.goal == "points":
        out[known] = -chamfer(from_numpy(found), from_numpy(first).expand(len(found), *first.shape)).numpy()
    else:
        out[known] = evidence(found, asked) if lesson.exercise.goal == "classification" else found[:, 0]
    return out


def compared(a: Relevance, b: Relevance, *, context: bool = True) -> Agreement:
    """How alike two tasks rank the same parts, whichever way they matter: with all the rest there, or each part alone."""
    if a.names != b.names:
        raise ValueError("the two must be measured on the same parts")
    return agreement(a.missed, b.missed) if context else agreement(a.alone, b.alone)


def painted(sample: Sample, parts: Parts, values: np.ndarray) -> np.ndarray:
    """The values of the parts given to their elements: `(n,)`; `(n, d)` where parts are of one channel; for a table `(D,)`, one
    for each entry of x_i. 0 where no part is, or none is known."""
    n, d = sample["elements"].shape[0], sample["elements"].shape[-1]
    table = sample.get("kind") == "table"
    found = np.zeros((n, d) if parts.channel else d if table else n)
    for (name, elements), value in zip(parts.elements.items(), np.nan_to_num(values), strict=True):
        if name in parts.channel:
            found[elements, parts.channel[name]] = value
        else:
            found[elements] = value
    return found


def columns(lesson: Lesson, frame: Frame, groups: Mapping[str, np.ndarray], repeats: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Permutation importance of groups of entries of x over the whole test part: the fall of accuracy or of R^2, `(groups,)`,
    and its standard error (Breiman 2001).

    Raises:
        BadInput: the task has no score that could fall.
    """
    exercise, (x, y) = lesson.exercise, exam(lesson)
    if exercise.goal == "points":
        raise BadInput("This task asks for points, which have no accuracy that could fall.")
    model = network(lesson, frame)

    def score(rows: np.ndarray) -> float:
        out = answers(lesson, model, list(rows))
        if exercise.goal == "classification":
            return float((out.argmax(-1) == y).mean())
        return float(1 - np.square(out[:, 0] - y).sum() / max(np.square(y - y.mean()).sum(), 1e-12))

    return permutation(score, x, groups, np.random.default_rng(0), repeats)


def _guess(lesson: Lesson) -> float:
    """What is followed where nothing can be put before the network: all classes alike, the mean of the test; NaN for points."""
    exercise = lesson.exercise
    if exercise.goal == "points":
        return float("nan")
    return -float(np.log2(len(exercise.classes) - 1)) if exercise.goal == "classification" else float(exam(lesson)[1].mean())
