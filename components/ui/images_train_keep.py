"""The trained model as a file to keep and to bring back, and the run as one file of code that gives the same number."""

from dataclasses import asdict
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from components.learn.watching import BATCH, EVERY, PEEK, SHAPES, TEST, Watch
from components.learn.watching_file import MOST, packed, unpacked
from components.models.conv_network import ConvNetwork
from components.ui.code import bundle, gather, show_code
from components.ui.modality_code import DATA, parts
from components.values import BadInput, Frame

KEPT = "kept-train-model"
KEYS = {name: name for name in ("data", "rate", "ending", "down", "seed", "width")} | {"samples": "learnfrom"}


def keep(request: Watch, frame: Frame | None) -> None:
    """Save, load, and the code."""
    left, right = st.columns([0.38, 0.62], gap="large")
    with left:
        st.subheader("The model", anchor=False)
        if frame is not None:
            data = packed(request, {n: a.astype(np.float32) if n.startswith("weights/") else a for n, a in frame.items()})
            st.download_button(
                f"Save the network at step {int(frame['step'])} ({len(data) / 1000:.0f} kB)", data,
                f"{request.data}_{int(frame['step'])}.safetensors", icon=":material/download:", on_click="ignore",
                key="train-save",
            )  # fmt: skip
        load()
    with right:
        st.subheader("The code that ran", anchor=False)
        for name in request.exercise.data:
            file = DATA / name
            size = f"{file.stat().st_size / 2**10:,.0f} kB"
            st.download_button(f"{name} ({size})", file.read_bytes(), name, key=f"train-data-{name}", icon=":material/database:")
        show_code(source(request), f"watch_{request.data}.py", focus=[ConvNetwork.activations])


def load() -> None:
    """Bring a saved model back: its settings are set, its weights are shown."""
    number = st.session_state.get("train-loads", 0)
    file = st.file_uploader(f"Load a saved network (.safetensors, at most {MOST // 2**20} MB)", key=f"train-load-{number}")
    if file is not None:
        try:
            data = file.getvalue() if file.size <= MOST else bytes(MOST + 1)
            request, _ = unpacked(data)
        except BadInput as refusal:
            st.warning(str(refusal), icon=":material/error:")
        else:
            st.session_state[KEPT] = data
            st.session_state["train-loads"] = number + 1
            st.session_state["train-pending"] = settings(request)
            for held in [k for k in st.session_state if k == "run:train"]:
                del st.session_state[held]  # the loaded model takes the stage
            st.rerun()
    if KEPT in st.session_state and st.button("Let the loaded model go", key="train-let-go", icon=":material/close:"):
        del st.session_state[KEPT]
        st.rerun()


def settings(request: Watch) -> dict[str, Any]:
    """The controls' values for a request."""
    found = {KEYS[name]: value for name, value in asdict(request).items() if name in KEYS}
    return found | {"learnfrom": str(request.samples), "rate": f"{request.rate:g}"}


@lru_cache(maxsize=32)
def source(request: Watch) -> str:
    """The run as one file: the project's own modules and the current settings."""
    side, colours = SHAPES[request.data]
    exercise = request.exercise
    draw, fixed, _ = parts(exercise.draw)
    call = f"partial({draw.__name__}, {', '.join(f'{k}={v!r}' for k, v in fixed.items())})" if fixed else draw.__name__
    modules = gather([draw.__module__.removeprefix("components."), "models.conv_network", "learn.train"])
    widths = (request.width, 2 * request.width, 4 * request.width)
    main = f"""
def network(generators):
    own = [Generator().manual_seed({request.seed})]  # the first weights
    return ConvNetwork({side}, {colours}, {len(exercise.classes)}, own, {widths}, {request.down!r}, {request.ending!r})


for frame in train(
    network, {call}, ({request.samples},), steps={request.steps}, every={EVERY}, batch={BATCH}, rate={request.rate},
    order="fixed", test={TEST}, peek={PEEK},
):
    print("step", int(frame["step"]), "loss", round(frame["loss"].item(), 3), "accuracy", frame["accuracy"].item(), flush=True)
"""
    also = f" Put {' and '.join(exercise.data)} beside it." if exercise.data else ""
    return bundle(modules, main, f"{exercise.question} A convolutional network. Needs torch, numpy and pillow.{also}")
