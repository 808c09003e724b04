"""Depth: layer on layer a place sees more of the picture, and says less and less of where, more and more of what."""

from typing import TYPE_CHECKING

import streamlit as st

from components.ui.digest import digest
from components.ui.images_picture import chosen_picture
from components.ui.links import choice, from_link, pick, select, to_link, unseen

if TYPE_CHECKING:
    from components.ui.images_depth_stage import Chosen

PILES = {"efficientnet": "EfficientNet", "small": "Small CNN", "own": "Your own"}
BETWEEN = {"none": "nothing", "stride": "stride 2", "max": "max 2 × 2", "mean": "mean 2 × 2"}
SUMMARY = {"parts": "parts", "mean": "mean", "strongest": "strongest"}
EXAMS = {"photographs": "which photograph", "digits": "which digit"}
NEXT, OF, MIDDLE = "depth-next", "depth-of", "500.500"
DEPTHS = tuple(range(1, 9))
TIPS = {
    "pile": "EfficientNet knows ImageNet; the small one was trained here on MNIST; your own has random weights.",
    "summary": "Parts: the three main directions in which the places differ, as red, green and blue; like parts have like "
    "colours. Mean: of all channels. Strongest: at each place the largest answer, each channel measured by its own largest.",
    "exam": "What the linear reader has to tell: from which of six photographs a piece of 32 × 32 pixels comes, or which digit.",
}


def view() -> None:
    """Controls, the stage, the strip, readouts, formula, and a closer look."""
    from components.ui.images_depth_closer import closer
    from components.ui.images_depth_said import formula, readouts
    from components.ui.images_depth_stage import stage, strip

    chosen = controls()
    stage(chosen)
    strip(chosen)
    readouts(chosen)
    formula(chosen)
    closer(chosen)


def controls() -> "Chosen":
    """At most six controls in one row, and what they choose."""
    from components.learn.piles import Pile, entered
    from components.ui.images_depth_stage import Chosen

    kind = unseen("pile", "efficientnet", lambda text: text if text in PILES else None)
    parts = (0.29, 0.305, 0.085, 0.11, 0.12, 0.09) if kind == "own" else (0.29, 0.305, 0.305, 0.1)
    cells = st.columns(parts, vertical_alignment="bottom", gap="small")
    with cells[0]:
        kind = choice("Network", PILES, "efficientnet", "pile", TIPS["pile"])
    with cells[1]:
        raw = chosen_picture(_first_picture(kind))["raw"]
    kernel, between = 3, "none"
    if kind == "own":
        with cells[2]:
            kernel = int(select("Window", ["3", "5", "7"], "kernelsize", show=lambda k: f"{k} × {k}"))
        with cells[3]:
            between = select("Between", list(BETWEEN), "between", show=BETWEEN.__getitem__)
    pile = Pile(kind, kernel, between)
    with cells[-2]:
        layer = _layer(pile)
    with cells[-1], st.popover("More", key="depth-more", on_change="rerun") as more:
        opened = bool(more.open)
        how = choice("Layers shown as", SUMMARY, "parts", "summaryview", TIPS["summary"], shown=opened)
        exam = choice("Linear reader of EfficientNet tells", EXAMS, "photographs", "probetask", TIPS["exam"], shown=opened)
    return Chosen(entered(pile, digest(raw), raw), layer, _spot(), exam, how)


def _first_picture(kind: str) -> str:
    """The picture that suits a network; a learner who changes the network gets it in place of one that does not suit."""
    digits = kind == "small"
    before = st.session_state.get(OF)
    st.session_state[OF] = kind
    held = str(st.session_state.get("picture", ""))
    if before not in (None, kind) and held and (held.startswith(("mnist", "digit")) != digits):
        st.session_state["picture"] = "mnist-5" if digits else "cat"
    return "mnist-5" if digits else "cat"


def _layer(pile: object) -> str:
    """The layer that is looked at: on the slider, or clicked in the strip or the curve."""
    from components.learn.piles import Pile, opened

    assert isinstance(pile, Pile)
    names = [f.name for f in opened(pile)[1]]
    clicked = st.session_state.pop(NEXT, None)
    if pile.kind == "own":
        if clicked in names:
            st.session_state["depthlayers"] = names.index(clicked) + 1
        return names[pick("Layers", DEPTHS, 8, "depthlayers") - 1]
    if clicked in names:
        st.session_state["deep"] = clicked
    return pick("Layer", names, "block5" if pile.kind == "efficientnet" else "conv3", "deep", show=title)


def title(layer: str) -> str:
    """`block11` as "block 11"; what halves the sides is called pooling."""
    word = layer.rstrip("0123456789")
    number = layer[len(word) :]
    return f"{'pool' if word == 'down' else word} {number}".strip()


def _spot() -> tuple[float, float]:
    """Where the place looks from, as parts of the picture's sides; chosen by a click."""
    from_link("spotat", MIDDLE, _read)
    text = to_link("spotat", st.session_state["spotat"], MIDDLE)
    row, column = (int(part) / 1000 for part in text.split("."))
    return row, column


def _read(text: str) -> str | None:
    """Row and column in thousandths of the sides, as `500.250`."""
    parts = text.split(".")
    good = len(parts) == 2 and all(p.isascii() and p.isdecimal() and len(p) < 4 for p in parts)
    return ".".join(str(int(p)) for p in parts) if good else None
