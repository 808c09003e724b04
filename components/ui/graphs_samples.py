"""The view "Samples needed" of the Graphs page: one map for all nodes x neighbours in any order, counted in samples."""

from functools import partial

import streamlit as st

from components.learn.graph_sweep import HOWS, graph_sweep, live_request
from components.tasks.graph_questions import GRAPH_TASKS
from components.ui.graphs_samples_closer import closer
from components.ui.graphs_samples_stage import NEXT, stage
from components.ui.links import choice, device_choice, number, switch
from components.ui.live import live

SHARE = "On: one map for all nodes. Off: every node has a map of its own."
POOL = "On: neighbours come together in any order. Off: every neighbour has a place of its own, in the order of node numbers."
TASKS = {"vote": "vote", "molecules": "molecules", "places": "digits"}
TELLS = " ".join(f"**{about.title}**: {about.question} {about.teaches}" for about in GRAPH_TASKS.values())
GATHER = "How neighbours come together where aggregation is on."


def view() -> None:
    """Controls, the stage with its live run, and what can be looked at more closely."""
    if NEXT in st.session_state:  # a click on a node in the run before
        st.session_state["heard"] = st.session_state.pop(NEXT)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        share = switch("**Share** one map", True, "share", SHARE)
        aggregate = switch("**Aggregate** neighbours", True, "aggregate", POOL)
        how = choice("by their", {how: how for how in HOWS}, "sum", "gather", GATHER, shown=aggregate)
        task = choice("Question", TASKS, "vote", "ask", TELLS)
        with st.popover("More", icon=":material/tune:", key="graph-samples-more", on_change="rerun") as more:
            opened = bool(more.open)
            node = number("Ringed node", 1, 16, 3, "heard", "Or click a node.", shown=opened)
            device = device_choice(shown=opened)
    request = live_request(task, how, device)
    networks = 4 * len(request.about.sizes) * request.seeds
    live(
        "graph-samples",
        request,
        partial(graph_sweep, request),
        partial(stage, request, share, aggregate, node),
        label=f"Train these {networks} networks live",
        device=device,
    )
    closer(request, share, aggregate)
