"""Set modality: elements without order or place, each in R^d. Slide: "Set Modality" (sets, point clouds).

The input observation is a table of n rows whose order means nothing:

    x_i = {x_i1, ..., x_in},  each in R^d;  every permutation of the rows is the same observation
"""

from functools import partial

import numpy as np

from components.modalities.base import Control, Modality
from components.modalities.set_parts import parts
from components.modalities.set_samples import DIGIT_NAMES, MESHES, again, digit, keyword, mesh, odd, read, solid
from components.modalities.set_tasks import KEYWORDS, ODD, TASKS
from components.tasks import completion, expansion, shapes
from components.values import Sample


def table(sample: Sample) -> np.ndarray:
    """The input observation x_i as a table `(n, d)`, one row per element. The order of its rows carries nothing."""
    return sample["elements"]


def rotate(sample: Sample, degrees: int) -> Sample:
    """Turn x and y by an angle: in the plane, or about the upright axis. Sets that are not points stay as they are."""
    elements = sample["elements"]
    return again(sample, elements.copy() if "kind" in sample else shapes.turn(elements, np.deg2rad(degrees)))


def resample(sample: Sample, n: int) -> Sample:
    """Another `n` of the points, each at most once if there are enough; 0 leaves all. Other sets stay as they are."""
    have = len(sample["elements"])
    rng = np.random.default_rng(n)
    keep = np.arange(have) if n == 0 or "kind" in sample else rng.choice(have, n, replace=n > have)
    return again(sample, sample["elements"][keep])


def cut(sample: Sample, percent: int) -> Sample:
    """Take away this part of the points, those farthest to the right (largest x). Other sets stay as they are."""
    elements = sample["elements"]
    if percent == 0 or "kind" in sample:
        return again(sample, elements)
    return again(sample, completion.parted(elements, np.eye(elements.shape[1])[0], percent / 100)[0])


def permute(sample: Sample, seed: int) -> Sample:
    """The same elements in another order; 0 is the order they came in."""
    have = len(sample["elements"])
    order = np.arange(have) if seed == 0 else np.random.default_rng(seed).permutation(have)
    return again(sample, sample["elements"][order])


def jitter(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Add Gaussian noise of standard deviation 0.3 strength to every number of points and pictures.

    A pictograph cannot move a little; each is replaced with probability strength / 2 by one of its twenty neighbours in
    Unicode's list, where like stands by like.
    """
    elements = sample["elements"]
    if sample.get("kind") == "signs":
        step = rng.integers(-10, 11, len(elements)) * (rng.random(len(elements)) < strength / 2)
        return _swapped(sample, elements[:, 0] + step)
    noisy = elements + 0.3 * strength * rng.standard_normal(elements.shape)
    return again(sample, np.clip(noisy, 0, 1) if sample.get("kind") == "pictures" else noisy)


def outliers(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Replace each element, with probability strength / 2: a point by one from anywhere in the box [-1, 1], a picture by
    noise, a pictograph by any other."""
    elements = sample["elements"]
    gone = rng.random((len(elements), 1)) < strength / 2
    if sample.get("kind") == "signs":
        return _swapped(sample, np.where(gone[:, 0], rng.integers(len(expansion.signs()[0]), size=len(elements)), elements[:, 0]))
    low = 0 if sample.get("kind") == "pictures" else -1
    return again(sample, np.where(gone, rng.uniform(low, 1, elements.shape), elements))


def _swapped(sample: Sample, number: np.ndarray) -> Sample:
    """Other pictographs, given or not as before."""
    last = len(expansion.signs()[0]) - 1
    return again(sample, np.stack([np.clip(number, 0, last), sample["elements"][:, 1]], -1))


def drop(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Lose elements on one side, a part `strength` of them; others are repeated in their place, so that n stays.

    A set of pictures or pictographs is left with fewer different ones, in identical copies; which are given does not change.
    """
    points = sample["elements"]
    near = np.argsort(points @ rng.standard_normal(points.shape[1]))[: max(1, round(len(points) * (1 - 0.9 * strength)))]
    rows = np.concatenate([near, rng.choice(near, len(points) - len(near))])
    if sample.get("kind") == "signs":
        return _swapped(sample, points[np.sort(rows), 0])
    return again(sample, points[rows])


MODALITY = Modality(
    name="set",
    order=6,
    title="Set",
    sentence="A set has elements but no order and no grid: the rows of its table may come in any order and mean the same.",
    slide="Set Modality",
    formula=r"x_i=\{x_{i1},\dots,x_{in}\},\qquad \mark{x_{ij}}\in\mathbb{R}^{d}",
    describe=lambda sample: dict(zip("nd", sample["elements"].shape, strict=True)),
    examples={name: partial(solid, name) for name in shapes.SURFACES}
    | {name: partial(mesh, name) for name in MESHES}
    | {name: partial(digit, label) for name, label in DIGIT_NAMES.items()}
    | {name: partial(odd, *numbers) for name, numbers in ODD.items()}
    | {name: partial(keyword, name) for name in KEYWORDS},
    read={name: partial(read, reader="points") for name in ("csv", "xyz", "txt")}
    | {name: partial(read, reader=name) for name in ("ply", "off")},
    observe=table,
    controls={
        "permute": Control("Permute", tuple(range(9)), 0, permute, "Another order of the same elements; 0 is the original"),
        "rotate": Control("Rotate, degrees", tuple(range(0, 360, 15)), 0, rotate, "Turn in the plane, or about the upright axis"),
        "resample": Control(
            "Resample",
            (0, 16, 32, 64, 128, 256, 512, 1024),
            0,
            resample,
            "Draw so many of the points",
            lambda v: str(v) if v else "all",
        ),
        "cut": Control("Cut away, %", (0, 25, 50), 0, cut, "Take the points on the right away"),
    },
    corrupt={"jitter": jitter, "outliers": outliers, "missing points": drop},
    tasks=TASKS,
    parts=parts,
    presets={
        "Another order, the same set": ("All rows move, the prediction does not.", {"permute": 3}),
        "Which does not belong?": ("Permute: the answer moves with its picture.", {"example": "odd-4", "task": "anomaly"}),
        "More of the same": (
            "Four signs are given, and nobody says what they share: it finds the fifth.",
            {"example": "vehicle", "task": "expansion"},
        ),
        "Complete the digit": (
            "A quarter is gone; the network puts points where it was.",
            {"example": "digit-3", "task": "completion", "cut": 25},
        ),
        "Bad: a teapot is a solid": ("It knows six solids, so it answers with one.", {"example": "teapot"}),
        "Bad: a six turned over": (
            "Nobody told this network that a turned six is a nine.",
            {"example": "digit-6", "task": "digit", "rotate": 180},
        ),
    },
    check=(
        "Permute, then rotate. Both change every row of the table. Which one cannot change the prediction, and why?",
        "Permuting: pooling does not see the order, so the change is zero whatever was learnt. "
        "Indifference to rotation must be learnt, and the digits' network has not: a six turned over is a nine.",
    ),
)
