"""Below the stage of "Forward, backward, step": predict, check yourself, the code."""

import numpy as np
import streamlit as st

from components.learn.tiny_samples import tiny
from components.learn.unfolding import RATES, descent
from components.models.unfolded import forward
from components.ui.code import bundle, gather, show_code
from components.ui.links import choice
from components.ui.unified_numbers_asked import Asked

PARTS = {"predict": "Predict", "check": "Check yourself", "data": "The two samples", "code": "Code"}


def below(asked: Asked) -> None:
    """One part at a time."""
    part = choice("Look closer", PARTS, "predict", "numlook")
    if part == "predict":
        predict(asked)
    elif part == "check":
        check(asked)
    elif part == "data":
        data(asked)
    else:
        code(asked)


def predict(asked: Asked) -> None:
    """A guess about a rate ten times as large, compared with what was computed."""
    guess = st.segmented_control(
        "**Predict first.** The rate is 3. What does the *first* step do to the loss of both samples together?",
        ["it falls faster", "it falls a little", "it rises"], key=f"num-guess-{asked.kind}-{asked.sample}",
    )  # fmt: skip
    if guess:
        lines = []
        for rate in RATES:
            found = descent(asked.kind, asked.sample, rate, True)
            first, last = np.mean(found[0].losses_after), np.mean(found[-1].losses)
            lines.append(f"| {rate:g} | {np.mean(found[0].losses):.3f} | {first:.3f} | {last:.3f} |")
        st.markdown(
            f"You said **{guess}**. Computed, mean loss of the two samples:\n\n| rate | before | after 1 step | "
            f"after {len(found) - 1} steps |\n|---|---|---|---|\n"
            + "\n".join(lines)
            + "\n\nThe gradient is the slope *here*. A long step leaves the place "
            "where it holds: the sample of this step is answered, the other one is lost."
        )


def check(asked: Asked) -> None:
    """One question; its answer is found on the way back."""
    options = ["the unit is shut: its sum Z is below 0", "the weight itself is 0", "the rate is too small"]
    answer = st.radio(
        "Choose the CNN and step back to H, Z and W. Some gradients in Z are exactly 0. Why?",
        options,
        index=None,
        key="num-check",
    )
    if answer:
        moment = descent("cnn", "picture", 0.3, True)[0]
        shut, zero = int((moment.blocks["Z"] <= 0).sum()), int((moment.slopes["Z"] == 0).sum())
        text = (
            f"With first weights: {shut} of {moment.blocks['Z'].size} sums are below 0, and all of these have gradient 0; "
            f"{zero} gradients are 0 in all, the others because the largest row alone gets through the pool."
        )
        (st.success if answer == options[0] else st.warning)(text)


def data(asked: Asked) -> None:
    """Where the samples come from, as tables."""
    import pandas

    for sample, column in zip(tiny(asked.sample), st.columns(2), strict=True):
        with column:
            st.markdown(f"**{sample.classes[sample.truth]}**")
            st.dataframe(pandas.DataFrame(sample.x, list(sample.elements), list(sample.columns)), width="stretch")
            st.caption(sample.about)


def source(asked: Asked) -> str:
    """Forward, backward and steps as one file that runs alone."""
    pair, first = tiny(asked.sample), descent(asked.kind, asked.sample, asked.rate, asked.turns)[0]
    weights = "\n".join(f"    {name!r}: {value.tolist()}," for name, value in first.weights.items())
    rows = ", ".join(f"({(s.x.reshape(1, -1) if asked.kind == 'mlp' else s.x).tolist()}, {s.truth})" for s in pair)
    links = "[" + ", ".join(str(s.links.tolist()) for s in pair) + "]"
    main = f"""
samples = [{rows}]
links = [torch.tensor(a, dtype=torch.float64) for a in {links}]
start = {{
{weights}
}}
w = {{name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in start.items()}}
for step in range(20):
    which = {"(step + 1) % 2" if asked.turns else "1"}
    x, truth = samples[which]
    blocks = forward({asked.kind!r}, torch.tensor(x, dtype=torch.float64), truth, w, links[which], {pair[0].picture})
    slopes = torch.autograd.grad(blocks["L"].sum(), list(w.values()))
    with torch.no_grad():
        for value, slope in zip(w.values(), slopes):
            value -= {asked.rate:g} * slope
    print(step, which, float(blocks["L"]))
"""
    return bundle(gather(["models.unfolded"]), main, "Forward, backward, step: every number of one tiny model. Needs torch.")


def code(asked: Asked) -> None:
    """The heart of it, and the whole."""
    show_code(source(asked), "forward_backward_step.py", focus=[forward])
