"""Controls whose state is in the address, so that every state of a page is a link.

Streamlit can bind widgets to the address itself, but writes the displayed title of an option, and misses a click that falls
into a running script. Here the script writes the short name, in every run, so the address always tells the state.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T")


def went_back() -> bool:
    """Whether this run was asked for by the browser's Back or Forward; then the address leads, and the widgets follow."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def from_link(key: str, default: T, read: Callable[[str], T | None]) -> None:
    """Give a widget its first value from the address, and another one on Back or Forward; what cannot be read is the default."""
    if key not in st.session_state or went_back():
        text = st.query_params.get(key)
        value = None if text is None else read(text)
        st.session_state[key] = default if value is None else value


def to_link(key: str, value: T, default: T) -> T:
    """Write a widget's value into the address; the default is left out."""
    if value == default:
        if key in st.query_params:
            del st.query_params[key]
    elif st.query_params.get(key) != (text := str(value).lower() if isinstance(value, bool) else str(value)):
        st.query_params[key] = text
    return value


def unseen(key: str, default: T, read: Callable[[str], T | None]) -> T:
    """The value of a control that is not drawn now (its popover is closed): it costs nothing, and still has its state."""
    text = st.query_params.get(key)
    held = key in st.session_state and not went_back()
    found = st.session_state[key] if held else None if text is None else read(text)
    return to_link(key, default if found is None else found, default)


def choice(label: str, options: dict[str, str], default: str, key: str, tip: str | None = None, *, shown: bool = True) -> str:
    """One of a few named options, side by side; the address holds the name, the page shows the title."""

    def read(text: str) -> str | None:
        return text if text in options else None

    if not shown:
        return unseen(key, default, read)
    from_link(key, default, read)
    if st.session_state[key] not in options:  # left over from a choice of the same name elsewhere
        st.session_state[key] = default
    value = st.segmented_control(
        label, list(options), required=True, format_func=options.__getitem__, key=key, help=tip
    )  # fmt: skip
    return to_link(key, value if value in options else default, default)


def switch(label: str, default: bool, key: str, tip: str | None = None, *, shown: bool = True) -> bool:
    """A toggle; the address holds true or false."""
    read = {"true": True, "false": False}.get
    if not shown:
        return unseen(key, default, read)
    from_link(key, default, read)
    return to_link(key, st.toggle(label, key=key, help=tip), default)


def number(label: str, low: int, high: int, default: int, key: str, tip: str | None = None, *, shown: bool = True) -> int:
    """A whole number within bounds."""

    def read(text: str) -> int | None:
        return int(text) if text.isdecimal() and low <= int(text[:6]) <= high else None

    if not shown:
        return unseen(key, default, read)
    from_link(key, default, read)
    return to_link(key, int(st.number_input(label, low, high, key=key, help=tip)), default)


def pick(
    label: str,
    values: Sequence[T],
    default: T,
    key: str,
    show: Callable[[T], str] = str,
    tip: str | None = None,
    *,
    shown: bool = True,
) -> T:
    """One of many values in an order, on a slider; the address holds the value as text."""
    known = {str(value): value for value in values}
    if not shown:
        return unseen(key, default, known.get)
    from_link(key, default, known.get)
    if st.session_state[key] not in values:  # left over from a control of the same name elsewhere
        st.session_state[key] = default
    return to_link(key, st.select_slider(label, values, format_func=show, key=key, help=tip), default)


def select(
    label: str,
    options: Sequence[str],
    key: str,
    width: int | None = None,
    *,
    default: str | None = None,
    show: Callable[[str], str] = str,
    chosen: Callable[[], None] | None = None,
) -> str:
    """One of many names in a list that opens; the default, else the first, is left out of the address. `chosen` is called when
    the learner takes another one."""
    first = options[0] if default is None else default
    from_link(key, first, lambda text: text if text in options else None)
    if st.session_state[key] not in options:
        st.session_state[key] = first
    box = st.selectbox(label, options, key=key, width=width or "stretch", format_func=show, on_change=chosen)
    return to_link(key, box, first)


def only(keys: Iterable[str]) -> None:
    """Take everything out of the address that says nothing here."""
    for key in set(st.query_params) - set(keys):
        del st.query_params[key]


def device_choice(*, shown: bool = True) -> str:
    """Where to train: the best device there is, unless the learner picks another."""
    from components.learn.device import devices

    found = devices()
    return choice("Train on", found, next(iter(found)), "device", shown=shown)
