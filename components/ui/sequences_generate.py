"""The view "Generate" of the Sequences page: a network writes text or a melody, token by token, from its own last token."""

from functools import lru_cache
from html import escape

import numpy as np
import streamlit as st

from components.figures.next_token import H, P, Y, memory, next_token
from components.figures.piano_roll import piano_roll
from components.figures.scale import SCALES
from components.tasks.melodies import played, sung
from components.ui import sound
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.links import to_link
from components.ui.player import advance, buttons, pace, paced, playing, position
from components.ui.sequences_generate_below import below
from components.ui.sequences_generate_setting import MOST, OPENED, Setting, about, choose, controls, corpus_of, own, written

ROLL, STRIP, BARS = 190, 190, 370
PACES = {"2": "2 / s", "6": "6 / s", "15": "15 / s"}
TICK = 0.25  # seconds between two looks at most: at a faster pace several tokens come at once


def view() -> None:
    """Controls, the stage that writes, readouts, the formula, and what follows from them."""
    setting = controls()
    most, opened = MOST[setting.corpus], OPENED[setting.corpus]
    position("genlength", most + 1, opened)
    on, rate = playing("genlength"), paced("genpace", PACES, "6")

    @st.fragment(run_every=max(TICK, 1 / rate) if on else None)
    def region() -> None:
        still = playing("genlength")  # a look that was under way may have missed the pause
        if on and not still:
            st.rerun()
        over = still and advance("genlength", most + 1, rate, 8)
        at = position("genlength", most + 1, opened)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="gen-player"):
            buttons("genlength", at, most + 1, play="Write")
            if pace("genpace", PACES, "6", "Tokens a second") != rate and on:
                st.rerun()
            st.markdown(f"**{at}** of {most} {corpus_of(setting.corpus).unit}s")
            if setting.picks and st.button("Take back my choices", key="gen-undo", icon=":material/undo:", type="tertiary"):
                st.session_state["genpicks"] = ""
                st.rerun()
        stage(setting, at, on)
        readouts(setting, at)
        if over:
            st.session_state["genlength-playing"] = False
            st.rerun()
        if not on:
            to_link("genlength", at, opened)

    region()
    formula(setting)
    said = about()
    st.caption(
        f"Recorded {said['date']} on {said['machine']}: the weights. The tokens are drawn here and now; every number in the "
        "address makes the same text again."
    )
    below(setting)


@lru_cache(maxsize=64)
def bars_picture(setting: Setting, at: int, colours: str) -> Picture:
    """The probabilities of the next token."""
    found, names = written(setting), corpus_of(setting.corpus).names
    figure = next_token(names, found.p[at], int(found.tokens[at]), scale=SCALES[colours], height=BARS)
    alt = f"Most likely next: {names[int(found.p[at].argmax())]!r} with {found.p[at].max():.0%}"
    return picture(figure, "gen-bars", height=BARS, click=True, alt=alt)


def stage(setting: Setting, at: int, playing: bool) -> None:
    """Left what is written and the memory; right what may come next."""
    left, right = st.columns([3, 2], gap="medium")
    found, corpus, scale = written(setting), corpus_of(setting.corpus), theme()
    given = np.array(setting.prompt[1:], np.int64)
    with left:
        if setting.corpus == "prose":
            text(setting, at)
        else:
            notes = played(np.concatenate([given, found.tokens[:at]]))
            chart(
                piano_roll(notes, len(given), scale=scale, height=ROLL), "gen-roll", height=ROLL,
                alt=f"Piano roll of {len(notes)} notes",
            )  # fmt: skip
            if not playing:
                sound.player(sung(notes), 16_000)
        read = [corpus.names[i] for i in [*setting.prompt, *found.tokens[:at]]][-min(at + 1, 40) :]
        high = STRIP if setting.corpus == "prose" else STRIP - 50
        chart(
            memory(found.hidden[: at + 1], read, scale=scale, height=high),
            "gen-memory",
            height=high,
            alt="The memory h over time",
        )
    with right:
        point = chart(bars_picture(setting, at, scale.name), "gen-bars")
        data = None if point is None else point.get("customdata")
        if isinstance(data, str) and data[1:].isdecimal() and at < MOST[setting.corpus]:
            choose(at, int(data[1:]), setting.picks)
            st.session_state["genlength"] = at + 1
            st.session_state["genlength-playing"] = False
            st.rerun()


def text(setting: Setting, at: int) -> None:
    """The prompt in grey, what is written in ink, chosen tokens underlined, the last on a coloured ground."""
    found, names, scale = written(setting), corpus_of(setting.corpus).names, theme()
    chosen = dict(setting.picks)
    parts = [f'<span style="color:{scale.muted}">{escape("".join(names[i] for i in setting.prompt[1:]))}</span>']
    for t in range(at):
        sign = escape(names[int(found.tokens[t])])
        look = "text-decoration:underline;text-decoration-thickness:3px;" if t in chosen else ""
        if t == at - 1:
            look += f"background:{scale.series[Y]};color:{scale.paper};border-radius:3px;"
            sign = "↵\n" if sign == "\n" else sign
        parts.append(f'<span style="{look}">{sign}</span>' if look else sign)
    st.html(
        f'<div data-testid="gen-text" style="height:{ROLL - 20}px;overflow:auto;display:flex;flex-direction:column-reverse;'
        "white-space:pre-wrap;overflow-wrap:anywhere;"
        f'font:500 1.15rem/1.5 Georgia,serif;border:1px solid {scale.grid};border-radius:8px;padding:.5rem .8rem">'
        f'<div style="margin-bottom:auto">{"".join(parts)}</div></div>'
    )


def readouts(setting: Setting, at: int) -> None:
    """How well it guesses, how likely what was drawn is, how open the choice is, how fast it writes."""
    found, corpus, row = written(setting), corpus_of(setting.corpus), st.container(horizontal=True, gap="medium")
    facts, p = about()[f"{setting.corpus}/{setting.kind}"], found.p[at].astype(float)
    token, some = int(found.tokens[at]), p[p > 0]
    entropy = float(-(some * np.log2(some)).sum()) + 0.0
    row.metric(
        f"Bits per {corpus.unit}: network / pairs / singles",
        f"{facts['bits']:.2f} / {facts['bigram']:.2f} / {facts['unigram']:.2f}",
        help=f"Mean of −log₂ p of the next {corpus.unit} over {len(corpus.test):,} held-out {corpus.unit}s, at temperature 1: "
        f"this network, counting pairs of {corpus.unit}s, counting single ones. Knowing nothing: log₂ {len(corpus.names)} = "
        f"{np.log2(len(corpus.names)):.2f}.",
    )  # fmt: skip
    name = {" ": "␣", "\n": "↵"}.get(corpus.names[token], corpus.names[token])
    row.metric(
        f"Next is drawn: {name}", f"{p[token]:.1%}",
        help=f"p = exp(s / {setting.temperature:g}) / sum of exp = {p[token]:.4f}"
        if setting.temperature else "Temperature 0: the likeliest gets all.",
    )  # fmt: skip
    row.metric(
        "Choice is open by", f"{entropy:.2f} bits",
        help=f"Entropy −Σ p log₂ p of the next token: as open as among {2**entropy:.1f} equally likely ones.",
    )  # fmt: skip
    row.metric(
        "Writes", f"{found.pace:,.0f} / s", help=f"{corpus.unit.title()}s a second, measured as this was written here."
    )  # fmt: skip


def formula(setting: Setting) -> None:
    """The slide's formula with shapes, each letter in the colour of its marks."""
    h, y, p = (rf"\textcolor{{{theme().series[i]}}}" for i in (H, Y, P))
    v, n = len(corpus_of(setting.corpus).names), len(own(setting.corpus, setting.kind)["W"])
    rows = n if setting.kind == "rnn" else f"4\\cdot {n}"  # an LSTM has four gates
    inner = rf"\underbrace{{U}}_{{{rows}\times {v}}}{y}{{y^{{(t-1)}}}} + \underbrace{{W}}_{{{rows}\times {n}}}{h}{{h^{{(t-1)}}}}"
    cell = rf"\tanh\big({inner}\big)" if setting.kind == "rnn" else rf"\operatorname{{LSTM}}\big({inner}\big)"
    scores = rf"{{V}}{h}{{h^{{(t)}}}}"
    heat = setting.temperature
    soft = rf"\operatorname{{softmax}}\Big(\frac{{\overbrace{{V}}^{{{v}\times {n}}}{h}{{h^{{(t)}}}}}}{{{heat:g}}}\Big)"
    last = rf"{p}{{p^{{(t)}}}} = {soft}\qquad {y}{{y^{{(t)}}}}\sim {p}{{p^{{(t)}}}}"
    if heat == 0:
        last = rf"{y}{{y^{{(t)}}}} = \operatorname{{argmax}}\ {scores}"
    st.latex(rf"{h}{{h^{{(t)}}}} = {cell}\qquad {last}")
