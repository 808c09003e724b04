"""The words around "Watch it learn": the formula, a guess that is compared with what is measured, and a question."""

import streamlit as st

from components.figures.sample import ACCENT
from components.learn.watching import SHAPES, Watch, stages, untrained
from components.ui.house import theme
from components.values import Frame

GUESSES = {"about 10 %": 0.1, "50 %": 0.5, "75 %": 0.75, "85 %": 0.85, "95 %": 0.95}
AFTER = 100
"""The step that is guessed about."""


def formula(request: Watch) -> None:
    """The network as one line of mathematics, its filters in the colour of the marks on the stage, with shapes."""
    series, side = theme().series, SHAPES[request.data]
    share = [rf"\textcolor{{{series[ACCENT]}}}{{W_{i}}}" for i in "123"]
    ends = {"max": r"\max_p\, h_3[p]", "mean": r"\tfrac1P\sum_p h_3[p]", "concatenate": r"[\,h_3[1];\dots;h_3[P]\,]"}
    parts = [
        rf"h_1=\mathrm{{relu}}({share[0]}\ast x)",
        rf"h_2=\mathrm{{relu}}({share[1]}\ast{{\downarrow}}h_1)",
        rf"h_3=\mathrm{{relu}}({share[2]}\ast{{\downarrow}}h_2)",
        rf"f(x)=V\,{ends[request.ending]}",
    ]
    row = st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center")
    for part in parts:  # one by one: on a phone they stand under each other, where one long line would be cut
        row.latex(part, width="content")
    shapes = shapes_of(request)
    st.caption(
        f"Shapes: x {side[0]} × {side[0]} × {side[1]} → h₁ {shapes['conv1']} → h₂ {shapes['conv2']} → h₃ {shapes['conv3']} → "
        f"{shapes['pool']} numbers → {len(request.exercise.classes)} classes. "
        "∗ slides one filter over all places, ↓ halves each side."
    )


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={"components.learn.watching.Watch": repr})
def shapes_of(request: Watch) -> dict[str, str]:
    """The shape of every stage, as it is said: "28 × 28 × 8"."""
    import numpy as np

    side, colours = SHAPES[request.data]
    found = stages(request, untrained(request), np.zeros((1, side * side * colours), np.float32))
    said = {n: f"{a.shape[2]} × {a.shape[3]} × {a.shape[1]}" for n, a in found.items() if a.ndim == 4}
    return said | {"pool": f"{found['pool'].shape[1]:,}"}


def guess(request: Watch, frames: list[Frame]) -> None:
    """Which accuracy after 100 steps? Compared with the run on the stage, live or recorded."""
    st.markdown(
        f"**Predict first.** {AFTER} steps of 32 pictures, so each of the {request.samples:,} training pictures is seen about "
        f"{AFTER * 32 / request.samples:.2g} times. How many of the test pictures will be right?"
    )
    said = st.segmented_control("Your guess", list(GUESSES), key=f"guess-train-{request.data}", label_visibility="collapsed")
    if not said:
        return
    found = next((f for f in frames if int(f["step"]) == AFTER and "accuracy" in f), None)
    if found is None:
        st.markdown(f"You said **{said}**. Train live until step {AFTER}: then it is compared.")
        return
    p, n = float(found["accuracy"].item()), int(found["tested"])
    nearest = min(GUESSES, key=lambda name: abs(GUESSES[name] - p))
    close = "That is the nearest answer." if nearest == said else f"The nearest answer is {nearest}."
    st.markdown(
        f"You said **{said}**. Measured at step {AFTER}: **{p:.0%}** of {n} test pictures. {close} Guessing gives "
        f"{1 / len(request.exercise.classes):.0%}."
    )


def check_yourself(request: Watch) -> None:
    """One question; its answer is found by moving a control."""
    st.subheader("Check yourself", anchor=False)
    options = ["100 % and 95 %", "100 % and about 50 %", "50 % and 50 %"]
    answer = st.radio(
        "Digits, **20 training pictures**: what does the network reach on those 20, and on new ones? (Set it above and train.)",
        options, index=None, key="train-check",
    )  # fmt: skip
    if answer == options[1]:
        st.success(
            "Yes: it knows the 20 by heart, and half of the new ones. Two pictures of each digit are too few to learn from.",
            icon=":material/check:",
        )
    elif answer:
        st.warning(
            "Not so: set Training pictures to 20, train live, and compare the two accuracy curves.", icon=":material/close:"
        )
