"""The view "Self-attention" of the Sequences page: the slide's formula on the learner's own sentence, in numbers."""

import json
from functools import cache, lru_cache, partial

import numpy as np
import streamlit as st

from components.figures.attention_exact import COLOURS, exact
from components.figures.scale import SCALES
from components.measure.attention_steps import entropy, position_code, self_attention
from components.tasks.texts import KNOWN
from components.tasks.words import entries, numbered, split
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.links import choice, pick, switch
from components.ui.sequences_attention_below import below
from components.ui.sequences_text import chosen_sentence
from components.ui.upload import plain

DEFAULT = "the coffee was not good but great"
MOST = 40  # words drawn
MAPS = {"trained": "trained", "random": "random", "identity": "identity"}
TIP = "Trained: on rated reviews and tweets, recorded. Random: as training starts. Identity: words ask and answer as they are."
Look = tuple[tuple[str, ...], int, str, bool, bool, float]
"""Words, d, maps, causal, positions, temperature."""


@cache
def recorded() -> dict[str, np.ndarray]:
    """The heads as trained, and about them."""
    from pathlib import Path

    with np.load(Path(__file__).parents[2] / "pretrained" / "weights" / "one_head.npz", allow_pickle=False) as file:
        return dict(file)


def maps(d: int, kind: str, placed: bool) -> tuple[np.ndarray, ...]:
    """Wq, Wk and Wv, each `(d, d)`."""
    if kind == "identity":
        return (np.eye(d),) * 3
    if kind == "random":
        rng = np.random.default_rng(d)
        return tuple(rng.uniform(-1, 1, (d, d)) * d**-0.5 for _ in "qkv")
    return tuple(recorded()[f"{d}/{int(placed)}/{name}"].astype(float) for name in ("query", "key", "value"))


@lru_cache(maxsize=256)
def computed(look: Look) -> dict[str, np.ndarray]:
    """All matrices for a sentence, and "p", the chance that it is positive by the trained head's read-out."""
    words, d, kind, causal, placed, temperature = look
    ids = entries(numbered(words), 1, KNOWN)
    own = recorded()
    table, read = own[f"{d}/{int(placed)}/embed"].astype(float), own[f"{d}/{int(placed)}/weight"].astype(float)
    x = table[np.where(ids < 0, KNOWN, ids)] + (position_code(len(ids), d) if placed else 0)
    found = self_attention(x, *maps(d, kind, placed), causal=causal, temperature=temperature)
    logits = (x + found["H"]).mean(0) @ read + own[f"{d}/{int(placed)}/bias"].astype(float)
    return found | {"p": np.array(1 / (1 + np.exp(logits[0] - logits[1])))}


@lru_cache(maxsize=256)
def matrices_picture(look: Look, query: int, across: int, colours: str) -> Picture:
    """The ten matrices, drawn once for all who look at the same."""
    height = 500 if across == 5 else 1500
    figure = exact(computed(look), look[0], query, across=across, scale=SCALES[colours], height=height)
    return picture(figure, f"exact-{across}", height=height, alt=f"Matrices of self-attention of {len(look[0])} words")


def view() -> None:
    """Controls, the matrices, readouts, formula, and what follows from them."""
    text = chosen_sentence(DEFAULT)
    words = split(text)[:MOST]
    if not words:
        st.info("There is no word in this text that can be read here. This is the example sentence.")
        words = split(DEFAULT)
    elif len(split(text)) > MOST:
        st.caption(f":material/content_cut: The first {MOST} words are drawn; the text has {len(split(text)):,}.")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        d = int(choice("Numbers a word d", {"4": "4", "8": "8", "16": "16"}, "4", "width"))
        kind = choice("Maps Wq, Wk, Wv", MAPS, "trained", "maps", TIP)
        temperature = float(pick("Temperature", ("0.1", "0.25", "0.5", "1", "2", "4", "10"), "1", "heat"))
        query = pick("The word that asks", list(range(len(words))), 0, "asks", lambda i: plain(words[i]))
        causal = switch("**Causal** mask", False, "causal", "No word looks at those behind it, as in a model that writes.")
        placed = switch("**Positions**", False, "placed", "Add sines and cosines of each word's place to X.")
    look: Look = (words, d, kind, causal, placed, temperature)
    found = computed(look)
    for key, across in (("card", 5), ("card-narrow", 2)):
        with st.container(key=key):
            chart(matrices_picture(look, query, across, theme().name), f"exact-{across}")
    readouts(look, found, query)
    formula(len(words), d)
    unknown = [w for w, i in zip(words, entries(numbered(words), 1, KNOWN), strict=True) if i < 0]
    about = json.loads(str(recorded()["about"]))
    right = float(recorded()[f"{d}/{int(placed)}/accuracy"])
    said = f"Recorded {about['date']} on {about['machine']}: words and trained maps, right on {right:.0%} of 1,000 test texts."
    if unknown:
        some = ", ".join(plain(w) for w in unknown[:6])
        said += f" Not in its 2,000 words, so all alike: {some}{' …' if len(unknown) > 6 else ''}."
    st.caption(said)
    below(look, partial(computed), query)


def readouts(look: Look, found: dict[str, np.ndarray], query: int) -> None:
    """Where the asking word looks, how evenly, and what the whole says."""
    words, d, kind = look[:3]
    row, a = st.container(horizontal=True, gap="medium"), found["A"][query]
    best = int(a.argmax())
    s = found["S"][query]
    row.metric(
        f"“{plain(words[query])}” looks most at", f"{words[best]} {a[best]:.0%}",
        help=f"exp({s[best]:.2f}) / sum of exp over {int(np.isfinite(s).sum())} words = {a[best]:.3f}",
    )  # fmt: skip
    row.metric(
        "Its attention is spread over", f"{2 ** entropy(a):.1f} words",
        help=f"2 to the entropy of the row, {entropy(a):.2f} bits; at most {int(np.isfinite(s).sum())}.",
    )  # fmt: skip
    row.metric("Weights of the maps", f"{3 * d * d}", help=f"Wq, Wk, Wv: 3 × {d} × {d}, whatever the length of the sentence.")
    shown = kind == "trained"
    row.metric(
        "The head's verdict", f"{float(found['p']):.0%} positive" if shown else "not trained",
        help="Mean of X + H over the words, then one linear map; trained with these positions, no mask, temperature 1."
        if shown else "These maps were not trained, so what is read off says nothing.",
    )  # fmt: skip


def formula(n: int, d: int) -> None:
    """The slide's formula with the shapes of this sentence, each letter in its matrix's colour."""
    colour = {name: theme().series[i] for name, i in COLOURS.items()}
    q, k, v, a = (rf"\textcolor{{{colour[name]}}}" for name in ("Q", "K", "V", "A"))
    shown = {"n": f"{n}\\times {d}", "t": f"{d}\\times {n}"}
    st.latex(
        rf"{a}{{H}} = {a}{{\operatorname{{softmax}}}}\Big("
        rf"\frac{{X{q}{{W_q}}\ {k}{{W_k^\top}}X^\top}}{{\sqrt{{{d}}}}}\Big)\ X{v}{{W_v}}"
        rf"\qquad \underbrace{{X{q}{{W_q}}}}_{{{shown['n']}}}\quad \underbrace{{{k}{{W_k^\top}}X^\top}}_{{{shown['t']}}}\quad "
        rf"\underbrace{{{a}{{A}}}}_{{{n}\times {n}}}\quad \underbrace{{X{v}{{W_v}}}}_{{{shown['n']}}}"
    )
