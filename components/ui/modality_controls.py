"""The controls of the Modality page: which sample, what was done to it, which element, and named situations."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from components.modalities.base import Exercise, Modality
from components.ui.digest import digest
from components.ui.links import choice, from_link, number, only, pick, select, to_link
from components.ui.upload import uploaded
from components.values import BadInput, Sample

DAMAGE, STRENGTH, EARLY = "none", 30, 12


def chosen_sample(modality: Modality) -> tuple[Sample, str]:
    """The example the learner picked and its name, or the file the learner brought and no name."""
    example = select("Example", list(modality.examples), "example", width=165)
    with st.popover("Yours", icon=":material/upload:", help="Your own file"):
        own = uploaded(modality)
    return (modality.examples[example](), example) if own is None else (own, "")


def damaged(modality: Modality, sample: Sample) -> Sample:
    """The sample with the damage the learner chose; the same damage at every rerun."""
    with st.popover("Damage", icon=":material/broken_image:", key="damages", on_change="rerun") as box:
        kinds = {name: name for name in (DAMAGE, *modality.corrupt)}
        kind = choice("Damage", kinds, DAMAGE, "damage", shown=bool(box.open))
        strength = number("Strength, per cent", 0, 100, STRENGTH, "strength", shown=bool(box.open))
    if kind not in modality.corrupt:
        return sample
    return modality.corrupt[kind](sample, strength / 100, np.random.default_rng(0))


def situations(modality: Modality) -> None:
    """Named situations, good and bad; each sets every control, and with it the address of the page."""
    defaults: dict[str, Any] = {name: control.default for name, control in modality.controls.items()}
    defaults |= {"example": next(iter(modality.examples)), "damage": DAMAGE, "strength": STRENGTH, "element": None}
    if modality.tasks:
        defaults["task"] = next(iter(modality.tasks))
    with st.popover("Situations", icon=":material/bookmarks:", key="situations", on_change="rerun") as box:
        for name, (why, values) in modality.presets.items() if box.open else ():
            st.button(name, key=f"situation-{name}", on_click=_take, args=(defaults | dict(values),), width="stretch")
            st.caption(why)


def _take(values: dict[str, Any]) -> None:
    for name, value in values.items():
        st.session_state[name] = value


def controlled(modality: Modality, sample: Sample) -> tuple[Sample, list[str], int]:
    """The sample after all controls, the names of those that were moved, and the number of the marked element."""
    moved: list[str] = []
    columns = st.columns([1] * len(modality.controls) + [0.7], gap="medium")
    for column, (name, control) in zip(columns, modality.controls.items(), strict=False):
        with column:
            value = pick(control.label, control.values, control.default, name, control.show, control.help)
        if value != control.default:
            sample, moved = control.apply(sample, value), [*moved, name]
    with columns[-1]:
        return sample, moved, marked(sample)


def marked(sample: Sample) -> int:
    """The element in the middle of attention: clicked, typed, or the middle one."""
    n = len(sample["elements"])
    from_link("element", None, lambda text: int(text[:7]) if text.isdecimal() else None)
    if (clicked := st.session_state.pop("clicked element", None)) is not None:
        st.session_state["element"] = clicked + 1
    if not 1 <= (st.session_state["element"] or 1) <= n:
        st.session_state["element"] = None
    value = st.number_input(
        "Element", 1, None, None, key="element", placeholder="middle", help=f"1 to {n:,}. Or click on it in a picture."
    )
    to_link("element", value, None)
    middle = (n // 2 + sample["grid"][1] // 2) if len(sample["grid"]) == 2 else n // 2
    if sample.get("kind") == "text":
        middle = min(middle, EARLY)  # a long text is shown from its beginning
    return int(value) - 1 if value is not None and value <= n else min(middle, n - 1)


def asked_tasks(modality: Modality, sample: Sample, example: str) -> Mapping[str, Exercise]:
    """The tasks that can be asked about this example; about a learner's own file, and where nobody prepared any, those that
    the sample brings itself."""
    fit = {name: task for name, task in modality.tasks.items() if not task.suits or example in task.suits}
    if not example:
        fit |= {name: task for name, task in modality.tasks.items() if task.suits and _takes(task, sample)}
    if fit and example:
        return fit
    return dict(_brought(modality.name, digest(sample["raw"], sample["elements"]), modality, sample)) | fit


@st.cache_resource(max_entries=8, show_spinner="Looking for questions in it …")
def _brought(name: str, content: str, _modality: Modality, _sample: Sample) -> Mapping[str, Exercise]:
    """The questions a learner's own file brings, found once for each file."""
    return _modality.own(_sample) if _modality.own else {}


def _takes(task: Exercise, sample: Sample) -> bool:
    """Whether a sample can be put before a task that was made for certain examples."""
    try:
        task.enter(sample, len(sample["elements"]) // 2)
    except BadInput:
        return False
    return True


def clean(modality: Modality) -> None:
    """Leave in the address what says something about this modality."""
    only(("modality", "example", "damage", "strength", "element", "task", "samples", "device", "embed", *modality.controls))
