"""The type of a profile dimension. Slide: "Modality Profile".

One file in this folder with one constant `DIMENSION` is a whole dimension: the Profile page knows nothing else about it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from components.values import Curve, Reading, Sample


@dataclass(frozen=True)
class Dimension:
    """One of the lecture's qualities of a modality. `measure` is pure and never raises: what is not defined says why."""

    name: str  # the key in links
    order: int  # the lecture's order
    title: str
    definition: str  # the lecture's idea in one plain sentence
    slide: str
    measure: Callable[[Sample], tuple[Reading, ...]]  # the first reading is the one on the card


def undefined(name: str, unit: str, estimator: str, formula: str, source: str, why: str) -> Reading:
    """A reading that does not exist for this sample, and why."""
    return {
        "name": name,
        "value": float("nan"),
        "unit": unit,
        "estimator": estimator,
        "formula": formula,
        "source": source,
        "why": f"Not defined because {why}.",
    }


def number(
    name: str, value: float, unit: str, estimator: str, formula: str, source: str, curve: Curve | None = None, text: str = "",
    chance: bool = False,
) -> Reading:  # fmt: skip
    """A reading that exists; `chance` where copies without the structure give the same."""
    reading: Reading = {
        "name": name,
        "value": float(value),
        "unit": unit,
        "estimator": estimator,
        "formula": formula,
        "source": source,
    }
    if curve is not None:
        reading["curve"] = curve
    if text:
        reading["text"] = text
    if chance:
        reading["chance"] = True
    return reading
