"""Sensor modality: what sensors report, moment after moment. Slide: "Sensor Modality".

Force and torque at a robot's wrist are a T x 6 signal, position and velocity of its end-effector a T x 2 signal. The model
meets a series through a window of w moments that slides over it, each window laid out as one vector, moment after moment:

    x_i = (s_a, s_a+1, ..., s_a+w-1) in R^(w d),    s_t in R^d is what all d channels say at moment t
"""

from collections.abc import Callable
from functools import partial

from components.modalities import sensor_readers
from components.modalities import sensor_traces as change
from components.modalities.base import Control, Modality
from components.modalities.sensor_parts import parts
from components.modalities.sensor_tasks import CHANNELS, TASKS, own
from components.modalities.sensor_traces import traces
from components.tasks import touch, watch
from components.values import Sample

SIMULATED = "Simulated (MuJoCo 4.0.0): finger on {}, {}, by this project, MIT"
RECORDED = "Recorded by a watch at the wrist: {}, person {}, D. Burns et al. 2018, from seglearn (BSD 3-Clause)"


def touching(surface: str, number: int) -> Sample:
    """Force and torque of one simulated run."""
    values = touch.run(surface, number)[:, touch.FORCE]
    return traces(values, *CHANNELS["force"], touch.RATE, "force", SIMULATED.format(surface, "force and torque at the wrist"))


def moving(surface: str, number: int) -> Sample:
    """Height and speed of the fingertip in one simulated run."""
    values = touch.run(surface, number)[:, touch.MOTION]
    return traces(values, *CHANNELS["motion"], touch.RATE, "motion", SIMULATED.format(surface, "height and speed of its tip"))


def wearing(exercise: int, person: int, side: int) -> Sample:
    """One recording of the watch."""
    about = RECORDED.format(watch.EXERCISES[exercise], person)
    return traces(watch.recording(exercise, person, side), *CHANNELS["watch"], watch.RATE, "watch", about)


def read(data: bytes) -> Sample:
    """A text table as a series; raises BadInput, see `sensor_readers.series`."""
    found = sensor_readers.series(data)
    about = "; ".join(("Your series", *found.remarks))
    return traces(found.values, found.names, ("",) * len(found.names), found.rate, "own", about)


EXAMPLES: dict[str, Callable[[], Sample]] = {
    "force-varnish": partial(touching, "varnish", 0),  # all on surfaces, in runs and by people that no network was trained on
    "force-wood": partial(touching, "wood", 6),
    "force-leather": partial(touching, "leather", 10),
    "force-teflon": partial(touching, "Teflon", 1),
    "motion-cork": partial(moving, "cork", 11),
    "motion-steel": partial(moving, "steel", 9),
    "watch-abduction": partial(wearing, 1, 8, 1),
    "watch-row": partial(wearing, 6, 9, 0),
    "watch-rotation": partial(wearing, 3, 10, 1),
}

MODALITY = Modality(
    name="sensor",
    order=3,
    title="Sensor",
    sentence="A series has one row of numbers for every moment and one column for every channel. "
    "A model meets it through a window that slides along.",
    slide="Sensor Modality",
    formula=r"x_i=(s_{a},\dots,\mark{s_{t}},\dots,s_{a+w-1})\in\mathbb{R}^{w\,d},\quad i=1,\dots,n,\qquad s_t\in\mathbb{R}^{d}",
    describe=change.describe,
    examples=EXAMPLES,
    read=dict.fromkeys(("csv", "tsv", "txt"), read),
    observe=change.observe,
    controls={
        "rate": Control(
            "Moments kept",
            tuple(change.RATES),
            "all",
            change.sample_rate,
            "A lower sampling rate: one moment of every k as it is, or the mean of each k",
        ),
        "window": Control("Window w, moments", (5, 10, 25, 50, 100, 200), change.WINDOW, change.window, "Moments in one x_i"),
        "overlap": Control(
            "Overlap, %", (0, 50, 75, 90), change.OVERLAP, change.overlap, "How much of a window the next one shares"
        ),
        "channels": Control(
            "Channels",
            ("first", "all", "second"),
            "all",
            change.channels,
            "Both sensors, or one: force or torque, height or speed, acceleration or turning rate",
            lambda v: v if v == "all" else f"{v} half",
        ),
    },
    corrupt={
        "noise": change.noise,
        "drift": change.drift,
        "dropouts": change.dropouts,
        "stuck channel": change.stuck,
        "quantisation": change.quantisation,
    },
    tasks=TASKS,
    parts=parts,
    own=own,
    presets={
        "A finger slides": ("Six channels, 50 times a second: 300 numbers a window.", {}),
        "What next?": ("Height and speed tell what the arm is about to do.", {"example": "motion-cork", "task": "next action"}),
        "A watch on the wrist": (
            "Recorded, not simulated: ten people, seven exercises.",
            {"example": "watch-abduction", "task": "exercise"},
        ),
        "Few moments are enough": (
            "5 moments a second, and the exercise is still known.",
            {"example": "watch-rotation", "task": "exercise", "rate": "mean of 10"},
        ),
        "Bad: nothing is touched": ("The finger is in the air. The network was never shown air, and answers.", {"element": 10}),
        "Bad: the sensor drifts": (
            "Zero is no longer zero, and what was learnt about it is wrong.",
            {"example": "force-leather", "damage": "drift", "strength": 60},
        ),
    },
    check=(
        "Double the window. How much longer is $x_i$, and how many windows are left?",
        "Twice as long, since $x_i$ has $w\\,d$ numbers; and about half as many windows, since each also moves on twice as far.",
    ),
)
