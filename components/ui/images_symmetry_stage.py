"""The stage of the view on symmetry: both sides of the equation as two ways, four numbers, and the formula."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.commuting import F, G, commuting
from components.figures.error_curves import course
from components.figures.scale import SCALES
from components.learn.segmenting import Function, Study, function, template
from components.learn.symmetry_table import (
    COUNT,
    PAPER,
    Kept,
    about,
    kept,
    recorded_case,
    recorded_course,
    recorded_weights,
    sides,
)
from components.measure.actions import act, known
from components.models.set_classifier import parameters
from components.ui.chart import chart, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.images_symmetry_words import Asked, small, spoken
from components.values import Frame

WIDE, NARROW = 345, 740
EXACT = 1e-4
"""Below this a difference is nothing but the rounding of 32-bit numbers."""
PHONE = """<style>.st-key-symmetry-narrow {display: none;}
@media (max-width: 640px) {.st-key-symmetry-wide {display: none;} .st-key-symmetry-narrow {display: flex;}}</style>"""


@lru_cache(maxsize=32)
def shipped(study: Study, averaged: bool) -> Function:
    """A network with its recorded weights, as a function of pictures."""
    return function(study, recorded_weights(study), averaged)


def weights_in(frame: Frame) -> Frame:
    """The weights that a frame carries, by name."""
    return {n.removeprefix("weights/"): a for n, a in frame.items() if n.startswith("weights/")}


@st.cache_data(max_entries=64, show_spinner="Measuring on held-out pictures …")
def measured(asked: Asked, name: str, _weights: Frame) -> Kept:
    """How well a network trained here keeps its equation; `name` tells its weights."""
    return kept(asked.aim, function(asked.study, _weights, asked.averaged), asked.action, asked.amount)


def answers(asked: Asked, x: np.ndarray, f: Function) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray]:
    """The moved picture; f(g x), f(x) and g f(x) (or f(x) again); and the difference of the two sides, zero where unknown."""
    moved = act(asked.action, asked.amount, PAPER[asked.aim])(x)
    after = f(x[None])
    left, right = sides(asked.aim, f, x[None], asked.action, asked.amount, after)
    difference = left[0] - right[0]
    if asked.aim == "segment":
        difference = difference * known(asked.action, asked.amount, *x.shape[:2])[..., None]
    return moved, (left[0], after[0], right[0]), difference


def stage(asked: Asked, x: np.ndarray, frames: list[Frame]) -> None:
    """The two ways with the recorded network, or with the one trained here as far as it is."""
    weights = weights_in(frames[-1]) if frames else recorded_weights(asked.study)
    name = digest(weights) if frames else "recorded"
    f = function(asked.study, weights, asked.averaged) if frames else shipped(asked.study, asked.averaged)
    found = answers(asked, x, f)
    error = float(np.abs(found[2]).max())
    st.html(PHONE)
    if frames:
        left, right = st.columns([0.74, 0.26])
        with right:
            _course(asked, frames)
    else:
        left = st.container()
    with left:
        _diagram(asked, x, found, error, name)
    over = not frames or frames[-1]["step"] == frames[-1]["steps"]
    score = None
    if over:
        case = (asked.aim, asked.network, asked.averaged, asked.action, asked.amount)
        score = measured(asked, name, weights) if frames else recorded_case(*case)
    numbers, words = st.columns([0.6, 0.4], vertical_alignment="center")
    with numbers:
        _readouts(asked, error, score)
    with words:
        formula(asked)
    st.caption(_source(asked, bool(frames), over))


def _diagram(
    asked: Asked,
    x: np.ndarray,
    found: tuple[np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray],
    error: float,
    name: str,
) -> None:
    """The two ways, laid out for a wide screen and for a phone; the style sheet shows one."""
    equal = "equal" if error < EXACT else "not equal"
    words = (spoken(asked.action, asked.amount), f"<b>{equal}</b><br>up to {small(error)}")
    alt = f"Both sides of the equation are {equal}: they differ by up to {small(error)}"
    colours = theme().name
    for layout, height in (("wide", WIDE), ("narrow", NARROW)):

        def draw(narrow: bool = layout == "narrow", height: int = height):  # type: ignore[no-untyped-def]
            return commuting(x, *found, words, narrow=narrow, scale=SCALES[colours], height=height)

        with st.container(key=f"symmetry-{layout}"):
            key = f"symmetry-{layout}-chart"
            chart(remembered((asked, digest(x), name, colours), draw, key, height=height, alt=alt), key)


def _course(asked: Asked, frames: list[Frame]) -> None:
    """The score of the training under way beside the recorded one."""
    key = "IoU" if asked.aim == "segment" else "accuracy"
    steps, score = (np.array([float(np.squeeze(frame[n])) for frame in frames]) for n in ("step", key))
    figure = course(
        steps, score, recorded_course(asked.study), key if key == "IoU" else "Accuracy", int(frames[-1]["steps"]),
        scale=theme(), height=WIDE,
    )  # fmt: skip
    chart(figure, "symmetry-course", height=WIDE, alt=f"{key} now {score[-1]:.2f}")


def _readouts(asked: Asked, error: float, score: Kept | None) -> None:
    """Four numbers."""
    segment = asked.aim == "segment"
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        "Error, this picture", small(error),
        help=f"max |f(g x) − {'g f(x)' if segment else 'f(x)'}| = {small(error)} over "
        + ("all pixels that show something of the old picture" if segment else "the ten probabilities") + ".",
    )  # fmt: skip
    same, right = (
        ("–", "–") if score is None else (f"{m:.1%} ± {e:.1%}" if not segment else f"{m:.3f} ± {e:.3f}" for m, e in score[:2])
    )
    count = COUNT[asked.aim]
    row.metric(
        "IoU of both sides" if segment else "Answers that stay", same,
        help=(
            "Pixels above ½ in both f(g x) and g f(x), divided by those in either; " if segment
            else "Share of pictures whose likeliest digit is the same before and after; "
        ) + f"mean and standard error over {count} held-out pictures.",
    )  # fmt: skip
    row.metric(
        "IoU with the truth" if segment else "Accuracy on g x", right,
        help=f"Of f(g x) with {'the moved mask' if segment else 'the label of x'}; mean and standard error over {count} held-out "
        "pictures. Only a network that is right and keeps the equation is of use.",
    )  # fmt: skip
    total = parameters(template(asked.study))
    row.metric("Weights", f"{total:,}", help=f"{total:,} numbers set by training; averaging over the group adds none.")


def formula(asked: Asked) -> None:
    """The equation, coloured like the arrows, and what averaging does."""
    series = theme().series
    f, g = (rf"\textcolor{{{series[i]}}}{{{name}}}" for i, name in ((F, "f"), (G, "g")))
    segment = asked.aim == "segment"
    end = rf"{g}\,{f}(x)" if segment else f"{f}(x)"
    shape = r"[0,1]^{48\times48}" if segment else "[0,1]^{10}"
    also = rf"{f}(x)\in{shape}"
    if asked.averaged:
        also = rf"{f}(x) = \tfrac18 \textstyle\sum_{{h}} {'h^{-1}' if segment else ''} {f}_{{0}}(h\,x)"
    st.latex(rf"{f}({g}\,x) = {end} \qquad {also}")


def _source(asked: Asked, trained: bool, over: bool) -> str:
    """Where the pictures and numbers come from."""
    data = "Real digits on real photographs, put together here. " if asked.aim == "segment" else ""
    if trained:
        return data + ("Trained here." if over else "A moment of the training here; the faded curve is the recorded training.")
    facts = about()
    return f"{data}Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}."
