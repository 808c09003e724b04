"""Below the stage of "Translate": a prediction about longer sources, held-out examples, a question, the code."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.alignment import by_length
from components.figures.scale import SCALES
from components.ui.chart import chart
from components.ui.code import bundle, gather, show_code
from components.ui.house import theme
from components.ui.links import choice
from components.ui.sequences_translate_stage import joined
from components.ui.sequences_translate_words import DEFAULTS, LOOKS, percent

SHOWN = 12  # held-out sources in the table


def below(pairs: str, aligned: bool) -> None:
    """One part at a time."""
    part = choice("Look closer", LOOKS, "long", "pairlook")
    if part == "long":
        longer(pairs)
    elif part == "examples":
        examples_table(pairs, aligned)
    elif part == "check":
        check()
    else:
        code()


@lru_cache(maxsize=8)
def groups(pairs: str) -> tuple[list[str], dict[str, np.ndarray], np.ndarray, int]:
    """Held-out sources by length: names of the groups, rates of both models, counts, and the first beyond training."""
    from components.learn.translating import KINDS, recorded

    kept = recorded()
    lengths = kept[f"{pairs}/attention/lengths"].astype(int)
    if pairs == "dates":  # 400 of each number of dates, one after the other
        group = np.repeat(np.arange(4), len(lengths) // 4)
        names = [f"{i + 1} date{'s' if i else ''}<br>about {lengths[group == i].mean():.0f} tokens" for i in range(4)]
    else:
        group = np.digitize(lengths, (3, 4, 7))
        names = ["2 words", "3 words", "4 to 6", "7 or more"]
    counts = np.bincount(group, minlength=4)
    rates = {
        name: np.array([kept[f"{pairs}/{kind}/right"][group == i].mean() if counts[i] else np.nan for i in range(4)])
        for name, kind in zip(("with attention", "without attention"), KINDS.values(), strict=True)
    }
    return names, rates, counts, 3 if pairs == "dates" else 4


def longer(pairs: str) -> None:
    """Predict what a longer source does to the model without attention, then see it measured."""
    names, rates, counts, beyond = groups(pairs)
    if pairs == "dates":
        options = ["hardly fewer", "about a third fewer", "nearly all are lost"]
        guess = st.radio(
            "Without attention one vector must hold everything. From one date in a source to three: how many fewer outputs are "
            "exactly right?", options, index=None, key="longer-guess", horizontal=True,
        )  # fmt: skip
        if guess is None:
            st.caption("Choose one, and the measurement is shown.")
            return
        off, on = rates["without attention"], rates["with attention"]
        st.markdown(
            f"You said **{guess}**. Measured: without attention {percent(off[0])} of one date, {percent(off[2])} of three; with "
            f"attention {percent(on[0])} and {percent(on[2])}. Four dates were never trained: {percent(on[3])} with attention."
        )
    chart(
        by_length(names, rates, counts, beyond, scale=SCALES[theme().name]), "by-length", height=340,
        alt="; ".join(f"{name}: {', '.join(f'{v:.0%}' for v in rate)}" for name, rate in rates.items()),
    )  # fmt: skip
    text = f"Held-out sources of each length: {', '.join(str(n) for n in counts)}. Bars are standard errors. "
    if pairs != "dates":
        text += memorised(pairs)
    st.caption(text)


def memorised(pairs: str) -> str:
    """What a few hundred pairs are enough for, in numbers."""
    from components.learn.translating import recorded

    kept, start = recorded(), f"{pairs}/attention"
    learnt, held, known = kept[f"{start}/train"], kept[f"{start}/test"], kept[f"{start}/known"]
    size, tested = kept[f"{start}/counts"]
    return (
        f"These {size} training pairs are too few to learn a language: with attention {percent(learnt[0])} of them come out "
        f"exactly right, but"
        f" {percent(held[0])} of {tested} held-out ones ({percent(held[1])} of the words); where every word was in "
        f"training, {percent(known[0])} of {known[1]:.0f}. It has memorised them."
    )


@lru_cache(maxsize=8)
def written(pairs: str, aligned: bool) -> list[dict[str, str | float]]:
    """Held-out sources, what is written, and the truth."""
    from components.learn.translating import Request, books, examples, numbered, split, translated

    names, found = books(pairs).target, list[dict[str, str | float]]()
    for source, true in examples(pairs, "test", Request(pairs, most=3))[: 60 if pairs == "dates" else None]:
        output = translated(pairs, aligned, numbered(pairs, split(pairs, source)), 1)
        tokens = tuple(names[t] for t in output.tokens if t)
        ok = tokens == (tuple(true) if pairs == "dates" else split(pairs, true))
        found.append({"": "✓" if ok else "✗", "source": source, "written": joined(pairs, tokens), "true": true,
                      "probability": float(np.exp(output.log_p))})  # fmt: skip
    right, wrong = ([row for row in found if row[""] == mark] for mark in "✓✗")
    half = SHOWN // 2
    return right[: max(half, SHOWN - len(wrong))] + wrong[: max(half, SHOWN - len(right))]


def examples_table(pairs: str, aligned: bool) -> None:
    """Some of both, where there are both."""
    st.dataframe(
        written(pairs, aligned), hide_index=True,
        column_config={"probability": st.column_config.ProgressColumn(format="percent", min_value=0.0, max_value=1.0)},
    )  # fmt: skip
    st.caption("Chosen to show both: the share that is right is the number above, not this table. Greedy; capitals do not count.")


def check() -> None:
    """One question; its answer is found by stepping to the month."""
    from components.learn.translating import books, numbered, split, translated

    options = ["the name of the month", "the day", "the year", "all alike"]
    answer = st.radio(
        "Dates, with attention: when the month's second digit is written, which part of the source has the largest weight? "
        "(Step to it.)", options, index=None, key="align-check",
    )  # fmt: skip
    if answer:
        tokens = split("dates", DEFAULTS["dates"])
        found = translated("dates", True, numbered("dates", tokens), 1)
        at = 6
        a = found.weights[at].numpy()
        best = int(a.argmax())
        wrote = books("dates").target[found.tokens[at]]
        said = f"Measured on “{DEFAULTS['dates']}”: “{wrote}” gives “{tokens[best]}” {a[best]:.0%}."
        good = options[0] if tokens[best] == "november" else options[1] if tokens[best] in "24" and best < 5 else options[2]
        (st.success if answer == good else st.warning)(said)


def source() -> str:
    """Training and aligning as one file."""
    main = f"""
import sys

steps = int(sys.argv[1]) if len(sys.argv) > 1 else 200
known, writes = ({{w: i for i, w in enumerate(words)}} for words in (WORDS, WRITTEN))


def table(rows):
    return torch.tensor([[*row, *[NOTHING] * (max(map(len, rows)) - len(row))] for row in rows])


def numbers(text):
    return [known.get(t, UNKNOWN) for t in split(text)]


pairs = examples(2048, 5, "train", (1, 2))
x, y = table([numbers(s) for s, _ in pairs])[None], table([[writes[c] for c in t] + [END] for _, t in pairs])[None]
model = EncoderDecoder(len(WORDS), len(WRITTEN), [Generator().manual_seed(0)])
adam, draw = torch.optim.Adam(model.parameters(), 8e-3), Generator().manual_seed(1)
for step in range(steps):
    rows = torch.randint(2048, (48,), generator=draw)
    logits, _ = model(x[:, rows], y[:, rows].clamp(min=0))
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 2), y[:, rows].flatten(), ignore_index=NOTHING)
    adam.zero_grad()
    loss.backward()
    adam.step()
    if step % 25 == 0:
        print(f"step {{step}}: loss {{loss.item():.3f}}")
text = {DEFAULTS["dates"]!r}
found = decode(model, torch.tensor(numbers(text)), 24, width=3)
print(text, "->", "".join(WRITTEN[t] for t in found.tokens if t))
print(" " * 6, *(f"{{t[:5]:>5}}" for t in split(text)))
for token, row in zip(found.tokens, found.weights.tolist()):
    print(f"{{WRITTEN[token]:>6}}", *(f"{{v:5.2f}}" for v in row))
"""
    about = "An encoder and a decoder with attention learn to rewrite dates. Needs numpy and torch."
    return bundle(gather(["models.encoder_decoder", "tasks.dates"]), main, about)


def code() -> None:
    """The heart of it, and the whole."""
    from components.models.encoder_decoder import EncoderDecoder, decode

    show_code(source(), "encoder_decoder.py", focus=[EncoderDecoder.attend, decode])
