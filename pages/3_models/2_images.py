"""A picture shows the same thing wherever it stands: one small filter, shared by all places, then pooling."""

import importlib

import streamlit as st

from components.ui.house import claim
from components.ui.images_words import SITUATIONS, VIEWS
from components.ui.links import choice
from components.ui.situations import situations

claim(
    "Images",
    "A thing stays the same thing wherever it stands. A network that looks through a **small window**, **shares** one filter "
    "among all places and **pools** knows this from the start; any other has to learn it, and pays in weights and samples.",
    "Convolutional Neural Networks",
)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    view = choice("Look at", VIEWS, next(iter(VIEWS)), "view")
    situations(SITUATIONS)
importlib.import_module(f"components.ui.images_{view}").view()
