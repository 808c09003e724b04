"""What the view on symmetry says: names of actions, amounts and networks, and what is asked of the learner."""

from typing import NamedTuple

from components.learn.segmenting import Study

AIMS = {"classify": "Classify", "segment": "Segment"}
ACTIONS = {
    "shift": "Shift, torus",
    "paper": "Shift, paper",
    "flip": "Flip",
    "turn": "Turn",
    "angle": "Any angle",
}
START = {"shift": 1, "paper": 4, "flip": 1, "turn": 90, "angle": 30}
NETWORKS = {
    "even": "All places kept",
    "usual": "Halved twice",
    "blur": "Blurred, halved",
    "learnt": "Halved, augmented",
    "dense": "Fully connected",
    "taught": "Full, augmented",
}
"""Four convolutional networks and two fully connected; "augmented": trained on moved pictures."""
CASES = (
    ("shift 1 px", "shift", 1),
    ("shift 4 px", "shift", 4),
    ("paper 4 px", "paper", 4),
    ("flip", "flip", 1),
    ("turn 90°", "turn", 90),
    ("turn 180°", "turn", 180),
    ("turn 30°", "angle", 30),
)
"""The columns of the table: title, action, amount."""
FLIPPED = {1: "↔", 2: "↕", 3: "↔ ↕"}


class Asked(NamedTuple):
    """What the controls say."""

    aim: str
    action: str
    amount: int
    network: str
    averaged: bool

    @property
    def study(self) -> Study:
        """The network asked for."""
        return Study(self.aim, self.network)


def spoken(action: str, amount: int) -> str:
    """An action with its amount in a few letters, as it stands on an arrow."""
    if action in ("shift", "paper"):
        return f"→ {amount} px"
    return FLIPPED[amount] if action == "flip" else f"↺ {amount}°"


def small(value: float) -> str:
    """A number between 0 and 1 as it is read: 0.83, or 6 · 10⁻⁸ where it is nothing but rounding."""
    if value == 0:
        return "0"
    if value >= 1e-3:
        return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"
    digits, power = f"{value:.0e}".split("e")
    return f"{digits} · 10{str(int(power)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
