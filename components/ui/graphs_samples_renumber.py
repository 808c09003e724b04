"""Renumbering the nodes, below the stage of the view "Samples needed": does the answer follow, for each of the four networks?"""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.learning_curves import ARCHITECTURES, NAMES
from components.figures.renumbered import answers_of_all, two_numberings, written
from components.figures.scale import SCALES
from components.learn.graph_summary import Renumbering, renumbering
from components.tasks.graph_questions import named_atoms
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.links import choice, pick

NAMED_ONES = {name: name for name in ("aspirin", "caffeine", "ethanol")}
COUNT, LOW = 20, 330


@lru_cache(maxsize=16)
def asked(name: str) -> tuple[Renumbering, ...]:
    """One molecule under all renumberings, for the four kept networks."""
    from components.learn.device import settle

    settle()
    return tuple(renumbering(named_atoms(name)[0], *kind, COUNT) for kind in ARCHITECTURES)


def differences(found: Renumbering) -> tuple[float, float]:
    """The largest |f(Px) - P f(x)| over atoms, and the largest |f(Px) - f(x)| of the whole molecule's answer."""
    return float(np.abs(found.after - found.before).max()), float(np.abs(found.p - found.p[0]).max())


@lru_cache(maxsize=256)
def drawings(name: str, share: bool, aggregate: bool, shown: int, colours: str) -> Picture:
    """P f(x) and f(Px), atom by atom."""
    _, places, bonds, letters = named_atoms(name)
    found, k = asked(name)[ARCHITECTURES.index((share, aggregate))], len(letters)
    new = np.argsort(found.order[shown])[:k] + 1
    titles = [
        f"<b>P f(x)</b><br>p(yes) = {found.p[0]:.3f}",
        f"<b>f(Px)</b><br>p(yes) = {found.p[shown]:.3f}",
    ]
    figure = two_numberings(
        places, bonds, letters, [found.before[:k], found.after[shown, :k]], [new, new], titles, scale=SCALES[colours], height=LOW
    )
    return picture(figure, "two-numberings", height=LOW, alt=f"{name}: what each atom adds, before and after renumbering")


@lru_cache(maxsize=256)
def dots(name: str, share: bool, aggregate: bool, shown: int, colours: str) -> Picture:
    """The answers of all four networks under all renumberings."""
    found = asked(name)
    figure = answers_of_all(
        np.stack([f.p for f in found]), [differences(f)[0] for f in found], (share, aggregate), shown, scale=SCALES[colours],
        height=LOW,
    )  # fmt: skip
    said = "; ".join(f"{NAMES[kind]} {differences(f)[1]:.1g}" for kind, f in zip(ARCHITECTURES, found, strict=True))
    return picture(figure, "renumbered-answers", height=LOW, alt=f"Largest change of p: {said}")


def renumber(share: bool, aggregate: bool) -> None:
    """One molecule under a random renumbering: both orders of asking and renumbering, and the answers under all of them."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        name = choice("Molecule", NAMED_ONES, "aspirin", "molecule")
        shown = pick("Random renumbering", range(COUNT + 1), 2, "renumbering", lambda n: f"number {n}" if n else "none")
    found = asked(name)[ARCHITECTURES.index((share, aggregate))]
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        chart(drawings(name, share, aggregate, shown, theme().name), "two-numberings")
    with right:
        chart(dots(name, share, aggregate, shown, theme().name), "renumbered-answers")
    atoms, whole = differences(found)
    exact = share and aggregate
    law = "equivariant atom by atom, invariant as a whole" if exact else "the numbers that a file happens to give decide"
    st.markdown(
        f"Largest |f(Px) − P f(x)| over atoms and {COUNT} renumberings: **{written(atoms)}**; largest change of p: "
        f"**{written(whole)}**: {law}."
    )
    st.caption(
        "Left first asked, then renumbered; right first renumbered, then asked. "
        "Colour: what an atom adds to the log odds of “log P > 2” (blue adds, orange takes away). Names at the right: largest "
        "|f(Px) − P f(x)| over the atoms. Recorded networks, sum where they aggregate, trained on 256 molecules. Every training "
        "molecule was renumbered at random too: files number atoms along the skeleton, and a map for each number would read that."
    )
