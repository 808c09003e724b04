"""Probes, effective fields and features as recorded by `pretrained/build/probes.py`."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from components.learn.probes import LAYERS
from components.values import Frame

RECORDED = Path(__file__).parents[2] / "pretrained" / "sweeps" / "probes.npz"
DEEP = ("pixels", "stem", *(f"block{i}" for i in range(1, 17)), "head", "logits")
EXAMS = ("photographs", "digits")


class Probes(NamedTuple):
    """Accuracies of linear readers, layer by layer."""

    layers: tuple[str, ...]
    trained: np.ndarray  # (seeds, layers)
    random: np.ndarray  # (seeds, layers) the same network with random weights
    chance: float

    def at(self, layer: str) -> tuple[float, float]:
        """Mean and standard error for the trained network."""
        column = self.trained[:, self.layers.index(layer)]
        return float(column.mean()), float(column.std(ddof=1) / len(column) ** 0.5)


@lru_cache(maxsize=1)
def held() -> Frame:
    """All arrays of the file."""
    with np.load(RECORDED, allow_pickle=False) as data:
        return dict(data)


def about() -> dict[str, str]:
    """When and where it was recorded: `date`, `machine`, `torch`, `numpy`."""
    return json.loads(str(held()["about"]))


def probes(kind: str, exam: str) -> Probes:
    """The recorded readers of a network; the small one has one exam only."""
    name = "small" if kind == "small" else exam
    chance = 1 / 6 if name == "photographs" else 0.1
    return Probes(LAYERS if kind == "small" else DEEP, held()[f"{name}/trained"], held()[f"{name}/random"], chance)


def widths(kind: str) -> np.ndarray:
    """Mean effective width of the middle place of every layer that has a map, over several pictures, `(layers,)`."""
    return np.nanmean(held()[f"field/{kind}"], 0)


def known(layer: str) -> np.ndarray:
    """The features of all pictures of the gallery at a layer of Lite0, `(n, c)`."""
    return held()[f"gallery/{layer}"].astype(np.float32)


def agreed(kind: str, layer: str) -> float:
    """How often the nearest pictures are of the same kind at a layer, over all pictures to choose from."""
    layers = LAYERS if kind == "small" else ("pixels", *DEEP[1:-1])
    return float(held()[f"agree/{kind}"][layers.index(layer)])
