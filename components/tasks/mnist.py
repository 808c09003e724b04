"""Which digit is it? MNIST, 28 x 28 greys: 5,000 digits, 4,000 to learn from and 1,000 others to be tested on."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays

if TYPE_CHECKING:
    from torch import Generator, Tensor

MNIST_SIDE, MNIST_TRAIN = 28, 4000


@cache
def mnist() -> tuple[np.ndarray, np.ndarray]:
    """All digits, `(5000, 28, 28)` of type uint8 (0 paper, 255 ink), and their labels `(5000,)`; the order is random."""
    data = arrays("mnist.npz")
    return data["images"], data["labels"].astype(np.int64)


def mnist_example(label: int, number: int = 0) -> np.ndarray:
    """A picture `(28, 28)` of this label in the test part."""
    images, labels = mnist()
    return images[MNIST_TRAIN + np.flatnonzero(labels[MNIST_TRAIN:] == label)[number]]


def draw_mnist(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n digits flattened column by column, `x (n, 1, 784)` in [0, 1], `y (n,)`. As long as there are enough, each comes once."""
    import torch

    images, labels = mnist()
    first, count = (0, MNIST_TRAIN) if part == "train" else (MNIST_TRAIN, len(labels) - MNIST_TRAIN)
    if n <= count:
        chosen = first + torch.randperm(count, generator=generator)[:n].numpy()
    else:
        chosen = first + torch.randint(count, (n,), generator=generator).numpy()
    x = images[chosen].transpose(0, 2, 1).reshape(n, 1, -1).astype(np.float32) / 255
    return torch.from_numpy(x), torch.from_numpy(labels[chosen])
