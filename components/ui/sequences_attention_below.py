"""Below the matrices of self-attention: the row written out, the order of words, a question, the code."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from components.measure import attention_steps
from components.measure.attention_steps import entropy, self_attention
from components.ui.code import bundle, gather, show_code
from components.ui.links import choice
from components.ui.upload import plain

PARTS = {"row": "One word, written out", "order": "Other order, same words", "check": "Check yourself", "code": "Code"}
Look = tuple[tuple[str, ...], int, str, bool, bool, float]


def below(look: Look, computed: Callable[[Look], dict[str, np.ndarray]], query: int) -> None:
    """One part at a time."""
    part = choice("Look closer", PARTS, "row", "exactlook")
    found = computed(look)
    if part == "row":
        row(look, found, query)
    elif part == "order":
        order(look, found)
    elif part == "check":
        check(look, computed, query)
    else:
        code(look, found)


def row(look: Look, found: dict[str, np.ndarray], query: int) -> None:
    """The asking word's scores, exponentials, shares and sum as a table."""
    words, d, *_, temperature = look
    q, s, a = found["Q"][query], found["S"][query], found["A"][query]
    seen = [i for i in range(len(words)) if np.isfinite(s[i])]
    asked = ", ".join(f"{v:.2f}" for v in q[:8]) + (", …" if d > 8 else "")
    st.markdown(
        f"**{plain(words[query])}** asks with q = ({asked}). Every word it may see answers with its k; "
        "the product is the score, and the share of the exponentials is the attention."
    )
    lines = [
        {
            "word": words[i],
            "q · k": float(q @ found["K"][i]),
            "score": float(s[i]),
            "exp": float(np.exp(s[i] - s[seen].max())),
            "attention": float(a[i]),
            "v (first four)": ", ".join(f"{v:.2f}" for v in found["V"][i][:4]),
        }
        for i in seen
    ]
    numbers = {name: st.column_config.NumberColumn(format="%.3f") for name in ("q · k", "score", "exp")}
    bar = {"attention": st.column_config.ProgressColumn(format="%.3f", min_value=0.0, max_value=1.0)}
    st.dataframe(lines, hide_index=True, column_config=numbers | bar, height=min(400, 36 * (len(lines) + 1) + 4))
    scale = f"√{d}" if temperature == 1 else f"(√{d} · {temperature:g})"
    st.caption(
        f"score = q · k / {scale}; exp is taken after the largest score is subtracted, which changes no share. "
        f"h = Σ attention · v = ({', '.join(f'{v:.2f}' for v in found['H'][query][:8])}{', …' if d > 8 else ''})."
    )


def order(look: Look, found: dict[str, np.ndarray]) -> None:
    """Shuffle the words: without positions and mask the outputs only change places."""
    words, _, _, causal, placed, temperature = look
    shuffled = np.random.default_rng(3).permutation(len(words))
    x = found["X"]
    if placed:
        code_ = attention_steps.position_code(*x.shape)
        moved = (x - code_)[shuffled] + code_
    else:
        moved = x[shuffled]
    other = self_attention(moved, found["Wq"], found["Wk"], found["Wv"], causal=causal, temperature=temperature)
    error = float(np.abs(other["H"] - found["H"][shuffled]).max())
    st.markdown(f"The same words in another order: *{plain(' '.join(words[i] for i in shuffled))}*")
    st.metric(
        "Largest difference of a word's output H", "0, to rounding" if error < 1e-9 else f"{error:.3g}",
        help=f"max |f(πX) − π f(X)| = {error:.1e}, over all words and numbers; |H| is at most {np.abs(found['H']).max():.2g}.",
    )  # fmt: skip
    why = [name for name, on in (("positions", placed), ("the causal mask", causal)) if on]
    st.markdown(
        "Attention alone is **permutation-equivariant**: every word's output is the same, only at its new place. Switch on "
        "positions, or the causal mask, and the order counts."
        if not why
        else f"The order counts now, because of {' and '.join(why)}."
    )


def check(look: Look, computed: Callable[[Look], dict[str, np.ndarray]], query: int) -> None:
    """One question; its answer is found with the temperature."""
    options = ["one word gets nearly all of it", "all words get the same", "nothing changes"]
    answer = st.radio(
        "Temperature 0.1: what happens to the attention of a word? (Try it above.)", options, index=None, key="exact-check"
    )
    if answer:
        words, d, kind, causal, placed, _ = look
        spread = [2 ** float(entropy(computed((words, d, kind, causal, placed, t))["A"][query])) for t in (0.1, 1.0, 10.0)]
        said = f"Measured here: {spread[0]:.1f} words at 0.1, {spread[1]:.1f} at 1, {spread[2]:.1f} at 10."
        (st.success if answer == options[0] else st.warning)(said)


def source(look: Look, found: dict[str, np.ndarray]) -> str:
    """The attention of this sentence as one file."""
    words, _, _, causal, _, temperature = look
    arrays = "\n".join(f"{n.lower()} = np.array({np.round(found[n], 4).tolist()})" for n in ("X", "Wq", "Wk", "Wv"))
    main = f"""
words = {list(words)!r}
{arrays}
found = self_attention(x, wq, wk, wv, causal={causal}, temperature={temperature})
for word, row in zip(words, found["A"], strict=True):
    print(f"{{word:>12}}", *(f"{{share:.2f}}" for share in row))
"""
    return bundle(gather(["measure.attention_steps"]), main, "Self-attention of one sentence. Needs numpy.")


def code(look: Look, found: dict[str, np.ndarray]) -> None:
    """The heart of it, and the whole with this sentence's numbers."""
    show_code(source(look, found), "self_attention.py", focus=[self_attention])
