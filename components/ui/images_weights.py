"""The view "Weights" of the Images page: 40,000 x n for the slide's picture, and what windows and sharing make of it."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.catalogue import discover
from components.figures.scale import SCALES
from components.figures.weight_bars import Bar, weight_bars
from components.figures.windows import windows
from components.measure.weight_counts import Counts, spoken, weighs, weight_counts
from components.ui.chart import Picture, chart, picture
from components.ui.code import show_code
from components.ui.house import theme
from components.ui.links import choice, pick, switch

SIDES = (28, 32, 64, 100, 128, 200, 224, 256, 512, 1024, 2048)
KINDS = {(False, False): 0, (True, False): 1, (True, True): 2, (False, True): 3}
WHY = {
    (False, False): "Every output sees every pixel, with weights of its own. Nothing learnt at one place helps at another.",
    (True, False): "Modification 1 of the slide: each output sees a small window only. It still learns every place anew.",
    (True, True): "Modification 2: one filter for all windows. The picture's size no longer matters for the count.",
    (False, True): "Attention: every patch may look at every other, and all use the same three maps.",
}


@lru_cache(maxsize=16)
def _square(side: int) -> np.ndarray:
    """The cat, `(s, s, 3)`, at most as sharp as the picture counted."""
    raw = discover("modalities", "MODALITY")["vision"].examples["cat"]()["raw"]
    step = max(1, 256 // min(side, 256))
    return raw[::step, ::step]


@lru_cache(maxsize=256)
def bars_picture(found: tuple[Counts, ...], chosen: int, colours: str) -> Picture:
    """The bars, drawn once for all learners."""
    bars = [Bar(c.name, c.share, c.layer, spoken(c.layer), c.words, i == chosen) for i, c in enumerate(found)]
    words = ", ".join(f"{bar.name} {bar.words}" for bar in bars)
    return picture(weight_bars(bars, scale=SCALES[colours], height=400), "weights", height=400, alt=f"Weights: {words}")


@lru_cache(maxsize=256)
def windows_picture(side: int, window: int, local: bool, share: bool, colours: str) -> Picture:
    """What two outputs see, drawn once for all learners."""
    patches = -(-side // window) if share and not local else 0
    figure = windows(_square(side), local, share, min(1.0, window / side), patches=patches, scale=SCALES[colours], height=300)
    seen = f"a window of {window} by {window}" if local else "the whole picture"
    return picture(figure, "windows", height=300, alt=f"Each output sees {seen}, weights {'shared' if share else 'separate'}")


def view() -> None:
    """Controls, what an output sees beside the four counts, readouts, formula, a question and the code."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        local = switch("Look through a **local** window", False, "local", "Off: every output sees the whole picture.")
        share = switch("**Share** one filter among all places", False, "share", "Off: every place has weights of its own.")
        pool = switch("**Pool** over places", True, "pool", "Off: the classifier behind it sees every place's numbers.")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        side = pick("Picture, pixels a side", SIDES, 200, "pixels")
        window = pick("Window k", (1, 3, 5, 7, 9, 11, 16, 32), 5, "window")
        filters = pick("Numbers at each place f", (1, 3, 8, 16, 32, 64, 128), 1, "filters")
        classes = pick("Classes", (2, 10, 100, 1000), 10, "answers")
        colours = int(choice("Colours", {"1": "grey", "3": "RGB"}, "1", "colours"))
    window = min(window, side)
    found = weight_counts(side, colours, window, filters, classes, pool)
    chosen, scale = KINDS[local, share], theme()
    left, right = st.columns([0.42, 0.58], gap="medium")
    with left:
        chart(windows_picture(side, window, local, share, scale.name), "windows")
        st.markdown(f"**{found[chosen].name.capitalize()}.** {WHY[local, share]}")
        formula(local, share)
    with right:
        chart(bars_picture(tuple(found), chosen, scale.name), "weights")
    readouts(found, chosen, side, pool)
    below(side, window, filters, classes, colours, pool)


def formula(local: bool, share: bool) -> None:
    """One output as mathematics; the weight has the colour of its window."""
    series = theme().series
    weight = rf"\textcolor{{{series[0] if share else series[3]}}}{{W{'' if share else '_p'}}}"
    if share and not local:
        st.latex(rf"h=\operatorname{{softmax}}\Big(\tfrac{{X{weight}_q{weight}_k^\top X^\top}}{{\sqrt d}}\Big)X{weight}_v")
    else:
        seen = r"x_{\text{window}(p)}" if local else "x"
        st.latex(rf"h_p = {weight}\,{seen},\qquad p=1,\dots,S^2")


def readouts(found: list[Counts], chosen: int, side: int, pool: bool) -> None:
    """The counts of the chosen kind."""
    own, convolution = found[chosen], found[2]
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        "Weights of this layer", spoken(own.layer), help=f"{own.name}: {own.words} = {own.layer:,}. Biases are not counted."
    )
    ratio = own.layer / convolution.layer
    row.metric(
        "Times a convolution's", f"{spoken(round(ratio)) if ratio >= 10 else f'{ratio:.2g}'}×",
        help=f"{own.layer:,} / {convolution.layer:,}",
    )  # fmt: skip
    row.metric(
        "Memory", weighs(own.layer), help=f"{own.layer:,} numbers of 4 bytes (float32); training needs four times as much (Adam)."
    )
    seen = f"{own.outputs // own.places} pooled numbers" if pool else f"all {own.outputs:,} outputs"
    row.metric(
        "Weights of the classifier behind it",
        spoken(own.readout),
        help=f"It sees {seen}, and has one weight for each and each class.",
    )


def below(side: int, window: int, filters: int, classes: int, colours: int, pool: bool) -> None:
    """A question answered by the controls, and the count as runnable code."""
    ask, code = st.columns(2, gap="large")
    with ask:
        st.subheader("Check yourself", anchor=False)
        options = ["both double", "only the fully connected one grows", "the convolution grows more"]
        answer = st.radio(
            "From 100 to 200 pixels a side: what happens to the weights of the fully connected layer and of the convolution?",
            options, index=None, key="weights-check",
        )  # fmt: skip
        if answer:
            small, large = (weight_counts(s, colours, window, filters, classes, pool) for s in (100, 200))
            grown = large[0].layer // small[0].layer, large[2].layer // small[2].layer
            said = f"Fully connected: {grown[0]}×. Convolution: {grown[1]}×, its weights do not know how large the picture is."
            (st.success if answer == options[1] else st.warning)(said)
    with code:
        st.subheader("The code that counts", anchor=False)
        show_code(source(side, window, filters, colours), "weights.py", focus=[])


def source(side: int, window: int, filters: int, colours: int) -> str:
    """The counts from real layers where memory allows: torch's meta device holds shapes without numbers."""
    return f'''"""Weights of four layers that give {filters} numbers at each place of a {side} x {side} picture. Needs torch."""

import torch
from torch import nn

S, c, k, f = {side}, {colours}, {window}, {filters}
n = S * S * f  # numbers that come out
with torch.device("meta"):  # shapes without memory: the first would need gigabytes
    layers = {{
        "fully connected": [nn.Linear(S * S * c, n, bias=False)],
        "locally connected": [nn.Linear(k * k * c, n, bias=False)],
        "convolution": [nn.Conv2d(c, f, k, padding=k // 2, bias=False)],
        "patch attention": [nn.Conv2d(c, f, k, stride=k, bias=False), *(nn.Linear(f, f, bias=False) for _ in "qkv")],
    }}
for name, parts in layers.items():
    print(f"{{name:18}} {{sum(p.numel() for part in parts for p in part.parameters()):,}}")
'''
