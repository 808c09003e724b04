"""One view of all architectures: represent every element from its neighbours, aggregate, measure the loss, take a step."""

import importlib

import streamlit as st

from components.ui.house import claim
from components.ui.links import choice
from components.ui.situations import situations
from components.ui.unified_words import SITUATIONS, VIEWS

claim(
    "Unified view",
    "Sets, sequences, pictures and graphs differ in two choices only: **which elements share a map**, and **whom an element "
    "looks at**. Then everything is aggregated, a loss is measured, and the weights take a step downhill.",
    "Unified View of Deep Learning Models",
)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    view = choice("Look at", VIEWS, next(iter(VIEWS)), "view")
    situations(SITUATIONS)
importlib.import_module(f"components.ui.unified_{view}").view()
