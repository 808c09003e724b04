"""What is asked of a window of sensor data: a property of what is touched, the next action, the exercise."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from components.modalities.base import Exercise
from components.modalities.sensor_traces import traces
from components.tasks import series, touch, watch
from components.values import BadInput, Sample

if TYPE_CHECKING:
    from torch import Generator, nn

    from components.tasks.base import Draw

CHANNELS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "force": (("Fx", "Fy", "Fz", "Tx", "Ty", "Tz"), ("N",) * 3 + ("N m",) * 3),
    "motion": (("height", "speed"), ("mm", "mm/s")),
    "watch": (("ax", "ay", "az", "ωx", "ωy", "ωz"), ("g",) * 3 + ("rad/s",) * 3),
}
EXAMPLES = {
    "force": ("force-varnish", "force-wood", "force-leather", "force-teflon"),
    "motion": ("motion-cork", "motion-steel"),
    "watch": ("watch-abduction", "watch-row", "watch-rotation"),
}
SENSORS = {"surface": "force", "next action": "motion", "exercise": "watch"}


def surface_network(generators: "Sequence[Generator]") -> "nn.Module":
    """Reads 1 s of force and torque; the mean over time, since friction acts all along a slide."""
    from components.models.trace_classifier import TraceClassifier

    return TraceClassifier(touch.STEPS, 2, touch.spread("surface"), generators, "mean")


def next_network(generators: "Sequence[Generator]") -> "nn.Module":
    """Reads the last 1.2 s of height and speed."""
    from components.models.trace_classifier import TraceClassifier

    return TraceClassifier(touch.LOOK, len(touch.ACTIONS), touch.spread("next"), generators, h=32)


def exercise_network(generators: "Sequence[Generator]") -> "nn.Module":
    """Reads 3 s of acceleration and turning rate."""
    from components.models.trace_classifier import TraceClassifier

    return TraceClassifier(watch.STEPS, len(watch.EXERCISES), watch.spread(), generators)


def enter(sample: Sample, mark: int, sensor: str, moments: int, rate: float, back: bool = False) -> np.ndarray:
    """The window around moment `mark`, or the one that ends with it, as the network meets it: `(moments, d)` at its own rate."""
    names, units = CHANNELS[sensor]
    what = f"{len(names)} columns: " + ", ".join(f"{n} ({u})" for n, u in zip(names, units, strict=True))
    if sample["raw"]["sensor"][0] not in (sensor, "own") or sample["elements"].shape[1] != len(names):
        raise BadInput(f"This network reads {what}.")
    values = series.resampled(sample["elements"], sample["rate"], rate)
    if len(values) < moments:
        raise BadInput(f"This network looks at {moments / rate:.1f} seconds at once, and this series is shorter.")
    here = round(mark * rate / sample["rate"])
    start = here - moments + 1 if back else here - moments // 2
    start = min(max(0, start), len(values) - moments)
    return np.ascontiguousarray(values[start : start + moments], np.float32)


def show(x: np.ndarray, sensor: str, rate: float) -> Sample:
    """The window behind an observation `(moments, d)` of a task."""
    return traces(x, *CHANNELS[sensor], rate, sensor, "a test window", len(x))


def ask(
    question: str, classes: tuple[str, ...], draw: "Draw", sensor: str, moments: int, rate: float, note: str, *,
    back: bool = False, **more: Any,
) -> Exercise:  # fmt: skip
    """An exercise on windows of one sensor."""
    return Exercise(
        question, classes, draw, "none",
        partial(enter, sensor=sensor, moments=moments, rate=rate, back=back),
        partial(show, sensor=sensor, rate=rate),
        note, order="fixed", **more,
    )  # fmt: skip


TASKS: Mapping[str, Exercise] = {
    "surface": ask(
        "Is this surface slippery or sticky?",
        ("slippery", "sticky"),
        touch.draw_surface,
        "force",
        touch.STEPS,
        touch.RATE,
        "Simulated. Windows of 1 s, at least half of it sliding. Eight surfaces to train on, four others to test on: right 97% "
        "of the time. Windows of the same surfaces in both parts would have given 99%. Sticky: a friction coefficient over 0.35.",
        network=surface_network,
        steps=300,
        data=(touch.FILE,),
        suits=EXAMPLES["force"],
    ),
    "next action": ask(
        "What will the arm do next?",
        touch.ACTIONS,
        touch.draw_next,
        "motion",
        touch.LOOK,
        touch.RATE,
        "Simulated. The last 1.2 s of height and speed: which action begins next? 96 runs to train on, 48 others to test on: "
        "right 80% of the time. Windows of the same runs in both parts would have given 82%. Who knows the present action and "
        "nothing else is right 66% of the time.",
        back=True,
        network=next_network,
        data=(touch.FILE,),
        suits=EXAMPLES["motion"],
    ),
    "exercise": ask(
        "Which exercise is it?",
        watch.EXERCISES,
        watch.draw,
        "watch",
        watch.STEPS,
        watch.SLOW,
        "Recorded. Windows of 3 s at 25 Hz. Seven people to train on, three others to test on: right 85% of the time. Windows "
        "of the same people in both parts would have given 96%.",
        network=exercise_network,
        steps=300,
        data=(watch.FILE,),
        suits=EXAMPLES["watch"],
    ),
}


def own(sample: Sample) -> Mapping[str, Exercise]:
    """The tasks that read as many columns as a learner's file has; all where none does, so that each says what it needs."""
    d = sample["elements"].shape[1]
    return {name: task for name, task in TASKS.items() if len(CHANNELS[SENSORS[name]][0]) == d} or TASKS
