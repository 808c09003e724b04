"""What the symmetry bench says: what is asked of the learner, numbers as they are read, and what the table teaches."""

from typing import NamedTuple

from components.learn.bench import EXACT, NEARLY, verdict
from components.learn.bench_entry import Entry
from components.learn.bench_models import ENTRIES

FIRST = {"sets": "permute", "sequences": "permute", "pictures": "shift", "graphs": "relabel"}
"""The action that each family is about."""
TEACHES = {
    "sets": "**One map for all and a pool that forgets the order** give invariance to permutation; without the pool, one map "
    "alone gives equivariance. Own maps, or concatenation, break it. Rotation is exact for none: nobody built it in.",
    "sequences": "**What makes a set model blind to order is what a text model must give up.** Only bags, and attention without "
    "positions, are exact under permutation. A layer with one map for all steps commutes with a shift in time if it "
    "remembers nothing of the wait.",
    "pictures": "**One filter for all places** gives shifts, as far as the stride: windows every 4 pixels are exact at 4, not at "
    "1 and 2. Turns and flips are exact only where a network is averaged over them. Training on moved pictures is never exact.",
    "graphs": "**One map for all nodes, neighbours in any order:** every new numbering is exact. A map for each number, a place "
    "for each neighbour, or a vector for each node break it. Features moved without the edges are another graph.",
    "all": "**No symmetry comes by itself.** Each blue cell is a choice: one map for all, a pool that forgets, a stride, a mean.",
}
POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Asked(NamedTuple):
    """What the controls say."""

    model: str
    action: str
    amount: int
    number: int  # of the input, from 0

    @property
    def entry(self) -> Entry:
        """The model asked for."""
        return ENTRIES[self.model]


def small(value: float) -> str:
    """A relative error as it is read: 0.83, 4 · 10⁻⁴, 0."""
    if value == 0:
        return "0"
    if value >= 1e-2:
        return f"{value:.2g}"
    digits, power = f"{value:.0e}".split("e")
    return f"{digits} · 10{str(int(power)).translate(POWERS)}"


def judged(error: float) -> str:
    """The verdict in two short lines, with its sign."""
    how = verdict(error)
    if how == "exact":
        return f"<b>= exact</b><br>{small(error)}{': rounding' if error else ''}"
    return f"<b>{'≈ nearly' if how == 'nearly' else '≠ not equal'}</b><br>up to {small(error)}"


def sentence(error: float, moves: bool) -> str:
    """The verdict as a sentence."""
    what = "equivariant" if moves else "invariant"
    return {
        "exact": f"Exactly {what} ({small(error)}{': rounding' if error else ''})",
        "nearly": f"Nearly {what}, not exactly ({small(error)})",
        "not": f"Not {what} ({small(error)})",
    }.get(verdict(error), "")


def limits() -> str:
    """What the signs mean."""
    return (
        f"✓ below {small(EXACT)}: rounding of 32-bit numbers · ≈ below {small(NEARLY)} · ✗ above · grey dot: makes no "
        "sense, hover says why."
    )
