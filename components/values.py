"""The plain values that flow between the rooms: dictionaries of arrays, and one kind of error.

Nothing here is a class with behaviour: Streamlit reloads modules while the app runs, and only plain values
survive that without turning `isinstance` and pickling into surprises.
"""

from typing import Any, NotRequired, TypedDict

import numpy as np

Frame = dict[str, np.ndarray]
"""One moment of a training run: named arrays. A run is an iterator of frames."""


class Sample(TypedDict):
    """One observation of any modality, seen both as a person meets it and as a model does."""

    raw: Any  # as a person meets it: picture (h, w, c), tokens, wave, table, graph, points
    elements: np.ndarray  # (n,) ids or (n, d) reals: the n elements x_1 ... x_n
    grid: tuple[int, ...]  # how elements are laid out: () a set, (t,) a sequence, (h, w) a picture
    edges: NotRequired[np.ndarray]  # (2, m) pairs of element numbers; graphs only
    kind: NotRequired[str]  # the name of the picture that shows it, see `components.figures.kind`; else the shape decides
    sound: NotRequired[tuple[np.ndarray, int]]  # what can be listened to: wave (t,) or (t, c) in [-1, 1], and its Hz
    rate: float  # how often elements appear, in `unit`
    unit: str  # Hz, words/min, pixels/image, points/object
    about: str  # where it comes from, in one line: source and licence, "synthetic", "your file"; no full stop at the end


class Reading(TypedDict):
    """What a measure says of a sample."""

    value: float
    unit: str
    estimator: str  # the formula used, in words
    curve: np.ndarray  # the numbers behind the value, for the picture


class BadInput(ValueError):
    """Input that cannot be used. Its message is one sentence a learner can act on; no traceback is shown."""
