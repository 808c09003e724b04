"""The view "symmetry" of the Unified page."""

import streamlit as st


def view() -> None:
    """The view."""
    st.info("In the making.")
