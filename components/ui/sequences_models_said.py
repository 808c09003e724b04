"""The learner's own sequence: its tokens, and what each of the seven models makes of it."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.learn.contest_runs import START, TASKS, Contest, chances, loaded, looks, shipped
from components.models.sequence_classifier import KINDS, SequenceClassifier
from components.tasks.last_seen import LETTERS
from components.tasks.last_seen import spelled as letters_of
from components.tasks.texts import KNOWN
from components.tasks.words import entries, numbered, split
from components.ui.live import current, engine, learner
from components.ui.sequences_models_words import EXAMPLES
from components.values import Frame

MOST = 256
"""Tokens that are read: attention among more would keep others waiting."""


class Said(NamedTuple):
    """A sequence of tokens, as a person and as a model sees it."""

    task: str
    words: tuple[str, ...]
    ids: tuple[int, ...]
    text: str


def tokens(task: str, text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The tokens and their ids, `MOST` + 1 at most."""
    if task == "letters":
        ids = letters_of(text[: 20 * MOST])[: MOST + 1]
        return tuple(LETTERS[i] for i in ids), tuple(int(i) for i in ids)
    words = split(text, MOST + 1)
    return words, tuple(int(i) for i in entries(numbered(words), 1, KNOWN)) if words else ()


def said(task: str, text: str) -> Said:
    """What is read of the text in the box; the example, with a sentence, where nothing can be."""
    words, ids = tokens(task, text)
    if not words:
        what = "no letter A to H" if task == "letters" else "no word"
        st.caption(f":material/info: There is {what} in the box; this is the example.")
        text = EXAMPLES[task]
        words, ids = tokens(task, text)
    if len(words) > MOST:
        st.caption(f":material/content_cut: Only the first {MOST} tokens are read.")
    return Said(task, words[:MOST], ids[:MOST], text)


def trained_here(request: Contest) -> Frame | None:
    """The last frame of a finished live run, with its weights."""
    run = current("contest", request)
    frames = engine("cpu").seen(run, learner()) if run else []
    return frames[-1] if frames and "by_length" in frames[-1] else None


def nets(request: Contest) -> tuple[dict[str, SequenceClassifier], str]:
    """The models as trained here, else as recorded; and in words which."""
    own = trained_here(request)
    if own is not None:
        return loaded(request.task, own), "as just trained here"
    samples, longest = START[request.task]
    return shipped(request.task), f"as recorded, trained on {samples:,} samples of up to {longest} tokens"


@lru_cache(maxsize=256)
def _shipped_chances(task: str, ids: tuple[int, ...]) -> np.ndarray:
    return chances(shipped(task), np.array(ids))


def verdicts(request: Contest, ids: tuple[int, ...]) -> tuple[np.ndarray, str]:
    """The chance of the second class by each model, `(7,)`, and which models."""
    found, which = nets(request)
    if found is shipped(request.task):
        return _shipped_chances(request.task, ids), which
    return chances(found, np.array(ids)), which


def verdict(task: str, p: float) -> str:
    """A chance of the second class as a person says it."""
    if not np.isfinite(p):
        return "not trained"
    return f"{TASKS[task].classes[int(p >= 0.5)]}, {max(p, 1 - p):.0%}"


def attended(request: Contest, ids: tuple[int, ...]) -> np.ndarray | None:
    """Where each token looks in the attention model, `(n, n)`."""
    found, _ = nets(request)
    return looks(found["attention"], np.array(ids)) if "attention" in found else None


def number(kind: str) -> int:
    """The place of a kind among the seven."""
    return KINDS.index(kind)
