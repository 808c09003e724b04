"""The view "recover" of the Graphs page: one graph layer is the layer of a set, a sequence, a picture, and attention."""

import numpy as np
import streamlit as st

from components.learn.device import settle
from components.learn.recovering_data import DATA as KNOWN
from components.learn.recovering_data import SENTENCE
from components.ui.graphs_recover_below import below
from components.ui.graphs_recover_stage import Solved, solved, stage
from components.ui.graphs_recover_words import DATA, KINDS, RECIPES, Asked
from components.ui.images_picture import chosen_picture
from components.ui.links import choice, select, switch
from components.ui.sequences_text import chosen_sentence
from components.values import BadInput

TYPED = ("sequence", "picture", "graph")
"""Kinds of graphs that have more than one type of edge."""


def view() -> None:
    """Controls, both layers on the stage, and what is to be found below."""
    settle()
    asked = controls()
    try:
        found: Solved = solved(asked)
    except BadInput as error:
        st.info(str(error), icon=":material/info:")
        return
    stage(asked, found)
    below(asked, found)


def controls() -> Asked:
    """Four controls in one row."""
    places = st.columns([4.1, 1.7, 1.65, 3.25], vertical_alignment="bottom", gap="small")
    with places[0]:
        shape = choice("The graph is", KINDS, "picture", "shape", "The same layer every time; only the edges change.")
    with places[3]:
        name, own, about = data(shape)
    with places[1]:
        recipe = select("Weights", list(RECIPES[shape]), "recipe", show=RECIPES[shape].__getitem__)
    with places[2]:
        typed = switch(
            "Typed edges", True, "typed",
            "On: a W for every type of edge (direction, kind of bond). Off: one W for all neighbours.",
            shown=shape in TYPED,
        )  # fmt: skip
    return Asked(shape, name, recipe, typed or shape not in TYPED, own, about)


def data(shape: str) -> tuple[str, np.ndarray | None, str]:
    """The sample: its name or the sentence; for a picture its greys and where they are from."""
    if shape == "picture":
        sample = chosen_picture("mnist-5", key="gpicture")
        return "", np.asarray(sample["raw"], np.float32).mean(-1), str(sample["about"])
    if shape == "attention":
        return chosen_sentence(SENTENCE, key="gsentence"), None, ""
    return select("Data", KNOWN[shape], "gdata", 170, show=DATA.__getitem__), None, ""
