"""Eight models that learnt whether a text is as written or shuffled, recorded; and what each says to any words in any order."""

from functools import cache, partial
from pathlib import Path

import numpy as np
import torch
from torch import Generator

from components.learn.device import settle
from components.models.sequence_classifier import KINDS, SequenceClassifier
from components.tasks.texts import KNOWN, LONGEST
from components.tasks.words import entries, numbered

BLIND = "attention, no positions"
MODELS = (*KINDS, BLIND)
WIDTH = 16
FILE = Path(__file__).parents[2] / "pretrained" / "weights" / "order_models.npz"


def maker(name: str) -> "partial[SequenceClassifier]":
    """Makes a stack of this model from one generator per replica."""
    kind = "attention" if name == BLIND else name
    return partial(SequenceClassifier, kind, KNOWN, 2, LONGEST, h=WIDTH, order=name != BLIND)


@cache
def recorded() -> dict[str, np.ndarray]:
    """The file: `<model>/<parameter>`, `<model>/accuracy`, `<model>/changed`, `about`."""
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


@cache
def model(name: str) -> SequenceClassifier:
    """One of the eight, as trained."""
    settle()
    made, start = maker(name)([Generator()]), f"{name}/w/"
    found = {
        key.removeprefix(start): torch.from_numpy(v.astype(np.float32)) for key, v in recorded().items() if key.startswith(start)
    }
    made.load_state_dict(found)
    return made.eval()


def shuffled_chance(name: str, texts: list[tuple[str, ...]]) -> np.ndarray:
    """How sure this model is that each text was shuffled, `(n,)` in [0, 1]. Texts are cut at 64 words."""
    x = np.full((len(texts), LONGEST, 1), -2.0, np.float32)
    for i, text in enumerate(texts):
        words = text[:LONGEST]
        x[i, : len(words), 0] = entries(numbered(words), 1, KNOWN)
    with torch.inference_mode():
        return model(name)(torch.from_numpy(x)[None])[0].softmax(-1)[:, 1].numpy()
