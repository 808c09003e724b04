"""The two sides of the Profile page: which sample stands there, what was done to it, and what the six dimensions read of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from components.catalogue import discover
from components.figures.sample import raw
from components.measure.base import Dimension
from components.modalities.base import Modality
from components.ui.chart import chart, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.links import choice, number, pick, select
from components.ui.modality_stage import known
from components.ui.sound import player
from components.ui.upload import plain, refused, uploaded
from components.values import Reading, Sample

SIDES = {"left": ("vision", "teacup"), "right": ("language", "teacup")}
Readings = Mapping[str, tuple[Reading, ...]]
UNTOUCHED, HEIGHT = "none", 215


@dataclass(frozen=True)
class Side:
    """One side: its modality, its sample as it was and as it is now, and what it is called."""

    key: str
    modality: Modality
    untouched: Sample
    sample: Sample
    name: str
    example: str  # empty for a learner's own


def modalities() -> dict[str, Modality]:
    """All modalities by name."""
    return discover("modalities", "MODALITY")


def dimensions() -> dict[str, Dimension]:
    """All dimensions by name, in the lecture's order."""
    return discover("measure", "DIMENSION")


def side(key: str) -> Side:
    """The controls of one side, and what they give."""
    first, example = SIDES[key]
    titles = {name: modality.title for name, modality in modalities().items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"side-{key}"):
        modality = modalities()[select(key.capitalize(), list(titles), key, 118, default=first, show=titles.__getitem__)]
        start = example if example in modality.examples else next(iter(modality.examples))
        name = select("Example", list(modality.examples), f"{key}_example", 150, default=start)
        with st.popover("Yours", icon=":material/upload:"):
            own = uploaded(modality, key)
        untouched = modality.examples[name]() if own is None else own
        with st.popover("Change", icon=":material/tune:", key=f"change-{key}", on_change="rerun") as box:
            at_work = st.session_state.get("show") == "laboratory"  # there the damage is chosen beside the curves
            if at_work:
                st.caption("The damage is chosen in the laboratory below.")
            sample = changed(key, modality, untouched, bool(box.open), damage=bool(box.open) and not at_work)
    refused(modality, key)
    called = f"{modality.title}: {'yours' if own is not None else name}"
    return Side(key, modality, untouched, sample, called, name if own is None else "")


def damage_controls(key: str, modality: Modality, shown: bool) -> tuple[str, int]:
    """Which damage this side has, and how strong in per cent."""
    kinds = {name: name for name in (UNTOUCHED, *modality.corrupt)}
    kind = choice(f"Damage to {modality.title.lower()} ({key})", kinds, UNTOUCHED, f"{key}_damage", shown=shown)
    return kind, number("Strength, per cent", 0, 100, 30, f"{key}_strength", shown=shown)


def changed(key: str, modality: Modality, sample: Sample, shown: bool, damage: bool) -> Sample:
    """The sample after the damage and the controls of this side."""
    kind, strength = damage_controls(key, modality, damage)
    if kind in modality.corrupt:
        sample = modality.corrupt[kind](sample, strength / 100, np.random.default_rng(0))
    for name, control in modality.controls.items():
        value = pick(
            control.label, control.values, control.default, f"{key}_{name}", control.show, control.help, shown=shown
        )  # fmt: skip
        if value != control.default and value in control.values:
            sample = control.apply(sample, value)
    return sample


def met(one: Side) -> None:
    """The sample as a person meets it, small."""
    scale, sample = theme(), one.sample
    st.markdown(f"**{plain(one.name)}**")
    facts = (*known(sample), scale.name)
    draw = partial(raw, sample, scale, None, HEIGHT)
    chart(remembered(facts, draw, f"met-{one.key}", height=HEIGHT, alt=sample["about"]), f"met-{one.key}")
    if "sound" in sample:
        player(*sample["sound"])
    st.caption(plain(sample["about"]) + ".")


@st.cache_resource(max_entries=600, show_spinner=False)
def _measured(dimension: str, content: str, _sample: Sample) -> tuple[Reading, ...]:
    return dimensions()[dimension].measure(_sample)


def profile(one: Side) -> Readings:
    """All readings of a side, by dimension; progress is shown where it takes a moment."""
    content = content_of(one.sample)
    place, found = st.empty(), {}
    for i, name in enumerate(dimensions()):
        if len(one.sample["elements"]) > SLOW:
            place.progress(i / len(dimensions()), f"Measuring {name} …")
        found[name] = _measured(name, content, one.sample)
    place.empty()
    return found


SLOW = 20_000
"""Elements beyond which measuring takes a moment."""


def keys(pair: tuple[Side, Side]) -> list[str]:
    """The names of all controls that have a place in the address now."""
    found = ["left", "right", "show", "learnt", "embed"]
    for one in pair:
        own = ("example", "damage", "strength", "task", "other", "alone", "element", *one.modality.controls)
        found += [f"{one.key}_{name}" for name in own]
    return found


def as_said(state: Mapping[str, Any], key: str) -> tuple[Modality, Sample]:
    """The sample that a state puts on one side: what a link with these words would open."""
    modality = modalities()[state.get(key, SIDES[key][0])]
    usual = SIDES[key][1] if SIDES[key][1] in modality.examples else next(iter(modality.examples))
    sample = modality.examples[state.get(f"{key}_example", usual)]()
    if (kind := state.get(f"{key}_damage", UNTOUCHED)) != UNTOUCHED:
        sample = modality.corrupt[kind](sample, state.get(f"{key}_strength", 30) / 100, np.random.default_rng(0))
    for name, control in modality.controls.items():
        if f"{key}_{name}" in state:
            sample = control.apply(sample, state[f"{key}_{name}"])
    return modality, sample


def reading_of(sample: Sample, dimension: str, number: int) -> Reading:
    """One reading of a sample, measured once."""
    return _measured(dimension, content_of(sample), sample)[number]


def content_of(sample: Sample) -> str:
    """A name for all that a measure can see of a sample."""
    return digest(sample["raw"], sample["elements"], sample.get("edges"), sample["grid"], sample["rate"])
