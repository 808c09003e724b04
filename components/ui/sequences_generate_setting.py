"""What the learner set in the view "Generate", and what the recorded generators write for it."""

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.tasks.corpora import Corpus, numbered
from components.ui.links import choice, from_link, number, pick, to_link, went_back
from components.ui.sequences_text import clean
from components.ui.upload import plain

CORPORA = {"prose": "Prose", "melodies": "Melodies"}
KINDS = {"rnn": "RNN", "lstm": "LSTM"}
PROMPTS = {"prose": "It is a truth universally ", "melodies": "G4:1 C5:1 D5:1 E5:1"}
MOST = {"prose": 400, "melodies": 96}
OPENED = {"prose": 220, "melodies": 30}
HEATS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0)
KEPT = (1, 2, 3, 5, 10, 20, 40, 0)  # 0: all
LONGEST, PICKS = 200, 50  # characters of a prompt; tokens chosen by hand


class Setting(NamedTuple):
    """Everything that decides what is written."""

    corpus: str
    kind: str
    prompt: tuple[int, ...]  # begins with the token that stands before every beginning
    temperature: float = 0.8
    keep: int = 0
    seed: int = 1
    picks: tuple[tuple[int, int], ...] = ()


@cache
def recorded() -> dict[str, np.ndarray]:
    """What `pretrained/build/generate.py` wrote."""
    with np.load(Path(__file__).parents[2] / "pretrained" / "weights" / "generate.npz", allow_pickle=False) as file:
        return dict(file)


@cache
def about() -> dict:
    """Date, machine, and how each generator was trained and how well it guesses."""
    return json.loads(str(recorded()["about"]))


@cache
def own(corpus: str, kind: str) -> dict[str, np.ndarray]:
    """The weights of one generator."""
    return {name: recorded()[f"{corpus}/{kind}/{name}"].astype(np.float32) for name in "UbWVc"}


def corpus_of(name: str) -> Corpus:
    """The corpus of this name."""
    from components.learn.generating import CORPORA

    return CORPORA[name]()


@lru_cache(maxsize=32)
def written(setting: Setting):  # type: ignore[no-untyped-def]  # a Written; torch is imported only here
    """All that this setting writes, to the longest length; what is shown is its beginning."""
    from components.learn.generating import write

    _, _, prompt, temperature, keep, seed, picks = setting
    weights = own(setting.corpus, setting.kind)
    return write(weights, np.array(prompt), MOST[setting.corpus] + 1, temperature, keep, seed, dict(picks))


def tokens_of(corpus: str, text: str) -> tuple[tuple[int, ...], list[str]]:
    """A prompt as token numbers, after the token that stands before every beginning; and what cannot be read."""
    from components.learn.generating import first_token

    source = corpus_of(corpus)
    if corpus == "prose":
        wanted = list(text.translate(str.maketrans("’‘“”", "''\"\"")))
    else:
        wanted = [w if ":" in w else f"{w}:1" for w in text.split()]
    ids, unknown = numbered(source.names, wanted)
    return (first_token(source), *(int(i) for i in ids)), unknown


def read_picks(text: str, most: int, v: int) -> tuple[tuple[int, int], ...]:
    """Tokens chosen by hand, as the address says it: `place.token_place.token`."""
    found = {}
    for part in text[:1000].split("_")[:PICKS]:
        if re.fullmatch(r"\d{1,4}\.\d{1,4}", part):
            place, token = map(int, part.split("."))
            if place <= most and token < v:
                found[place] = token
    return tuple(sorted(found.items()))


def picks_now(corpus: str) -> tuple[tuple[int, int], ...]:
    """The choices made so far, from the session or the address."""
    if "genpicks" not in st.session_state or went_back():
        st.session_state["genpicks"] = st.query_params.get("genpicks", "")
    picks = read_picks(str(st.session_state["genpicks"]), MOST[corpus], len(corpus_of(corpus).names))
    to_link("genpicks", "_".join(f"{a}.{b}" for a, b in picks), "")
    return picks


def choose(place: int, token: int, picks: tuple[tuple[int, int], ...]) -> None:
    """Write this token at this place; what was chosen behind it no longer counts."""
    kept = [p for p in picks if p[0] < place][-PICKS + 1 :]
    st.session_state["genpicks"] = "_".join(f"{a}.{b}" for a, b in [*kept, (place, token)])


def _prompt(corpus: str) -> tuple[int, ...]:
    """The learner's beginning; what the corpus does not know is skipped, and said."""
    state = st.session_state
    if state.get("gen-corpus", corpus) != corpus:  # another corpus: another default, and no choices
        state["prompt"], state["genpicks"], state["genlength"] = PROMPTS[corpus], "", OPENED[corpus]
        state["genlength-playing"] = False
    state["gen-corpus"] = corpus
    from_link("prompt", PROMPTS[corpus], lambda text: text[:LONGEST])
    tip = "Any text." if corpus == "prose" else "Pitch and quarter notes: C4 is middle C, C4:1/2 lasts half a quarter note."
    typed = st.text_input("Start with", key="prompt", help=tip)
    cleaned = clean(typed, LONGEST)
    text = cleaned + " " if cleaned and typed[:LONGEST].endswith(" ") else cleaned
    to_link("prompt", text, PROMPTS[corpus])
    state["gen-notice"] = "" if len(typed) <= LONGEST else f"Only the first {LONGEST} characters of the start are used. "
    ids, unknown = tokens_of(corpus, text)
    if unknown:
        some = " ".join(plain(w[:12]) for w in dict.fromkeys(unknown[:8]))
        state["gen-notice"] += f"Not in what it learned from, so skipped: {some}"
    return ids


def controls() -> Setting:
    """Six controls in one row."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        corpus = choice("Learned from", CORPORA, "prose", "corpus", "A novel by Jane Austen, or melodies of Bach's chorales.")
        kind = choice("Model", KINDS, "lstm", "generator")
        with st.container(width=255):
            prompt = _prompt(corpus)
        with st.container(width=160):
            heat = pick(
                "Temperature", HEATS, 0.8, "temperature", lambda t: f"{t:g}", "0: the likeliest always. 2: nearly anything."
            )
        with st.container(width=115):
            keep = pick("Top-k", KEPT, 0, "topk", lambda k: str(k) if k else "all", "Draw only among the k likeliest tokens.")
        with st.container(width=105):
            seed = number("Seed", 0, 9999, 1, "genseed", "Another seed, other dice: another text.")
    if st.session_state["gen-notice"]:
        st.caption(f":material/info: {st.session_state['gen-notice']}")
    return Setting(corpus, kind, prompt, heat, keep, seed, picks_now(corpus))
