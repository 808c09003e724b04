"""The recorded small transformer that repeats letters, and what it does with the learner's."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import torch

from components.learn.device import settle
from components.learn.repeating import LETTERS, restored
from components.models.repeats import NextLetter
from components.values import Frame

FILE = Path(__file__).parents[2] / "pretrained" / "weights" / "repeats.npz"


@cache
def recorded() -> Frame:
    """The recorded run: "loss", "right", "previous", "again" by frame, "at" (steps), the parameters, and "about"."""
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


def about() -> dict[str, str]:
    """Date, machine, versions."""
    return dict(json.loads(str(recorded()["about"])))


@cache
def model() -> NextLetter:
    """The recorded model."""
    settle()
    return restored(recorded())


@lru_cache(maxsize=32)
def looked(ids: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The recorded model on these letters: attention `(2, 4, n, n)`, and the chances of the letter after each `(n, letters)`."""
    with torch.inference_mode():
        logits, weights = model().looked(torch.tensor(ids)[None, None])
    return weights[0, 0].numpy(), logits[0, 0].softmax(-1).numpy()


def guessed(ids: Sequence[int]) -> list[tuple[str, float]]:
    """For every place but the last the likeliest next letter, and how likely it is."""
    p = looked(tuple(ids))[1]
    return [(LETTERS[int(row.argmax())], float(row.max())) for row in p[:-1]]
