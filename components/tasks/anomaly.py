"""Set anomaly detection: seven of eight handwritten digits show the same number; which one does not belong?"""

from typing import TYPE_CHECKING

import numpy as np

from components.tasks.zero import TRAIN, digits

if TYPE_CHECKING:
    from torch import Generator, Tensor

COUNT, SIDE = 8, 8


def chosen(common: int, odd: int, part: str, rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """Rows of eight different pictures of one part, seven of digit `common` and one of `odd`; and the place of the odd one."""
    _, label, _ = digits()
    own = np.arange(TRAIN) if part == "train" else np.arange(TRAIN, len(label))
    rows = rng.choice(own[label[own] == common], COUNT, replace=False)
    place = int(rng.integers(COUNT))
    rows[place] = rng.choice(own[label[own] == odd])
    return rows, place


def elements(rows: np.ndarray) -> np.ndarray:
    """Pictures by their number in the data set as elements `(..., 64)`, row by row, 0 (paper) to 1 (ink)."""
    _, _, images = digits()
    return (images[rows].reshape(*rows.shape, SIDE * SIDE) / 16).astype(np.float32)


def example(common: int, odd: int) -> np.ndarray:
    """A set of the test part, `(8, 64)`, always the same."""
    return elements(chosen(common, odd, "test", np.random.default_rng(10 * common + odd))[0])


def draw(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n sets of eight pictures, `x (n, 8, 64)`; `y (n,)` the number of the odd one, from 0. The order is random."""
    import torch

    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    common = rng.integers(10, size=n)
    odd = (common + rng.integers(1, 10, size=n)) % 10
    rows, place = zip(*(chosen(a, b, part, rng) for a, b in zip(common, odd, strict=True)), strict=True)
    return torch.from_numpy(elements(np.stack(rows))), torch.tensor(place)


def apart(x: np.ndarray) -> np.ndarray:
    """What needs no learning, `(n, 8)`: the squared distance of each picture from the mean of the others."""
    rest = (x.sum(1, keepdims=True) - x) / (x.shape[1] - 1)
    return np.square(x - rest).sum(-1)
