"""Named situations of a page with several views: each sets the view and its controls in one click, and is one link."""

from collections.abc import Mapping

import streamlit as st

Situations = Mapping[str, tuple[str, Mapping[str, object]]]
"""Title -> (why, the controls that differ from their defaults, among them `view`)."""


def take(values: Mapping[str, object]) -> None:
    """Bring every control in the address back to its default, and set these."""
    for key in list(st.query_params):
        st.session_state.pop(key, None)
        del st.query_params[key]
    for key, value in values.items():
        st.session_state[key] = value


def situations(found: Situations) -> None:
    """The popover that holds them; drawn only while it is open."""
    with st.popover("Situations", icon=":material/bookmarks:", key="situations", on_change="rerun") as popover:
        for name, (why, values) in found.items() if popover.open else ():
            st.button(name, key=f"situation-{name}", on_click=take, args=(values,), width="stretch")
            st.caption(why)
