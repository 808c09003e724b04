"""Visual modality: pixels on a grid, each in R^d, d the number of colours. Slide: "Visual Modality".

The input observation is the picture laid out as one long vector, column by column as on the slide:

    x_i = vec(X) in R^(h w d),    entry r + h (c + w k) is row r, column c, colour k
"""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import numpy as np

from components.modalities import readers
from components.modalities.base import Control, Exercise, Modality
from components.tasks import digits
from components.values import Sample

PHOTOGRAPHS = Path(__file__).parents[2] / "pretrained" / "data" / "photographs.npz"
PHOTOGRAPH_NAMES = ("cat", "coffee", "astronaut", "rocket", "camera", "temple", "flower")
DIGIT_NAMES = {"digit-0": 0, "digit-3": 3, "digit-8": 8}
FULL, SIDE, LUMA = 512, digits.SIDE, (0.299, 0.587, 0.114)  # luma: ITU-R BT.601


def picture(pixels: np.ndarray, about: str) -> Sample:
    """A sample from pixels `(h, w, d)` in [0, 1]; its elements are the pixels row by row, `(h w, d)`."""
    h, w, d = pixels.shape
    pixels = np.ascontiguousarray(pixels, np.float32)
    return {
        "raw": pixels,
        "elements": pixels.reshape(h * w, d).copy(),
        "grid": (h, w),
        "rate": float(h * w),
        "unit": "pixels/image",
        "about": about,
    }


def read(data: bytes) -> Sample:
    """A picture file as a sample; raises BadInput, see `readers.pixels`."""
    return picture(readers.pixels(data), "Your picture")


@cache
def _photographs() -> dict[str, tuple[np.ndarray, str]]:
    with np.load(PHOTOGRAPHS, allow_pickle=False) as file:
        return {name: (readers.pixels(file[name].tobytes()), str(file[f"{name}/about"])) for name in PHOTOGRAPH_NAMES}


def photograph(name: str) -> Sample:
    """One of the photographs in `pretrained/data`, 256 x 256."""
    return picture(*_photographs()[name])


def digit(label: int) -> Sample:
    """A handwritten digit of the test part, 8 x 8 grey."""
    return picture(
        digits.example(label)[..., None] / 16, "Handwritten digit, 8 × 8, 16 greys, from scikit-learn (UCI, CC BY 4.0)"
    )


def resolution(sample: Sample, longest: int) -> Sample:
    """Fewer pixels: the longest side becomes `longest`, every new pixel the average of the old ones under it."""
    from PIL import Image

    raw = sample["raw"]
    factor = min(1.0, longest / max(raw.shape[:2]))
    size = tuple(max(1, round(side * factor)) for side in raw.shape[1::-1])
    planes = [Image.fromarray(raw[..., k]).resize(size, Image.Resampling.BOX) for k in range(raw.shape[2])]
    return picture(np.stack([np.asarray(p) for p in planes], -1), sample["about"])


def colour(sample: Sample, kind: str) -> Sample:
    """d = 3 to d = 1: grey is .299 red + .587 green + .114 blue. A grey picture stays as it is."""
    raw = sample["raw"]
    grey = kind == "grey" and raw.shape[2] == 3
    return picture((raw @ np.array(LUMA, np.float32))[..., None] if grey else raw, sample["about"])


def levels(sample: Sample, count: int) -> Sample:
    """Round every number to one of `count` equally spaced values: round((count - 1) x) / (count - 1)."""
    return picture(np.round(sample["raw"] * (count - 1)) / (count - 1), sample["about"])


def vec(sample: Sample) -> np.ndarray:
    """The input observation x_i = vec(X): columns on top of each other, colour after colour, `(h w d,)`."""
    return sample["raw"].ravel(order="F")


def noise(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Gaussian noise of standard deviation strength / 2, cut to [0, 1]."""
    raw = sample["raw"]
    return picture(np.clip(raw + strength / 2 * rng.standard_normal(raw.shape), 0, 1), sample["about"])


def blur(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Average with a Gaussian window whose width is strength / 10 of the longest side."""
    from scipy.ndimage import gaussian_filter

    width = strength * max(sample["grid"]) / 10
    return picture(gaussian_filter(sample["raw"], (width, width, 0)), sample["about"])


def missing(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Each pixel is lost (black) with probability `strength`."""
    return picture(sample["raw"] * (rng.random(sample["grid"]) >= strength)[..., None], sample["about"])


def enter(sample: Sample, mark: int) -> np.ndarray:
    """A sample as the digit networks meet it, `(1, 64)`: one element, the flattened picture of 8 x 8 greys."""
    grey = digits.as_digit(colour(sample, "grey")["raw"][..., 0])
    return vec(picture(grey[..., None], sample["about"]))[None]


def show(x: np.ndarray) -> Sample:
    """The picture behind an observation `(1, 64)` of the digit tasks."""
    return picture(x.reshape(SIDE, SIDE, 1, order="F"), "a test picture")


SPLIT = "1,297 pictures to train on, 500 others to test on; no picture is in both."
ask: Callable[..., Exercise] = partial(Exercise, symmetry="none", enter=enter, show=show, note=SPLIT, order="fixed")

MODALITY = Modality(
    name="vision",
    order=0,
    title="Vision",
    sentence="A picture is a grid of pixels; each pixel is a vector with one number per colour. "
    "A model meets them as one long vector.",
    slide="Visual Modality",
    formula=r"x_i=\operatorname{vec}(X)\in\mathbb{R}^{h\,w\,d},\qquad \mark{X_{rc}}\in\mathbb{R}^{d}",
    describe=lambda sample: dict(zip("hwd", sample["raw"].shape, strict=True)),
    examples={name: partial(photograph, name) for name in PHOTOGRAPH_NAMES}
    | {name: partial(digit, label) for name, label in DIGIT_NAMES.items()},
    read=dict.fromkeys(("png", "jpg", "jpeg", "webp", "gif", "bmp"), read),
    observe=vec,
    controls={
        "resolution": Control(
            "Resolution",
            (4, 8, 16, 32, 64, 128, FULL),
            FULL,
            resolution,
            "Pixels on the longest side",
            lambda v: "full" if v == FULL else str(v),
        ),
        "colour": Control("Colour", ("original", "grey"), "original", colour, "Three numbers a pixel (RGB), or one"),
        "levels": Control(
            "Levels per colour", (2, 4, 16, 256), 256, levels, "How many values a number can have: 1, 2, 4 or 8 bit"
        ),
    },
    corrupt={"noise": noise, "blur": blur, "missing pixels": missing},
    tasks={
        "digit": ask("Which digit is it?", tuple("0123456789"), digits.draw_pictures),
        "eight": ask("Is it an eight?", ("another digit", "an eight"), partial(digits.draw_pictures, only=8)),
    },
    presets={
        "A photograph": ("196,608 numbers for one cat.", {}),
        "A digit": ("64 numbers, and the network has seen its like.", {"example": "digit-3"}),
        "Two levels are enough": ("One bit per pixel, and the answer stays.", {"example": "digit-8", "levels": 2}),
        "Bad: a cat is a digit": ("It knows nothing but digits, so it answers with one.", {"resolution": 8, "colour": "grey"}),
    },
    check=(
        "Halve the resolution. How much shorter does $x_i$ get: by a half, or more?",
        "To a quarter: rows and columns are both halved. Grey divides it by 3; fewer levels leave its length alone.",
    ),
)
