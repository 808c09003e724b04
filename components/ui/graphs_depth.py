"""Too deep: with every layer nodes hear further, and grow more alike."""

from functools import partial

import streamlit as st

from components.ui.links import choice, pick, select, switch
from components.values import Frame

NETWORKS = {"miserables": "Les Misérables", "airports": "300 airports", "karate": "A karate club"}
SEEN = {"mix": "Only mixed", "trained": "Trained network"}


def view() -> None:
    """Controls, the nodes beside the curves, readouts, formula, a closer look."""
    from components.learn.deep_nodes import DEPTHS, Depth, depth_run
    from components.ui.graphs_depth_closer import closer
    from components.ui.graphs_depth_stage import Asked, formula, stage
    from components.ui.live import live

    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        network = select("Network", list(NETWORKS), "deepnetwork", 200, show=NETWORKS.__getitem__)
        seen = choice("Nodes drawn", SEEN, "mix", "deepseen", "Only mixed: averages alone, no weights, nothing learnt.")
        with st.container(width=330):
            depth = pick("Layers", DEPTHS, 8, "depthlayers")
        skip = switch("Skip connections", False, "deepskip", (
            "Trained: a layer adds to what a node was, + h. Only mixed: one tenth of the start is mixed in again in each round."
        ))  # fmt: skip
    asked = Asked(network, seen, depth, skip)
    request = Depth(network, skip)

    def draw(frames: list[Frame]) -> None:
        stage(asked, frames)

    live("deepnodes", request, partial(depth_run, request), draw, label="Train all depths")
    formula(asked)
    closer(asked)
