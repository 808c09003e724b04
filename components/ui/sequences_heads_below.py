"""Below the heads of MiniLM: whom the pronoun means, two sentences, shuffled words, a guess, a question, the code."""

from functools import cache

import numpy as np
import streamlit as st

from components.measure.head_roles import score, targets
from components.ui.code import bundle, gather, show_code
from components.ui.links import choice, from_link, to_link
from components.ui.sequences_heads_words import DEFAULT
from components.ui.sequences_text import clean
from components.ui.upload import plain

PARTS = {
    "noun": "Whom does “it” mean?", "alike": "Two sentences", "order": "Shuffle the words", "predict": "Predict",
    "check": "Check yourself", "code": "Code",
}  # fmt: skip
SECOND = "A tired animal was resting on the rug."
FAR = "The stock market fell sharply on Monday."
CUT = 2000  # characters of a sentence that are compared


def below(text: str, at: tuple[int, int]) -> None:
    """One part at a time."""
    part = choice("Look closer", PARTS, "noun", "headlook")
    if part == "noun":
        noun(at)
    elif part == "alike":
        alike(text)
    elif part == "order":
        order(text, at)
    elif part == "predict":
        predict()
    elif part == "check":
        check()
    else:
        code(text, at)


def noun(at: tuple[int, int]) -> None:
    """Twenty sentences: does this head look more at the noun that is meant?"""
    from components.learn.heads import recorded
    from components.tasks.pronouns import sentences

    facts, own = recorded(), sentences()
    right, wrong = (facts[f"sentence/{name}"][:, *at].astype(float) for name in ("noun", "other"))
    hit, meaning = right > wrong, np.array([s.tells == "meaning" for s in own])
    row = st.container(horizontal=True, gap="large")
    row.metric("Looks more at the right noun", f"{int(hit.sum())} of {len(own)}", help="A coin gets 10 ± 2.2 of 20.")
    row.metric("Only meaning tells (it)", f"{int(hit[meaning].sum())} of {int(meaning.sum())}", help="A coin: 6 ± 1.7 of 12.")
    row.metric("Gender or number tells", f"{int(hit[~meaning].sum())} of {int((~meaning).sum())}", help="A coin: 4 ± 1.4 of 8.")
    gap, error = float((right - wrong).mean()), float(facts["excess/error"][at])
    row.metric(
        "Right minus other noun", f"{gap:+.2f} ± {error:.2f}".replace("-", "−"), help="Mean over 20 sentences; error over pairs."
    )
    st.markdown(
        "The two sentences of a pair differ in **one word**, and the noun that is meant changes with it. "
        "A head that finds *a* noun is not yet one that understands which."
    )
    lines = [
        {"sentence": s.text, "means": s.noun, "to this noun": r, "to the other": w, "": "✓" if r > w else "✗"}
        for s, r, w in zip(own, right, wrong, strict=True)
    ]
    bar = st.column_config.ProgressColumn(format="%.2f", min_value=0.0, max_value=1.0)
    st.dataframe(lines, hide_index=True, column_config={"to this noun": bar, "to the other": bar}, height=320)


def alike(text: str) -> None:
    """What the model was trained for: sentences that mean the same point the same way."""
    from components.learn.heads import similarity

    from_link("second", SECOND, lambda t: clean(t, 400))
    typed = clean(st.text_input("A second sentence (edit it)", key="second"))
    other = typed or SECOND
    to_link("second", other[:400], SECOND)
    words = " ".join(text[:CUT].split()[::-1])
    row = st.container(horizontal=True, gap="large")
    for name, sentence in (
        ("Your second sentence", other[:CUT]),
        ("About something else", FAR),
        ("Yours, words backwards", words),
    ):
        value = similarity(text[:CUT], sentence)
        row.metric(
            name, f"{value:.2f}".replace("-", "−"), help=f"cos = a · b / (|a| |b|) = {value:.4f} with: {plain(sentence[:200])}"
        )
    st.caption(
        "Each sentence becomes the mean of its tokens' 384 numbers after layer 6; compared is the angle. 1: same direction, "
        "0: nothing in common. At most 256 tokens are read."
    )


def order(text: str, at: tuple[int, int]) -> None:
    """The same words in another order, measured."""
    from components.learn.heads import looked, similarity

    words = text[:CUT].split()
    moved = " ".join(words[i] for i in np.random.default_rng(3).permutation(len(words)))
    st.markdown(f"The same words in another order: *{plain(moved[:300])}*")
    row = st.container(horizontal=True, gap="large")
    value = similarity(text[:CUT], moved)
    row.metric("The two sentences, cosine", f"{value:.3f}", help=f"{value:.4f}; a bag of words gives exactly 1.")
    pair = [looked(t) for t in (text, moved)]
    for place, name in dict.fromkeys([(at, f"Layer {at[0] + 1}, head {at[1] + 1}"), ((0, 2), "Layer 1, head 3")]):
        before = [float(score(f.weights[place], targets(f.tokens)["previous"])) for f in pair]
        if np.isfinite(before).all():
            row.metric(f"{name}: to the token before", f"{before[0]:.2f} → {before[1]:.2f}", help="In your order, and shuffled.")
    st.markdown(
        "The head of layer 1 follows **places**, whatever the words are. What the whole sentence means to the model changes, but "
        "often little: much of it is in the words."
    )


def predict() -> None:
    """A guess about depth, compared with what was recorded."""
    from components.learn.heads import recorded

    options = ["layers 1 and 2", "layers 3 and 4", "layers 5 and 6"]
    guess = st.segmented_control(
        "**Predict first.** Where are the heads that look at a direct neighbour?", options, key="head-guess"
    )
    if guess:
        near = np.maximum(recorded()["previous"], recorded()["next"]).astype(float)
        best = near.reshape(3, -1).max(1)
        said = ", ".join(f"{name}: {value:.2f}" for name, value in zip(options, best, strict=True))
        right = options[int(best.argmax())]
        (st.success if guess == right else st.warning)(f"Measured: {right}. The best head's attention to a neighbour, {said}.")


def check() -> None:
    """One question; the sheet and the table answer it."""
    options = ["yes", "no, at the cat either way", "at both alike"]
    answer = st.radio(
        "Layer 4, head 2: write “because it was soft” instead of “tired”. Does “it” then look more at the mat? (Try it above.)",
        options, index=None, key="head-check",
    )  # fmt: skip
    if answer:
        from components.learn.heads import recorded

        found = {word: _pair(f"The cat sat on the mat because it was {word}.") for word in ("tired", "soft")}
        right = options[0] if found["soft"][1] > found["soft"][0] else options[1]
        said = "; ".join(f"{word}: cat {a:.2f}, mat {b:.2f}" for word, (a, b) in found.items())
        hits = int((recorded()["sentence/noun"][:, 3, 1] > recorded()["sentence/other"][:, 3, 1]).sum())
        more = f"Measured here: {said}. But one sentence proves little: of 20 such sentences it is right in {hits}, a coin in 10."
        (st.success if answer == right else st.warning)(more)


@cache
def _pair(text: str) -> tuple[float, float]:
    """What layer 4, head 2 gives from "it" to "cat" and to "mat"."""
    from components.learn.heads import looked

    found = looked(text)
    row = found.weights[3, 1, found.tokens.index("it")]
    return float(row[found.tokens.index("cat")]), float(row[found.tokens.index("mat")])


ABOUT = """All 72 heads of MiniLM-L6 on one sentence.

    python heads.py [folder]

Needs numpy, torch, safetensors, tokenizers, and minilm_l6.safetensors with minilm_tokenizer.json (both in the project's
pretrained/weights) in this folder, or in the folder that is named."""


def source(text: str, at: tuple[int, int]) -> str:
    """One file that computes the attention, names the head's targets and compares two sentences."""
    main = f"""
import sys

HOME = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
TEXT, LAYER, HEAD = {text[:400]!r}, {at[0]}, {at[1]}  # counted from 0

found = read(TEXT)
weights = encode(found.ids)[1].numpy()
for token, row in zip(found.tokens, weights[LAYER, HEAD]):
    print(f"{{token:>12}} looks most at {{found.tokens[row.argmax()]}} {{row.max():.3f}}")
for role, target in targets(found.tokens).items():
    values = score(weights, target)
    best = divmod(int(values.argmax()), weights.shape[1])
    print(f"{{role}}: {{values[LAYER, HEAD]:.3f}}; most: layer {{best[0] + 1}}, head {{best[1] + 1}}, {{values.max():.3f}}")
print("cosine", round(similarity(TEXT, {SECOND!r}), 4))
"""
    return bundle(gather(["models.minilm", "measure.head_roles"]), main, ABOUT)


def code(text: str, at: tuple[int, int]) -> None:
    """The heart of it, the whole, and where its weights lie."""
    from components.measure.head_roles import score as scoring
    from components.models.minilm import NAME, WORDS, Encoder

    st.markdown(f"The file needs **{NAME}** (45 MB) and **{WORDS}** from the project's folder `pretrained/weights`.")
    show_code(source(text or DEFAULT, at), "heads.py", focus=[Encoder.states, scoring])
