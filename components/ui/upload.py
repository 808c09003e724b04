"""What a learner brings: a file in, a sample out, or one plain sentence why not. The rest of the page never notices."""

import logging
import re
from pathlib import PurePath

import streamlit as st

from components.modalities.base import Modality
from components.values import BadInput, Sample

log = logging.getLogger(__name__)
SORRY = "This file could not be read. Nothing else is affected; please try another one."


def plain(text: str) -> str:
    """Text that Streamlit's Markdown shows as it is: every sign with a meaning is escaped."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])", r"\\\1", " ".join(text.split()))


def ending(name: str) -> str:
    """The ending of a file's name without the dot, in small letters; empty where there is none."""
    return PurePath(name.replace("\\", "/")).suffix.lower().lstrip(".")


def read(modality: Modality, name: str, data: bytes) -> Sample:
    """Read a file with the reader for its ending.

    Raises:
        BadInput: the ending has no reader, or the reader refuses; the sentence never repeats the file's name or content.
    """
    reader = modality.read.get(ending(name))
    if reader is None:
        kinds = ", ".join(modality.read) or "no files"
        raise BadInput(f"This kind of file is not read here; for {modality.title.lower()} use {kinds}.")
    return reader(data)


@st.cache_data(max_entries=6, show_spinner=False)
def _sample(modality: str, name: str, data: bytes, _modality: Modality) -> Sample:
    return read(_modality, name, data)


def uploaded(modality: Modality, place: str = "") -> Sample | None:
    """The upload widget, and the sample it gave; None before there is one and where it cannot be used. `place` tells several
    such widgets on one page apart. The file is kept while the learner looks at another modality, until `let_go`."""
    if not modality.read:
        return None
    label = f"Your own ({', '.join(modality.read)}; up to 10 MB, stays on this server only while you look)"
    name = f"upload-{modality.name}{place}-{st.session_state.get('uploads let go', 0)}"
    kept, shown = f"kept-{name}", name in st.session_state
    # any kind may come in: Streamlit refuses an ending by an exception before the page even runs
    file = st.file_uploader(label, key=name)
    if file is not None:
        st.session_state[kept] = (f"file.{ending(file.name)}", file.getvalue())
    elif shown:  # the widget was there and the learner emptied it
        st.session_state.pop(kept, None)
    elif kept in st.session_state:
        st.caption("Your file from before is still here. Choose an example to let it go.")
    st.session_state[_refusal(modality, place)] = ""
    if kept not in st.session_state:
        return None
    try:
        as_named, data = st.session_state[kept]
        return _sample(modality.name, as_named, data, modality)
    except BadInput as refusal:
        st.session_state[_refusal(modality, place)] = str(refusal)
    except Exception:
        log.exception("reading an upload for %s failed", modality.name)
        st.session_state[_refusal(modality, place)] = SORRY
    st.warning(plain(st.session_state[_refusal(modality, place)]), icon=":material/error:")
    return None


def _refusal(modality: Modality, place: str) -> str:
    return f"refused-{modality.name}{place}"


def refused(modality: Modality, place: str = "") -> None:
    """Say beside the sample, not only in the closed box, that a file could not be used and the example stays."""
    if why := st.session_state.get(_refusal(modality, place)):
        st.caption(f":material/error: Your file was not used: {plain(why)} This is still the example.")


def let_go() -> None:
    """Forget the files a learner brought; the widgets start empty."""
    for key in [k for k in st.session_state if str(k).startswith("kept-upload-")]:
        del st.session_state[key]
    st.session_state["uploads let go"] = st.session_state.get("uploads let go", 0) + 1
