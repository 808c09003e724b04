"""Names, signs and colours of the roles of heads, and the words of the view "Heads of a real model"."""

import numpy as np

from components.figures.scale import Scale
from components.measure.head_roles import CLEAR, ROLES, SHORT

DEFAULT = "The cat sat on the mat because it was tired."
MODELS = {"minilm": "MiniLM", "repeat": "Small, trained here", "hub": "From the Hub"}
LOOK = {"lines": "lines", "matrix": "matrix"}
PRONOUNS = ("it", "he", "she", "they", "him", "her", "them")
SIGN = {"previous": "←", "next": "→", "same": "↓", "first": "C", "marks": "S", "again": "↺", "reference": "N"}
COLOUR = {"previous": 1, "next": 2, "same": 4, "marks": 9, "again": 0, "reference": 3}
FROM_NOUN = 0.3
"""A pronoun gives its noun this much, four times chance: then the head is named after it."""


def colour(role: str, scale: Scale) -> str:
    """The colour of a role; [CLS] is where most heads rest, so it is grey."""
    return scale.muted if role == "first" else scale.series[COLOUR[role]]


def number(value: float) -> str:
    """A score as it stands under a map: .87"""
    return "1.0" if value >= 0.995 else f"{value:.2f}".removeprefix("0")


def named(scores: dict[str, np.ndarray], clear: float = CLEAR) -> dict[tuple[int, int], tuple[str, float]]:
    """(layer, head) -> the role that stands out, and its score: at least half of the weight, or the pronoun's noun."""
    found: dict[tuple[int, int], tuple[str, float]] = {}
    for role in (r for r in ROLES if r in scores):
        least = FROM_NOUN if role == "reference" else clear
        for layer, head in np.argwhere(np.nan_to_num(scores[role]) >= least):
            place, value = (int(layer), int(head)), float(scores[role][layer, head])
            if place not in found or role == "reference" or value > found[place][1]:
                found[place] = role, value
    return found


def labels(names: dict[tuple[int, int], tuple[str, float]], scale: Scale) -> dict[tuple[int, int], tuple[str, str]]:
    """What stands under the maps."""
    return {place: (f"{SIGN[role]} {number(value)}", colour(role, scale)) for place, (role, value) in names.items()}


def legend(names: dict[tuple[int, int], tuple[str, float]]) -> str:
    """The signs under the maps in words."""
    used = [role for role in ROLES if any(role == r for r, _ in names.values())]
    return ", ".join(f"**{SIGN[role]}** {SHORT[role]}" for role in used).replace("[", r"\[")
