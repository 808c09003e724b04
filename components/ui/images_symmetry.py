"""The view on symmetry: a classification stays when the picture moves, a segmentation moves along; both measured."""

from functools import partial

import numpy as np
import streamlit as st

from components.learn.segmenting import KINDS, study_run
from components.learn.symmetry_table import AMOUNTS
from components.tasks.digits import as_digit
from components.tasks.masks import resized, scene
from components.tasks.mnist import MNIST_SIDE, mnist_example
from components.ui.images_picture import chosen_picture
from components.ui.images_symmetry_more import closer
from components.ui.images_symmetry_stage import stage
from components.ui.images_symmetry_words import ACTIONS, AIMS, NETWORKS, START, Asked, spoken
from components.ui.links import choice, from_link, pick, select, switch
from components.ui.live import live
from components.values import Frame

DIGITS = {str(n): str(n) for n in range(10)} | {"own": "The picture below"}


def view() -> None:
    """Controls, the two ways through the diagram, a live training, and what is to be found below."""
    asked, x = controls()

    def draw(frames: list[Frame]) -> None:
        stage(asked, x, frames)

    live("symmetry", asked.study, partial(study_run, asked.study), draw, label="Train this network")
    closer(asked, x)


def controls() -> tuple[Asked, np.ndarray]:
    """Six controls in a row; the picture is `(28, 28, 1)` to be classified, `(48, 48, 3)` to be segmented."""
    places = st.columns([1.85, 1.3, 1.0, 1.6, 1.4, 3.05], vertical_alignment="bottom", gap="small")
    with places[0]:
        aim = choice("What", AIMS, "classify", "aim", "Classify: which digit? Segment: which pixels are the digit?")
    with places[1]:
        action = select("Action g", list(ACTIONS), "action", show=ACTIONS.__getitem__)
    with places[2]:
        amounts = AMOUNTS[action]
        amount = pick("Amount", amounts, START[action], "amount", lambda a: spoken(action, a))
    with places[3]:
        network = select("Network f", KINDS[aim], "netkind", default="usual", show=NETWORKS.__getitem__)
    with places[4]:
        averaged = switch("Averaged", False, "averaged", "Average the network over the four turns and their mirror images.")
    with places[5]:
        x = picture(aim)
    return Asked(aim, action, amount, network, averaged), x


def picture(aim: str) -> np.ndarray:
    """The digit to be classified, or that digit written onto the picture that all views share."""
    if aim == "segment":
        from_link("thing", "6", lambda text: text if text in DIGITS else None)
        thing = st.session_state["thing"]
        raw = np.asarray(chosen_picture()["raw"], np.float32)
        ink = mnist_example(6 if thing == "own" else int(thing)) / 255
        return scene(resized(raw), ink)[0]
    thing = select("Digit", list(DIGITS), "thing", default="6", show=DIGITS.__getitem__)
    if thing != "own":
        return mnist_example(int(thing))[..., None].astype(np.float32) / 255
    grey = np.asarray(chosen_picture("mnist-7")["raw"], np.float32).mean(-1)
    return as_digit(grey, MNIST_SIDE, 20)[..., None].astype(np.float32)
