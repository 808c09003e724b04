"""A text taken apart into its words. A hidden word is dropped, as if it had not been written."""

from collections.abc import Collection
from functools import partial

import numpy as np

from components.modalities.base import Parts
from components.modalities.language_text import take
from components.values import BadInput, Sample

NEAR = 100  # words before and after the marked one that are parts of their own; farther away, whole sentences or turns are


def parts(sample: Sample, mark: int) -> Parts:
    """Words by their place in the text, counted from 1; in long texts, far sentences as a whole."""
    token, turn = sample["raw"]["token"], sample["raw"]["turn"]
    named: dict[str, np.ndarray] = {}
    near = (np.abs(np.arange(len(token)) - mark) <= NEAR) | (turn == turn[mark])
    for j in np.flatnonzero(near):
        named[f"{j + 1}: {token[j]}"] = np.array([j])
    for number in np.unique(turn[~near]):
        named[f"sentence {number + 1}"] = np.flatnonzero((turn == number) & ~near)
    silent = sample.copy()
    silent.pop("sound", None)  # cutting it at every word would take long, and no network here listens to it
    return Parts(named, partial(_hide, silent, mark, named))


def _hide(sample: Sample, mark: int, named: dict[str, np.ndarray], names: Collection[str]) -> tuple[Sample, int]:
    """Raises BadInput where nothing is left of the sentence that is asked about."""
    kept = np.ones(len(sample["elements"]), bool)
    for name in names:
        kept[named[name]] = False
    left = np.flatnonzero(kept)
    own = np.flatnonzero(sample["raw"]["turn"][left] == sample["raw"]["turn"][mark])
    if not len(own):
        raise BadInput("Nothing is left of the marked sentence.")
    return take(sample, left), int(own[np.abs(left[own] - mark).argmin()])
