"""The live run of "Translate": both models learn to rewrite dates, and the alignment sharpens."""

from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from components.figures.alignment import alignment
from components.figures.alignment import learning as curves
from components.figures.scale import SCALES
from components.ui.chart import chart
from components.ui.house import theme
from components.ui.live import current, live
from components.ui.sequences_translate_words import DEFAULTS, estimated
from components.ui.upload import plain
from components.values import Frame

if TYPE_CHECKING:
    from components.learn.translating import Request

STEPS, BATCH, EVERY = 250, 64, 3


@lru_cache(maxsize=1)
def request() -> "Request":
    """The one run there is: dates, one or two in a source."""
    from components.learn.translating import Request

    return Request("dates", STEPS, BATCH, example=DEFAULTS["dates"])


def under_way(pairs: str) -> bool:
    """Whether this learner has a live run on the page."""
    return pairs == "dates" and current("translate", request()) is not None


def learning(pairs: str, tokens: tuple[str, ...]) -> None:
    """The run, where there is one; the languages are recorded only."""
    if pairs == "dates":
        live("translate", request(), _train, partial(moment, tokens), label="Train both live")


def _train():  # type: ignore[no-untyped-def]  # torch is imported only in the worker
    from components.learn.translating import train

    return train(request(), EVERY)


def moment(tokens: tuple[str, ...], frames: list[Frame]) -> None:
    """The alignment of one example at this moment, beside the two curves."""
    if not frames:
        return
    from components.learn.translating import books, split

    last, scale, names = frames[-1], SCALES[theme().name], books("dates").target
    source = split("dates", request().example)
    output = tuple(names[t] for t in last["tokens"])
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        chart(
            alignment(source, output, last["weights"], len(output) - 1, scale=scale, height=400),
            "alignment-live", height=400, alt=f"Alignment at step {int(last['step'])}: {''.join(output)}",
        )  # fmt: skip
    with right:
        step, exact = np.array([int(f["step"]) for f in frames]), np.stack([f["exact"] for f in frames])
        chart(curves(step, exact, STEPS, scale=scale, height=330), "translate-curves", height=330)
        st.markdown(f"It writes **{plain(''.join(output))}**")
    n = int(last["tested"])
    row = st.container(horizontal=True, gap="medium")
    for name, p in zip(
        (
            "With attention, exactly right",
            "Without",
        ),
        last["exact"],
        strict=True,
    ):
        row.metric(name, estimated(float(p), n), help=f"{p * n:.0f} of {n} held-out sources, greedy.")
    row.metric("Loss a token, with and without", " · ".join(f"{v:.3f}" for v in last["loss"]) if last["step"] else "–")
    st.caption("Live: one or two dates in a source, synthetic; both models see the same batches; ± is the standard error.")
    if "w/out.weight" in last:
        own(tokens, last)


def own(tokens: tuple[str, ...], last: Frame) -> None:
    """What the models just trained make of the learner's source."""
    import torch

    from components.learn.translating import LONG, alone, books, numbered, restored
    from components.models.encoder_decoder import decode

    names, ids = books("dates").target, torch.tensor(numbered("dates", tokens))
    said = []
    for i, name in enumerate(("with attention", "without")):
        found = decode(restored("dates", i == 0, alone(last, i), "w/"), ids, LONG)
        said.append(f"{name} **{plain(''.join(names[t] for t in found.tokens if t))}** ({np.exp(found.log_p):.0%})")
    st.markdown("The models just trained, on your source: " + ", ".join(said))
