"""The noise laboratory of the Profile page: damage that can be seen and heard, and what it costs each modality, live."""

import json
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import streamlit as st

from components.figures.robustness import robustness as picture_of
from components.learn.damages import DEFAULTS, meaning
from components.learn.robustness import Request, carried, defaults, left, robustness
from components.ui.chart import chart
from components.ui.house import theme
from components.ui.links import switch
from components.ui.live import live
from components.ui.profile_sides import Side, damage_controls, modalities
from components.values import Frame

RECORDED = Path(__file__).parents[2] / "pretrained" / "sweeps" / "robustness.npz"
HEIGHT = 430


@lru_cache(maxsize=1)
def recorded() -> tuple[Frame, dict[str, str]] | None:
    """The curves of the default requests as recorded, and when and where."""
    if not RECORDED.exists():
        return None
    with np.load(RECORDED, allow_pickle=False) as data:
        return {n: data[n] for n in data.files if n != "about"}, json.loads(str(data["about"]))


def requests(sides: tuple[Side, Side]) -> tuple[Request, ...]:
    """The seven default curves, with the damage the learner picked for the samples on the page where it reaches a network."""
    found = {request.modality: request for request in defaults()}
    for one in sides:
        kind, _ = damage_controls(one.key, one.modality, True)
        name = one.modality.name
        if name in DEFAULTS and kind in one.modality.corrupt:
            if carried(name, DEFAULTS[name].task, kind):
                found[name] = Request(name, DEFAULTS[name].task, kind)
            else:
                st.caption(f"The network of {one.modality.title.lower()} that is measured here does not see this damage.")
    return tuple(found.values())


def laboratory(sides: tuple[Side, Side]) -> None:
    """Choose a damage, see and hear it on the samples, and measure how fast each modality's network fails."""
    st.markdown(
        "Networks that learnt from clean data are asked about damaged test samples. Choose a damage: the samples show it."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = requests(sides)
    share = switch("Show what is left of what was learnt", False, "learnt", "1 is the clean score, 0 is guessing.")
    live("noise", asked, partial(robustness, asked), partial(_draw, asked, share), label="Measure it live")
    with st.expander("What strength 1 means for each"):
        for request in asked:
            words = meaning(request.modality, request.damage)
            st.markdown(f"**{modalities()[request.modality].title}, {request.damage}**: {words}")


def _draw(asked: tuple[Request, ...], share: bool, frames: list[Frame]) -> None:
    kept = recorded()
    usual = asked == defaults()
    ran = bool(frames) and int(frames[-1]["step"]) > 0
    frame = frames[-1] if ran else kept[0] if kept and usual else None
    if frame is None:
        st.info("Nothing is measured yet for this choice of damages: press the button.", icon=":material/play_arrow:")
        return
    names = [f"{modalities()[r.modality].title}: {r.damage}" for r in asked]
    score = left(frame) if share else frame["score"]
    figure = picture_of(
        frame["strength"], score, names, chance=None if share else frame["chance"], snr=frame["snr"],
        title="left of what was learnt" if share else "test accuracy (R² for a number)", scale=theme(), height=HEIGHT,
    )  # fmt: skip
    chart(figure, "noise", height=HEIGHT, alt="accuracy over strength of damage, one curve for each modality")
    tasks = ", ".join(f"{modalities()[r.modality].title.lower()}: {r.lesson.exercise.question}" for r in asked)
    source = "Live: measured here" if ran else f"Recorded {kept[1]['date']} on {kept[1]['machine']}" if kept else ""
    fair = "Strength is another thing for every modality, so compare shapes, not places."
    st.caption(f"{source}; bars are standard errors over {asked[0].seeds} seeds. {fair} What is asked: {tasks}")
