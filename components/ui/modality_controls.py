"""The controls of the Modality page: which sample, what was done to it, which element, and named situations."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from components.modalities.base import Exercise, Modality
from components.ui.digest import digest
from components.ui.links import choice, from_link, number, only, pick, select, to_link
from components.ui.upload import let_go, uploaded
from components.values import BadInput, Sample

DAMAGE, STRENGTH, EARLY = "none", 30, 12


def chosen_sample(modality: Modality) -> tuple[Sample, str]:
    """The example the learner picked and its name, or the file the learner brought and no name."""
    example = select("Example", list(modality.examples), "example", width=165)
    if st.session_state.get("example before", (modality.name, example)) not in {(modality.name, example)}:
        before = st.session_state["example before"][0]
        if before == modality.name:  # another example was chosen: it takes the place of the learner's own file
            let_go()
    st.session_state["example before"] = (modality.name, example)
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
    let_go()
    st.session_state["situations"] = False  # the box closes, so that the page is seen
    for name, value in values.items():
        st.session_state[name] = value


def places(sample: Sample) -> np.ndarray | None:
    """What each element was called before any control moved it: a node's number in its file, a row's index; None where
    elements have no name of their own."""
    raw = sample["raw"]
    if isinstance(raw, Mapping) and "ids" in raw:
        return np.asarray(raw["ids"])
    return raw["frame"].index.to_numpy() if isinstance(raw, Mapping) and "frame" in raw else None


def counterpart(sample: Sample, mark: int, other: Sample) -> int | None:
    """The number in `other` of element `mark` of `sample`; None where it is not there any more."""
    here, there = places(sample), places(other)
    if here is None or there is None:
        return mark if mark < len(other["elements"]) else None
    found = np.flatnonzero(there == here[mark])
    return int(found[0]) if len(found) else None


def controlled(modality: Modality, sample: Sample) -> tuple[Sample, list[str], int]:
    """The sample after all controls, the names of those that were moved, and the number of the marked element."""
    moved: list[str] = []
    untouched = sample
    columns = st.columns([1] * len(modality.controls) + [0.7], gap="medium")
    for column, (name, control) in zip(columns, modality.controls.items(), strict=False):
        with column:
            value = pick(control.label, control.values, control.default, name, control.show, control.help)
        if value != control.default:
            sample, moved = control.apply(sample, value), [*moved, name]
    with columns[-1]:
        return sample, moved, marked(sample, untouched)


def marked(sample: Sample, untouched: Sample) -> int:
    """The element in the middle of attention: clicked, typed, or the middle one of the sample before the controls."""
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
    middle = counterpart(untouched, middle_of(untouched), sample)
    return int(value) - 1 if value is not None and value <= n else middle_of(sample) if middle is None else min(middle, n - 1)


def middle_of(sample: Sample) -> int:
    """The element in the middle; of a long text one near its beginning, where it is shown from."""
    n, grid = len(sample["elements"]), sample["grid"]
    if len(grid) == 2:
        return (grid[0] // 2) * grid[1] + grid[1] // 2
    return min(n // 2, EARLY) if sample.get("kind") == "text" else n // 2


def asked_tasks(modality: Modality, sample: Sample, example: str) -> Mapping[str, Exercise]:
    """The tasks that can be asked about this example; about a learner's own file, and where nobody prepared any, those that
    the sample brings itself."""
    usable = _usable(modality.name, digest(sample["raw"], sample["elements"]), modality, sample)
    fit = {
        name: modality.tasks[name] for name in usable if not modality.tasks[name].suits or example in modality.tasks[name].suits
    }
    if not example:
        fit |= {name: modality.tasks[name] for name in usable if _takes(modality.tasks[name], sample)}
    if fit and example:
        return fit
    return dict(_brought(modality.name, digest(sample["raw"], sample["elements"]), modality, sample)) | fit


@st.cache_resource(max_entries=8, show_spinner="Looking for questions in it …")
def _brought(name: str, content: str, _modality: Modality, _sample: Sample) -> Mapping[str, Exercise]:
    """The questions a learner's own file brings, found once for each file."""
    return _modality.own(_sample) if _modality.own else {}


@st.cache_resource(max_entries=256, show_spinner=False)
def _usable(name: str, content: str, _modality: Modality, _sample: Sample) -> tuple[str, ...]:
    """The tasks made for certain examples, and of the others those that take this sample; all where none does."""
    tasks = _modality.tasks.items()
    return tuple(n for n, task in tasks if task.suits or _takes(task, _sample)) or tuple(_modality.tasks)


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
