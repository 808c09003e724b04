"""The views of the Images page and its named situations."""

import streamlit as st

VIEWS = {
    "samples": "Samples needed",
    "weights": "Weights",
    "filter": "The filter",
    "train": "Watch it learn",
    "inside": "Look inside",
    "depth": "Depth",
    "attention": "Vision transformer",
    "symmetry": "Symmetry",
}


def presets() -> None:
    """Named situations, good and bad."""
    st.empty()
