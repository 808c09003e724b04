"""The tasks of the slide "Set Modality": classification, anomaly detection, expansion, completion and generation."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from components.modalities.base import Exercise
from components.modalities.set_samples import DIGIT_NAMES, INK, SPACE, cloud, columns, pictures, rows, signs
from components.tasks import anomaly, completion, digits, expansion, generation, shapes
from components.values import Sample

if TYPE_CHECKING:
    from torch import Generator, nn

ODD = {"odd-4": (4, 9), "odd-0": (0, 6)}  # the number of seven pictures, and of the eighth
KEYWORDS = ("vegetable", "drink", "vehicle")
TEST = "a test observation"
an_inked = partial(columns, names=INK, needs="points with ink (x, y, ink): choose one of the digits")


def show(x: np.ndarray, names: tuple[str, ...]) -> Sample:
    """The points behind an observation `(n, 3)` of a task, or behind an answer."""
    return cloud(x, names, TEST)


def ordinals(count: int) -> tuple[str, ...]:
    """1st, 2nd, 3rd, 4th ..., up to 20th."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return tuple(f"{i}{ends.get(i, 'th')}" for i in range(1, count + 1))


def odd_one_out(generators: "Sequence[Generator]") -> "nn.Module":
    """Compares each picture with the others."""
    from components.models.odd_one_out import OddOneOut

    return OddOneOut(anomaly.SIDE**2, generators)


def expand(generators: "Sequence[Generator]") -> "nn.Module":
    """Compares each candidate with those that are given."""
    from components.models.expand_set import ExpandSet

    return ExpandSet(len(expansion.signs()[0]), generators)


def complete(generators: "Sequence[Generator]") -> "nn.Module":
    """The points that are missing."""
    from components.models.complete_set import CompleteSet

    return CompleteSet(len(INK), completion.MISSING, generators)


def generate(generators: "Sequence[Generator]") -> "nn.Module":
    """The cloud again, and new ones from noise."""
    from components.models.complete_set import GenerateSet

    return GenerateSet(len(INK), digits.POINTS, generators)


TASKS = {
    "solid": Exercise(
        "Which solid is it?",
        tuple(shapes.SURFACES),
        shapes.draw,
        "permutation",
        partial(columns, names=SPACE, needs="points in space (x, y, z): choose one of the solids"),
        partial(show, names=SPACE),
        "Synthetic: every cloud is drawn anew, 32 points, so none is met twice.",
    ),
    "digit": Exercise(
        "Which digit is this set?",
        tuple("0123456789"),
        digits.draw_point_sets,
        "permutation",
        an_inked,
        partial(show, names=INK),
        "1,297 digits to train on, 500 others to test on, 32 points each; no digit is in both.",
    ),
    "anomaly": Exercise(
        "Set anomaly detection: which picture does not belong?",
        ordinals(anomaly.COUNT),
        anomaly.draw,
        "permutation of the pictures, and of the answer with them",
        partial(rows, kind="pictures", count=anomaly.COUNT, needs="sets of eight pictures: choose one of those"),
        partial(pictures, about=TEST),
        "Sets of 8 from 1,297 digits to train on and from 500 others to test on; no picture is in both. The baseline sees how "
        "far each picture is from the mean of the others.",
        order="fixed",
        network=odd_one_out,
        flat=anomaly.apart,
        sizes=(50, 200, 800, 3200),
        suits=tuple(ODD),
    ),
    "expansion": Exercise(
        "Set expansion: four are given; which candidate belongs to them too?",
        ordinals(expansion.ROWS),
        expansion.draw,
        "permutation of the rows, and of the answer with them",
        partial(
            rows, kind="signs", count=expansion.ROWS, needs="four given signs and eight candidates: choose one of those sets"
        ),
        partial(signs, about=TEST),
        expansion.NOTE,
        order="fixed",
        network=expand,
        flat=expansion.counted,
        sizes=(200, 800, 3200, 12800),
        suits=KEYWORDS,
        data=(expansion.FILE,),
    ),
    "completion": Exercise(
        "Set completion: one side of a digit is missing; where are its points?",
        ("missing points",),
        completion.draw,
        "permutation",
        an_inked,
        partial(show, names=INK),
        "1,297 digits to train on, 500 others to test on, no digit in both; the farthest quarter of the points along a random "
        "direction is cut away. The missing side of the most similar training digit is .24 off (Chamfer distance).",
        goal="points",
        network=complete,
        flat=completion.grid,
        suits=tuple(DIGIT_NAMES),
    ),
    "generation": Exercise(
        "Point-cloud generation: make a new handwritten digit",
        ("points",),
        generation.draw,
        "permutation",
        an_inked,
        partial(show, names=INK),
        generation.NOTE,
        goal="points",
        network=generate,
        flat=completion.grid,
        suits=tuple(DIGIT_NAMES),
    ),
}
