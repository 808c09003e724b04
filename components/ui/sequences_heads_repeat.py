"""The small transformer of "Heads of a real model": it learns to repeat letters, and its heads form before one's eyes."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.figures.head_curves import head_curves
from components.figures.scale import SCALES
from components.measure.head_roles import ROLES, repeats, score
from components.ui.chart import chart, remembered
from components.ui.code import bundle, gather, show_code
from components.ui.house import theme
from components.ui.links import choice, from_link, to_link
from components.ui.live import live
from components.ui.sequences_heads_stage import asking, chosen_head, one_head, sheet
from components.ui.sequences_heads_words import LOOK, legend, named
from components.ui.sequences_text import clean
from components.values import Frame

if TYPE_CHECKING:
    from components.learn.repeating import Request

CLEAR = 0.3  # of the weight, to be named on the sheet


def request(letters: str) -> "Request":
    """The run: always the same, watched on these letters."""
    from components.learn.repeating import Request

    return Request(example=letters)


def _train(letters: str):  # type: ignore[no-untyped-def]  # torch is imported only in the worker
    from components.learn.repeating import train

    return train(request(letters), 10)


def chosen_letters(place: DeltaGenerator) -> str:
    """The row of letters in the box; what is not A to P is left out, the example where fewer than two remain."""
    from components.learn.repeating import EXAMPLE, LETTERS, LONG

    from_link("letters", EXAMPLE, lambda text: clean(text, 60))
    with place:
        typed = st.text_input(f"Letters {LETTERS[0]} to {LETTERS[-1]} (edit them)", key="letters")
        kept = "".join(c for c in clean(typed).upper() if c in LETTERS)
        if len(kept) < 2:
            st.caption(":material/info: At least two letters from A to P are needed; this is the example.")
            kept = EXAMPLE
        elif len(kept) > LONG:
            st.caption(f":material/content_cut: The first {LONG} letters are read.")
    return to_link("letters", kept[:LONG], EXAMPLE)


def repeat(place: DeltaGenerator) -> None:
    """Controls, the run with its stage, and what follows."""
    with place:  # one row, so that the stage of a live run stays on the screen
        row, *boxes, last = st.columns([0.36, 0.19, 0.19, 0.26], vertical_alignment="bottom", gap="small")
    letters = chosen_letters(row)
    at = chosen_head(2, 4, (2, 4), *boxes)
    with last:
        how = choice("Show as", LOOK, "lines", "lineview")
    live("repeats", request(letters), partial(_train, letters), partial(stage, letters, at, how), label="Train it live")
    below(letters)


def facts_of(letters: str, frames: list[Frame]) -> tuple[Frame, np.ndarray, object]:
    """The curves so far, the attention on the letters now, and what names them; the recorded ones where nothing runs."""
    from components.learn.repeated import looked, recorded
    from components.learn.repeating import numbered

    if not frames:
        return recorded(), looked(numbered(letters))[0], "recorded"
    found = {name: np.stack([f[name] for f in frames]) for name in ("right", "previous", "again", "loss")}
    last = frames[-1]
    return (
        found | {"at": np.array([int(f["step"]) for f in frames])},
        last["weights"],
        float(last["weights"].sum() + last["loss"]),
    )


def stage(letters: str, at: tuple[int, int], how: str, frames: list[Frame]) -> None:
    """Curves and sheet beside one head, and the readouts, at this moment of the run."""
    from components.learn.repeated import about
    from components.learn.repeating import LETTERS, Request

    found, weights, moment = facts_of(letters, frames)
    now = {role: found[role][-1].astype(float) for role in ("previous", "again")}
    names, tokens, scale = named(now, CLEAR), tuple(letters), SCALES[theme().name]
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        st.markdown(f"**All heads.** {legend(names) if names else 'None does anything yet.'}")
        sheet(weights, tokens, at, names, ("repeat", letters, moment))
        curves = remembered(
            ("head-curves", moment, len(found["at"]), scale.name),
            lambda: head_curves(
                found["at"], found["right"].astype(float), found["previous"].astype(float), found["again"].astype(float),
                steps=Request().steps, chance=1 / len(LETTERS), scale=scale, height=185,
            ),
            "head-curves", height=185, alt=f"Guessed right {float(found['right'][-1]):.0%} after {int(found['at'][-1])} steps",
        )  # fmt: skip
        chart(curves, "head-curves")
    with right:
        role = names.get(at)
        st.markdown(
            f"**Layer {at[0] + 1}, head {at[1] + 1}**" + (f" looks at **{ROLES[role[0]]}**: {role[1]:.2f}." if role else "")
        )
        one_head(
            weights[at], tokens, asking(tokens, len(tokens) - 1), how, tuple(range(len(tokens))), ("repeat", letters, at, moment)
        )
    readouts(found, now)
    recorded = "" if frames else f"Recorded {about()['date']} on {about()['machine']}. "
    st.caption(
        f"{recorded}Synthetic: random letters that start again after 5 to 11; each place guesses the next. Two layers of four "
        "heads, nobody looks ahead. Heads of layer 1 find the letter before; with their help layer 2 finds what followed the "
        "same letter."
    )


def readouts(found: Frame, now: Frame) -> None:
    """Loss, right guesses, and the best head of each kind."""
    row = st.container(horizontal=True, gap="medium")
    p, loss = float(found["right"][-1]), float(found["loss"][-1])
    row.metric("Guessed right", f"{p:.0%}", help="Of the letters that can be known, on 100 new rows; guessing gives 1/16 = 6%.")
    row.metric(
        "Loss",
        f"{loss:.2f} nats",
        help="Mean of −log p(next letter); ln 16 = 2.77 at the start. The first letters cannot be known.",
    )
    for role, name in (("previous", "Best at the letter before"), ("again", "Best at the repeat")):
        layer, head = np.unravel_index(int(now[role].argmax()), now[role].shape)
        help_ = f"Layer {layer + 1}, head {head + 1}: mean attention on {ROLES[role]}, on 100 new rows."
        row.metric(name, f"{float(now[role].max()):.2f}", help=help_)


def source() -> str:
    """The run as one file."""
    main = """
for frame in train(Request(), every=50):
    best = {role: float(frame[role].max()) for role in ("previous", "again")}
    print(int(frame["step"]), f"loss {float(frame['loss']):.3f}, right {float(frame['right']):.2f}", best)
"""
    about = "A small transformer learns to repeat letters, and its heads form. Needs numpy and torch; half a minute."
    return bundle(gather(["learn.repeating"]), main, about)


def below(letters: str) -> None:
    """What it guesses, a question, the code."""
    part = choice("Look closer", {"guess": "What it guesses", "check": "Check yourself", "code": "Code"}, "guess", "repeatlook")
    if part == "guess":
        guesses(letters)
    elif part == "check":
        check()
    else:
        from components.models.repeats import NextLetter

        show_code(source(), "repeats.py", focus=[NextLetter, repeats])


def guesses(letters: str) -> None:
    """For each letter of the row what the recorded model expected."""
    from components.learn.repeated import guessed
    from components.learn.repeating import numbered

    found = guessed(numbered(letters))
    lines = [
        {
            "after": letters[: i + 1], "it guesses": guess, "how sure": p, "comes": letters[i + 1],
            "": "✓" if guess == letters[i + 1] else "✗",
        }
        for i, (guess, p) in enumerate(found)
    ]  # fmt: skip
    bar = {"how sure": st.column_config.ProgressColumn(format="%.2f", min_value=0.0, max_value=1.0)}
    st.dataframe(lines, hide_index=True, column_config=bar, height=320)
    st.caption("The recorded model. Before the row starts again nothing can be known, and it is unsure.")


def check() -> None:
    """One question; its answer is found by editing the letters."""
    from components.learn.repeated import looked
    from components.learn.repeating import numbered

    options = ["it repeats the strange row all the same", "it fails: it has only learnt the rows of its training"]
    answer = st.radio(
        "A row it never saw: ABCABCABCABC, starting again after 3. (Type it above.)", options, index=None, key="repeat-check"
    )
    if answer:
        ids = numbered("ABCABCABCABC")
        weights, p = looked(ids)
        hits = sum(int(p[i].argmax()) == ids[i + 1] for i in range(3, len(ids) - 1))
        head = float(score(weights, repeats(ids)["again"]).max())
        right = options[0] if hits >= 6 else options[1]
        said = f"Measured: {hits} of 8 letters right; the best head's attention to the repeat is {head:.2f}."
        (st.success if answer == right else st.warning)(said)
