"""Below the curves of sharing over time: the step never seen, a guess, a question, the code."""

import numpy as np
import streamlit as st

from components.learn.time_sweep import RATE, SIZES, STEPS, THRESHOLD, Request, recorded
from components.measure.sample_complexity import factor, spoken
from components.models.time_classifier import TimeClassifier
from components.ui.chart import chart
from components.ui.code import bundle, gather, show_code
from components.ui.house import theme
from components.ui.links import choice

PARTS = {"unseen": "A step it never saw", "predict": "Predict", "check": "Check yourself", "code": "Code"}


def below(request: Request, reader: str) -> None:
    """One part at a time."""
    part = choice("Look closer", PARTS, "unseen", "timelook")
    if part == "unseen":
        unseen(request)
    elif part == "predict":
        predict(request)
    elif part == "check":
        check()
    else:
        show_code(source(request, reader), f"sequences_{reader}.py", focus=[TimeClassifier.forward])


def unseen(request: Request) -> None:
    """The consequence of sharing: what was learnt at one step holds at all."""
    from components.ui.sequences_share import unseen_picture

    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        chart(unseen_picture(request, theme().name), "unseen")
    with right:
        st.markdown(
            f"In training, A and B stood at every step **but number {request.steps // 2 + 1}**. In this test the last one "
            "stands just there. "
            "The shared cell does there what it learnt elsewhere. A cell of its own for that step never learnt "
            "what A and B mean; nor did the weights of the feed-forward network for that place."
        )
        st.caption("Recorded: 1,024 training sequences, mean of 5 seeds and standard error; dotted: guessing.")


def predict(request: Request) -> None:
    """A guess about another length, compared with what was recorded."""
    after = 12 if request.steps != 12 else 4
    guess = st.segmented_control(
        f"**Predict first.** With {after} symbols instead of {request.steps}: how many times the sequences does a cell for "
        "each step need?",
        ["about 1×", "2×", "4×", "12×", "40×"],
        key=f"time-guess-{after}",
    )  # fmt: skip
    if guess:
        accuracy = recorded(Request(after))["accuracy"]
        found = factor(np.array(SIZES), accuracy[1], accuracy[0], THRESHOLD)
        said = spoken(found, np.array(SIZES), SIZES[0])
        st.markdown(f"You said **{guess}**. Measured: **{said}** (95 % interval {found.low:.2g} to {found.high:.2g}).")


def check() -> None:
    """One question; its answer is found with the control of the length."""
    options = ["more", "the same", "fewer"]
    answer = st.radio(
        "Twelve symbols instead of four: does the shared cell have more weights, the same, or fewer? (Look at the readout.)",
        options, index=None, key="time-check", horizontal=True,
    )  # fmt: skip
    if answer:
        said = "The same: one cell, however long the sequence. A cell for each step grows with its length."
        (st.success if answer == "the same" else st.warning)(said)


def source(request: Request, reader: str) -> str:
    """One reader at all sample sizes, as one file."""
    main = f"""
network = partial(TimeClassifier, "{reader}", WIDTH, len(CLASSES), {request.steps})
lesson = partial(draw, steps={request.steps})
for frame in train(network, lesson, {SIZES}, seeds={request.seeds}, steps={STEPS}, every=100, rate={RATE}, order="fixed"):
    print("step", int(frame["step"]), "accuracy", frame["accuracy"].mean(1).round(3).tolist(), flush=True)
"""
    modules = gather(["tasks.noisy_last", "models.time_classifier", "learn.train"])
    return bundle(
        modules, "from functools import partial\n" + main, f"Which of A and B came last? Reader: {reader}. Needs torch, numpy."
    )
