"""Navigation only: a folder of pages/ is a part of the lecture, a file is a page, the file's name is its address."""

import streamlit as st

from components.ui.house import open_house, parts, turn

with turn():
    open_house()
    st.navigation(parts()).run()
