"""The view "train" of the Graphs page."""

import streamlit as st


def view() -> None:
    """The view."""
    st.info("In the making.")
