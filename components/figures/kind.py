"""What a kind of picture is: how a sample looks as a person meets it, as a model meets it, and small.

One file in this folder with one constant `KIND` adds a kind; a sample names it (`sample["kind"]`), and nothing else needs to
know. Samples that name none are drawn by their shape, see `sample.py` and `observation.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

from components.figures.scale import Scale
from components.values import Sample


@dataclass(frozen=True)
class Kind:
    """The three pictures of one kind of sample.

    In all of them a trace whose points stand for elements carries the number of the element as `customdata`, one plain
    number a point: clicking it marks the element, and hovering it shows the same element in the other pictures.
    """

    name: str
    raw: Callable[[Sample, Scale, int | None, int], go.Figure]
    """`raw(sample, scale, mark, height)`: as a person meets it, with element `mark` marked."""
    observation: Callable[[Sample, np.ndarray, Scale, int, int], go.Figure]
    """`observation(sample, x, scale, mark, height)`: the numbers of x_i around element `mark`, which is framed."""
    small: Callable[[Sample, float, float, Scale], Sequence[BaseTraceType]]
    """`small(sample, left, top, scale)`: traces inside the unit square at (left, top), y downwards, the lowest .06 left free."""
