"""Below the stage of the vision transformer: matrices, samples, moved digits, shuffled patches, reach, a question, the code."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from components.figures.attention_curves import Line, answers, compared, reaches
from components.figures.attention_matrix import Matrix, attention_matrices
from components.figures.scale import SCALES
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.images_attention_code import code
from components.ui.images_attention_stage import Look, sample_curves
from components.ui.links import choice, number
from components.values import Frame

if TYPE_CHECKING:
    from components.learn.duel import Duel

PARTS = {
    "predict": "Predict",
    "matrices": "Matrices",
    "samples": "Samples",
    "moved": "Moved digits",
    "shuffled": "Shuffled patches",
    "reach": "How far it looks",
    "check": "Check yourself",
    "code": "Code",
}


def closer(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """One part at a time."""
    part = choice("Look closer", PARTS, "predict", "vitcloser")
    parts: dict[str, Callable[[Look, Duel, list[Frame]], None]] = {
        "predict": predict, "matrices": matrices, "samples": samples, "moved": moved, "shuffled": shuffled, "reach": reach,
        "check": check, "code": code,
    }  # fmt: skip
    parts[part](look, request, frames)


def predict(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """A guess about digits that were moved, compared with what was recorded."""
    from components.learn.attending import recorded

    guess = st.segmented_control(
        "**Predict first.** Both learnt from 4,000 digits. The test digits are then moved by 3 pixels. Which gets "
        "more of them wrong?",
        ["the convolution", "both alike", "the transformer, twice as many", "the transformer, more than four times as many"],
        key="vit-guess",
    )  # fmt: skip
    if not guess:
        return
    data = recorded("sweeps")
    wrong = {k: 1 - data[f"{k}/moved"].mean(1) for k in ("cnn", "vit")}
    st.markdown(
        f"You said **{guess}**. Measured: of 100 digits moved by 3 pixels the convolution gets **{100 * wrong['cnn'][3]:.0f}** "
        f"wrong, the transformer **{100 * wrong['vit'][3]:.0f}**: {wrong['vit'][3] / wrong['cnn'][3]:.1f} times as many. Not "
        f"moved, it is {100 * wrong['cnn'][0]:.0f} and {100 * wrong['vit'][0]:.0f}. More under Moved digits."
    )


def names(count: int) -> list[str]:
    """What attends: the class token, then the patches."""
    return ["class token", *(f"patch {i}" for i in range(1, count))]


def matrices(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """Every matrix of the chosen head with its shape; numbers in the hover."""
    from components.learn import attending

    at = attending.held(request, frames)
    model, _ = attending.networks(at)
    found = attending.matrices(model, look.digit, look.block - 1, look.head - 1)
    rows, width = names(len(found["x"])), found["query"].shape[1]
    drawn = [
        Matrix("X", found["x"]),
        Matrix("X Wq", found["query"]),
        Matrix("X Wk", found["key"]),
        Matrix("X Wv", found["value"]),
        Matrix(f"X Wq Wkᵀ Xᵀ / √{width}", found["scores"], rows),
        Matrix("A = softmax", found["weights"], rows, share=True),
        Matrix("h = A X Wv", found["head"]),
    ]
    facts = ("vit-matrices", digest(look.given[0]), *look[1:6], at, theme().name)
    height = 560
    ready = remembered(
        facts, lambda: attention_matrices(drawn, rows, look.query, scale=theme(), height=height), "vit-matrices", height=height,
        alt="The matrices of one attention head: X, X Wq, X Wk, X Wv, scores, softmax, output",
    )  # fmt: skip
    chart(ready, "vit-matrices")
    row = found["weights"][look.query]
    best = int(row.argmax())
    st.markdown(
        f"Layer {look.block}, head {look.head}; the frame marks the row of the {rows[look.query]}. Its scores go "
        "through the softmax: "
        f"the largest, {found['scores'][look.query, best]:.2f} for {rows[best]}, becomes {row[best]:.1%}; the row sums to "
        f"{row.sum():.3f}. X is normalised first; each of 4 heads works in {width} of 48 numbers, so here d = {width}."
    )


def samples(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """The recorded learning curves of all three, and how many digits each needs."""
    from components.learn.attending import recorded
    from components.measure.sample_complexity import samples_needed

    data = recorded("sweeps")
    chart(sample_curves(theme().name, True, 330), "vit-samples")
    wanted = 0.8
    need = {k: float(samples_needed(data["sizes"], data[f"{k}/accuracy"].mean(1), wanted)) for k in ("cnn", "vit", "bag")}
    text = {k: f"{v:,.0f}" if np.isfinite(v) else f"more than {data['sizes'][-1]:,}" for k, v in need.items()}
    first = {k: data[f"{k}/accuracy"][0] for k in ("cnn", "vit")}
    st.markdown(
        f"For an accuracy of {wanted:g} the convolution needs **{text['cnn']}** digits, the transformer "
        f"**{text['vit']}**, and without "
        f"positions {text['bag']}. With 100 digits it is {first['cnn'].mean():.2f} against {first['vit'].mean():.2f}. "
        "That a stroke is "
        "the same stroke one pixel further is built into the convolution; the transformer must see it."
    )
    st.caption(
        f"Recorded {data['date']} on {data['machine']}: same digits, same 600 steps of 32; 4 seeds, bars are standard errors."
    )


@lru_cache(maxsize=4)
def moved_picture(colours: str) -> Picture:
    """Accuracy against how far the test digits are moved, as recorded."""
    from components.learn.attending import recorded

    data, lines = recorded("sweeps"), []
    for kind in ("cnn", "vit", "bag"):
        seen = data[f"{kind}/moved"]
        lines.append(Line(kind, np.arange(len(seen)), seen.mean(1), seen.std(1, ddof=1) / seen.shape[1] ** 0.5))
    figure = compared(lines, "test digits moved by (pixels)", corner="left", scale=SCALES[colours], height=330)
    return picture(figure, "vit-moved", height=330, alt="Accuracy when the test digits are moved by 0 to 4 pixels")


def moved(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """Is it shift-invariant?"""
    from components.learn.attending import recorded

    chart(moved_picture(theme().name), "vit-moved")
    data = recorded("sweeps")
    lost = {k: data[f"{k}/moved"].mean(1)[0] - data[f"{k}/moved"].mean(1)[4] for k in ("cnn", "vit")}
    st.markdown(
        f"Neither is exactly shift-invariant. Moved by 4 pixels, the convolution loses {lost['cnn']:.2f} of its accuracy, the "
        f"transformer **{lost['vit']:.2f}**: a moved stroke falls into other patches at other places, and it learnt "
        "each place apart."
    )
    st.caption(
        f"Recorded {data['date']}: trained on 4,000 digits that were not moved, 4 seeds; mean over up, down, left and "
        "right; no ink is "
        "lost up to 4 pixels."
    )


def shuffled(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """The patches in another order: what changes?"""
    from components.learn.attending import answers as say
    from components.learn.attending import held, networks, recorded

    model, _ = networks(held(request, frames))
    k = 28 // look.patch
    with st.container(width=260):
        seed = number("Shuffle number (0: as it is)", 0, 99, 1, "vitshuffle", "Each number is another order of the patches.")
    order = np.random.default_rng(seed).permutation(k * k) if seed else np.arange(k * k)
    before, after = say(model, look.digit), say(model, look.digit, order)
    gap = float(np.abs(before - after).max())
    left, right = st.columns([0.3, 0.7], gap="medium")
    with left:
        st.image(_enlarged(look.digit, order, look.patch), caption="What the network sees now", width=260)
    with right:
        name = "vit" if look.positions else "bag"
        for title, found in (("As it is", before), ("Shuffled", after)):
            st.markdown(f"**{title}**")
            chart(
                answers({name: found}, scale=theme(), height=130),
                f"vit-shuffle-{title}",
                height=130,
                alt=f"{title}: ten probabilities",
            )
    exact = "nothing but rounding" if gap < 1e-5 else "the places matter"
    st.markdown(f"Largest change of a probability, measured now: **{gap:.2g}** ({exact}). Switch **Positions** and compare.")
    data = recorded("sweeps")
    st.markdown(
        f"On 1,000 test digits, all shuffled alike: with positions {data['vit/moved'].mean(1)[0]:.3f} → "
        f"**{data['vit/shuffled'].mean():.3f}**, without {data['bag/moved'].mean(1)[0]:.3f} → "
        f"**{data['bag/shuffled'].mean():.3f}** "
        "(recorded, 4 × 4 patches of 7 pixels, mean of 4 seeds). Without positions a picture is a set of patches."
    )


def _enlarged(digit: np.ndarray, order: np.ndarray, patch: int) -> np.ndarray:
    """The digit with its patches in this order, each pixel ten wide, as uint8."""
    k = len(digit) // patch
    cut = digit.reshape(k, patch, k, patch).swapaxes(1, 2).reshape(k * k, patch, patch)[order]
    whole = cut.reshape(k, k, patch, patch).swapaxes(1, 2).reshape(len(digit), -1)
    return np.round(whole * 255).astype(np.uint8).repeat(10, 0).repeat(10, 1)


def reach(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """How far the heads look, against the windows of the convolution; and what is shared."""
    from components.learn.attending import distances, held, networks
    from components.measure.receptive_field import receptive_fields
    from components.measure.rollout import centres, distance

    at = held(request, frames)
    found, cnn = distances(at), networks(at)[1]
    k = 28 // look.patch
    even = float(distance(np.ones((k * k, k * k)), centres(k, k, look.patch)))
    facts = ("vit-reach", look.block, look.head, at, theme().name)
    draw = partial(reaches, found.mean(-1), even, (look.block - 1, look.head - 1), scale=theme(), height=320)
    left, right = st.columns(2, gap="large")
    with left:
        chart(remembered(facts, draw, "vit-reach", height=320, alt="How far each head looks, layer by layer"), "vit-reach")
    with right:
        windows = ", ".join(f"{f.name} {f.size}" for f in receptive_fields(cnn.layers()))
        n, one = k * k + 1, 4 * (48 * 48 + 48)
        st.markdown(
            f"**One place of the convolution sees** a window of so many pixels a side: {windows}. **A patch of the "
            "transformer sees all "
            "28 × 28 from the first layer on**; how far it looks is learnt: each square is a head.\n\n"
            f"**Shared among all places.** The attention of one layer has 4 · (48² + 48) = **{one:,}** weights, for "
            f"{n} elements or for "
            f"thousands. A fully connected layer between them would have ({n} · 48)² = {(n * 48) ** 2:,}."
        )


def check(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """One question; its answer is found by moving a control."""
    options = ["Patch 4 × 4", "Positions off", "Rollout on", "4,000 digits"]
    answer = st.radio(
        "Which setting makes the network's answer **exactly** the same for every order of the patches? (Try it under "
        "Shuffled patches.)",
        options, index=None, horizontal=True, key="vit-check",
    )  # fmt: skip
    if answer == "Positions off":
        st.success(
            "Yes. Attention and the sums over patches do not know an order; only the positions tell one place from another.",
            icon=":material/check:",
        )
    elif answer:
        st.warning("No: shuffle the patches with this setting, and the probabilities still change.", icon=":material/close:")
