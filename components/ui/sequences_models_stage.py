"""The stage of "One task, all models": the chosen model drawn, two charts of all seven, four numbers."""

import math
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.length_curves import by_length, learning
from components.figures.scale import SCALES
from components.figures.sequence_models import sequence_model
from components.learn.contest import BATCH, RATE, RATES, WIDTH
from components.learn.contest_runs import TASKS, Contest, about, first_reach, recorded, weight_counts
from components.models.sequence_classifier import KINDS
from components.ui.chart import chart, picture, remembered
from components.ui.house import theme
from components.ui.sequences_models_said import Said, attended, number, verdict, verdicts
from components.ui.sequences_models_words import formula
from components.values import Frame

HEIGHT, DRAWN = 305, 222


class Course(NamedTuple):
    """What is known of a run so far."""

    at: np.ndarray  # (t,) steps
    accuracy: np.ndarray  # (t, 7, r)
    seconds: np.ndarray  # (t, 7) of training
    by_length: np.ndarray | None  # (7, bins, r)
    changed: np.ndarray | None  # (7, r)


def live_course(frames: list[Frame]) -> Course:
    """A run under way."""
    at, accuracy, seconds = (np.stack([f[n] for f in frames]) for n in ("step", "accuracy", "seconds"))
    return Course(at, accuracy, seconds, frames[-1].get("by_length"), frames[-1].get("changed"))


def kept_course(request: Contest) -> Course | None:
    """What was recorded for these settings."""
    kept = recorded(request.task, request.samples, request.longest)
    if kept is None:
        return None
    return Course(kept["at"], kept["accuracy"], kept["at"][:, None] * kept["per_step"], kept["by_length"], kept["changed"])


def stage(request: Contest, kind: str, seconds: bool, spoken: Said, frames: list[Frame]) -> None:
    """The drawing, the two charts and the readouts."""
    kept = kept_course(request)
    course = live_course(frames) if frames else kept
    left, middle, right = st.columns([0.29, 0.28, 0.43], gap="small")
    with left:
        drawing(request, kind, spoken)
    if course is None:
        middle.info("Nothing is recorded for these settings: train live.", icon=":material/play_arrow:")
        return
    with middle:
        clicked = chart(learning_picture(request, kind, seconds, course, kept, bool(frames)), "contest-learning")
    shown = course if course.by_length is not None else kept
    with right:
        if shown is not None and shown.by_length is not None:
            clicked = chart(length_picture(request, kind, shown.by_length, bool(frames)), "contest-length") or clicked
        else:
            st.info("Accuracy by length is measured when the run is finished.")
    readouts(request, kind, course, shown)
    st.caption(source(request, frames, shown is not course))
    if clicked and clicked.get("customdata") in KINDS and clicked["customdata"] != kind:
        st.session_state["contest-pending"] = clicked["customdata"]
        st.rerun()


def drawing(request: Contest, kind: str, spoken: Said) -> None:
    """The chosen model with the learner's tokens, and its formula."""
    p, _ = verdicts(request, spoken.ids)
    answer, colours = verdict(request.task, float(p[number(kind)])), theme().name
    share = attended(request, spoken.ids) if kind == "attention" else None
    figure = sequence_model(kind, spoken.words, answer, weights=share, scale=SCALES[colours], height=DRAWN)
    alt = f"The model {kind} reads {len(spoken.words)} tokens and answers: {answer}"
    chart(picture(figure, f"contest-model-{kind}", height=DRAWN, alt=alt), "contest-model")
    st.latex(formula(kind, theme(), WIDTH))


def learning_picture(request: Contest, kind: str, seconds: bool, course: Course, kept: Course | None, fresh: bool):  # type: ignore[no-untyped-def]
    """Accuracy while the models learn; recorded ones are drawn once for all learners."""
    task, colours = TASKS[request.task], theme().name

    def along(c: Course) -> np.ndarray:
        return c.seconds if seconds else np.repeat(c.at[:, None], len(KINDS), 1)

    def draw():  # type: ignore[no-untyped-def]
        known = [float(np.nanmax(along(c))) for c in (course, kept) if c is not None and fresh]
        end = max(float(np.nanmax(along(course))), *known, 1e-3) if seconds else task.steps
        return learning(
            along(course), course.accuracy, kind, KINDS, end=end, level=task.level, scale=SCALES[colours], height=HEIGHT,
            x_title="seconds of training" if seconds else "training step",
            earlier=(along(kept), kept.accuracy) if fresh and kept is not None else None,
        )  # fmt: skip

    alt = f"Test accuracy of {kind} now {np.nanmean(course.accuracy[-1, number(kind)]):.0%}" if len(course.at) else "No curve yet"
    if fresh:
        return picture(draw(), "contest-learning", height=HEIGHT, click=True, alt=alt)
    facts = (request.task, request.samples, request.longest, kind, seconds, colours)
    return remembered(facts, draw, "contest-learning", height=HEIGHT, click=True, alt=alt)


def length_picture(request: Contest, kind: str, accuracy: np.ndarray, fresh: bool):  # type: ignore[no-untyped-def]
    """Accuracy against length, the lengths of training shaded."""
    task, colours = TASKS[request.task], theme().name

    def draw():  # type: ignore[no-untyped-def]
        trained = (task.low, request.longest)
        return by_length(task.bins, accuracy, kind, KINDS, trained=trained, scale=SCALES[colours], height=HEIGHT)

    ends = accuracy[number(kind), [0, -1]].mean(1)
    alt = f"Accuracy of {kind}: {ends[0]:.0%} for the shortest sequences, {ends[1]:.0%} for the longest"
    if fresh:
        return picture(draw(), "contest-length", height=HEIGHT, click=True, alt=alt)
    facts = (request.task, request.samples, request.longest, kind, colours)
    return remembered(facts, draw, "contest-length", height=HEIGHT, click=True, alt=alt)


def spread(values: np.ndarray, tested: int) -> tuple[float, float]:
    """Mean over seeds `(r,)` and its standard error; of a single seed that of so many test samples."""
    mean = float(values.mean())
    error = values.std(ddof=1) / math.sqrt(len(values)) if len(values) > 1 else math.sqrt(max(mean * (1 - mean), 0) / tested)
    return mean, float(error)


def said_as(values: np.ndarray, tested: int) -> str:
    """An accuracy with its standard error."""
    mean, error = spread(values, tested)
    return f"{mean:.1%} ± {100 * error:.1f}" if np.isfinite(mean) else "–"


def readouts(request: Contest, kind: str, course: Course, shown: Course | None) -> None:
    """Accuracy, weights, seconds to the level, accuracy at the longest sequences."""
    task, i = TASKS[request.task], number(kind)
    row, few = st.container(horizontal=True, gap="medium"), 300 if course.accuracy.shape[2] > 1 else 200
    own, changed = course.accuracy[-1, i], course.changed
    seeds = f"mean and standard error of {len(own)} seeds" if len(own) > 1 else "± is the standard error over test samples"
    row.metric(
        "Test accuracy", said_as(own, 1000 if changed is not None else 200),
        f"shuffling changes {changed[i].mean():.0%} of answers" if changed is not None and np.isfinite(changed[i, 0]) else None,
        delta_color="off", delta_arrow="off",
        help=f"Right answers / 1,000 test sequences of trained lengths (while learning: the first {few} of them); {seeds}. "
        "Shuffling: the tokens of each test sequence in a random order.",
    )  # fmt: skip
    table, rest = weight_counts(request.task)[kind]
    row.metric(
        "Weights", f"{table + rest:,}", f"{rest:,} without the embedding", delta_color="off", delta_arrow="off",
        help=f"{table:,} for a vector of {WIDTH} numbers per token (the same in all models) + {rest:,} for the rest.",
    )  # fmt: skip
    mean = course.accuracy[:, i].mean(1)
    step, time = first_reach(course.at, mean, task.level), first_reach(course.seconds[:, i], mean, task.level)
    reached = math.isfinite(step)
    row.metric(
        f"Seconds to {task.level:.0%}", f"{time:.2g} s" if reached else "not reached",
        f"step {step:.0f}" if reached else None, delta_color="off", delta_arrow="off",
        help=f"The first look at which the test accuracy is {task.level:g} or more, on a processor with two cores: "
        + (f"{time:.3g} s / {step:.0f} steps = {1000 * time / max(step, 1):.1f} ms a step." if reached else "none so far."),
    )  # fmt: skip
    low, high = task.bins[-1]
    unseen = "never trained on" if high > request.longest else "trained on too"
    row.metric(
        f"Accuracy at {high} tokens" if low == high else f"Accuracy at {low} to {high} tokens",
        said_as(shown.by_length[i, -1], 200) if shown is not None and shown.by_length is not None else "when finished",
        unseen, delta_color="off", delta_arrow="off",
        help=f"Right answers / 200 test sequences of {low} to {high} tokens; trained on {task.low} to {request.longest}.",
    )  # fmt: skip


def source(request: Contest, frames: list[Frame], borrowed: bool) -> str:
    """Where the numbers come from."""
    data = "Synthetic letters; as many A as B in each sequence, so counting says nothing. " if request.task == "letters" else ""
    slow = ", ".join(f"{k} {v:g}" for k, v in RATES.items())
    same = f"Same samples, batches of {BATCH}, steps and width {WIDTH} for all; learning rate {RATE:g} ({slow})."
    if frames:
        late = " Accuracy by length: recorded, until this run is finished." if borrowed else ""
        return f"{data}Live, one seed; faded: recorded.{late} {same}"
    facts = about()
    return f"{data}Recorded {facts['date']} on {facts['machine']}, 3 seeds. {same}"
