"""Which cells of every layer below one place of the top layer sees: the pyramid, from the top down.

    first' = first s - p        last' = last s - p + k - 1        for a layer of kernel k, stride s, padding p

Cells with negative numbers are padding. Slide "Convolutional Neural Networks" (multiple layers).
"""

from collections.abc import Sequence
from typing import NamedTuple

from components.values import Layer


class Cells(NamedTuple):
    """The cells of one layer that are seen, along one side; "pixels" is the picture."""

    name: str
    first: int
    last: int


def cone(layers: Sequence[Layer], place: int) -> list[Cells]:
    """What place `place` of the last layer sees: of the pixels first, then of every layer, up to itself."""
    first = last = place
    found = []
    for layer in reversed(layers):
        found.append(Cells(layer.name, first, last))
        first, last = first * layer.stride - layer.padding, last * layer.stride - layer.padding + layer.kernel - 1
    return [Cells("pixels", first, last), *reversed(found)]
