"""Does the set contain a zero? Real handwritten digits as elements."""

from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from components.tasks.base import Family, Task

if TYPE_CHECKING:
    from torch import Generator, Tensor

WIDTH, TRAIN = 16, 1297


@cache
def digits() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The 1,797 digits of scikit-learn, shuffled once: `x (1797, 16)` principal components, `y`, pictures `(1797, 8, 8)`.

    The components are fitted on the first 1,297 pictures only; the other 500 are the test part.
    """
    from sklearn.datasets import load_digits
    from sklearn.decomposition import PCA

    data = load_digits()
    order = np.random.default_rng(0).permutation(len(data.target))
    flat, y, images = data.data[order], data.target[order], data.images[order]
    x = PCA(WIDTH, random_state=0).fit(flat[:TRAIN]).transform(flat)
    return (x / x[:TRAIN].std()).astype(np.float32), y, images.astype(np.uint8)


def draw(n: int, generator: "Generator", part: str, size: int) -> "tuple[Tensor, Tensor]":
    """n sets of digits: `x (n, size, 16)` sorted by digit, `y (n,)` is 1 where exactly one is a zero, else 0."""
    import torch

    x, label, _ = digits()
    own = np.arange(TRAIN) if part == "train" else np.arange(TRAIN, len(label))
    zero, other = (torch.from_numpy(own[(label[own] == 0) == flag]) for flag in (True, False))
    y = torch.randint(2, (n,), generator=generator)
    pick = other[torch.randint(len(other), (n, size), generator=generator)]
    spare = zero[torch.randint(len(zero), (n,), generator=generator)]
    pick[:, 0] = torch.where(y == 1, spare, pick[:, 0])
    rank = torch.from_numpy(label)[pick].argsort(dim=1, stable=True)
    return torch.from_numpy(x)[pick.gather(1, rank)], y


def glyphs(x: np.ndarray) -> list[Any]:
    """The picture `(8, 8)` of the digit nearest to each element; an element of the data finds itself."""
    known, _, images = digits()
    return [images[((known - e) ** 2).sum(1).argmin()] for e in x]


def make(size: int) -> Task:
    """The task for sets of `size` digits."""
    return Task("Does the set contain a zero?", ("no zero", "a zero"), partial(draw, size=size), "permutation")


FAMILY = Family(
    "any0",
    1,
    "Is there a zero?",
    "A handful of handwritten digits. Is one of them a zero?",
    "Real pictures as elements: what is learnt at one place must be known at every place.",
    make,
    glyphs,
    steps=500,
    threshold=0.85,
)
