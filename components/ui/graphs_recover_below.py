"""Below the stage of "Graphs recover the others": all recoveries at once, what is lost without types, questions, the code."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.scale import SCALES
from components.figures.untyped_spread import spread
from components.learn.recovering import all_recoveries, both, prepared, random_fits, window
from components.learn.recovering_data import Nodes, nodes_of
from components.measure.untyped_fit import untyped_fit
from components.ui.chart import chart, remembered
from components.ui.code import show_code
from components.ui.digest import digest
from components.ui.graphs_recover_code import source
from components.ui.graphs_recover_stage import Solved
from components.ui.graphs_recover_words import KINDS, RECIPES, SPECIAL, Asked, small
from components.ui.house import theme
from components.ui.links import choice

LOOKS = {"all": "All five at once", "fit": "Without types", "predict": "Predict", "check": "Check yourself", "code": "Code"}
EDGES = {
    "set": "none", "sequence": "chain, 2 directions", "picture": "grid, 8 directions",
    "attention": "complete, weights a<sub>ij</sub>", "graph": "bonds, by kind",
}  # fmt: skip
DRAWS, WIDTH, FILTERS = 20, 8, 1000
NAMED = ("blur", "laplacian", "sharpen", "emboss", "edge_horizontal", "edge_vertical")


def below(asked: Asked, found: Solved) -> None:
    """One of five."""
    look = choice("Look closer", LOOKS, "all", "gcloser")
    {"all": everything, "fit": without, "predict": predict, "check": check, "code": code}[look](asked, found)


def everything(asked: Asked, found: Solved) -> None:
    """Every recovery in a table, with random weights."""
    rows = [
        "| Data | Linked how | Nodes | Edges | Layer made for it | Largest difference | Largest output |",
        "|---|---|--:|--:|---|--:|--:|",
    ]
    rows += [
        f"| {KINDS[row.shape]} | {EDGES[row.shape]} | {row.nodes:,} | {row.edges:,} | {SPECIAL[row.shape]} "
        f"| **{small(row.apart)}** | {small(row.largest)} |"
        for row in all_recoveries(DRAWS, WIDTH)
    ]
    st.html("<style>.st-key-recover-table table {font-size: 15px;}</style>")
    with st.container(key="recover-table"):
        st.markdown("\n".join(rows), unsafe_allow_html=True)
    st.caption(
        f"Computed here: one graph layer with {WIDTH} outputs a node, the first sample of each kind, {DRAWS} random draws of all "
        "weights; the largest difference of all draws. An exact 0: both did the same sums in the same order."
    )


def typed_nodes(found: Solved) -> tuple[Nodes, str]:
    """The nodes in front of the learner where they have several types of edges, else the digit."""
    return (found.nodes, "these data") if found.nodes.types > 1 else (nodes_of("picture"), "a handwritten digit")


@lru_cache(maxsize=32)
def _fits(key: str, held: "Held") -> np.ndarray:
    """R^2 of many random filters; `key` tells the data."""
    return random_fits(held.nodes, FILTERS)


class Held:
    """Nodes as an argument that a cache does not look into: the key beside it says what they are."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held)


def without(asked: Asked, found: Solved) -> None:
    """How much of a filter a layer without types can be: many random filters, and those with a name."""
    nodes, where = typed_nodes(found)
    key = digest(nodes.x.numpy(), nodes.k, list(nodes.grid), nodes.shape)
    values = _fits(key, Held(nodes))
    here = None
    if nodes is found.nodes:
        here = untyped_fit(nodes.x.numpy(), nodes.edges.numpy(), found.full.special).r2
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        name = theme().name
        facts = (key, here, name)
        ready = remembered(
            facts, lambda: spread(values, here, scale=SCALES[name]), "recover-spread", height=240,
            alt=f"R² of {FILTERS} random filters, median {np.median(values):.2f}",
        )  # fmt: skip
        chart(ready, "recover-spread")
    with right:
        low, high = np.quantile(values, (0.25, 0.75))
        st.markdown(
            f"{FILTERS:,} filters of random numbers on {where}: the best layer with one W for all neighbours explains "
            f"**{np.median(values):.0%}** of the output (median; half of the filters {low:.0%} to {high:.0%})."
        )
        st.markdown(
            "It only gets the **sum** of the neighbours. A filter with equal weights around the middle needs no more: R² = 1. "
            "Where left and right have opposite weights, the sum cancels them: R² ≈ 0."
        )
        if nodes.shape == "graph":
            free = 2 * nodes.x.shape[1] + 1
            st.caption(f"Only {len(nodes.x)} atoms, and {free} numbers to fit them with: R² flatters here.")
        else:
            weights = nodes.types + 1
            st.caption(
                f"Smooth data flatter it, neighbours being alike. On noise the mean is 2 of {weights} weights: {2 / weights:.2f}."
            )


@lru_cache(maxsize=1)
def named_fits() -> dict[str, float]:
    """R^2 of the filters with a name, on the digit."""
    found = {}
    for recipe in NAMED:
        nodes = nodes_of("picture", k=window(recipe))
        y = both(nodes, prepared(nodes, recipe)).special
        found[recipe] = untyped_fit(nodes.x.numpy(), nodes.edges.numpy(), y).r2
    return found


def predict(asked: Asked, found: Solved) -> None:
    """A guess, beside what was measured."""
    guess = st.pills(
        "**Predict first.** One W for all neighbours, and W₀ for the pixel itself. Which filter on the digit can it still be, "
        "exactly?", NAMED, format_func=RECIPES["picture"].__getitem__, key="recover-guess",
    )  # fmt: skip
    if guess:
        fits = named_fits()
        told = ", ".join(f"{RECIPES['picture'][n]} **{r2:.2f}**" for n, r2 in fits.items())
        right = "Right." if guess == "blur" else f"Measured, {RECIPES['picture'][guess]}: R² = {fits[guess]:.2f}."
        st.markdown(
            f"{right} Only the blur has the same weight for every neighbour. R² of all: {told}. "
            "The Laplacian comes near: its neighbours weigh 1 or 0, but opposite ones weigh the same."
        )


def check(asked: Asked, found: Solved) -> None:
    """A question that the controls answer."""
    st.markdown(
        "**Check yourself.** Switch *Typed edges* off on the picture, and find weights that come out right all the same, up to "
        "rounding. What do these weights have in common?"
    )
    if found.fit is None:
        st.info("Typed edges are on." if asked.shape == "picture" else "Choose the picture, and switch *Typed edges* off.")
    elif found.fit.r2 > 1 - 1e-9 and asked.shape == "picture":
        st.success("R² = 1: all neighbours have the same weight, so the sum of the neighbours is all there is to know.")
    else:
        st.info(f"Here R² = {found.fit.r2:.2f}.")


def code(asked: Asked, found: Solved) -> None:
    """The layer, and one file that computes both outputs."""
    from components.measure.untyped_fit import untyped_fit as fit
    from components.models.lattices import lattice
    from components.models.relation_layer import RelationLayer

    focus: list[object] = [RelationLayer.forward, *([lattice] if found.nodes.grid else []), *([] if asked.typed else [fit])]
    show_code(source(asked.shape, found.nodes, found.layer, asked.typed), f"graph_is_{asked.shape}.py", focus=focus)
