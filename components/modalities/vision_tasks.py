"""What can be asked about pictures: the exercises of the visual modality, and how any picture enters their networks."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from components.modalities.base import Exercise
from components.modalities.pictures import colour, picture, vec
from components.tasks import digits, downloaded, mnist, photographs
from components.values import BadInput, Sample

if TYPE_CHECKING:
    from torch import Generator, nn


def grey_of(sample: Sample) -> np.ndarray:
    """The greys of a picture, `(h, w)` in [0, 1]."""
    return colour(sample, "grey")["raw"][..., 0]


def enter_digit(sample: Sample, mark: int, side: int = digits.SIDE, box: int = digits.SIDE) -> np.ndarray:
    """A sample as the digit networks meet it, `(1, side^2)`: one element, the flattened picture of greys."""
    return vec(picture(digits.as_digit(grey_of(sample), side, box)[..., None], sample["about"]))[None]


def square(pixels: np.ndarray, side: int) -> np.ndarray:
    """The middle square of `(h, w, d)` pixels, reduced or enlarged to `(side, side, d)`. One of this size stays as it is."""
    from PIL import Image

    if pixels.shape[:2] == (side, side):
        return pixels
    short = min(pixels.shape[:2])
    top, left = ((length - short) // 2 for length in pixels.shape[:2])
    cut = pixels[top : top + short, left : left + short]
    planes = [Image.fromarray(cut[..., k]).resize((side, side), Image.Resampling.BOX) for k in range(cut.shape[2])]
    return np.stack([np.asarray(plane) for plane in planes], -1)


def enter_fashion(sample: Sample, mark: int) -> np.ndarray:
    """The middle square in 28 x 28 greys, `(1, 784)`. The data set shows bright garments on black, so where the border is
    bright the picture is turned into its negative."""
    grey = square(grey_of(sample)[..., None], downloaded.FASHION_SIDE)
    known = sample["grid"] == grey.shape[:2]
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    return vec(picture(grey if known or np.median(border) <= 0.5 else 1 - grey, sample["about"]))[None]


def three(pixels: np.ndarray) -> np.ndarray:
    """Grey pixels as colours with three equal numbers; colours as they are."""
    return np.repeat(pixels, 3, -1) if pixels.shape[-1] == 1 else pixels


def enter_cifar(sample: Sample, mark: int) -> np.ndarray:
    """The middle square in 32 x 32 colours, `(1, 3072)`."""
    return vec(picture(three(square(sample["raw"], downloaded.CIFAR_SIDE)), sample["about"]))[None]


def enter_patch(sample: Sample, mark: int) -> np.ndarray:
    """The 16 x 16 pixels around the marked one, `(1, 768)`; near the border, the nearest that fit.

    Raises:
        BadInput: the picture is smaller than a patch.
    """
    pixels, side = three(sample["raw"]), photographs.PATCH
    h, w = sample["grid"]
    if min(h, w) < side:
        raise BadInput(f"This network reads patches of {side} × {side} pixels; this picture has fewer.")
    top = int(np.clip(mark // w - side // 2, 0, h - side))
    left = int(np.clip(mark % w - side // 2, 0, w - side))
    return vec(picture(pixels[top : top + side, left : left + side], sample["about"]))[None]


def show(x: np.ndarray, side: int, colours: int = 1) -> Sample:
    """The picture behind an observation `(1, side^2 colours)`."""
    return picture(x.reshape(side, side, colours, order="F"), "a test picture")


def average(x: np.ndarray) -> np.ndarray:
    """CIFAR-10 pictures `(n, 1, 3072)` as averages of 4 x 4 pixels, `(n, 192)`: what scikit-learn is given, to be in time."""
    return x.reshape(len(x), 3, 8, 4, 8, 4).mean((3, 5)).reshape(len(x), -1)


def mnist_network(generators: "Sequence[Generator]") -> "nn.Module":
    """Digits of 28 x 28: where ink is matters, so pooling keeps the places."""
    from components.models.pictures import PictureClassifier

    return PictureClassifier(28, 1, 10, generators)


def patch_network(generators: "Sequence[Generator]") -> "nn.Module":
    """Which of six photographs: texture is the same wherever it is, so pooling forgets the places."""
    from components.models.pictures import PictureClassifier

    return PictureClassifier(16, 3, 6, generators, "max")


def cat_network(generators: "Sequence[Generator]") -> "nn.Module":
    """The cat's photograph or another, from texture and colour."""
    from components.models.pictures import PictureClassifier

    return PictureClassifier(16, 3, 2, generators, "max")


def cifar_network(generators: "Sequence[Generator]") -> "nn.Module":
    """Ten kinds of thing in 32 x 32 colours."""
    from components.models.pictures import PictureClassifier

    return PictureClassifier(32, 3, 10, generators, widths=(12, 24))


def dog_network(generators: "Sequence[Generator]") -> "nn.Module":
    """A dog or not, in 32 x 32 colours."""
    from components.models.pictures import PictureClassifier

    return PictureClassifier(32, 3, 2, generators, widths=(12, 24))


ask: Callable[..., Exercise] = partial(Exercise, symmetry="none", order="fixed")
ask_patch = partial(
    ask, enter=enter_patch, show=partial(show, side=photographs.PATCH, colours=3), sizes=(50, 200, 800, 3200),
    data=("photographs.npz",),
)  # fmt: skip
ask_digit = partial(
    ask, enter=enter_digit, show=partial(show, side=digits.SIDE),
    note="1,297 pictures to train on, 500 others to test on; no picture is in both.",
)  # fmt: skip
ask_cifar = partial(ask, enter=enter_cifar, show=partial(show, side=downloaded.CIFAR_SIDE, colours=3), flat=average)
OF_CIFAR = "CIFAR-10 by Alex Krizhevsky. From its first 10,000 training pictures and its first 2,000 test pictures."

TASKS = {
    "photograph": ask_patch(
        "Which photograph does this patch come from?",
        photographs.PATCH_SOURCES,
        photographs.draw_patches,
        network=patch_network,
        note="Patches overlap, so those to train on lie left of column 160 of each photograph and those to test on right of it: "
        "no pixel is in both. The photographer is left out, the only one without colour.",
    ),
    "cat": ask_patch(
        "Is this patch from the cat's photograph?",
        ("another photograph", "the cat's"),
        partial(photographs.draw_patches, only="cat"),
        network=cat_network,
        note="Half of the patches are from the cat's photograph. Those to train on lie left of column 160, those to test on "
        "right of it: no pixel is in both.",
    ),
    "digit": ask_digit("Which digit is it?", tuple("0123456789"), digits.draw_pictures),
    "eight": ask_digit("Is it an eight?", ("another digit", "an eight"), partial(digits.draw_pictures, only=8)),
    "mnist": ask(
        "Which digit is it, in 28 × 28 pixels?",
        tuple("0123456789"),
        mnist.draw_mnist,
        enter=partial(enter_digit, side=mnist.MNIST_SIDE, box=20),
        show=partial(show, side=mnist.MNIST_SIDE),
        network=mnist_network,
        sizes=(50, 200, 800, mnist.MNIST_TRAIN),
        test=1000,
        data=("mnist.npz",),
        note="MNIST by Yann LeCun and Corinna Cortes, CC BY-SA 3.0: 4,000 digits to train on, 1,000 others to test on. Who wrote "
        "them is not known here, so one hand may be in both parts.",
    ),
    "fashion": ask(
        "Which garment is it?",
        downloaded.FASHION_CLASSES,
        partial(downloaded.draw_downloaded, name="fashion"),
        enter=enter_fashion,
        show=partial(show, side=downloaded.FASHION_SIDE),
        network=mnist_network,
        sizes=(50, 200, 800, 3200),
        test=1000,
        note="Fashion-MNIST by Zalando Research, MIT licence. From its first 10,000 training pictures and its first 2,000 test "
        "pictures.",
    ),
    "cifar10": ask_cifar(
        "What is in the picture?",
        downloaded.CIFAR_CLASSES,
        partial(downloaded.draw_downloaded, name="cifar10"),
        network=cifar_network,
        sizes=(50, 200, 800, 3200),
        test=500,
        note=OF_CIFAR,
    ),
    "dog": ask_cifar(
        "Dog?",
        ("something else", "a dog"),
        partial(downloaded.draw_downloaded, name="cifar10", only=downloaded.CIFAR_CLASSES.index("dog")),
        network=dog_network,
        sizes=(50, 200, 800, 2000),
        test=400,
        note=OF_CIFAR + " Half of them are dogs.",
    ),
}
