"""Below the stage of "One task, all models": the learner's sequence, a guess, a table, the errors, a question, the code."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.verdicts import verdicts as verdicts_figure
from components.learn.contest_runs import TASKS, Contest, costs
from components.models.sequence_classifier import KINDS
from components.ui.chart import chart
from components.ui.house import theme
from components.ui.links import choice
from components.ui.sequences_models_code import code
from components.ui.sequences_models_errors import errors
from components.ui.sequences_models_said import Said, number, trained_here, verdicts
from components.ui.sequences_models_stage import kept_course
from components.ui.sequences_models_words import COST, LOOKS, NAMES, REMEMBERS
from components.ui.upload import plain

LOW = 290


def below(request: Contest, kind: str, spoken: Said) -> None:
    """One part at a time."""
    look = choice("Look closer", LOOKS, "say", "contestlook")
    if look == "say":
        say(request, kind, spoken)
    elif look == "predict":
        predict(request)
    elif look == "table":
        table(request)
    elif look == "errors":
        errors(request, kind)
    elif look == "check":
        check(request)
    else:
        code(request, kind)


def measured(request: Contest) -> dict[str, np.ndarray] | None:
    """Accuracy by length `(7, bins)` and what shuffling changes `(7,)`: as trained here, else as recorded."""
    own, kept = trained_here(request), kept_course(request)
    if own is not None:
        return {"by_length": own["by_length"].mean(-1), "changed": own["changed"].mean(-1)}
    if kept is None or kept.by_length is None or kept.changed is None:
        return None
    return {"by_length": kept.by_length.mean(-1), "changed": kept.changed.mean(-1)}


def say(request: Contest, kind: str, spoken: Said) -> None:
    """The seven verdicts on the learner's sequence, as written or shuffled."""
    order = choice(
        "The tokens", {"written": "as written", "shuffled": "shuffled", "reversed": "reversed"}, "written", "tokenorder"
    )
    n = len(spoken.ids)
    place = {"written": np.arange(n), "shuffled": np.random.default_rng(n).permutation(n), "reversed": np.arange(n)[::-1]}[order]
    before, which = verdicts(request, spoken.ids)
    p, _ = verdicts(request, tuple(spoken.ids[i] for i in place))
    shown = " ".join(spoken.words[i] for i in place[:60]) + (" …" if n > 60 else "")
    lost = [w for w, i in zip(spoken.words, spoken.ids, strict=True) if i < 0]
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        figure = verdicts_figure(
            list(NAMES.values()), p, TASKS[request.task].classes, number(kind), before=before if order != "written" else None,
            scale=theme(), height=LOW,
        )  # fmt: skip
        spoken_aloud = ", ".join(f"{k} {v:.0%}" for k, v in zip(KINDS, p, strict=True) if np.isfinite(v))
        chart(figure, "contest-verdicts", height=LOW, alt=f"Chance of {TASKS[request.task].classes[1]}: {spoken_aloud}")
    with right:
        st.markdown(f"**Read:** {plain(shown)}")
        if order != "written":
            moved = np.nanmax(np.abs(p - before))
            still = [NAMES[k] for k, a, b in zip(KINDS, p, before, strict=True) if abs(a - b) < 1e-4]
            st.markdown(
                f"The marks are the answers to the tokens as written. {' and '.join(still) or 'No model'} "
                f"{'did' if len(still) != 1 else 'does'} not move; the largest change is {moved:.2f}."
            )
        if lost:
            st.markdown(
                f"Not among the 2,000 known words, so all alike: {plain(', '.join(lost[:8]))}{' …' if len(lost) > 8 else ''}"
            )
        if n > 64:
            st.markdown("The feed-forward network has 64 places: it does not read what stands behind them.")
        st.caption(f"The models {which}.")


def predict(request: Contest) -> None:
    """A guess before the measured answer: which models keep their answer on sequences they never saw the length of?"""
    task, found = TASKS[request.task], measured(request)
    if found is None:
        st.info("Nothing is recorded for these settings: train live.", icon=":material/play_arrow:")
        return
    if request.task == "letters":
        at = [b[1] for b in task.bins].index(4 * request.longest)
        st.markdown(
            f"**Which models are right on at least 90 % of sequences of {4 * request.longest} letters**, four times as long "
            "as any they were trained on?"
        )
        right = {k for k in KINDS if found["by_length"][number(k), at] >= 0.9}
    else:
        at = 1
        st.markdown(
            "**Reviews of 9 to 16 tokens: which models are right on at least 70 %?** One of them does not see the order at all."
        )
        right = {k for k in KINDS if found["by_length"][number(k), at] >= 0.7}
    guess = st.pills(
        "Your guess", KINDS, selection_mode="multi", format_func=NAMES.__getitem__, key=f"contest-guess-{request.task}"
    )
    if st.button("Compare with the measurement", key="contest-compare", disabled=not guess):
        st.session_state["contest-compared"] = True
    if guess and st.session_state.get("contest-compared"):
        same = right == set(guess)
        said = ", ".join(
            f"{NAMES[k]} {found['by_length'][number(k), at]:.0%}" for k in KINDS if np.isfinite(found["by_length"][number(k), at])
        )
        (st.success if same else st.warning)(f"{'All right.' if same else 'Not quite.'} Measured: {said}.")
        st.caption(
            "A cell that is used again at every step does not care how many steps there are. A place that was never filled in "
            "training has weights that nobody set."
            if request.task == "letters"
            else "Words alone tell most of whether a review is positive: with so few texts, seeing the order helps little."
        )


def table(request: Contest) -> None:
    """Who sees the order, how far, what a token costs, and what a model remembers by; measured where that is possible."""
    found, (tokens, spent) = measured(request), costs()
    if found is None:
        st.info("Nothing is recorded for these settings: train live.", icon=":material/play_arrow:")
        return
    task, last = TASKS[request.task], len(tokens) - 1
    lines = []
    for i, kind in enumerate(KINDS):
        good = [b[1] for b, a in zip(task.bins, found["by_length"][i], strict=True) if a >= task.level]
        lines.append(
            {
                "model": NAMES[kind],
                "answers that shuffling changes": float(found["changed"][i]),
                f"{task.level:.0%} right up to": f"{max(good)} tokens" if good else "never",
                "ms for 64 tokens": float(spent[i, 1]),
                f"ms for {tokens[last]:,}": float(spent[i, last]),
                "work for n tokens": COST[kind],
                "remembers by": REMEMBERS[kind],
            }
        )
    bar = {"answers that shuffling changes": st.column_config.ProgressColumn(format="percent", min_value=0.0, max_value=1.0)}
    numbers = {name: st.column_config.NumberColumn(format="%.2f") for name in ("ms for 64 tokens", f"ms for {tokens[last]:,}")}
    st.dataframe(lines, hide_index=True, column_config=bar | numbers)
    st.caption(
        "Milliseconds to read one sequence, recorded on a processor with two cores; the feed-forward network has 64 places and "
        "leaves out the rest."
    )


@lru_cache(maxsize=1)
def fallen() -> dict[int, int]:
    """For each longest training sequence: the first tested length at which the recorded feed-forward network is below 75 %."""
    found = {}
    for longest in TASKS["letters"].longest:
        kept = kept_course(Contest("letters", 2048, longest))
        if kept is not None and kept.by_length is not None:
            accuracy, bins = kept.by_length[number("feedforward")].mean(-1), TASKS["letters"].bins
            found[longest] = next((b[1] for b, a in zip(bins, accuracy, strict=True) if a < 0.75), 0)
    return found


def check(request: Contest) -> None:
    """One question; its answer is found by moving "Trained up to"."""
    options = ["it stays where it is", "it moves with the longest training sequence", "it goes away"]
    answer = st.radio(
        "Letters, feed-forward: the curve by length falls to guessing somewhere. Move **Trained up to** from 8 to 16. What "
        "happens to that place?",
        options, index=None, key="contest-check",
    )  # fmt: skip
    if answer:
        said = "; ".join(f"trained up to {a}: below 75 % from {b} on" for a, b in fallen().items())
        (st.success if answer == options[1] else st.warning)(f"Measured with 2,048 samples: {said}.")
