"""To be written."""

import streamlit as st


def view() -> None:
    """This view."""
    st.write("generate")
