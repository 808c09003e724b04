"""The plain values that flow between the rooms: dictionaries of arrays, and one kind of error.

Nothing here is a class with behaviour: Streamlit reloads modules while the app runs, and only plain values
survive that without turning `isinstance` and pickling into surprises.
"""

from typing import Any, NamedTuple, NotRequired, TypedDict

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


class Curve(TypedDict):
    """The numbers behind a reading, ready to be drawn: y over x, and what it is to be compared with."""

    x: np.ndarray  # (n,) numbers, or names (of symbols, columns, bands)
    y: np.ndarray  # (n,)
    x_title: str
    y_title: str
    style: NotRequired[str]  # "line" (default), "bars", "points"
    log: NotRequired[str]  # the axes that are logarithmic: "x", "y", "xy"
    baseline: NotRequired[np.ndarray]  # (n,) the same of what has lost the structure, for instance a shuffled copy
    low: NotRequired[np.ndarray]  # (n,) band of what chance gives: its lower edge
    high: NotRequired[np.ndarray]  # (n,) its upper edge
    marks: NotRequired[dict[str, float]]  # places on the x axis with a name


class Reading(TypedDict):
    """What a measure says of a sample: a number with its unit, how it was estimated, and the curve it was read from."""

    name: str  # what is measured, short: "entropy of an element"
    value: float  # NaN where it is not defined; then `why` says why not
    unit: str  # bits, Hz, dB, words/min; "" for a pure number
    text: NotRequired[str]  # what is read where it is a word and not a number: "discrete"
    estimator: str  # how it was estimated, in one plain sentence
    formula: str  # the same in LaTeX
    source: str  # paper or book, and slide
    curve: NotRequired[Curve]
    chance: NotRequired[bool]  # the value lies within what shuffled copies give
    why: NotRequired[str]  # "not defined because ...", a whole sentence


class Layer(NamedTuple):
    """How a layer of windows looks at the layer below it, along one side; a pooling is one too."""

    name: str
    kernel: int
    stride: int
    padding: int


class BadInput(ValueError):
    """Input that cannot be used. Its message is one sentence a learner can act on; no traceback is shown."""
