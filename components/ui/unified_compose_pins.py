"""Curves the learner keeps: up to six finished runs, in the session and, where they fit, in the link."""

import base64
import json
import zlib
from typing import Any, NamedTuple

import streamlit as st

from components.learn.composed_file import read
from components.learn.composing import Recipe
from components.models.composition import as_text
from components.ui.links import went_back
from components.values import BadInput

MOST, LONGEST, PACKED, NAME = 6, 1800, 20_000, 32
"""Curves kept; letters of the link they may take; bytes they may unpack to; letters of a name."""
HELD, KEY = "compose-pins", "c_pins"


class Pin(NamedTuple):
    """One finished run."""

    name: str
    recipe: Recipe
    weights: int
    seconds: float
    tested: int
    score: tuple[float, ...]  # on the way, at equal distances; the last on the whole test
    linked: bool = False  # it came with a link and was not run in this session


def encoded(pins: list[Pin]) -> str:
    """The pins as letters of a link."""
    rows = [
        [p.name, as_text(p.recipe.composition), p.recipe.modality, p.recipe.task, p.recipe.size, p.recipe.steps, p.weights,
         round(p.seconds, 1), p.tested, [round(1000 * v) for v in p.score]]
        for p in pins
    ]  # fmt: skip
    packed = zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decoded(text: str) -> list[Pin]:
    """The pins in a link; what is not one of ours is left out."""
    try:
        if len(text) > LONGEST:
            return []
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        rows = json.loads(zlib.decompressobj().decompress(packed, PACKED))
    except (ValueError, zlib.error, RecursionError):
        return []
    return [pin for pin in (_pin(row) for row in (rows[:MOST] if isinstance(rows, list) else [])) if pin is not None]


def _pin(row: Any) -> Pin | None:
    """One row of a link, checked."""
    try:
        name, composition, modality, task, size, steps, weights, seconds, tested, score = row
        found = {"composition": composition, "modality": modality, "task": task, "size": size, "steps": steps}
        recipe = read(json.dumps(found))
        values = tuple(max(-1.0, min(1.0, float(v) / 1000)) for v in score[:61])
        whole = all(type(v) is int and 0 <= v < 10**8 for v in (weights, tested))
        if not whole or not values or not isinstance(name, str) or not 0 <= float(seconds) < 1e5:
            return None
        return Pin(name[:NAME], recipe, weights, float(seconds), tested, values, True)
    except (ValueError, TypeError, KeyError, BadInput, OverflowError):
        return None


def pins() -> list[Pin]:
    """The curves kept so far."""
    state = st.session_state
    if HELD not in state or went_back():
        state[HELD] = [tuple(pin) for pin in decoded(st.query_params.get(KEY, ""))]
    return [Pin(*row) for row in state[HELD]]


def store(found: list[Pin]) -> None:
    """Keep these, in the session and, where it is short enough, in the link."""
    st.session_state[HELD] = [tuple(pin) for pin in found]
    text = encoded(found) if found else ""
    if text and len(text) <= LONGEST:
        st.query_params[KEY] = text
    elif KEY in st.query_params:
        del st.query_params[KEY]


def keep(pin: Pin) -> None:
    """Add one; of the same recipe only the newest, a name that is taken gets a number."""
    others = [p for p in pins() if p.recipe != pin.recipe]
    taken, name, count = {p.name for p in others}, pin.name, 2
    while name in taken:
        name, count = f"{pin.name} {count}", count + 1
    store([*others, pin._replace(name=name)][-MOST:])


def remove(recipe: Recipe) -> None:
    """Let one go."""
    store([p for p in pins() if p.recipe != recipe])


def row(own: Recipe) -> None:
    """The kept curves as buttons that let them go; those of other data say so."""
    found = pins()
    if not found:
        return
    with st.container(horizontal=True, gap="small", key="compose-pins-row"):
        for i, pin in enumerate(found):
            other = (pin.recipe.modality, pin.recipe.task) != (own.modality, own.task)
            words = f"{pin.name} · {pin.score[-1]:.3f}" + (f" · {pin.recipe.task}" if other else "")
            tip = f"{pin.weights:,} weights, {pin.seconds:.1f} s, tested on {pin.tested}. Click: let this curve go." + (
                " It came with the link and was not run here." if pin.linked else ""
            )
            st.button(words, key=f"compose-unpin-{i}", icon=":material/close:", help=tip, on_click=remove, args=(pin.recipe,))
    if KEY not in st.query_params:
        st.caption("These curves are too long for the link: they stay in this session only.")
