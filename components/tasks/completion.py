"""Set completion: one side of a handwritten digit, a set of inked pixels, is missing; where are its points?

Along a random direction the farthest quarter of the points is cut away. The network is given the rest.
"""

from typing import TYPE_CHECKING

import numpy as np

from components.tasks import digits
from components.tasks.zero import digits as pictures

if TYPE_CHECKING:
    from torch import Generator, Tensor

CUT, GIVEN, MISSING = 0.25, 24, 8  # the part that is cut away; points that stay and points to be found


def parted(points: np.ndarray, direction: np.ndarray, cut: float) -> tuple[np.ndarray, np.ndarray]:
    """`(n, d)` points as those that stay and those that are cut: the part `cut` that lies farthest along `direction`."""
    far = (points[:, : len(direction)] @ direction).argsort(kind="stable")
    stay = max(1, round(len(points) * (1 - cut)))
    return points[np.sort(far[:stay])], points[np.sort(far[stay:])]


def draw(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n digits without one side, `x (n, 24, 3)`, and the inked pixels that are missing, `y (n, 8, 3)`.

    Digits have different numbers of pixels: some are left out or repeated, on both sides of the cut.
    """
    import torch

    _, _, images = pictures()
    chosen = digits.rows(n, generator, part)
    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    x, y = np.empty((n, GIVEN, 3), np.float32), np.empty((n, MISSING, 3), np.float32)
    for i, row in enumerate(chosen):
        both = parted(digits.inked(images[row]), rng.standard_normal(2), CUT)
        for points, out in zip(both, (x, y), strict=True):
            out[i] = points[np.sort(np.resize(rng.permutation(len(points)), out.shape[1]))]
    return torch.from_numpy(x), torch.from_numpy(y)


def grid(x: np.ndarray) -> np.ndarray:
    """Points on the pixels of a picture as that picture, `(n, k, 3)` to `(n, 64)`: what a learner without sets sees."""
    column = np.clip(np.round((x[..., 0] + 1) * 3.5), 0, 7).astype(int)
    row = np.clip(np.round((1 - x[..., 1]) * 3.5), 0, 7).astype(int)
    found = np.zeros((len(x), digits.SIDE**2), np.float32)
    np.maximum.at(found, (np.arange(len(x))[:, None], row * digits.SIDE + column), x[..., 2])
    return found
