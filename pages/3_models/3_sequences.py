"""A sequence has an order that counts: the same map at every step, and memory or attention between the steps."""

import importlib

import streamlit as st

from components.ui.house import claim
from components.ui.links import choice
from components.ui.sequences_words import SITUATIONS, VIEWS
from components.ui.situations import situations

claim(
    "Sequences",
    "Order matters in time, but the rules are the same at every step. So one map is **shared** by all steps, and a memory or "
    "**attention** carries what came before. How far back, and how well, is what tells the models apart.",
    "Sequence Classification",
)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    view = choice("Look at", VIEWS, next(iter(VIEWS)), "view")
    situations(SITUATIONS)
importlib.import_module(f"components.ui.sequences_{view}").view()
