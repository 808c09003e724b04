"""What a set can be here: points, small pictures, or pictographs. Each is a sample without a grid."""

from functools import cache

import numpy as np

from components.modalities import points_readers
from components.tasks import anomaly, digits, expansion, shapes
from components.tasks.files import arrays
from components.values import BadInput, Sample

SPACE, INK = ("x", "y", "z"), ("x", "y", "ink")
CLOUD, STEPS = 1024, 32767  # points of a solid; whole numbers from the centre of a shipped mesh to its rim
DIGITS = "from scikit-learn (UCI, CC BY 4.0)"
MESHES = ("teapot", "cow", "duck")
DIGIT_NAMES = {"digit-0": 0, "digit-3": 3, "digit-6": 6}


def cloud(points: np.ndarray, names: tuple[str, ...], about: str) -> Sample:
    """A sample from points `(n, d)`; the raw thing is the same table with its columns named."""
    points = np.array(points, np.float32)
    names = names[: points.shape[1]]
    raw = np.empty(len(points), [(name, np.float32) for name in names])
    for name, column in zip(names, points.T, strict=True):
        raw[name] = column
    return {"raw": raw, "elements": points, "grid": (), "rate": float(len(points)), "unit": "points/object", "about": about}


def pictures(elements: np.ndarray, about: str) -> Sample:
    """A set of square pictures `(n, s * s)`, row by row, 0 (paper) to 1 (ink)."""
    elements = np.array(elements, np.float32)
    side = round(elements.shape[1] ** 0.5)
    return {
        "raw": elements.reshape(-1, side, side).copy(),
        "elements": elements,
        "grid": (),
        "kind": "pictures",
        "rate": float(len(elements)),
        "unit": "pictures/set",
        "about": about,
    }


def signs(elements: np.ndarray, about: str) -> Sample:
    """A set of pictographs `(n, 2)`: the number of the sign, and 1 where it is given, 0 where it is a candidate."""
    elements = np.array(elements, np.float32)
    sign, name = expansion.signs()
    number = np.clip(elements[:, 0], 0, len(sign) - 1).astype(int)
    raw = np.empty(len(elements), [("sign", sign.dtype), ("name", name.dtype), ("given", bool)])
    raw["sign"], raw["name"], raw["given"] = sign[number], name[number], elements[:, 1] > 0.5
    return {
        "raw": raw,
        "elements": elements,
        "grid": (),
        "kind": "signs",
        "rate": float(len(elements)),
        "unit": "signs/set",
        "about": about,
    }


def again(sample: Sample, elements: np.ndarray) -> Sample:
    """The same kind of set with other elements, `(n, d)` as before."""
    kind = sample.get("kind")
    if kind == "pictures":
        return pictures(elements, sample["about"])
    if kind == "signs":
        return signs(elements, sample["about"])
    return cloud(elements, sample["raw"].dtype.names, sample["about"])


def solid(name: str) -> Sample:
    """A synthetic point cloud on a parametric surface."""
    return cloud(shapes.example(name, CLOUD), SPACE, "Synthetic: points on a parametric surface, with a little noise")


@cache
def _meshes() -> dict[str, np.ndarray]:
    return arrays("shapes.npz")


def mesh(name: str) -> Sample:
    """A well-known mesh as 2,048 points on its surface."""
    return cloud(_meshes()[name] / STEPS, SPACE, str(_meshes()[f"{name}/about"]))


def digit(label: int) -> Sample:
    """A handwritten digit of the test part as the set of its inked pixels."""
    points = digits.inked(digits.example(label))
    return cloud(points, INK, f"Handwritten digit as the set of its inked pixels, {DIGITS}")


def odd(common: int, other: int) -> Sample:
    """Eight handwritten digits of the test part, one of which shows another number."""
    return pictures(anomaly.example(common, other), f"Eight handwritten digits, {DIGITS}")


def keyword(word: str) -> Sample:
    """Four pictographs of one keyword of the test part, and eight candidates."""
    rows, _ = expansion.question(word, "test", np.random.default_rng(len(word)))
    return signs(rows, "Pictographs and the keywords people know them by, Unicode CLDR (Unicode License v3)")


def read(data: bytes, reader: str) -> Sample:
    """A file of points as a sample, moved and scaled to fit; `reader` is a function of `points_readers`; raises BadInput."""
    points = getattr(points_readers, reader)(data)
    many = f", at most {points_readers.POINTS:,} of them" if len(points) == points_readers.POINTS else ""
    return cloud(shapes.unit(points), SPACE, f"Your points, moved and scaled to radius 1{many}")


def columns(sample: Sample, mark: int, names: tuple[str, ...], needs: str) -> np.ndarray:
    """The points as they are, `(n, d)`: a shared map and an invariant pool take any number of them in any order."""
    if "kind" in sample or sample["raw"].dtype.names != names:
        raise BadInput(f"This network knows {needs}.")
    return sample["elements"]


def rows(sample: Sample, mark: int, kind: str, count: int, needs: str) -> np.ndarray:
    """The elements as they are, `(count, d)`, if the set is of this kind and size."""
    if sample.get("kind") != kind or len(sample["elements"]) != count:
        raise BadInput(f"This network knows {needs}.")
    return sample["elements"]
