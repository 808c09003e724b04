"""The picture in front of the network that learns: how it enters, the part of it that is taken, and which answer is right."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from components.learn.watching import SHAPES, Watch, grid
from components.tasks.photographs import PATCH, PATCH_SOURCES
from components.ui.digest import digest
from components.ui.images_picture import chosen_picture
from components.ui.links import unseen
from components.values import BadInput, Sample

DEFAULT = {"mnist": "mnist-5", "photograph": "cat", "fashion": "camera", "cifar10": "cat"}
SMALL = 72  # pixels along a side of the whole picture, as it is drawn
PLACE = 5282  # of the patch: 52 % down, 82 % right, where no training patch lies


class Seen(NamedTuple):
    """What the network sees, and where it comes from."""

    x: np.ndarray  # (d,) the flattened input
    pixels: np.ndarray  # (side, side, colours) the same as pixels
    whole: tuple[np.ndarray, tuple[float, float, float, float] | None] | None  # the picture it was taken from
    truth: int | None  # the right class, where it is known
    name: str  # a short name of all this


def chosen(data: str) -> Sample:
    """The picture of all views; another data set brings a picture that suits it."""
    before = st.session_state.get("train-data")
    now = st.session_state.get("picture")
    if before != data and now is not None and (before is not None or not suits(data, now)):
        st.session_state["picture"] = DEFAULT[data]
    st.session_state["train-data"] = data
    return chosen_picture(DEFAULT[data])


def suits(data: str, name: str) -> bool:
    """Whether a bundled picture is one of those this data set is about."""
    return name.startswith("mnist") if data == "mnist" else name in PATCH_SOURCES if data == "photograph" else True


def _read(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 5 and int(text) // 100 <= 100 else None


def patch_place() -> int:
    """Where the patch lies: 100 times the per cent of the height plus the per cent of the width; clicking sets it."""
    return unseen("patch", PLACE, _read)


def entered(request: Watch, sample: Sample, place: int) -> Seen:
    """The picture as the network meets it.

    Raises:
        BadInput: the network cannot read it; the sentence says why.
    """
    raw, (h, w) = sample["raw"], sample["raw"].shape[:2]
    down, right = min(1.0, place // 100 / 100), min(1.0, place % 100 / 100)
    row, column = round(down * (h - 1)), round(right * (w - 1))
    x = request.exercise.enter(sample, row * w + column).reshape(-1).astype(np.float32)
    side, colours = SHAPES[request.data]
    if x.size != side * side * colours or not np.isfinite(x).all():
        raise BadInput("This picture cannot be read by this network; choose another one.")
    box = None
    if request.data == "photograph":
        top, left = (int(np.clip(at - PATCH // 2, 0, length - PATCH)) for at, length in ((row, h), (column, w)))
        box = (left / w, top / h, (left + PATCH) / w, (top + PATCH) / h)
    step = max(1, -(-max(h, w) // SMALL))
    whole = None if (h, w) == (side, side) and box is None else (raw[::step, ::step], box)
    return Seen(x, grid(request.data, x), whole, _truth(request, sample), digest(x, raw, place))


def _truth(request: Watch, sample: Sample) -> int | None:
    """The right class of a bundled picture, from its name; None for the learner's own."""
    name = str(st.session_state.get("picture", ""))
    if sample["about"] == "Your picture":
        return None
    if request.data == "mnist" and "-" in name:
        return int(name.rsplit("-", 1)[1])
    return PATCH_SOURCES.index(name) if request.data == "photograph" and name in PATCH_SOURCES else None


def focus(pending: dict[str, Any]) -> None:
    """Take over what was clicked, before any control is drawn."""
    for key, value in pending.items():
        st.session_state[key] = value
