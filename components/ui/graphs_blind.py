"""What a graph network cannot tell: two graphs, coloured round by round, and the outputs of all layers beside them."""

import streamlit as st

from components.catalogue import discover
from components.measure.repairs import REPAIRS
from components.tasks.twins import MAKERS
from components.ui.graphs_blind_said import TITLES, TOLD, Pair, pair_of, side
from components.ui.links import select
from components.ui.upload import let_go, refused, uploaded
from components.values import Sample

LARGEST, MARKED = 40, 20  # nodes of a learner's own graphs; nodes up to which every two are marked
PLACES = ("-twin-first", "-twin-second")


def view() -> None:
    """Controls, the player, both graphs beside the measured outputs, readouts, formula, a closer look."""
    from components.ui.graphs_blind_closer import closer
    from components.ui.graphs_blind_stage import formula, stage

    pair, repair = controls()
    stage(pair, repair)
    formula()
    closer(pair, repair)


def controls() -> tuple[Pair, str]:
    """Which pair, and what nodes are told beside their neighbours."""
    graph = discover("modalities", "MODALITY")["graph"]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = select(
            "Two graphs", [*MAKERS, "own"], "twins", 300,
            show=lambda n: "Your own two graphs" if n == "own" else TITLES[n],
        )  # fmt: skip
        repair = select("Nodes are also told", list(REPAIRS), "twinrepair", 300, show=TOLD.__getitem__)
        own: list[Sample | None] = [None, None]
        if name == "own":
            with st.popover("Your two graphs", icon=":material/upload:", key="twins-own"):
                for i, (place, word) in enumerate(zip(PLACES, ("first", "second"), strict=True)):
                    st.markdown(f"**The {word} graph**")
                    own[i] = uploaded(graph, place)
                if any(s is not None for s in own):
                    st.button("Let them go", key="twins-back", on_click=let_go)
    for place in PLACES if name == "own" else ():
        refused(graph, place)
    pair = _own(own) if name == "own" else pair_of(name)
    if repair == "two" and max(len(s.colours) for s in pair.sides) > MARKED:
        st.caption(f":material/info: Every two nodes are marked in graphs of up to {MARKED} nodes; here one is.")
        repair = "one"
    return pair, repair


def _own(found: list[Sample | None]) -> Pair:
    """The learner's two graphs; until both are there, and where one is too large, a bundled pair and why."""
    graphs = [s for s in found if s is not None]
    if len(graphs) < 2:
        st.caption(":material/info: Bring two graphs (edge list, GraphML, SMILES, SDF); until then, these two.")
        return pair_of("triangles")
    large = max(len(s["elements"]) for s in graphs)
    if large > LARGEST or min(len(s["elements"]) for s in graphs) == 0:
        st.caption(f":material/info: Graphs here have 1 to {LARGEST} nodes; yours has {large:,}. So these two.")
        return pair_of("triangles")
    return Pair("own", "Every node is alike at the start; edges count both ways.", tuple(
        side(f"your {word} graph", s["edges"], s["raw"]["positions"], [0] * len(s["elements"]))
        for word, s in zip(("first", "second"), graphs, strict=True)
    ))  # fmt: skip
