"""The words of "Special or general"."""

import math

from components.learn.special import CONTESTS, HELD, RATES, SEARCH, Contender, steps_of
from components.learn.special_file import Ahead, caught
from components.models.composition import said

MODALITIES = {
    "vision": "Picture", "audio": "Sound", "language": "Text", "set": "Set", "graph": "Molecule", "table": "Table",
}  # fmt: skip
COSTS = {"flops": "multiply-adds", "weights": "weights", "seconds": "seconds"}
TITLES = {"flops": "multiply-adds of one sample", "weights": "numbers to learn", "seconds": "CPU seconds to train one network"}
SEES = {
    "as is": "the elements as they are",
    "numbers": "every atom with its row of the adjacency matrix, as plain numbers",
    "row": "all numbers in one row",
}


def points(a: Ahead) -> str:
    """The size of a lead, with its interval."""
    return f"**{abs(a.points):.0f} ± {a.half:.0f} points**"


def reading(modality: str, found: tuple[Ahead, ...], seeds: int, best: str = "") -> str:
    """Who wins where, by how much."""
    name = CONTESTS[modality][2][found[0].special].name
    first, last = found[0], found[-1]
    leads = [a for a in found[:-1] if a.clear and a.points > 0]
    if leads and not first.clear:
        first = max(leads, key=lambda a: a.points)
    if math.isnan(first.half):
        parts = [f"at {a.samples:,} samples {a.points:+.0f} points".replace("-", "−") for a in (first, last)]
        return f"Live, {seeds} seeds: {name} against the transformer, {', '.join(parts)}.{best}"
    if first.clear and last.clear and first.points > 0 < last.points:
        lead = f"{name} is ahead of the transformer by {points(first)} with {first.samples:,} samples, by {points(last)} with"
        return f"{lead} {last.samples:,}: the general one does not catch up in {steps_of(modality)} steps.{best}"
    ends = f"With {first.samples:,} samples {verdict(name, first)}; with {last.samples:,} {verdict(name, last)}"
    return f"{ends}.{turning(found)}{best}"


def verdict(name: str, a: Ahead) -> str:
    """One number of samples, in words."""
    if not a.clear:
        sign = "+" if round(a.points) >= 0 else "−"
        return f"{name} and the transformer cannot be told apart ({sign}{abs(a.points):.0f} ± {a.half:.0f} points)"
    return f"{name} is ahead of the transformer by {points(a)}" if a.points > 0 else f"the transformer is ahead by {points(a)}"


def turning(found: tuple[Ahead, ...]) -> str:
    """Where the general model has caught up."""
    at = caught(found)
    return "" if at in (None, found[0].samples, found[-1].samples) else f" The general one has caught up at {at:,}."


def settings(modality: str, contender: Contender) -> str:
    """The choices of one model, in words."""
    c = contender.composition
    mixes = f"looks at {said('neighbours', c.neighbours)}" + (f", {said('mix', c.mix)}" if c.neighbours != "self" else "")
    layers = f"{c.layers} layer{'s' if c.layers != 1 else ''}, {mixes}" if c.layers else "no layer"
    extra = ", told where it is" if c.positions else ""
    return f"sees {SEES[contender.sees]}; width {c.width}; {layers}; pool: {said('pool', c.pool)}{extra}"


def budget(modality: str) -> str:
    """What is the same for all."""
    steps = steps_of(modality)
    rates = ", ".join(f"{r:g}" for r in RATES)
    return (
        f"The same for all: samples, {steps} steps of 32 samples, Adam, cross entropy, the rate falls to 0 along a cosine. The "
        f"first rate is chosen for each alike from {rates}: {round(steps * SEARCH)} steps, two seeds, scored on {HELD:.0%} of "
        "the training samples, held out."
    )
