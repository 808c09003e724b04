"""The modality profile: six measured dimensions of any two samples, side by side."""

import streamlit as st

from components.ui import profile_sides as sides
from components.ui import profile_views as views
from components.ui.house import claim
from components.ui.links import choice, only
from components.ui.profile_code import code
from components.ui.profile_noise import laboratory
from components.ui.profile_parts import check_yourself, guess, lesson, situations
from components.ui.profile_relevance import asked, mattering

claim(
    "Profile",
    "Modalities differ: in what their elements are, how often they come, how they hang together, what they tell, how they fail "
    "and what matters. Six measurements of two samples.",
    "Modality Profile",
)
for_left, for_right = st.columns(2, gap="medium")
with for_left:
    left = sides.side("left")
with for_right:
    right = sides.side("right")
pair = (left, right)
LOOKS = {"card": "Card"} | {n: d.title.replace("Element ", "").capitalize() for n, d in sides.dimensions().items()}
LOOKS |= {"laboratory": "Noise laboratory"}
if (wanted := st.session_state.pop("wanted view", None)) is not None:
    st.session_state["show"] = wanted
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    show = choice("Look at", LOOKS, "card", "show")
    situations()
things, shown = st.columns([0.31, 0.69], gap="medium")
with things:
    for one in pair:
        sides.met(one)
with shown:
    if show == "laboratory":
        laboratory(pair)
    else:
        profiles = (asked(left, sides.profile(left)), asked(right, sides.profile(right)))
        if show == "card":
            views.card(pair, profiles)
            guess(pair, profiles)
        if show == "relevance":
            for one in pair:
                st.subheader(one.name, anchor=False)
                mattering(one)
        if show != "card":
            views.dimension(show, pair, profiles)
            lesson(show)
code(show)
check_yourself()
only(sides.keys(pair))
