"""Look inside a network that knows a thousand kinds of things: every layer and channel, on any picture."""

from typing import TYPE_CHECKING

import streamlit as st

from components.ui.chart import chart
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.images_inside_network import offer, usable, wanted
from components.ui.images_picture import chosen_picture
from components.ui.links import from_link, pick, to_link

if TYPE_CHECKING:
    from components.learn.inside import Photo
    from components.ui.images_inside_stage import Choice

DEFAULTS = {"lite0": "block11", "alexnet": "conv3", "resnet18": "block5"}
NEXT = "inside-next"


def view() -> None:
    """Controls, the strip of layers, the stage, the readouts, and a closer look."""
    from components.ui.images_inside_closer import closer
    from components.ui.images_inside_stage import readouts, stage, strip_picture

    left, middle, right = st.columns([0.17, 0.36, 0.47], vertical_alignment="bottom", gap="medium")
    with left:
        asked = wanted()
    net, trouble = usable(asked)
    with middle:
        photo = _photo()
    with right:
        layer = _layer(net, photo)
    if trouble:
        st.warning(trouble, icon=":material/error:")
    offer(asked)
    chosen = _chosen(net, photo, layer)
    point = chart(strip_picture(net, photo, layer, theme().name), "inside-strip", click=True)
    if point and str(point.get("customdata", "")).startswith("l"):
        st.session_state[NEXT] = int(point["customdata"][1:])
        st.rerun()
    stage(chosen)
    readouts(chosen)
    closer(chosen)


def _photo() -> "Photo":
    """The picture in front of the learner as the networks see it."""
    from components.learn.inside import photo

    raw = chosen_picture()["raw"]
    return photo(digest(raw), raw)


def _layer(net: str, photo: "Photo") -> str:
    """The layer chosen on the slider or in the strip."""
    from components.learn.inside import answers

    layers = list(answers(net, photo).maps)
    if NEXT in st.session_state:  # a click in the strip; a widget's value can only be set before it is drawn
        st.session_state["layer"] = layers[min(st.session_state.pop(NEXT), len(layers) - 1)]
    return pick("Layer, from the first to the last", layers, DEFAULTS[net], "layer", show=title)


def title(layer: str) -> str:
    """`block11` as "block 11"."""
    return layer.rstrip("0123456789") + " " * (layer[-1].isdigit()) + layer[len(layer.rstrip("0123456789")) :]


def _chosen(net: str, photo: "Photo", layer: str) -> "Choice":
    """What is looked at: place and channel from the address, else the strongest."""
    from components.ui.images_inside_stage import choose

    before = st.session_state.get("inside-of", (net, layer, -1))
    if before[:2] != (net, layer) and st.session_state.get("channel") == before[2]:  # other channels: the old number says nothing
        st.session_state["channel"] = -1
    from_link("channel", -1, lambda text: int(text[:6]) if text.isascii() and text.isdecimal() else None)
    from_link("place", "", _place)
    chosen = choose(net, photo, layer, st.session_state["channel"], st.session_state["place"])
    if not chosen.fixed:
        st.session_state["channel"] = -1
    st.session_state["inside-of"] = (net, layer, st.session_state["channel"])
    to_link("channel", st.session_state["channel"], -1)
    to_link("place", st.session_state["place"], "")
    return chosen


def _place(text: str) -> str | None:
    """A row and a column of the 224 x 224 pixels, as `96.120`."""
    parts = text.split(".")
    good = len(parts) == 2 and all(p.isascii() and p.isdecimal() and len(p) < 4 and int(p) < 224 for p in parts)
    return ".".join(str(int(p)) for p in parts) if good else None
