"""Visual modality: pixels on a grid, each in R^d, d the number of colours. Slide: "Visual Modality".

The input observation is the picture laid out as one long vector, column by column, see `pictures.py`; the questions asked
about pictures are in `vision_tasks.py`.
"""

from functools import cache, partial
from pathlib import Path

import numpy as np

from components.modalities import readers
from components.modalities.base import Control, Modality
from components.modalities.pictures import blur, colour, levels, missing, noise, picture, quantisation, resolution, vec
from components.modalities.vision_parts import parts
from components.modalities.vision_tasks import TASKS
from components.tasks import digits, mnist
from components.values import Sample

PHOTOGRAPHS = Path(__file__).parents[2] / "pretrained" / "data" / "photographs.npz"
TEACUP = PHOTOGRAPHS.with_name("teacup.npz")
PHOTOGRAPH_NAMES = ("cat", "coffee", "astronaut", "rocket", "camera", "temple", "flower")
DIGIT_NAMES = {"digit-0": 0, "digit-3": 3, "digit-8": 8}
MNIST_NAMES = {"mnist-2": 2, "mnist-5": 5, "mnist-7": 7}
FULL, CHEEK = 512, 40 * 256 + 61  # a pixel of the cat's, numbered from 1


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


@cache
def _teacup() -> tuple[np.ndarray, str]:
    with np.load(TEACUP, allow_pickle=False) as file:
        return readers.pixels(file["teacup"].tobytes()), str(file["teacup/about"])


def teacup() -> Sample:
    """The lecture's picture, a teacup on the right of a laptop in a clean room: drawn, 256 x 256."""
    return picture(*_teacup())


def digit(label: int) -> Sample:
    """A handwritten digit of the test part, 8 x 8 grey."""
    return picture(
        digits.example(label)[..., None] / 16, "Handwritten digit, 8 × 8, 16 greys, from scikit-learn (UCI, CC BY 4.0)"
    )


def larger_digit(label: int) -> Sample:
    """A digit of MNIST's test part here, 28 x 28 grey."""
    pixels = mnist.mnist_example(label)[..., None] / 255
    return picture(pixels, "Handwritten digit, 28 × 28, 256 greys, from MNIST by LeCun and Cortes (CC BY-SA 3.0)")


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
    | {name: partial(digit, label) for name, label in DIGIT_NAMES.items()}
    | {name: partial(larger_digit, label) for name, label in MNIST_NAMES.items()}
    | {"teacup": teacup},
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
    corrupt={"noise": noise, "blur": blur, "missing pixels": missing, "quantisation": quantisation},
    tasks=TASKS,
    parts=parts,
    presets={
        "A photograph": ("196,608 numbers for one cat, and a network that reads 16 × 16 of its pixels.", {}),
        "Blurred, and still the cat": (
            "Its texture is gone, its colours are not: what has this network learnt?",
            {"damage": "blur", "strength": 30, "element": CHEEK},
        ),
        "Half of a digit": (
            "Half of its 784 pixels are lost, and it is still a seven.",
            {"example": "mnist-7", "task": "mnist", "damage": "missing pixels", "strength": 50},
        ),
        "Two levels are enough": (
            "One bit per pixel, and the answer stays.",
            {"example": "digit-8", "task": "digit", "levels": 2},
        ),
        "Bad: without its colours": (
            "It knew the cat by its colours, and takes a grey one for another photograph.",
            {"colour": "grey", "element": CHEEK},
        ),
        "Bad: a cat is a digit": (
            "It knows nothing but digits, so it answers with one.",
            {"task": "digit", "resolution": 8, "colour": "grey"},
        ),
    },
    check=(
        "Halve the resolution. How much shorter does $x_i$ get: by a half, or more?",
        "To a quarter: rows and columns are both halved. Grey divides it by 3; fewer levels leave its length alone.",
    ),
)
