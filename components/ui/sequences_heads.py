"""The view "Heads of a real model" of the Sequences page: all heads on the learner's sentence, named by measurement."""

from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from components.measure.head_roles import ROLES, SPECIAL, distance, entropy
from components.ui.house import theme
from components.ui.links import choice, switch
from components.ui.sequences_heads_stage import Names, asking, chosen_head, one_head, sheet, show
from components.ui.sequences_heads_words import COLOUR, DEFAULT, LOOK, MODELS, PRONOUNS, legend, named
from components.ui.sequences_text import chosen_sentence
from components.ui.upload import plain

if TYPE_CHECKING:
    from components.learn.heads import Looked


def view() -> None:
    """The model, its sentence, and what belongs to it."""
    left, right = st.columns([0.36, 0.64], vertical_alignment="bottom", gap="medium")
    with left:
        model = choice("Model", MODELS, "minilm", "hmodel")
    if model == "repeat":
        from components.ui.sequences_heads_repeat import repeat

        repeat(right)
        return
    if model == "hub":
        from components.ui.sequences_heads_hub import hub

        hub(right)
        return
    with right:
        text = chosen_sentence(DEFAULT)
    pretrained(text)


@cache
def roles() -> Names:
    """The heads of MiniLM that have a role, as recorded."""
    from components.learn.heads import recorded

    return named({role: recorded()[role].astype(float) for role in ROLES if role in recorded()})


def readable(text: str) -> "tuple[str, Looked]":
    """The sentence and all its heads; the example where the model finds nothing to read."""
    from components.learn.heads import looked

    found = looked(text)
    if len(found.tokens) < 3:
        st.info("The model finds nothing to read in this text. This is the example sentence.")
        text, found = DEFAULT, looked(DEFAULT)
    if found.whole > len(found.tokens):
        st.caption(
            f":material/content_cut: The first {len(found.tokens) - 2} tokens are drawn; the text has {found.whole - 2:,}."
        )
    if "[UNK]" in found.tokens:
        st.caption(r":material/info: \[UNK\] stands for signs that this English model never met; it cannot tell them apart.")
    return text, found


def pretrained(text: str) -> None:
    """MiniLM: controls, the sheet, one head, readouts, formula, and what follows."""
    from components.ui.sequences_heads_below import below

    text, found = readable(text)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        at = chosen_head(6, 12, (4, 2))
        how = choice("Show as", LOOK, "lines", "lineview")
        special = switch(r"Show \[CLS\], \[SEP\]", True, "special", "They are only hidden: all other weights stay as they are.")
        popular()
    kept = tuple(i for i, t in enumerate(found.tokens) if special or t not in SPECIAL)
    asks = asking(found.tokens, next((i for i, t in enumerate(found.tokens) if t in PRONOUNS), None))
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        st.markdown(f"**All heads, layer by layer.** {legend(roles())}")
        sheet(found.weights, found.tokens, at, roles(), ("minilm", text))
    with right:
        st.markdown(said(at))
        one_head(found.weights[at], found.tokens, asks, how, kept, ("minilm", text, at))
        if not special:
            st.caption(f"Hidden: {hidden(found, at, kept):.0%} of this head's attention goes to \\[CLS\\] and \\[SEP\\].")
    readouts(found, at)
    formula()
    caption()
    below(text, at)


def popular() -> None:
    """For every role the head that plays it most."""
    from components.learn.heads import recorded

    with st.popover("Find a head", icon=":material/search:", key="heads-found", on_change="rerun") as popover:
        for role in (r for r in ROLES if r in recorded()) if popover.open else ():
            layer, head = (int(v) for v in np.unravel_index(int(np.nanargmax(recorded()[role])), (6, 12)))
            label = f"{ROLES[role]}: layer {layer + 1}, head {head + 1} ({recorded()[role][layer, head]:.2f})"
            st.button(plain(label), key=f"role-{role}", on_click=partial(show, layer, head), width="stretch")


def said(at: tuple[int, int]) -> str:
    """What this head was measured to do."""
    name = f"**Layer {at[0] + 1}, head {at[1] + 1}**"
    if at not in roles():
        return f"{name}: no role stands out. Click a token."
    role, value = roles()[at]
    return f"{name} looks at **{plain(ROLES[role])}**: {value:.2f}. Click a token."


def hidden(found: "Looked", at: tuple[int, int], kept: tuple[int, ...]) -> float:
    """The share of the shown tokens' attention that goes to hidden ones."""
    return float(1 - found.weights[at][np.ix_(kept, kept)].sum(1).mean())


def score_of(at: tuple[int, int]) -> tuple[str, float, float, float]:
    """The role this head plays most, its score, the standard error and the score by chance."""
    from components.learn.heads import recorded

    facts = recorded()
    usual = [r for r in ROLES if r in facts and r != "reference"]
    role = roles()[at][0] if at in roles() else max(usual, key=lambda r: float(facts[r][at] / facts[f"{r}/chance"]))
    return role, float(facts[role][at]), float(facts[f"{role}/error"][at]), float(facts[f"{role}/chance"])


def readouts(found: "Looked", at: tuple[int, int]) -> None:
    """How evenly, how far, what for, how fast."""
    from components.learn.heads import recorded

    weights, n = found.weights[at], len(found.tokens)
    bits, far = float(entropy(weights).mean()), float(distance(weights).mean())
    role, value, error, level = score_of(at)
    count = int(recorded()["pronouns" if role == "reference" else "sentences"])
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        "Entropy of this head", f"{bits:.2f} bits",
        help=f"Mean over {n} rows of −Σ A log2 A: as spread as {2**bits:.1f} tokens with equal shares; at most log2 {n} = "
        f"{np.log2(n):.2f}.",
    )  # fmt: skip
    row.metric("It looks", f"{far:.1f} tokens far", help=f"Mean over {n} rows of Σ A[i, j] · |i − j|.")
    row.metric(
        f"Looks at {plain(ROLES[role])}", f"{value:.2f} ± {error:.2f}",
        help=f"Mean attention on {count} sentences, with its standard error. A head that looks at all alike: {level:.2f}."
        + (f" To the other noun: {recorded()['other'][at]:.2f}." if role == "reference" else ""),
    )  # fmt: skip
    row.metric(
        "This sentence took", f"{1000 * found.seconds:.0f} ms", help=f"One pass of {n} tokens through all 72 heads, measured."
    )


def formula() -> None:
    """Attention of one head, and the score of a role."""
    attention, role = theme().series[0], theme().series[COLOUR["previous"]]
    left, right = st.columns(2)
    left.latex(
        rf"\textcolor{{{attention}}}{{A}}=\operatorname{{softmax}}\Big(\tfrac{{XW_q\,W_k^\top X^\top}}{{\sqrt{{32}}}}\Big)"
        r"\quad X\!: n\times 384,\ W\!: 384\times 32"
    )
    weight = rf"\textcolor{{{attention}}}{{A}}[i,\textcolor{{{role}}}{{i-1}}]"
    right.latex(rf"\textcolor{{{role}}}{{\text{{score}}}}=\frac1{{|I|}}\sum_{{i\in I}}{weight}\quad \text{{(one before)}}")


def caption() -> None:
    """Which model this is, and what was recorded."""
    from components.learn.heads import about, recorded

    facts = about()
    st.caption(
        "MiniLM-L6, 6 layers of 12 heads, 22.6 million weights, trained to tell which sentences mean the same; it runs here, on "
        f"your sentence. Each map relative to its largest weight. Roles: recorded {facts['date']} on {facts['machine']}, "
        f"{int(recorded()['sentences'])} reviews; pronouns on {int(recorded()['pronouns'])} sentences written for it (synthetic)."
    )
