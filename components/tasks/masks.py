"""Which pixels are the digit? Real digits put onto real photographs, so that the right answer is known for every pixel.

Semi-synthetic: the digits (MNIST) and the photographs are real, put together here. A window of a photograph is brought to
48 x 48 pixels, and a digit of one colour is written onto it at a random place:

    x = (1 - ink) background + ink colour        mask = ink > 1/2

Training pictures use digits 0..3999 and what lies left of column 160 of each photograph; test pictures the other digits, and
what lies right of it.
"""

from typing import TYPE_CHECKING

import numpy as np

from components.tasks.mnist import MNIST_TRAIN, mnist
from components.tasks.photographs import BORDER, PATCH_SOURCES, pixels_of

if TYPE_CHECKING:
    from torch import Generator, Tensor

MASK_SIDE, COLOURS, DIGIT = 48, 3, 36
PENS = np.array([[1, 1, 1], [1, 0.9, 0.1], [0.1, 0.9, 1], [1, 0.2, 0.9], [0.2, 1, 0.3]], np.float32)
"""White, yellow, cyan, pink and green."""


def resized(pixels: np.ndarray, side: int = MASK_SIDE) -> np.ndarray:
    """The middle square of any picture `(h, w, 1 or 3)` in [0, 1] as `(side, side, 3)`."""
    from PIL import Image

    h, w = pixels.shape[:2]
    s = min(h, w)
    middle = pixels[(h - s) // 2 : (h - s) // 2 + s, (w - s) // 2 : (w - s) // 2 + s]
    whole = np.round(np.clip(np.broadcast_to(middle, (s, s, 3)), 0, 1) * 255).astype(np.uint8)
    return np.asarray(Image.fromarray(whole).resize((side, side), Image.Resampling.BOX), np.float32) / 255


def window(rng: np.random.Generator, part: str) -> np.ndarray:
    """A random square of a random photograph, `(48, 48, 3)`: 48 to 160 pixels wide for training, to 96 for the test."""
    photograph = pixels_of(PATCH_SOURCES[rng.integers(len(PATCH_SOURCES))])
    own = photograph[:, :BORDER] if part == "train" else photograph[:, BORDER:]
    side = int(rng.integers(MASK_SIDE, min(own.shape[:2]) + 1))
    top, left = rng.integers(own.shape[0] - side + 1), rng.integers(own.shape[1] - side + 1)
    return resized(own[top : top + side, left : left + side])


def enlarged(ink: np.ndarray) -> np.ndarray:
    """A digit `(h, w)` in [0, 1] as a pen would write it onto the picture, `(36, 36)`: enlarged, its edges made crisp."""
    from PIL import Image

    large = Image.fromarray(ink.astype(np.float32)).resize((DIGIT, DIGIT), Image.Resampling.BILINEAR)
    return np.clip(2 * np.asarray(large) - 0.3, 0, 1)


def written(background: np.ndarray, ink: np.ndarray, top: int, left: int, colour: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A digit `(h, w)` in [0, 1] written onto a background `(s, s, 3)`: the picture `(s, s, 3)` and its mask `(s, s)` of bool."""
    whole = np.zeros(background.shape[:2], np.float32)
    whole[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    alpha = whole[..., None]
    return ((1 - alpha) * background + alpha * colour).astype(np.float32), whole > 0.5


def contrast(rng: np.random.Generator, ground: np.ndarray) -> np.ndarray:
    """Of two random pens the one that is farther from the mean colour of the ground `(h, w, 3)`."""
    colours = PENS[rng.choice(len(PENS), 2, replace=False)]
    return colours[np.linalg.norm(colours - ground.mean((0, 1)), axis=1).argmax()]


def scene(background: np.ndarray, ink: np.ndarray, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """One digit `(28, 28)` on one background `(48, 48, 3)`, always at the same place; the same seed gives the same colour."""
    top, left = (MASK_SIDE - DIGIT) // 2 + 3, (MASK_SIDE - DIGIT) // 2 - 3
    ground = background[top : top + DIGIT, left : left + DIGIT]
    return written(background, enlarged(ink), top, left, contrast(np.random.default_rng(seed), ground))


def scenes(n: int, rng: np.random.Generator, part: str) -> tuple[np.ndarray, np.ndarray]:
    """n pictures `(n, 48, 48, 3)` in [0, 1] and their masks `(n, 48, 48)` of bool."""
    images, _ = mnist()
    first, count = (0, MNIST_TRAIN) if part == "train" else (MNIST_TRAIN, len(images) - MNIST_TRAIN)
    x, y = np.empty((n, MASK_SIDE, MASK_SIDE, COLOURS), np.float32), np.empty((n, MASK_SIDE, MASK_SIDE), bool)
    for i in range(n):
        background, ink = window(rng, part), enlarged(images[first + rng.integers(count)] / 255)
        top, left = rng.integers(MASK_SIDE - DIGIT + 1, size=2)
        colour = contrast(rng, background[top : top + DIGIT, left : left + DIGIT])
        x[i], y[i] = written(background, ink, top, left, colour)
    return x, y


def draw_masks(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n pictures flattened column by column, colour after colour, `x (n, 1, 6912)`, and their masks likewise, `y (n, 2304)` of 0
    and 1."""
    import torch

    x, y = scenes(n, np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator))), part)
    flat = np.ascontiguousarray(x.transpose(0, 3, 2, 1)).reshape(n, 1, -1)
    return torch.from_numpy(flat), torch.from_numpy(y.transpose(0, 2, 1).reshape(n, -1).astype(np.float32))
