"""The vision transformer beside the convolutional network: what attends to what, and what it costs not to know about places."""

from functools import partial

import streamlit as st

from components.ui.images_attention_closer import closer
from components.ui.images_attention_stage import ASKING, DIGITS, Look, stage
from components.ui.images_picture import chosen_picture
from components.ui.links import choice, number, switch
from components.ui.live import current, live
from components.values import Frame, Sample

KEY = "vit"


def view() -> None:
    """This view."""
    if "vit-visited" not in st.session_state:  # at first a digit, whatever picture another view had by default
        st.session_state["vit-visited"] = True
        if "picture" not in st.query_params:
            st.session_state["picture"] = "mnist-5"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=312):
            sample = chosen_picture("mnist-5")
        patch = int(choice("Patch", {"7": "7 × 7", "4": "4 × 4"}, "7", "patchsize", "Pixels along each side of a patch."))
        size = int(choice("Live: learn from", DIGITS, "1000", "vitdigits", "For Train live; both networks get the same digits."))
        positions = switch("Positions", True, "positions", "Add a learnt vector for each place; without, a bag of patches.")
        through = switch("Rollout", False, "rollout", "Attention through all layers (Abnar & Zuidema 2020), not of one head.")
        block, head, query = _asked(patch)
    look = Look(_picture(sample), patch, positions, block, head, query, through)
    request = look.request(size)
    from components.learn.duel import duel

    def draw(frames: list[Frame]) -> None:
        stage(look, request, frames)

    live(KEY, request, partial(duel, request), draw, label="Train both live", device=request.device)
    closer(look, request, _frames(request))


def _asked(patch: int) -> tuple[int, int, int]:
    """Layer, head and query; clicks on the pictures choose them, the popover by number."""
    most = (28 // patch) ** 2
    for name, value in st.session_state.pop(ASKING, {}).items():  # a click in the run before, now that no widget is drawn yet
        st.session_state[name] = value
    if isinstance(st.session_state.get("query"), int) and st.session_state["query"] > most:
        st.session_state["query"] = 0
    with st.popover("Head", key="vit-numbers", on_change="rerun") as popover:
        shown = bool(popover.open)
        block = number("Layer", 1, 3, 1, "block", shown=shown)
        head = number("Head", 1, 4, 1, "head", shown=shown)
        query = number("Who asks: 0 the class token, else a patch", 0, most, 0, "query", shown=shown)
    return block, head, query


def _picture(sample: Sample) -> tuple[bytes, bool]:
    """The picture as the networks meet it, 28 x 28 greys as bytes, and whether it is one of the bundled digits."""
    import numpy as np

    from components.modalities.vision_tasks import grey_of
    from components.tasks.digits import as_digit

    digit = as_digit(grey_of(sample), 28, 20).astype(np.float32)
    return digit.tobytes(), sample["about"].startswith("Handwritten digit")


def _frames(request: object) -> list[Frame]:
    """What a live run of this request has shown so far, for what stands below the stage."""
    from components.ui.live import engine, learner

    run = current(KEY, request)
    return engine("cpu").seen(run, learner()) if run else []
