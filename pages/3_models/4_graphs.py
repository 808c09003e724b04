"""A graph says who is linked to whom: every node hears its neighbours through one shared map, in any order."""

import importlib

import streamlit as st

from components.ui.graphs_words import SITUATIONS, VIEWS
from components.ui.house import claim
from components.ui.links import choice
from components.ui.situations import situations

claim(
    "Graphs",
    "A node is known by the company it keeps. Every node hears its neighbours through one **shared** map and adds them up in any "
    "order; each layer reaches one step further. Without edges this is a set, on a chain a sequence, on a grid a picture.",
    "Graph Neural Networks",
)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    view = choice("Look at", VIEWS, next(iter(VIEWS)), "view")
    situations(SITUATIONS)
importlib.import_module(f"components.ui.graphs_{view}").view()
