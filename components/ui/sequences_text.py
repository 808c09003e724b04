"""The sentence in front of the learner on the Sequences page: theirs to edit, the same in every view that needs one."""

import unicodedata

import streamlit as st

from components.ui.links import from_link, to_link

KEPT, SHOWN = 20_000, 400  # characters that are looked at, and that fit into a link


def clean(text: str, kept: int = KEPT) -> str:
    """One line of text without control characters (line ends and tabs become spaces), at most `kept` characters, never half of a
    surrogate pair; what a person can read stays as it is, whatever its script or direction."""
    plain = "".join(" " if c in "\n\r\t\v\f\u2028\u2029" else c for c in text[: 4 * kept])
    return "".join(c for c in plain if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))[:kept].strip()


def chosen_sentence(default: str, *, label: str = "Sentence (edit it)", key: str = "sentence") -> str:
    """The sentence in the box, cleaned; the default where it is empty. Long text is kept on the page, but not in the link."""
    from_link(key, default, lambda text: clean(text, SHOWN))
    typed = st.text_input(label, key=key)
    text = clean(typed)
    if len(typed) > KEPT:
        st.caption(f":material/content_cut: Only the first {KEPT:,} characters are used.")
    if not text:
        st.caption(":material/info: The box is empty; this is the example sentence.")
        return default
    if len(text) <= SHOWN:
        to_link(key, text, default)
    elif key in st.query_params:
        del st.query_params[key]
    return text
