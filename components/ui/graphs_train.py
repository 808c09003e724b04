"""The view "Train it here" of the Graphs page: a node, a link or a whole molecule, learnt in front of the learner."""

import streamlit as st

from components.ui import graphs_train_links, graphs_train_molecules, graphs_train_nodes
from components.ui.graphs_train_words import ASKS
from components.ui.links import select

PARTS = {"node": graphs_train_nodes, "link": graphs_train_links, "molecule": graphs_train_molecules}


def view() -> None:
    """What is asked and its controls in one row; then the part that shows it."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        ask = select("Asked", list(ASKS), "trainask", 205, show=ASKS.__getitem__)
        asked = PARTS[ask].controls()
    PARTS[ask].show(asked)
