"""The stage of "Heads of a real model": the sheet of all heads, one head large, and which of them is looked at."""

from contextlib import nullcontext
from functools import lru_cache

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.figures.attention_lines import attention_heat, attention_lines, room
from components.figures.heads import head_sheet
from components.figures.scale import SCALES
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.links import from_link, number, to_link
from components.ui.sequences_heads_words import ROLES, labels

HEIGHT, NEXT, TOKEN = 420, "head-next", "htoken"
Names = dict[tuple[int, int], tuple[str, float]]


def chosen_head(layers: int, heads: int, first: tuple[int, int], *boxes: DeltaGenerator) -> tuple[int, int]:
    """Layer and head from 0, by two boxes (in these places, else here), or by the click of the run before."""
    if NEXT in st.session_state:  # a widget's value can only be set before it is drawn
        st.session_state["hlayer"], st.session_state["hhead"] = st.session_state.pop(NEXT)
    found = []
    for i, (name, most) in enumerate((("Layer", layers), ("Head", heads))):
        key = f"h{name.lower()}"
        if key in st.session_state and not 1 <= st.session_state[key] <= most:  # left over from a larger model
            st.session_state[key] = first[i]
        with boxes[i] if boxes else nullcontext():
            found.append(number(name, 1, most, first[i], key) - 1)
    return found[0], found[1]


def show(layer: int, head: int) -> None:
    """Look at this head from the next run on (layer and head from 0)."""
    st.session_state[NEXT] = layer + 1, head + 1


def asking(tokens: tuple[str, ...], usual: int | None) -> int | None:
    """The token whose lines are drawn: the clicked one, all, or the usual one where nothing was clicked."""
    from_link(TOKEN, "", lambda text: text if text == "all" or (text.isascii() and text.isdecimal() and len(text) < 4) else None)
    held = st.session_state[TOKEN]
    if held.isdecimal() and int(held) >= len(tokens):
        held = st.session_state[TOKEN] = ""
    to_link(TOKEN, held, "")
    return usual if held == "" else None if held == "all" else int(held)


def sheet(weights: np.ndarray, tokens: tuple[str, ...], at: tuple[int, int], names: Names, facts: object) -> None:
    """All heads, wide, and in two rows a layer on a phone; a click chooses one."""
    heads = weights.shape[1]
    for key, across in (("card", heads), ("card-narrow", min(6, heads))):
        with st.container(key=key):
            shown = _sheet(_Held(weights, names, facts), at, across, key != "card", theme().name)
            clicked = chart(shown, f"heads-{across}{key[4:]}-{heads}", click=True)
        if clicked and str(clicked.get("customdata", "")).startswith("h"):
            row, column = str(clicked["customdata"])[1:].split(".")
            show(int(row), int(column))
            st.rerun()


class _Held:
    """Arrays that come with what they were computed from, so that they can be looked up by it."""

    def __init__(self, weights: np.ndarray, names: Names, facts: object) -> None:
        self.weights, self.names, self.facts = weights, names, facts

    def __hash__(self) -> int:
        return hash(self.facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.facts == other.facts


@lru_cache(maxsize=64)
def _sheet(held: _Held, at: tuple[int, int], across: int, short: bool, colours: str) -> Picture:
    layers, heads = held.weights.shape[:2]
    words = [[_hover(i, j, held.names) for j in range(heads)] for i in range(layers)]
    rows = layers * heads // across
    height = HEIGHT if heads > 4 else 205
    if across < heads:
        height = 52 * rows
    scale = SCALES[colours]
    figure = head_sheet(
        held.weights, at, labels(held.names, scale), words, across=across, short=short, scale=scale, height=height
    )
    alt = f"All {layers} times {heads} heads as small maps; layer {at[0] + 1}, head {at[1] + 1} is chosen"
    return picture(figure, f"heads-{across}", height=height, click=True, alt=alt)


def _hover(layer: int, head: int, names: Names) -> str:
    role = names.get((layer, head))
    return f"layer {layer + 1}, head {head + 1}" + (f"<br>{ROLES[role[0]]}: {role[1]:.2f}" if role else "")


def one_head(
    weights: np.ndarray, tokens: tuple[str, ...], asks: int | None, how: str, kept: tuple[int, ...], facts: object
) -> None:
    """The chosen head as lines or matrix, of the tokens that are kept; a click on a token shows its lines alone."""
    clicked = chart(_one(_Held(weights, {}, (facts, tokens)), tokens, asks, how, kept, theme().name), f"head-{how}", click=True)
    if clicked and str(clicked.get("customdata", "")).startswith("t"):
        place = kept[int(str(clicked["customdata"])[1:])]
        st.session_state[TOKEN] = "all" if place == asks else str(place)
        st.rerun()


@lru_cache(maxsize=64)
def _one(held: _Held, tokens: tuple[str, ...], asks: int | None, how: str, kept: tuple[int, ...], colours: str) -> Picture:
    names = [tokens[i] for i in kept]
    seen = held.weights[np.ix_(kept, kept)]
    place = kept.index(asks) if asks in kept else None
    height = room(len(kept), HEIGHT)
    draw = attention_lines if how == "lines" else attention_heat
    figure = draw(names, seen, place, scale=SCALES[colours], height=height)
    if place is None:
        alt = f"One head's attention among {len(kept)} tokens, as {how}"
    else:
        alt = f"{names[place]} looks most at {names[int(seen[place].argmax())]}: {seen[place].max():.2f}"
    return picture(figure, f"head-{how}", height=height, click=True, alt=alt)
