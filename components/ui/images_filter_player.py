"""The player of "The filter": where it stands, and the buttons and keys that move it."""

import time

import streamlit as st

from components.ui.links import from_link, to_link, went_back

PACES = {"1": "1 / s", "3": "3 / s", "8": "8 / s"}


def position(count: int, middle: int) -> int:
    """The place reached, from the session or the address; kept at the same share when the number of places changes."""
    state = st.session_state
    if "at" not in state or went_back():
        text = st.query_params.get("at", "")
        state["at"] = int(text[:6]) if text.isdecimal() else middle
    elif state.get("filter-count", count) != count:
        state["at"] = state["at"] * count // state["filter-count"]
    state["filter-count"] = count
    state["at"] = max(0, min(int(state["at"]), count - 1))
    return int(state["at"])


def move(to: int) -> None:
    """Go to a place and stay there."""
    st.session_state["at"] = to
    st.session_state["filter-playing"] = False


def toggle(count: int) -> None:
    """Play, from the beginning where the end is reached; or pause."""
    playing = st.session_state["filter-playing"] = not st.session_state.get("filter-playing", False)
    st.session_state["filter-moved"] = time.monotonic()
    if playing and st.session_state["at"] >= count - 1:
        st.session_state["at"] = 0


def tick(count: int, pace: float) -> bool:
    """One place further if it is time; whether the end is reached. A click in between does not hurry it."""
    now = time.monotonic()
    if now - st.session_state.get("filter-moved", 0.0) >= 0.6 / pace:
        st.session_state["at"] = min(st.session_state["at"] + 1, count - 1)
        st.session_state["filter-moved"] = now
    return st.session_state["at"] >= count - 1


def buttons(at: int, count: int) -> None:
    """Reset, back, play or pause, step, fill."""
    playing = st.session_state.get("filter-playing", False)
    last = count - 1
    row = (
        ("Reset", "first_page", "Z", move, (0,), at == 0),
        ("Back", "chevron_left", "B", move, (max(0, at - 1),), at == 0),
        ("Pause" if playing else "Play", "pause" if playing else "play_arrow", "P", toggle, (count,), count < 2),
        ("Step", "chevron_right", "N", move, (min(last, at + 1),), at == last),
        ("Fill to the end", "last_page", "E", move, (last,), at == last),
    )
    for name, icon, key, act, args, off in row:
        pressed = st.button(
            name, icon=f":material/{icon}:", shortcut=key, key=f"filter-{key}", on_click=act, args=args, disabled=off,
            type="primary" if key == "P" else "secondary",
        )  # fmt: skip
        if pressed and (key == "P" or playing):
            st.rerun()  # the whole page: it alone starts and ends the ticking


def known_pace(text: str) -> str | None:
    """A pace as the address may say it."""
    return text if text in PACES else None


def pace_control() -> float:
    """How many places a second, without a label: its options say it."""
    from_link("fpace", "3", known_pace)
    value = st.segmented_control(
        "Places a second", list(PACES), required=True, format_func=PACES.__getitem__, key="fpace", label_visibility="collapsed"
    )
    return float(to_link("fpace", value or "3", "3"))
