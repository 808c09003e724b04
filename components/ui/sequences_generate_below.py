"""Below the stage of "Generate": learning to write, temperatures compared, is it copied, questions, the code."""

from functools import lru_cache
from html import escape

import numpy as np
import streamlit as st

from components.figures.piano_roll import piano_roll
from components.measure.copied import longest_copy, loop
from components.tasks.melodies import played, sung
from components.ui import sound
from components.ui.chart import chart
from components.ui.house import theme
from components.ui.links import choice
from components.ui.sequences_generate_learn import code, learning
from components.ui.sequences_generate_setting import MOST, Setting, corpus_of, written

PARTS = {
    "learn": "It learns to write", "heat": "Temperatures", "copied": "Is it copied?", "predict": "Predict",
    "check": "Check yourself", "code": "Code",
}  # fmt: skip
COMPARED = (0.3, 0.8, 1.5)


def below(setting: Setting) -> None:
    """One part at a time."""
    part = choice("Look closer", PARTS, "learn", "genlook")
    {"learn": learning, "heat": heat, "copied": copied, "predict": predict, "check": check, "code": code}[part](setting)


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """The words of the training text."""
    return frozenset(words(corpus_of("prose").train))


def words(ids: np.ndarray) -> list[str]:
    """Lower-case words of characters, split at everything that is no letter."""
    text = "".join(np.array(corpus_of("prose").names)[ids]).lower()
    return "".join(c if c.isalpha() else " " for c in text).split()


def share_known(ids: np.ndarray) -> float:
    """Share of the words that occur in the training text; the last may be cut and does not count."""
    found = words(ids)[:-1]
    return sum(w in vocabulary() for w in found) / max(1, len(found))


def share_pairs(ids: np.ndarray) -> float:
    """Share of pairs of neighbouring tokens that occur in the training part."""
    train = corpus_of("melodies").train
    known = set(zip(train[:-1].tolist(), train[1:].tolist(), strict=True))
    return sum(pair in known for pair in zip(ids[:-1].tolist(), ids[1:].tolist(), strict=True)) / max(1, len(ids) - 1)


def heat(setting: Setting) -> None:
    """The same start and dice at three temperatures."""
    names = corpus_of(setting.corpus).names
    for column, t in zip(st.columns(3, gap="medium"), COMPARED, strict=True):
        tokens = written(setting._replace(temperature=t, keep=0, picks=())).tokens[:-1]
        with column:
            st.markdown(f"**Temperature {t:g}**")
            if setting.corpus == "prose":
                prose_block("".join(names[i] for i in tokens[:280]))
                st.caption(f"{share_known(tokens):.0%} of its words occur in the training text (of {MOST['prose']} characters).")
            else:
                roll = piano_roll(played(tokens[:48]), scale=theme(), height=200)
                chart(roll, f"gen-heat-{t:g}", height=200, alt=f"Melody at temperature {t:g}")
                sound.player(sung(played(tokens[:48])), 16_000)
                st.caption(f"{share_pairs(tokens):.0%} of its steps from note to note occur in the training melodies.")


def prose_block(text: str) -> None:
    """Some text as it is, in the type of the stage."""
    look = f"white-space:pre-wrap;overflow-wrap:anywhere;font:500 1.05rem/1.45 Georgia,serif;border-left:3px solid {theme().grid}"
    st.html(f'<div style="{look};padding-left:.7rem">{escape(text)}</div>')


def copied(setting: Setting) -> None:
    """The longest stretch that stands in the training part, beside that of held-out tokens of the same length."""
    corpus, tokens = corpus_of(setting.corpus), written(setting).tokens[:-1]
    n, own, place = longest_copy(tokens, corpus.train)
    pieces = [corpus.test[i : i + len(tokens)] for i in np.linspace(0, len(corpus.test) - len(tokens), 8).astype(int)]
    others = [longest_copy(piece, corpus.train)[0] for piece in pieces]
    row = st.container(horizontal=True, gap="large")
    row.metric(
        "Longest stretch found word for word", f"{n} {corpus.unit}s",
        help=f"Searched at every place of the {len(tokens)} written {corpus.unit}s in all {len(corpus.train):,} it learned from.",
    )  # fmt: skip
    row.metric(
        "Of held-out originals, as long", f"{np.mean(others):.0f} ± {np.std(others, ddof=1):.0f}",
        help=f"Mean and spread of {len(others)} held-out pieces of the same length: {others}. "
        "They are not copied; they share phrases.",
    )  # fmt: skip
    around = [corpus.names[i] for i in corpus.train[max(0, place - 40) : place + n + 40]]
    join = "" if setting.corpus == "prose" else " "
    lead = min(40, place)
    before, same, after = (join.join(around[a:b]) for a, b in ((0, lead), (lead, lead + n), (lead + n, None)))
    mark = f'<b style="background:{theme().series[1]};color:{theme().paper}">{escape(same)}</b>'
    look = "white-space:pre-wrap;font:500 1.05rem/1.5 Georgia,serif"
    st.html(f'<div style="{look}">… {escape(before)}{join}{mark}{join}{escape(after)} …</div>')
    st.caption(
        f"As it stands in what it learned from; in what it wrote, from {corpus.unit} {own + 1} on. A network that copies whole "
        "passages would show far longer stretches than the held-out originals do."
    )


def predict(setting: Setting) -> None:
    """Greedy writing repeats itself; measured with this start."""
    options = ["the best text", "a loop that never ends", "a new text every time"]
    answer = st.radio("Always take the likeliest token (temperature 0). What comes out?", options, index=None, key="gen-predict")
    if answer:
        tokens = written(setting._replace(temperature=0.0, picks=())).tokens[:-1]
        period, names = loop(tokens), corpus_of(setting.corpus).names
        unit = corpus_of(setting.corpus).unit
        if period:
            said = f"Measured with your start: in the end it repeats the same {period} {unit}s for ever."
        else:
            said = f"Measured with your start: no loop within {len(tokens)} {unit}s. Another start may show one."
        (st.success if (answer == options[1]) == bool(period) else st.warning)(said)
        join = "" if setting.corpus == "prose" else " "
        prose_block(join.join(names[i] for i in tokens[:240]))


def check(setting: Setting) -> None:
    """One question whose answer is found with the temperature, or with top-k."""
    options = ["temperature 0", "temperature 2", "the seed"]
    answer = st.radio("Top-k is 1. Which control still changes what is written? (Try it above.)",
                      [*options, "none of them"], index=None, key="gen-check")  # fmt: skip
    if answer:
        same = [
            (written(setting._replace(keep=1, picks=(), temperature=t, seed=s)).tokens[:-1]).tolist()
            for t, s in ((1.0, 1), (0.0, 1), (2.0, 1), (1.0, 2))
        ]
        equal = sum(row == same[0] for row in same[1:])
        said = f"Measured: with top-k 1, {equal} of 3 changes (temperature 0, temperature 2, another seed) gave the same tokens."
        (st.success if (answer == "none of them") == (equal == 3) else st.warning)(said)
