"""A text taken apart into its words. A hidden word is dropped, as if it had not been written."""

from collections.abc import Collection
from functools import partial

import numpy as np

from components.modalities.base import Parts
from components.modalities.language_tasks import LOST
from components.modalities.language_text import again, take
from components.values import Sample

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
    """Where nothing is left of the sentence that is asked about, an unknown word stands in the place of the marked one."""
    kept = np.ones(len(sample["elements"]), bool)
    for name in names:
        kept[named[name]] = False
    left, turn = np.flatnonzero(kept), sample["raw"]["turn"]
    own = left[turn[left] == turn[mark]]
    if len(own):
        near = own[np.abs(own - mark).argmin()]
        return take(sample, left), int(np.searchsorted(left, near))
    left = np.sort(np.append(left, mark))
    place = int(np.searchsorted(left, mark))
    found = take(sample, left)
    token = list(found["raw"]["token"])
    token[place] = LOST
    return again(found, token=token), place
