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
    such widgets on one page apart."""
    if not modality.read:
        return None
    label = f"Your own ({', '.join(modality.read)}; up to 10 MB, stays on this server only while you look)"
    # any kind may come in: Streamlit refuses an ending by an exception before the page even runs
    file = st.file_uploader(label, key=f"upload-{modality.name}{place}")
    if file is None:
        return None
    try:
        return _sample(modality.name, f"file.{ending(file.name)}", file.getvalue(), modality)
    except BadInput as refusal:
        st.warning(plain(str(refusal)), icon=":material/error:")
    except Exception:
        log.exception("reading an upload for %s failed", modality.name)
        st.warning(plain(SORRY), icon=":material/error:")
    return None
