"""Another model of BERT's family from the Hugging Face Hub, where it is reachable: fetched by a click, drawn like MiniLM."""

from functools import partial

import streamlit as st

from components.measure.head_roles import SPECIAL, distance, entropy
from components.ui.links import choice, from_link, switch, to_link
from components.ui.live import live
from components.ui.sequences_heads_stage import asking, chosen_head, one_head, sheet
from components.ui.sequences_heads_words import DEFAULT, LOOK
from components.ui.sequences_text import chosen_sentence, clean
from components.ui.upload import plain
from components.values import BadInput, Frame

FIRST = "sentence-transformers/paraphrase-MiniLM-L3-v2"


def hub(right: "st.delta_generator.DeltaGenerator") -> None:
    """Name, download, and all heads on the sentence."""
    from components.models.hub import folder, present

    with right:
        from_link("hubname", FIRST, lambda text: clean(text, 200))
        name = clean(st.text_input("A model of BERT's family, owner/model", key="hubname"), 200) or FIRST
        to_link("hubname", name, FIRST)
    try:
        folder(name)
        here = present(name)
    except BadInput as refusal:
        st.warning(plain(str(refusal)), icon=":material/error:")
        return
    if not here:
        download(name)
        return
    try:
        draw(name, chosen_sentence(DEFAULT))
    except BadInput as refusal:
        st.warning(plain(str(refusal)), icon=":material/error:")


def download(name: str) -> None:
    """Fetch it with progress, pause and stop; a refusal is one sentence, and MiniLM is one click away."""
    from components.models.hub import fetch

    st.markdown(
        "Not on this machine yet. Only `config.json`, `tokenizer.json` and `model.safetensors` are fetched, at most 160 MB, and "
        "only when you click; no code and no pickle of it is ever run."
    )

    def told(frames: list[Frame]) -> None:
        if frames and int(frames[-1]["step"]) == int(frames[-1]["steps"]) > 1:
            st.button("Look at it", key="hub-look", type="primary")

    live("hub", ("hub", name), partial(fetch, name), told, label="Fetch it")


def draw(name: str, text: str) -> None:
    """The sheet of its heads and one of them, as for MiniLM; nothing about it was recorded."""
    from components.learn.device import settle
    from components.models.hub import DRAWN, looked

    settle()
    found = looked(name, text)
    if len(found.tokens) < 3:
        st.info("The model finds nothing to read in this text. This is the example sentence.")
        found = looked(name, DEFAULT)
    if found.whole > DRAWN:
        st.caption(f":material/content_cut: The first {DRAWN} tokens are drawn; the text has {found.whole:,}.")
    layers, heads = found.weights.shape[:2]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        at = chosen_head(layers, heads, (1, 1))
        how = choice("Show as", LOOK, "lines", "lineview")
        special = switch(r"Show \[CLS\], \[SEP\]", True, "special", "They are only hidden: all other weights stay as they are.")
    kept = tuple(i for i, t in enumerate(found.tokens) if special or t not in SPECIAL)
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        st.markdown(f"**All heads, layer by layer**: {layers} layers of {heads}.")
        sheet(found.weights, found.tokens, at, {}, (name, text))
    with right:
        st.markdown(f"**Layer {at[0] + 1}, head {at[1] + 1}.** Click a token.")
        one_head(found.weights[at], found.tokens, asking(found.tokens, None), how, kept, (name, text, at))
    weights = found.weights[at]
    row = st.container(horizontal=True, gap="medium")
    row.metric("Entropy of this head", f"{float(entropy(weights).mean()):.2f} bits", help="Mean over its rows of −Σ A log2 A.")
    row.metric("It looks", f"{float(distance(weights).mean()):.1f} tokens far", help="Mean over its rows of Σ A[i, j] · |i − j|.")
    row.metric("This sentence took", f"{1000 * found.seconds:.0f} ms", help=f"One pass of {len(found.tokens)} tokens, measured.")
    st.caption(
        f"{plain(name)}, from the Hugging Face Hub, runs here on your sentence. Its heads were not measured, so none has a name."
    )
