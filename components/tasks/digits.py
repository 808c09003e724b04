"""Which digit is it? Handwritten digits as one flattened picture, or as a set of inked pixels."""

from typing import TYPE_CHECKING

import numpy as np

from components.tasks.zero import TRAIN, digits

if TYPE_CHECKING:
    from torch import Generator, Tensor

SIDE, POINTS = 8, 32


def rows(n: int, generator: "Generator", part: str) -> np.ndarray:
    """Numbers of n pictures of one part, 1,297 for training or the 500 others; up to so many, each comes at most once."""
    import torch

    own = np.arange(TRAIN) if part == "train" else np.arange(TRAIN, len(digits()[1]))
    if n <= len(own):
        return own[torch.randperm(len(own), generator=generator)[:n].numpy()]
    return own[torch.randint(len(own), (n,), generator=generator).numpy()]


def example(label: int, number: int = 1) -> np.ndarray:
    """A picture `(8, 8)` of this label in the test part, 0 (paper) to 16 (ink)."""
    _, y, images = digits()
    return images[TRAIN + np.flatnonzero(y[TRAIN:] == label)[number]]


def as_digit(grey: np.ndarray, side: int = SIDE, box: int = SIDE) -> np.ndarray:
    """Any grey picture `(h, w)` in [0, 1] as the data set would show it, `(side, side)`: ink is what differs from the paper,
    the paper is the middle value of the border, and the ink fills a box. A picture of that size stays as it is.

    scikit-learn's digits fill their 8 x 8 pixels; MNIST's fill a box of 20 x 20 with its centre of mass in the middle of 28 x 28.
    """
    from PIL import Image

    if grey.shape == (side, side):
        return grey
    paper = np.median(np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]]))
    ink = np.clip((paper - grey) if paper > 0.5 else (grey - paper), 0, None)
    ink = ink / max(float(ink.max()), 1e-6)
    found = np.argwhere(ink > 0.5)
    if len(found):
        (top, left), (bottom, right) = found.min(0), found.max(0) + 1
        ink = ink[top:bottom, left:right]
    h, w = ink.shape
    longest = max(h, w)
    square = np.zeros((longest, longest), np.float32)
    square[(longest - h) // 2 : (longest - h) // 2 + h, (longest - w) // 2 : (longest - w) // 2 + w] = ink
    small = np.clip(np.asarray(Image.fromarray(square).resize((box, box), Image.Resampling.BOX)), 0, 1)
    whole = np.zeros((side, side), np.float32)
    centre = [float((np.arange(box) + 0.5) @ small.sum(axis)) / max(float(small.sum()), 1e-6) for axis in (1, 0)]
    top, left = (int(np.clip(round(side / 2 - c), 0, side - box)) for c in centre)
    whole[top : top + box, left : left + box] = small
    return whole


def draw_pictures(n: int, generator: "Generator", part: str, only: int | None = None) -> "tuple[Tensor, Tensor]":
    """n digits flattened column by column, `x (n, 1, 64)` in [0, 1]; `y (n,)` the digit, or whether it is `only`."""
    import torch

    _, label, images = digits()
    chosen = rows(n, generator, part)
    x = (images[chosen].transpose(0, 2, 1).reshape(n, 1, SIDE * SIDE) / 16).astype(np.float32)
    y = label[chosen] if only is None else (label[chosen] == only).astype(np.int64)
    return torch.from_numpy(x), torch.from_numpy(y)


def inked(image: np.ndarray) -> np.ndarray:
    """The pixels with ink of a picture `(8, 8)` in 0..16 as points `(n, 3)`: x and y in [-1, 1], ink in (0, 1]."""
    row, column = np.nonzero(image)
    return np.stack([(column - 3.5) / 3.5, (3.5 - row) / 3.5, image[row, column] / 16], -1)


def draw_point_sets(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n digits as sets of 32 inked pixels, `x (n, 32, 3)`, `y (n,)` the digit. Some pixels are left out or repeated."""
    import torch

    _, label, images = digits()
    chosen = rows(n, generator, part)
    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    sets = [inked(images[i]) for i in chosen]
    x = np.stack([points[np.sort(np.resize(rng.permutation(len(points)), POINTS))] for points in sets])
    return torch.from_numpy(x.astype(np.float32)), torch.from_numpy(label[chosen])
