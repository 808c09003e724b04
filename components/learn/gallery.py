"""Pictures to choose the most similar from, and what each layer says of them.

For photographs: each bundled one whole and its four quarters, and ten handwritten digits; the features of a layer are the mean
of its map over all places. For digits: the 1,000 test digits of MNIST; features as the probes get them (7 x 7 places).
"""

from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from components.learn.piles import Pile, Seen, entered, maps, trained
from components.learn.probes import features, pictures
from components.measure.nearest import nearest
from components.modalities.vision import PHOTOGRAPH_NAMES, photograph, teacup
from components.tasks.mnist import mnist_example

QUARTERS = ("whole", "upper left", "upper right", "lower left", "lower right")


@lru_cache(maxsize=1)
def gallery() -> tuple[tuple[str, np.ndarray], ...]:
    """Names, as `cat, upper left`, and pixels `(h, w, 1 or 3)` of all pictures to choose from."""
    found: list[tuple[str, np.ndarray]] = []
    for name in (*PHOTOGRAPH_NAMES, "teacup"):
        raw = (teacup() if name == "teacup" else photograph(name))["raw"]
        h, w = raw.shape[0] // 2, raw.shape[1] // 2
        parts = (raw, raw[:h, :w], raw[:h, w:], raw[h:, :w], raw[h:, w:])
        found += [(f"{name}, {part}", pixels) for part, pixels in zip(QUARTERS, parts, strict=True)]
    for label in range(10):
        found.append((f"digit {label}", mnist_example(label)[..., None].astype(np.float32) / 255))
    return tuple(found)


def summary(picture: Seen) -> dict[str, np.ndarray]:
    """The features of a picture at every layer of Lite0, `(c,)`: mean over the places; "pixels" the mean colour."""
    found = {name: a.astype(np.float32).mean((1, 2)) for name, a in maps(picture).items()}
    return {"pixels": picture.pixels.mean((0, 1))} | found


def photo_features() -> dict[str, np.ndarray]:
    """The features of all pictures to choose from, layer -> `(n, c)`."""
    pile = Pile("efficientnet")
    rows = [summary(entered(pile, f"gallery {name}", pixels)) for name, pixels in gallery()]
    maps.cache_clear()  # they pushed out everybody's pictures
    return {layer: np.stack([row[layer] for row in rows]) for layer in rows[0]}


def small_features(x: Tensor) -> dict[str, np.ndarray]:
    """What a reader gets of digits `(n, 784)` at every layer of the small network."""
    with torch.inference_mode():
        return features(trained().activations(x[None, :, None]), x)


@lru_cache(maxsize=1)
def digit_features() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The features of the 1,000 test digits at every layer of the small network, `(1000, c)`, and their labels."""
    _, _, x, label = pictures(0)
    return {name: a.astype(np.float16) for name, a in small_features(x).items()}, label


def small_summary(picture: Seen) -> dict[str, np.ndarray]:
    """The features of one digit at every layer of the small network, `(c,)`."""
    x = torch.from_numpy(np.ascontiguousarray(picture.pixels[..., 0].T.reshape(1, -1), np.float32))
    return {name: a[0] for name, a in small_features(x).items()}


def agreement(rows: np.ndarray, groups: np.ndarray, count: int = 5) -> float:
    """The share of the `count` nearest that belong to the same group as the picture asked for, mean over all pictures."""
    same = [np.mean(groups[nearest(row, rows, count, without=i)[0]] == groups[i]) for i, row in enumerate(rows)]
    return float(np.mean(same))
