"""The player of the view "Generate": how many tokens are written, and the buttons and keys that write more."""

import time

import streamlit as st

from components.ui.links import from_link, to_link, went_back

PACES = {"2": "2 / s", "6": "6 / s", "15": "15 / s"}
TICK = 0.25  # seconds between two looks at most: at a faster pace several tokens come at once


def position(opened: int, most: int) -> int:
    """How many tokens are written, from the session or the address."""
    state = st.session_state
    if "genlength" not in state or went_back():
        text = st.query_params.get("genlength", "")
        state["genlength"] = int(text[:4]) if text.isdecimal() else opened
    state["genlength"] = max(0, min(int(state["genlength"]), most))
    return int(state["genlength"])


def move(to: int) -> None:
    """Go to a length and stay there."""
    st.session_state["genlength"] = to
    st.session_state["gen-playing"] = False


def toggle(most: int) -> None:
    """Write on, from the start where the end is reached; or pause."""
    playing = st.session_state["gen-playing"] = not st.session_state.get("gen-playing", False)
    st.session_state["gen-moved"] = time.monotonic()
    if playing and st.session_state["genlength"] >= most:
        st.session_state["genlength"] = 0


def tick(most: int, pace: float) -> bool:
    """As many tokens further as time has passed for; whether the end is reached."""
    state, now = st.session_state, time.monotonic()
    due = int((now - state.get("gen-moved", now)) * pace + 0.2)
    if due:
        state["genlength"] = min(state["genlength"] + min(due, 8), most)
        state["gen-moved"] = now
    return bool(state["genlength"] >= most)


def buttons(at: int, most: int) -> None:
    """Reset, back, play or pause, step, to the end."""
    playing = st.session_state.get("gen-playing", False)
    row = (
        ("Reset", "first_page", "Z", move, (0,), at == 0),
        ("Back", "chevron_left", "B", move, (max(0, at - 1),), at == 0),
        ("Pause" if playing else "Write", "pause" if playing else "play_arrow", "P", toggle, (most,), False),
        ("Step", "chevron_right", "N", move, (min(most, at + 1),), at == most),
        ("To the end", "last_page", "E", move, (most,), at == most),
    )
    for name, icon, key, act, args, off in row:
        pressed = st.button(
            name, icon=f":material/{icon}:", shortcut=key, key=f"gen-{key}", on_click=act, args=args, disabled=off,
            type="primary" if key == "P" else "secondary",
        )  # fmt: skip
        if pressed and (key == "P" or playing):
            st.rerun()  # the whole page: it alone starts and ends the ticking


def known_pace(text: str) -> str | None:
    """A pace as the address may say it."""
    return text if text in PACES else None


def pace_control() -> float:
    """How many tokens a second; its options say what it is."""
    from_link("genpace", "6", known_pace)
    value = st.segmented_control(
        "Tokens a second", list(PACES), required=True, format_func=PACES.__getitem__, key="genpace", label_visibility="collapsed"
    )
    return float(to_link("genpace", value or "6", "6"))
