"""A player of steps: reset, back, play or pause, step, and where it stands, for any picture that moves."""

import time

import streamlit as st

from components.ui.links import from_link, to_link, went_back

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


def advance(name: str, count: int, rate: float, most: int = 1) -> bool:
    """As many steps further as time has passed for at `rate` a second, at most `most`; whether the end is reached. A click in
    between does not hurry it, and the end is for the caller to say."""
    state, now = st.session_state, time.monotonic()
    due = min(int((now - state.get(f"{name}-moved", now)) * rate + 0.4), most)
    if due > 0:
        state[name], state[f"{name}-moved"] = min(int(state[name]) + due, count - 1), now
    return int(state[name]) >= count - 1


def keep(name: str, at: int, first: int = 0) -> None:
    """Write the step into the address while it stands still."""
    if at == first:
        if name in st.query_params:
            del st.query_params[name]
    elif not playing(name) and st.query_params.get(name) != str(at):
        st.query_params[name] = str(at)


def move(name: str, to: int) -> None:
    """Go to a step and stay there."""
    st.session_state[name] = to
    st.session_state[f"{name}-playing"] = False


def _toggle(name: str, count: int) -> None:
    state = st.session_state
    state[f"{name}-playing"] = not playing(name)
    state[f"{name}-moved"] = time.monotonic()
    if playing(name) and state[name] >= count - 1:
        state[name] = 0


def buttons(name: str, at: int, count: int, *, play: str = "Play", end: str = "To the end") -> None:
    """The buttons, each with a key of the keyboard; playing starts and ends with a run of the whole page."""
    on, last = playing(name), count - 1
    row = (
        ("Reset", "first_page", "Z", move, (name, 0), at == 0),
        ("Back", "chevron_left", "B", move, (name, max(0, at - 1)), at == 0),
        ("Pause" if on else play, "pause" if on else "play_arrow", "P", _toggle, (name, count), count < 2),
        ("Step", "chevron_right", "N", move, (name, min(last, at + 1)), at == last),
        (end, "last_page", "E", move, (name, last), at == last),
    )
    for label, icon, key, act, args, off in row:
        pressed = st.button(
            label, icon=f":material/{icon}:", shortcut=key, key=f"{name}-{key}", on_click=act, args=args, disabled=off,
            type="primary" if key == "P" else "secondary",
        )  # fmt: skip
        if pressed and (key == "P" or on):
            st.rerun()


def pace(name: str, paces: dict[str, str], default: str, label: str) -> float:
    """How many steps a second, a control without a visible label: its options say it. The address holds it as `name`."""
    from_link(name, default, lambda text: text if text in paces else None)
    value = st.segmented_control(
        label, list(paces), required=True, format_func=paces.__getitem__, key=name, label_visibility="collapsed"
    )  # fmt: skip
    return float(to_link(name, value or default, default))


def paced(name: str, paces: dict[str, str], default: str) -> float:
    """The pace before its control is drawn."""
    held = str(st.session_state.get(name) or st.query_params.get(name, default))
    return float(held if held in paces else default)
