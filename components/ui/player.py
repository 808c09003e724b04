"""A player of steps: reset, back, play or pause, step, and where it stands, for any picture that moves."""

import time

import streamlit as st

from components.ui.links import went_back

PACE = 0.4  # seconds between two steps, at least


def position(name: str, count: int, first: int = 0) -> int:
    """The step reached, from the session or the address (`name`), within the steps there are."""
    state = st.session_state
    if name not in state or went_back():
        text = st.query_params.get(name, "")
        state[name] = int(text[:6]) if text.isdecimal() else first
    state[name] = max(0, min(int(state[name]), count - 1))
    return int(state[name])


def playing(name: str) -> bool:
    """Whether it runs by itself now."""
    return bool(st.session_state.get(f"{name}-playing", False))


def tick(name: str, count: int) -> None:
    """One step further, if it plays and it is time; it stops by itself at the end."""
    state, now = st.session_state, time.monotonic()
    if playing(name) and now - state.get(f"{name}-moved", 0.0) >= PACE:
        state[name], state[f"{name}-moved"] = min(int(state[name]) + 1, count - 1), now
        if state[name] >= count - 1:
            state[f"{name}-playing"] = False
            st.rerun()


def keep(name: str, at: int, first: int = 0) -> None:
    """Write the step into the address while it stands still."""
    if at == first:
        if name in st.query_params:
            del st.query_params[name]
    elif not playing(name) and st.query_params.get(name) != str(at):
        st.query_params[name] = str(at)


def _go(name: str, to: int) -> None:
    st.session_state[name] = to
    st.session_state[f"{name}-playing"] = False


def _toggle(name: str, count: int) -> None:
    state = st.session_state
    state[f"{name}-playing"] = not playing(name)
    state[f"{name}-moved"] = time.monotonic()
    if playing(name) and state[name] >= count - 1:
        state[name] = 0


def buttons(name: str, at: int, count: int) -> None:
    """The buttons, each with a key of the keyboard; playing starts and ends with a run of the whole page."""
    on, last = playing(name), count - 1
    row = (
        ("Reset", "first_page", "Z", _go, (name, 0), at == 0),
        ("Back", "chevron_left", "B", _go, (name, max(0, at - 1)), at == 0),
        ("Pause" if on else "Play", "pause" if on else "play_arrow", "P", _toggle, (name, count), count < 2),
        ("Step", "chevron_right", "N", _go, (name, min(last, at + 1)), at == last),
        ("To the end", "last_page", "E", _go, (name, last), at == last),
    )
    for label, icon, key, act, args, off in row:
        pressed = st.button(
            label, icon=f":material/{icon}:", shortcut=key, key=f"{name}-{key}", on_click=act, args=args, disabled=off,
            type="primary" if key == "P" else "secondary",
        )  # fmt: skip
        if pressed and (key == "P" or on):
            st.rerun()
