"""Linear probes: how well a plain logistic regression reads the answer off each layer.

    features of a layer  ->  (x - mean) / spread  ->  logistic regression  ->  accuracy on other pictures

The network is left as it is; only the reader is trained, a new one for every layer. What a linear reader can read is there and
is laid out simply. Two comparisons belong to it: the pixels themselves, and the same network with random weights.
Source: Alain and Bengio 2016, "Understanding intermediate layers using linear classifier probes"; slide "Convolutional Neural
Networks" (increasingly abstract and summarised information).
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
import torch
from torch import Generator, Tensor, nn

from components.learn.train import TEST_SEED, train
from components.learn.watching import PEEK, TEST, Watch, network
from components.tasks.mnist import MNIST_SIDE, draw_mnist
from components.values import Frame

LAYERS = ("pixels", "conv1", "down1", "conv2", "down2", "conv3", "pool", "logits")
LEARN, EXAM = 500, 1000  # pictures that a reader learns from, and others that it is tested on
PLACES = 7  # places along a side to which the maps of the small network are averaged
EVERY = 50


def reader(x: np.ndarray, y: np.ndarray, strength: float = 0.1) -> Any:
    """A logistic regression that has learnt from features `x (n, d)` and answers `y (n,)`; numbers are brought to one spread."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    made = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=60, tol=1e-3))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a few more steps would not change what is shown
        return made.fit(np.nan_to_num(x), y)


def probe(x: np.ndarray, y: np.ndarray, other_x: np.ndarray, other_y: np.ndarray) -> float:
    """The share of other pictures that a reader of these features gets right."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # so small, several threads wait for each other: 30 times slower
        return float((reader(x, y).predict(np.nan_to_num(other_x)) == other_y).mean())


def features(found: dict[str, Tensor], x: Tensor) -> dict[str, np.ndarray]:
    """What a reader gets of the small network's layers for pictures `x (b, 784)`: maps averaged to 7 x 7 places, all numbers of
    the rest; "pixels" are all 784."""
    rows = {"pixels": x.numpy()}
    for name, a in found.items():
        a = a[0]
        if a.ndim == 4:
            a = nn.functional.adaptive_avg_pool2d(a, PLACES).flatten(1)
        rows[name] = a.detach().numpy()
    return rows


@lru_cache(maxsize=8)
def pictures(seed: int) -> tuple[Tensor, np.ndarray, Tensor, np.ndarray]:
    """Digits to learn from and digits to be tested on, `(n, 784)` with their labels; `seed` chooses the first."""
    x, y = draw_mnist(LEARN, Generator().manual_seed(3_000_003 + seed), "train")
    other, label = draw_mnist(EXAM, Generator().manual_seed(TEST_SEED), "test")
    return x[:, 0], y.numpy(), other[:, 0], label.numpy()


def probed(model: nn.Module, seed: int = 0) -> np.ndarray:
    """The accuracy of a reader at each of `LAYERS` of a small network, `(8,)`."""
    x, y, other, label = pictures(seed)
    with torch.no_grad():
        learnt, asked = (features(model.activations(part[None, :, None]), part) for part in (x, other))  # type: ignore[operator]
    return np.array([blank(seed), *(probe(learnt[name], y, asked[name], label) for name in LAYERS[1:])])


@lru_cache(maxsize=8)
def blank(seed: int) -> float:
    """The accuracy of a reader of the pixels themselves: no network, so once is enough."""
    x, y, other, label = pictures(seed)
    return probe(x.numpy(), y, other.numpy(), label)


@dataclass(frozen=True)
class Probing:
    """A training run whose layers are read all the time. Equal requests are one run."""

    seed: int = 0
    steps: int = 300
    every: int = EVERY


def probing(request: Probing) -> Iterator[Frame]:
    """Train the small network on 2,000 digits, and read every layer now and then.

    Yields:
        The frames of `train` with `probed (8,)`, the accuracy of a reader at each of `LAYERS`.
    """
    watched = Watch("mnist", seed=request.seed)

    def look(model: nn.Module, done: bool) -> Frame:
        return {"probed": probed(model, request.seed)}

    yield from train(
        partial(network, watched), watched.exercise.draw, (watched.samples,), steps=request.steps, every=request.every,
        rate=watched.rate, order="fixed", test=TEST, peek=PEEK, probe=look,
    )  # fmt: skip


def digit(x: Tensor, number: int) -> np.ndarray:
    """Picture number `number` of rows `(n, 784)`, `(28, 28)`."""
    return x[number].numpy().reshape(MNIST_SIDE, MNIST_SIDE).T
