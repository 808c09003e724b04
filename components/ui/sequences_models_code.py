"""The contest as one runnable file."""

from functools import lru_cache

import streamlit as st

from components.learn.contest import contest
from components.learn.contest_runs import TASKS, Contest
from components.models.sequence_classifier import SequenceClassifier
from components.ui.code import bundle, gather, show_code


@lru_cache(maxsize=64)
def source(request: Contest) -> str:
    """Train the models that take part with the current settings, and print what is measured."""
    task = TASKS[request.task]
    main = f"""
bins = {task.bins}
kinds = {request.kinds}
for frame in contest(
    draw, {task.tokens}, bins, kinds=kinds, samples={request.samples}, low={task.low}, high={request.longest},
    steps={task.steps}, every=20,
):
    right = [f"{{kind}} {{frame['accuracy'][KINDS.index(kind), 0]:.3f}}" for kind in kinds]
    print("step", int(frame["step"]), ", ".join(right), flush=True)
for kind in kinds:
    i = KINDS.index(kind)
    print(kind, "by length", dict(zip(bins, frame["by_length"][i, :, 0].round(3).tolist())), "changed by shuffling",
          round(float(frame["changed"][i, 0]), 3), "seconds", round(float(frame["seconds"][i]), 2))
"""
    needs = "torch and numpy" + (
        "; reviews.npz of the project's pretrained/data lies beside this file" if request.task == "text" else ""
    )
    modules = gather([task.module, "learn.contest"])
    return bundle(modules, main, f"Sequence models side by side: {task.title} Needs {needs}.")


def code(request: Contest, kind: str) -> None:
    """The heart of it, and the file with the current settings."""
    st.markdown(
        f"Shapes: tokens (n,) → table (n, h) → over time (n, h) → one vector (h,) → (2,). Model on the stage: **{kind}**."
    )
    show_code(
        source(request),
        f"contest_{request.task}.py",
        focus=[SequenceClassifier.over_time, SequenceClassifier.aggregated, contest],
    )
