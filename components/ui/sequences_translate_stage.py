"""The stage of "Translate": the alignment fills row by row while the output is written; lines and candidates of the step."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.alignment import LAST, SOURCE, STATE, WEIGHT, alignment, candidates, lines
from components.figures.scale import SCALES
from components.ui import player
from components.ui.chart import chart, remembered
from components.ui.house import theme
from components.ui.links import went_back
from components.ui.sequences_translate_words import estimated, kind_of
from components.ui.upload import plain

LOW, ROW = 360, 21  # pixels of the map, and of one row where there are many


def joined(pairs: str, tokens: tuple[str, ...]) -> str:
    """An output as it is read."""
    from components.tasks import dates, translations

    return (dates if pairs == "dates" else translations).joined(tokens)


def stage(pairs: str, aligned: bool, beam: int, tokens: tuple[str, ...]) -> None:
    """The player over one output of a recorded model, and the readouts."""
    from components.learn.translating import about, books, numbered, translated

    ids = numbered(pairs, tokens)
    found = translated(pairs, aligned, ids, beam)
    names = books(pairs).target
    output = tuple(names[t] for t in found.tokens)
    count = len(output)
    first = max(0, count - 2)  # all but the end is written
    restart((pairs, tokens))

    @st.fragment(run_every=0.25 if player.playing("written") else None)
    def region() -> None:
        player.position("written", count, first)
        player.tick("written", count)
        at = int(st.session_state["written"])
        player.keep("written", at, first)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            player.buttons("written", at, count)
            st.markdown(
                f"step **{at + 1}** of {count}: **{plain(joined(pairs, tuple(t for t in output[: at + 1] if t != 'end')))}**"
            )
        draw(pairs, aligned, beam, tokens, at)

    region()
    readouts(pairs, aligned, ids, beam, output)
    made = "synthetic dates" if pairs == "dates" else "messages of Django 5.2, translated by its volunteers"
    facts = about()
    if pairs != "dates":
        part, true = answers(pairs).get(" ".join(tokens), ("", ""))
        where = {"train": "It has seen this source in training", "test": "This source is held out, never seen"}
        st.caption(f"{where[part]}; its true translation: **{plain(true)}**" if part else "This source is not in the catalogues.")
    st.caption(f"Recorded {facts['date']} on {facts['machine']}: {made}; {facts[pairs]}, the same with and without attention.")


def restart(what: object) -> None:
    """Another source is shown whole, whatever step the last one stood at."""
    if st.session_state.get("written-of", repr(what)) != repr(what) and not went_back():
        for key in ("written", "written-playing"):
            st.session_state.pop(key, None)
        st.query_params.pop("written", None)
    st.session_state["written-of"] = repr(what)


def draw(pairs: str, aligned: bool, beam: int, tokens: tuple[str, ...], at: int) -> None:
    """The map beside the step's lines and candidates."""
    from components.learn.translating import books, numbered, translated

    ids, scale, names = numbered(pairs, tokens), SCALES[theme().name], books(pairs).target
    found = translated(pairs, aligned, ids, beam)
    output, a = tuple(names[t] for t in found.tokens), found.weights.numpy()
    facts = (pairs, aligned, tokens, beam, at, scale.name)
    height = max(LOW, ROW * len(output) + 90)
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        shown = remembered(
            facts, lambda: alignment(tokens, output, a, at, known=[i >= 0 for i in ids], scale=scale, height=height), "alignment",
            height=height, click=True, alt=f"Alignment of {len(output)} written with {len(tokens)} read {kind_of(pairs)}",
        )  # fmt: skip
        clicked = chart(shown, "alignment")
    if clicked and str(clicked["customdata"]).startswith("r"):
        st.session_state["written"] = int(str(clicked["customdata"])[1:])
        st.session_state["written-playing"] = False
        st.rerun()
    with right:
        tall = 200 if beam == 1 else 165
        chart(
            remembered(facts, lambda: lines(tokens, output, a, at, scale=scale, height=tall), "rowlines", height=tall,
                       alt=f"What step {at + 1} looks at"), "rowlines",
        )  # fmt: skip
        p = found.p[at].numpy()
        bars = remembered(
            facts, lambda: candidates(names, p, found.tokens[at], scale=scale, height=160), "nexttokens", height=160,
            alt=f"Step {at + 1} writes {output[at]} with {p[found.tokens[at]]:.0%}",
        )  # fmt: skip
        chart(bars, "nexttokens")
        if beam > 1 and at < len(found.kept):
            kept = [(joined(pairs, tuple(names[t] for t in one.tokens if t)), np.exp(one.log_p)) for one in found.kept[at]]
            st.caption(
                "Kept after this step: "
                + " · ".join(f"**{plain(text if len(text) < 40 else '…' + text[-38:])}** {p:.1%}" for text, p in kept)
            )


@lru_cache(maxsize=8)
def answers(pairs: str) -> dict[str, tuple[str, str]]:
    """Sources of the real pairs, as they are compared, with where they belong and their true translation."""
    from components.learn.translating import split
    from components.tasks import translations

    return {
        " ".join(split(pairs, source)): (part, target)
        for part in ("test", "train")
        for source, target in translations.pairs(pairs, part)
    }


def readouts(pairs: str, aligned: bool, ids: tuple[int, ...], beam: int, output: tuple[str, ...]) -> None:
    """How often it is right, how sure it is, how sharp the alignment is, and the weights."""
    from components.learn.translating import KINDS, model, recorded, translated

    found, kept = translated(pairs, aligned, ids, beam), recorded()
    row = st.container(horizontal=True, gap="medium")
    n = int(kept[f"{pairs}/attention/counts"][1])
    share = {on: float(kept[f"{pairs}/{kind}/test"][0]) for on, kind in KINDS.items()}
    row.metric(
        "Exactly right, held out", estimated(share[aligned], n),
        f"{'without' if aligned else 'with'} attention: {estimated(share[not aligned], n)}",
        delta_color="off", delta_arrow="off",
        help=f"{share[aligned] * n:.0f} of {n} held-out sources, greedy; ± is the standard error √(p(1 − p)/{n}), or with all "
        f"or none right the 95 % bound 3/{n}.",
    )  # fmt: skip
    row.metric(
        "Probability of this output", f"{np.exp(found.log_p):.1%}",
        help=f"Product over {len(output)} steps = exp({found.log_p:.3f}).",
    )  # fmt: skip
    a = found.weights.numpy().astype(float)
    spread = float(np.mean(2 ** -(a * np.log2(np.maximum(a, 1e-12))).sum(1)))
    row.metric(
        "A step looks at", f"{spread:.1f} of {len(ids)}" if aligned else "the last state", help=
        f"2 to the entropy of a row, mean over {len(output)} rows: 1 is one token only, {len(ids)} all alike."
        if aligned else "One vector for the whole source, the same at every step.",
    )  # fmt: skip
    weights = sum(p.numel() for p in model(pairs, aligned).parameters())
    row.metric("Weights", f"{weights:,}", help="The same number with and without attention: the scores s·h need none.")


def formula(pairs: str, aligned: bool) -> None:
    """Alignment and context, coloured as the marks."""
    colour = theme().series
    s, h, a, c = (rf"\textcolor{{{colour[i]}}}" for i in (STATE, SOURCE, WEIGHT, LAST))
    if aligned:
        st.latex(
            rf"{a}{{a_{{ij}}}}=\operatorname{{softmax}}_j({s}{{s_i}}\cdot {h}{{h_j}})"
            rf",\qquad c_i=\sum_j {a}{{a_{{ij}}}}\,{h}{{h_j}}\qquad p(y_i)=\operatorname{{softmax}}(W\tanh(V[c_i;{s}{{s_i}}]))"
        )
    else:
        st.latex(
            rf"c_i={c}{{h_{{\text{{last}}}}}}\ \text{{at every step}},"
            rf"\qquad p(y_i)=\operatorname{{softmax}}(W\tanh(V[c_i;{s}{{s_i}}]))"
        )
    width = 64 if pairs == "dates" else 48
    st.caption(f"s, h and c have {width} numbers each. The encoder reads in both directions; h is what both say at a token.")
