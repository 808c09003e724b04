"""The parts of the Modality page, the same for every modality: the sample, its numbers, an answer, a task learnt live."""

from functools import partial
from hashlib import blake2b
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.figures.answers import probabilities
from components.figures.observation import observation
from components.figures.sample import ACCENT, gallery, raw
from components.learn import exercise as lessons
from components.learn.device import devices
from components.learn.exercise import Lesson
from components.modalities.base import Modality
from components.ui.chart import chart, remembered
from components.ui.house import theme
from components.ui.links import device_choice
from components.ui.modality_lesson import trained
from components.ui.upload import uploaded
from components.values import BadInput, Sample

HEIGHT = 370
DAMAGE = "none"
SEEN = 0.005  # a change of probability that the picture can show


def keep_valid(key: str, options: Any) -> None:
    """Forget a remembered choice that this modality does not have."""
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]


def chosen_sample(modality: Modality) -> Sample:
    """The example the learner picked, or the file the learner brought."""
    keep_valid("example", modality.examples)
    example = st.selectbox("Example", list(modality.examples), key="example", bind="query-params", width=180)
    with st.popover("Your own", icon=":material/upload:"):
        own = uploaded(modality)
    return modality.examples[example]() if own is None else own


def situations(modality: Modality) -> None:
    """Named situations, good and bad; each sets every control, and with it the address of the page."""
    defaults = {name: control.default for name, control in modality.controls.items()}
    defaults |= {
        "example": next(iter(modality.examples)),
        "task": next(iter(modality.tasks), None),
        "damage": DAMAGE,
        "strength": 30,
    }
    defaults["samples"], defaults["element"] = lessons.SIZES[-1], None
    with st.popover("Situations", icon=":material/bookmarks:"):
        for name, (why, values) in modality.presets.items():
            st.button(name, key=f"situation-{name}", on_click=_take, args=(defaults | dict(values),), width="stretch")
            st.caption(why)


def _take(values: dict[str, Any]) -> None:
    for name, value in values.items():
        st.session_state[name] = value


def damaged(modality: Modality, sample: Sample) -> Sample:
    """The sample with the damage the learner chose; the same damage at every rerun."""
    with st.popover("Damage", icon=":material/broken_image:"):
        kind = st.segmented_control(
            "Damage", [DAMAGE, *modality.corrupt], default=DAMAGE, required=True, key="damage", bind="query-params"
        )
        strength = st.slider("Strength, per cent", 0, 100, 30, key="strength", bind="query-params")
    if kind == DAMAGE:
        return sample
    return modality.corrupt[kind](sample, strength / 100, np.random.default_rng(0))


def controlled(modality: Modality, sample: Sample) -> tuple[Sample, list[str], int]:
    """The sample after all controls, the names of those that were moved, and the number of the marked element."""
    moved: list[str] = []
    columns = st.columns([1] * len(modality.controls) + [0.55], gap="medium")
    for column, (name, control) in zip(columns, modality.controls.items(), strict=False):
        keep_valid(name, control.values)
        value = column.select_slider(
            control.label,
            control.values,
            control.default,
            format_func=control.show,
            key=name,
            bind="query-params",
            help=control.help,
        )
        if value != control.default:
            sample, moved = control.apply(sample, value), [*moved, name]
    with columns[-1]:
        mark = marked(sample)
    return sample, moved, mark


def marked(sample: Sample) -> int:
    """The element in the middle of attention: clicked, typed, or the middle one."""
    n = len(sample["elements"])
    if (clicked := st.session_state.pop("clicked element", None)) is not None:
        st.session_state["element"] = clicked + 1
    if (st.session_state.get("element") or 1) > n:
        st.session_state["element"] = None
    value = st.number_input(
        "Element", 1, None, None, key="element", bind="query-params", placeholder="middle", help="Or click on it in the picture."
    )
    middle = (n // 2 + sample["grid"][1] // 2) if len(sample["grid"]) == 2 else n // 2
    return int(value) - 1 if value is not None and value <= n else min(middle, n - 1)


def digest(*arrays: np.ndarray) -> str:
    """A short name for the content of arrays; equal content, equal name."""
    found = blake2b(digest_size=12)
    for array in arrays:
        found.update(f"{array.dtype}{array.shape}".encode())
        found.update(array.tobytes())
    return found.hexdigest()


def known(sample: Sample) -> tuple[object, ...]:
    """What a picture of this sample depends on, beside the theme."""
    return digest(sample["elements"]), sample["grid"], sample["about"]


def met(sample: Sample, mark: int) -> None:
    """The raw thing; a click marks an element."""
    st.markdown("**As you meet it**")
    scale = theme()
    facts = (*known(sample), scale.name, mark)
    draw = partial(raw, sample, scale, mark, HEIGHT)
    clicked = chart(remembered(facts, draw, "raw", height=HEIGHT, click=True, alt=sample["about"]), "raw")
    st.caption(sample["about"] + ".")
    if clicked and clicked.get("customdata") is not None:
        st.session_state["clicked element"] = int(clicked["customdata"])
        st.rerun()


def numbers(modality: Modality, sample: Sample, mark: int) -> None:
    """The input observation x_i, its formula and its shape."""
    x = modality.observe(sample)
    st.markdown("**As a model meets it**")
    scale = theme()
    facts = (*known(sample), digest(x), scale.name, mark)
    draw = partial(observation, sample, x, scale, mark, HEIGHT)
    chart(remembered(facts, draw, "x", height=HEIGHT, alt=f"x_i, {x.size} numbers"), "x")
    symbols = modality.describe(sample) if modality.describe else {}
    sizes = ", ".join(f"${name} = {value}$" for name, value in symbols.items())
    formula = modality.formula.replace(r"\mark", rf"\textcolor{{{theme().series[ACCENT]}}}")
    st.markdown(f"${formula}$")
    st.caption(f"{sizes}: {x.size:,} numbers".lstrip(": "))


def lesson_of(modality: Modality, below: DeltaGenerator) -> Lesson | None:
    """The task the learner picked, and how many samples it is learnt from (asked `below`, where it is learnt)."""
    if not modality.tasks:
        return None
    keep_valid("task", modality.tasks)
    keep_valid("samples", lessons.SIZES)
    first, most = next(iter(modality.tasks)), lessons.SIZES[-1]
    task = st.segmented_control(
        "Task", list(modality.tasks), default=first, required=True, key="task", bind="query-params", label_visibility="collapsed"
    )
    with below:
        st.subheader(f"Learn it here: {modality.tasks[task].question}", anchor=False)
        size = st.segmented_control("Learnt from", lessons.SIZES, default=most, required=True, key="samples", bind="query-params")
        found = devices()
        device = device_choice() if len(found) > 1 else next(iter(found))
    return Lesson(modality.name, task, size, device)


def answered(lesson: Lesson, sample: Sample, untouched: Sample) -> float | None:
    """What the trained network says of the sample, beside what it says of the untouched one; the largest change."""
    exercise, frame = lesson.exercise, trained(lesson)
    if frame is None:
        st.info("Nothing is trained yet for this task. Train it below.", icon=":material/play_arrow:")
        return None
    try:
        x, x0 = exercise.enter(sample), exercise.enter(untouched)
    except BadInput as needs:
        st.info(str(needs), icon=":material/info:")
        return None
    p, p0 = lessons.answer(lesson, frame, x), lessons.answer(lesson, frame, x0)
    reads = exercise.show(x)
    small = reads["elements"].shape != sample["elements"].shape
    scale, best = theme(), exercise.classes[int(p.argmax())]
    before = p0 if np.abs(p - p0).max() > SEEN else None
    height = HEIGHT - 50 - (80 if small else 0)
    facts = (digest(p, p if before is None else before), exercise.classes, scale.name, before is None)
    draw = partial(probabilities, p, exercise.classes, scale, before, height)
    chart(remembered(facts, draw, "answer", height=height, alt=f"answer: {best}, probability {p.max():.2f}"), "answer")
    if small:
        left, right = st.columns([0.35, 0.65], vertical_alignment="center")
        with left:
            draw = partial(gallery, [reads], [""], scale, 1, 95)
            chart(remembered((*known(reads), scale.name), draw, "reads", height=95, alt="what the network reads"), "reads")
        right.caption("What this network reads. It knows nothing else, so it always answers with one of its classes.")
    elif np.abs(p - p0).max() > SEEN:
        st.caption("Bars: this sample. Strokes: before you changed anything.")
    return float(np.abs(p - p0).max())


def readouts(modality: Modality, sample: Sample, untouched: Sample, change: float | None) -> None:
    """Four numbers; hovering one shows its formula."""
    x, x0 = modality.observe(sample), modality.observe(untouched)
    columns = st.columns(4)
    grid = " × ".join(f"{side}" for side in sample["grid"]) or "no grid"
    columns[0].metric(
        "Elements",
        f"{len(sample['elements']):,}",
        help=f"How many there are, n = {len(sample['elements'])}; laid out on: {grid}.",
    )
    columns[1].metric("Numbers in xᵢ", f"{x.size:,}", help=f"Shape of x_i: {x.shape}; untouched: {x0.shape}.")
    moved = "another length" if x.shape != x0.shape else f"{np.mean(x != x0):.0%}"
    columns[2].metric(
        "Numbers that changed", moved, help="Share of the entries of x_i that differ from those of the untouched sample."
    )
    text = "–" if change is None else "0" if change < 1e-5 else f"{change:.3f}"
    exact = "" if change is None else f" = {change:.1e}"
    columns[3].metric("Change of the answer", text, help=f"max over classes of |p(now) − p(untouched)|{exact}.")


def check_yourself(modality: Modality) -> None:
    """A question whose answer is found by moving a control."""
    question, answer = modality.check
    if question:
        st.subheader("Check yourself", anchor=False)
        st.markdown(question)
        with st.expander("The answer"):
            st.markdown(answer)
