"""The picture in front of the learner on the Images page: a bundled one or their own, the same in every view."""

import streamlit as st

from components.catalogue import discover
from components.ui.links import select
from components.ui.upload import let_go, refused, uploaded
from components.values import Sample

TITLES = {f"mnist-{n}": f"MNIST {n}" for n in (2, 5, 7)} | {f"digit-{n}": f"8 × 8 digit {n}" for n in (0, 3, 8)}
PLACE = "-images"


def chosen_picture(default: str = "cat", *, key: str = "picture") -> Sample:
    """The bundled picture chosen, or the learner's own; `sample["raw"]` is `(h, w, 1 or 3)` in [0, 1], at most 512 a side.
    Choosing a bundled one lets the learner's own go."""
    vision = discover("modalities", "MODALITY")["vision"]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = select(
            "Picture", list(vision.examples), key, 170, default=default,
            show=lambda n: TITLES.get(n, n.capitalize()), chosen=let_go,
        )  # fmt: skip
        with st.popover("Your own", icon=":material/upload:", key=f"{key}-own"):
            own = uploaded(vision, PLACE)
            if own is not None:
                st.button("Back to the example", key=f"{key}-back", on_click=let_go)
    refused(vision, PLACE)
    return vision.examples[name]() if own is None else own
