"""A composed model as a file to keep and to bring back, and its run as code."""

from typing import Any

import numpy as np
import streamlit as st

from components.learn.composed_file import MOST, packed, read, unpacked, written
from components.learn.composed_model import filled, scored
from components.learn.composed_symmetry import trained
from components.learn.composing import Recipe, compose
from components.models.composed import Composed
from components.models.mixing import Mixing
from components.ui.code import show_code
from components.ui.live import engine, learner
from components.ui.modality_code import DATA
from components.ui.unified_compose_code import notebook, source
from components.ui.unified_compose_controls import take
from components.ui.unified_compose_course import asked, run_of
from components.ui.upload import ending
from components.values import BadInput, Frame

LOADED = "compose-loaded"


def keep(recipe: Recipe, *, code: bool) -> None:
    """Save and load, or the code."""
    if code:
        running(recipe)
        return
    left, right = st.columns(2, gap="large")
    with left:
        save(recipe)
    with right:
        load()


def newest(recipe: Recipe) -> Frame | None:
    """The last frame of the finished run on this page, with its weights."""
    run = run_of(recipe)
    seen = engine(asked(recipe).device).seen(run, learner()) if run else []
    return seen[-1] if seen and any(n.startswith("weights/") for n in seen[-1]) else None


def save(recipe: Recipe) -> None:
    """The choices as JSON at any time; the weights of a finished run as safetensors."""
    st.subheader("Save", anchor=False)
    st.download_button(
        "The composition (.json)", written(recipe), "composition.json", "application/json", icon=":material/download:",
        on_click="ignore", key="compose-save-json",
    )  # fmt: skip
    frame = newest(recipe)
    if frame is None:
        st.caption("Train it here to save its weights, too; what is recorded is the curve.")
        return
    data = packed(recipe, frame)
    if len(data) > MOST:
        st.caption(f"Its weights take {len(data) / 2**20:.0f} MB, more than the {MOST // 2**20} MB that can be loaded again.")
        return
    st.download_button(
        f"The trained model (.safetensors, {len(data) / 1000:,.0f} kB)", data, "composed.safetensors",
        icon=":material/download:", on_click="ignore", key="compose-save",
    )  # fmt: skip


def load() -> None:
    """Bring a saved model back: the controls follow, its score is computed again."""
    st.subheader("Load", anchor=False)
    number = st.session_state.get("compose-loads", 0)
    label = f"A saved model or composition (.safetensors, .json; at most {MOST // 2**20} MB)"
    file = st.file_uploader(label, key=f"compose-load-{number}")
    if file is not None:
        try:
            data = file.getvalue() if file.size <= MOST else bytes(MOST + 1)
            found = entered(file.name, data)
        except BadInput as refusal:
            st.warning(str(refusal), icon=":material/error:")
        else:
            if found["score"] is not None:
                st.session_state[LOADED] = found
            st.session_state["compose-loads"] = number + 1
            st.session_state.pop("run:compose", None)  # the loaded model takes the stage
            take(found["recipe"])
            st.rerun()
    if st.session_state.get(LOADED) and st.button("Let the loaded model go", key="compose-let-go", icon=":material/close:"):
        del st.session_state[LOADED]
        st.rerun()


def entered(name: str, data: bytes) -> dict[str, Any]:
    """A file's recipe and, where it has weights, what was measured with them just now; the weights themselves are let go.

    Raises:
        BadInput: see `components.learn.composed_file`.
    """
    if ending(name) == "json":
        return {"recipe": read(data), "score": None}
    recipe, frame = unpacked(data)
    score, tested = scored(recipe, filled(recipe, frame))
    if not np.isfinite(score):
        raise BadInput("With the weights in this file the model's answers are not numbers, so it cannot be used.")
    return {
        "recipe": recipe, "score": score, "tested": tested, "step": int(frame["step"]), "symmetry": trained(recipe, frame),
    }  # fmt: skip


def running(recipe: Recipe) -> None:
    """The run as a file and as a notebook, and the data they read."""
    with st.container(horizontal=True):
        for name in recipe.material.exercise.data:
            file = DATA / name
            size = f"{file.stat().st_size / 2**10:,.0f} kB"
            st.download_button(f"{name} ({size})", file.read_bytes, name, key=f"compose-data-{name}", icon=":material/database:")
        st.download_button(
            "As a notebook (.ipynb)", notebook(recipe), "composed.ipynb", "application/x-ipynb+json",
            icon=":material/book_2:", on_click="ignore", key="compose-notebook",
        )  # fmt: skip
    st.caption("Both give the number that training here gives (threads may add up in another order: ± one test sample).")
    show_code(source(recipe), "composed.py", focus=[Mixing.heard, Mixing.forward, Composed.stages, compose])
