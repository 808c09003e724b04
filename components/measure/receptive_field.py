"""What one place of a layer can see of the picture: the receptive field, by arithmetic.

With jump j (pixels between neighbouring places) and size r (pixels seen by one place), a layer of kernel k and stride s gives

    r' = r + (k - 1) j        j' = j s        centre' = centre + ((k - 1) / 2 - padding) j

Source: Araujo et al. 2019, "Computing receptive fields of convolutional neural networks"; slide "Convolutional Neural Networks"
(multiple layers).
"""

from collections.abc import Iterable
from typing import NamedTuple

from components.values import Layer


class Field(NamedTuple):
    """The receptive field of one layer's places, in pixels of the picture."""

    name: str
    size: int  # pixels along one side
    jump: int  # pixels between the fields of neighbouring places
    centre: float  # the pixel, from 0, in the middle of the field of place 0


def receptive_fields(layers: Iterable[Layer]) -> list[Field]:
    """The field after each layer, in their order."""
    size, jump, centre = 1, 1, 0.0
    found = []
    for layer in layers:
        centre += ((layer.kernel - 1) / 2 - layer.padding) * jump
        size += (layer.kernel - 1) * jump
        jump *= layer.stride
        found.append(Field(layer.name, size, jump, centre))
    return found


def seen(field: Field, place: int, length: int) -> tuple[int, int]:
    """First pixel and the one after the last that this place (row or column, from 0) sees of `length` pixels."""
    middle = field.centre + place * field.jump
    first = round(middle - (field.size - 1) / 2)
    return max(0, first), min(length, first + field.size)
