"""Set modality: elements without order or place, each in R^d. Slide: "Set Modality" (sets, point clouds).

The input observation is a table of n rows whose order means nothing:

    x_i = {x_i1, ..., x_in},  each in R^d;  every permutation of the rows is the same observation
"""

from functools import partial

import numpy as np

from components.modalities import readers
from components.modalities.base import Control, Exercise, Modality
from components.tasks import digits, shapes
from components.values import BadInput, Sample

SPACE, INK = ("x", "y", "z"), ("x", "y", "ink")
CLOUD = 1024
DIGIT_NAMES = {"digit-0": 0, "digit-3": 3, "digit-6": 6}


def cloud(points: np.ndarray, names: tuple[str, ...], about: str) -> Sample:
    """A sample from points `(n, d)`; the raw thing is the same table with its columns named."""
    points = np.array(points, np.float32)
    names = names[: points.shape[1]]
    raw = np.empty(len(points), [(name, np.float32) for name in names])
    for name, column in zip(names, points.T, strict=True):
        raw[name] = column
    return {"raw": raw, "elements": points, "grid": (), "rate": float(len(points)), "unit": "points/object", "about": about}


def _with(sample: Sample, points: np.ndarray) -> Sample:
    return cloud(points, sample["raw"].dtype.names, sample["about"])


def solid(name: str) -> Sample:
    """A synthetic point cloud on a parametric surface."""
    return cloud(shapes.example(name, CLOUD), SPACE, "Synthetic: points on a parametric surface, with a little noise")


def digit(label: int) -> Sample:
    """A handwritten digit of the test part as the set of its inked pixels."""
    points = digits.inked(digits.example(label))
    return cloud(points, INK, "Handwritten digit as the set of its inked pixels, from scikit-learn (UCI, CC BY 4.0)")


def read(data: bytes) -> Sample:
    """A text table of points as a sample, moved and scaled to fit; raises BadInput, see `readers.points`."""
    return cloud(shapes.unit(readers.points(data)), SPACE, "Your points, moved and scaled to radius 1")


def table(sample: Sample) -> np.ndarray:
    """The input observation x_i as a table `(n, d)`, one row per element. The order of its rows carries nothing."""
    return sample["elements"]


def rotate(sample: Sample, degrees: int) -> Sample:
    """Turn x and y by an angle: in the plane, or about the upright axis."""
    return _with(sample, shapes.turn(sample["elements"], np.deg2rad(degrees)))


def resample(sample: Sample, n: int) -> Sample:
    """Another `n` of the points, each at most once if there are enough; 0 leaves all."""
    have = len(sample["elements"])
    rng = np.random.default_rng(n)
    keep = np.arange(have) if n == 0 else rng.choice(have, n, replace=n > have)
    return _with(sample, sample["elements"][keep])


def permute(sample: Sample, seed: int) -> Sample:
    """The same points in another order; 0 is the order they came in."""
    have = len(sample["elements"])
    order = np.arange(have) if seed == 0 else np.random.default_rng(seed).permutation(have)
    return _with(sample, sample["elements"][order])


def jitter(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Move every point by Gaussian noise of standard deviation 0.3 strength."""
    return _with(sample, sample["elements"] + 0.3 * strength * rng.standard_normal(sample["elements"].shape))


def outliers(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Replace each point, with probability strength / 2, by one from anywhere in the box [-1, 1]."""
    points = sample["elements"]
    gone = rng.random((len(points), 1)) < strength / 2
    return _with(sample, np.where(gone, rng.uniform(-1, 1, points.shape), points))


def drop(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Lose all points on one side, a part `strength` of them; others are repeated in their place, so that n stays."""
    points = sample["elements"]
    near = np.argsort(points @ rng.standard_normal(points.shape[1]))[: max(1, round(len(points) * (1 - 0.9 * strength)))]
    return _with(sample, points[np.concatenate([near, rng.choice(near, len(points) - len(near))])])


def enter(sample: Sample, mark: int, names: tuple[str, ...], needs: str) -> np.ndarray:
    """The points as they are, `(n, d)`: a shared map and an invariant pool take any number of them in any order."""
    if sample["raw"].dtype.names != names:
        raise BadInput(f"This network knows {needs}.")
    return sample["elements"]


def show(x: np.ndarray, names: tuple[str, ...]) -> Sample:
    """The points behind an observation `(n, 3)` of a task."""
    return cloud(x, names, "a test observation")


MODALITY = Modality(
    name="set",
    order=6,
    title="Set",
    sentence="A set has elements but no order and no grid: the rows of its table may come in any order and mean the same.",
    slide="Set Modality",
    formula=r"x_i=\{x_{i1},\dots,x_{in}\},\qquad \mark{x_{ij}}\in\mathbb{R}^{d}",
    describe=lambda sample: dict(zip("nd", sample["elements"].shape, strict=True)),
    examples={name: partial(solid, name) for name in shapes.SURFACES}
    | {name: partial(digit, label) for name, label in DIGIT_NAMES.items()},
    read=dict.fromkeys(("csv", "xyz", "txt"), read),
    observe=table,
    controls={
        "permute": Control("Permute", tuple(range(9)), 0, permute, "Another order of the same elements; 0 is the original"),
        "rotate": Control("Rotate, degrees", tuple(range(0, 360, 15)), 0, rotate, "Turn in the plane, or about the upright axis"),
        "resample": Control(
            "Resample",
            (0, 16, 32, 64, 128, 256, 512, 1024),
            0,
            resample,
            "Draw so many of the elements",
            lambda v: str(v) if v else "all",
        ),
    },
    corrupt={"jitter": jitter, "outliers": outliers, "missing points": drop},
    tasks={
        "solid": Exercise(
            "Which solid is it?",
            tuple(shapes.SURFACES),
            shapes.draw,
            "permutation",
            partial(enter, names=SPACE, needs="points in space (x, y, z): choose one of the solids"),
            partial(show, names=SPACE),
            "Synthetic: every cloud is drawn anew, 32 points, so none is met twice.",
        ),
        "digit": Exercise(
            "Which digit is this set?",
            tuple("0123456789"),
            digits.draw_point_sets,
            "permutation",
            partial(enter, names=INK, needs="points with ink (x, y, ink): choose one of the digits"),
            partial(show, names=INK),
            "1,297 digits to train on, 500 others to test on, 32 points each; no digit is in both.",
        ),
    },
    presets={
        "A torus": ("A table of points; nothing says where a row belongs.", {}),
        "Another order, the same set": ("All rows move, the prediction does not.", {"permute": 3}),
        "Sixteen points": ("Is that still enough to know it?", {"resample": 16}),
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
