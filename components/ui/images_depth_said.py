"""What is said under the stage of the view "Depth": four numbers, where they come from, and the formula."""

import streamlit as st

from components.learn.piles import FEW, MIXTURES, field_of, maps, windows
from components.learn.probes_file import about, probes
from components.measure.receptive_field import receptive_fields
from components.ui.house import theme
from components.ui.images_depth_stage import Chosen, effect


def readouts(chosen: Chosen) -> None:
    """Four numbers with their formulas, and where they come from."""
    known, found = field_of(chosen.pile, chosen.layer), effect(chosen.seen, chosen.layer, chosen.place)
    (c, h, w), (ph, pw, pc) = maps(chosen.seen)[chosen.layer].shape, chosen.seen.pixels.shape
    how = "" if c <= FEW else f" From {MIXTURES} random mixtures of the channels, so a few per cent too narrow."
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        "Could see, does see", f"{known.size} px, {found.width:.0f} px" if found.width else f"{known.size} px, nothing",
        help=f"Could see: r = {known.size}, by the formula below. Does see, here: the root of the number of pixels with at least "
        f"4.55 % of the largest influence, √{int(found.counted.sum())} = {found.width:.1f}.{how}",
    )  # fmt: skip
    row.metric(
        "Places left", f"{h * w:,}",
        help=f"{h} × {w} = {h * w} of {ph} × {pw} = {ph * pw:,}: one for every {ph * pw / (h * w):,.0f} pixels.",
    )  # fmt: skip
    ratio = c * h * w / (ph * pw * pc)
    row.metric(
        "Numbers left", f"{c * h * w:,}",
        help=f"{c} channels × {h} × {w}, {ratio:.2g} times the picture's {ph} × {pw} × {pc} = {ph * pw * pc:,}.",
    )  # fmt: skip
    if chosen.pile.kind == "own":
        row.metric("Step of a cell", f"{known.jump} px", help="j: pixels from one cell of the top layer to the next.")
        st.caption("Your own network has random weights (He 2015); everything here is computed now, on this picture.")
        return
    mean, error = probes(chosen.pile.kind, chosen.exam).at(chosen.layer)
    count = 1000 if chosen.pile.kind == "small" else 300
    learnt = "500 digits, tested on 1,000" if count == 1000 else "300 pictures, tested on 300"
    row.metric(
        "Linear reader", f"{mean:.3f} ± {error:.3f}",
        help=f"Logistic regression on this layer, learnt from {learnt} others. Mean and standard error over 5 "
        + ("trained networks" if count == 1000 else "draws of what it learns from")
        + f"; all are tested on the same {count:,}, other test pictures would move every layer by about "
        f"√({mean:.2f} · {1 - mean:.2f} / {count}) = {(mean * (1 - mean) / count) ** 0.5:.3f}.",
    )  # fmt: skip
    st.caption(source(chosen))


def source(chosen: Chosen) -> str:
    """Where the curve comes from and what the reader gets."""
    facts = about()
    when = f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}"
    bars = "mean of 5, bars are standard errors"
    if chosen.pile.kind == "small":
        drawn = " The faded curves are the recorded ones." if st.session_state.get("depth-live") else ""
        return f"{when}: {bars}. The reader gets each map averaged to 7 × 7 places, pixels as they are.{drawn}"
    what = (
        "pieces of 32 × 32 pixels of six photographs, learnt left of column 160, tested right of it"
        if chosen.exam == "photographs"
        else "MNIST digits"
    )
    return (
        f"{when}: {bars}. {what[0].upper()}{what[1:]}, enlarged to 96 × 96. The reader gets each channel's mean over all places: "
        "16 numbers at block 1, 1,280 at the head."
    )


def formula(chosen: Chosen) -> None:
    """The field of the next layer, in the colours of the marks, with the numbers of this one."""
    blue, orange = theme().series[0], theme().series[1]
    walked = windows(chosen.pile, chosen.layer)
    fields = receptive_fields(walked)
    last = max((i for i, layer in enumerate(walked) if layer.kernel > 1), default=0)
    before = fields[last - 1] if last else None
    r, j = (before.size, before.jump) if before else (1, 1)
    k = walked[last].kernel
    row = st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center", gap="medium")
    row.latex(rf"\textcolor{{{blue}}}{{r'}} = r + (k-1)\,j", width="content")  # in two: a phone would cut the end
    row.latex(rf"= {r} + ({k}-1)\cdot {j} = \textcolor{{{blue}}}{{{r + (k - 1) * j}}}", width="content")
    row.latex(r"j' = j\,s", width="content")
    row.latex(rf"\textcolor{{{orange}}}{{g_p}} = \sqrt{{\textstyle\sum_c (\partial a_c[q]/\partial x_p)^2}}", width="content")
