"""What is said under the stage of "Watch it learn": four numbers, where they come from, and what went wrong."""

import math

import numpy as np
import streamlit as st

from components.learn.watching import EVERY, SHAPES, Watch, count
from components.learn.watching_file import about
from components.values import Frame


def readouts(request: Watch, frames: list[Frame]) -> None:
    """Four numbers of the newest frame, each with its formula."""
    frame, row = frames[-1], st.container(horizontal=True, gap="medium")
    if "accuracy" in frame:
        p, n = float(frame["accuracy"].item()), int(frame["tested"])
        error = math.sqrt(p * (1 - p) / n)
        row.metric(
            "Test accuracy", f"{p:.1%} ± {error:.1%}",
            help=f"{round(p * n)} of {n} test pictures right; ± is the standard error √(p(1 − p)/n). "
            "While it trains, 200 are tested; the last frame has all 1,000.",
        )  # fmt: skip
        own, known = float(frame["learnt"]), int(frame["known"])
        row.metric("Training accuracy", f"{own:.0%}", help=f"{round(own * known)} of {known} pictures it learns from.")
    weights = count(request)
    row.metric("Weights to learn", f"{sum(weights.values()):,}", help=" + ".join(f"{v:,} ({n})" for n, v in weights.items()))
    if float(frame.get("seconds", 0)) > 0 and int(frame["step"]):
        pace = int(frame["images"]) / float(frame["seconds"])
        frames_made = int(frame["step"]) / EVERY / float(frame["seconds"])
        row.metric(
            "Pictures a second", f"{pace:,.0f}",
            help=f"{int(frame['images']):,} training pictures in {float(frame['seconds']):.1f} s of work, tests included: "
            f"{frames_made:.1f} frames a second.",
        )  # fmt: skip


def words(request: Watch, frames: list[Frame], source: str) -> str:
    """Where the numbers on the stage come from."""
    grey = SHAPES[request.data][1] == 1
    shared = ("Filters: blue adds, orange subtracts." if grey else "Filters in colour, each on its own scale; grey is zero.") + (
        " Maps: strong colour, strong answer. Click a map; the box on the picture is what its strongest place sees."
    )
    if source == "recorded":
        facts = about()
        return f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}. {shared}"
    if source == "live":
        return f"Live: trained here on {request.samples:,} pictures, 32 a step. {shared}"
    if source == "untrained":
        return f"Random weights, before any step: nothing is recorded for these settings. Train live. {shared}"
    return f"The model you loaded, at step {int(frames[-1]['step'])}. {shared}"


def verdict(request: Watch, frames: list[Frame]) -> str:
    """One sentence where a run went wrong: numbers that are none, guessing, learnt by heart."""
    frame = frames[-1]
    if not all(np.isfinite(a).all() for n, a in frame.items() if n.startswith("weights/")):
        return f"It diverged: the weights are no longer numbers. A learning rate of {request.rate:g} is too high."
    if "accuracy" not in frame or int(frame["step"]) < 100:
        return ""
    p, n, chance = float(frame["accuracy"].item()), int(frame["tested"]), 1 / len(request.exercise.classes)
    if p < chance + 3 * math.sqrt(chance * (1 - chance) / n):
        if request.rate >= 0.03:
            return (
                f"No better than guessing: the loss stays near ln {round(1 / chance)} ≈ {-math.log(chance):.2f}. The steps are "
                f"too long (learning rate {request.rate:g}) and have thrown the filters away. Try {Watch().rate:g}."
            )
        return "No better than guessing so far."
    if float(frame["learnt"]) - p > 0.25:
        return (
            f"Overfitting: {float(frame['learnt']):.0%} on the {request.samples:,} pictures it learns from, {p:.0%} on others. "
            "More training pictures help."
        )
    return ""
