"""Below the stage of "Compose a model": the formula, a guess, a question, saving and loading, the code."""

import streamlit as st

from components.learn.composed_records import beside
from components.learn.composing import Recipe
from components.models.composition import CNN, MLP
from components.ui.house import theme
from components.ui.links import choice
from components.ui.unified_compose_keep import keep
from components.ui.unified_compose_words import formula

CLOSER = {"predict": "Predict, then check", "keep": "Save and load", "code": "The code that ran"}
QUESTION = "Take the CNN. Which one change makes its answer stay the same when all patches of a picture are put in another order?"
ANSWERS = ("look at each alone instead of a window", "two more layers", "pool by sum instead of maximum")
GUESSES = ("fewer than 4 times", "about 13 times", "about 100 times")


def below(recipe: Recipe) -> None:
    """One of three closer looks."""
    st.latex(formula(recipe.composition, recipe.material.shape, theme()))
    show = choice("Look closer", CLOSER, "predict", "c_look")
    if show == "predict":
        left, right = st.columns(2, gap="large")
        with left:
            guess()
        with right:
            check(recipe)
    else:
        keep(recipe, code=show == "code")


def guess() -> None:
    """Before it is looked up: what sharing and a window save."""
    st.subheader("Predict", anchor=False)
    said = st.radio(
        "The MLP and the CNN both read the same 8 × 8 digits. How many times the CNN's weights does the MLP have?",
        GUESSES, index=None, key="compose-guess",
    )  # fmt: skip
    if said is None:
        return
    from components.learn.composed_model import bare, outline

    counts = [sum(p.weights for p in outline(bare(Recipe(c, "vision", "digit")))) for c in (MLP, CNN)]
    ratio, found = counts[0] / counts[1], beside("vision", "digit")
    right = said == GUESSES[0 if ratio < 8 else 1 if ratio < 40 else 2]
    scores = [f"{name.split()[0]} {k.score[-1]:.3f}" for name, k in found.items() if name.startswith(("Multi", "Conv"))]
    beyond = f" On the test, recorded: {', '.join(scores)}." if scores else ""
    words = f"Counted: {counts[0]:,} against {counts[1]:,} weights, {ratio:.0f} times.{beyond}"
    (st.success if right else st.warning)(words)


def check(recipe: Recipe) -> None:
    """A question whose answer is found by moving a control."""
    st.subheader("Check yourself", anchor=False)
    said = st.radio(QUESTION, ANSWERS, index=None, key="compose-check")
    if said is None:
        return
    if said == ANSWERS[0]:
        st.success("Yes: then nothing knows who stands beside whom. The first row of the measured symmetries falls to rounding.")
    else:
        st.warning("Not that one. Choose CNN, change it, and look at “another order” in the measured symmetries.")
