"""The test sequences that the chosen model gets wrong with most confidence, and what the others say of them."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.learn.contest_runs import TASKS, Contest, shipped
from components.models.sequence_classifier import KINDS, SequenceClassifier
from components.ui.sequences_models_said import nets, number
from components.ui.sequences_models_words import NAMES

WORST, EXAM = 8, 300


def exam(task: str, longest: int) -> tuple[np.ndarray, np.ndarray]:
    """Test sequences `(300, k, d)` and their classes: texts of all lengths; letters four times as long as in training."""
    import torch

    lengths = (4 * longest, 4 * longest) if task == "letters" else (1, 64)
    x, y = TASKS[task].draw(EXAM, torch.Generator().manual_seed(7), "test", *lengths)
    return x.numpy(), y.numpy()


def answered(found: dict[str, SequenceClassifier], x: np.ndarray) -> np.ndarray:
    """The chance of the second class, `(7, n)`."""
    import torch

    p = np.full((len(KINDS), len(x)), np.nan, np.float32)
    with torch.inference_mode():
        for kind, net in found.items():
            p[number(kind)] = net(torch.from_numpy(x)[None]).softmax(-1)[0, :, 1].numpy()
    return p


@lru_cache(maxsize=4)
def _recorded(task: str, longest: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x, y = exam(task, longest)
    return x, y, answered(shipped(task), x)


def written(task: str, row: np.ndarray) -> str:
    """A test sequence as a person reads it."""
    from components.tasks.last_seen import LETTERS
    from components.tasks.words import spelled

    if task == "letters":
        return "".join(LETTERS[int(i)] for i in row[:, 0] if i >= 0)
    words = spelled()
    return " ".join(words[int(i)] for i in row[:, 0] if i >= 0)


def errors(request: Contest, kind: str) -> None:
    """A table of the worst errors."""
    from components.learn.contest_runs import START

    found, which = nets(request)
    longest = START["letters"][1] if found is shipped(request.task) else request.longest
    if found is shipped(request.task):
        x, y, p = _recorded(request.task, longest)
    else:
        x, y = exam(request.task, longest)
        p = answered(found, x)
    own = p[number(kind)]
    if not np.isfinite(own).all():
        st.info(f"{NAMES[kind]} took no part in this run.")
        return
    sure = np.where(y == 1, 1 - own, own)  # the chance given to the wrong class
    worst = np.argsort(-sure, kind="stable")[:WORST]
    worst = worst[sure[worst] > 0.5]
    classes = TASKS[request.task].classes
    count = int((sure > 0.5).sum())
    st.markdown(f"**{NAMES[kind]} is wrong on {count} of {EXAM} test sequences.** The ones it is surest of:")
    if not len(worst):
        st.success("None of them.")
        return
    lines = [
        {
            "truth": classes[y[i]], "given to the wrong class": float(sure[i]),
            "others that are right": ", ".join(NAMES[k] for k in KINDS if (p[number(k), i] >= 0.5) == y[i]) or "none",
            "sequence": written(request.task, x[i]),
        }
        for i in worst
    ]  # fmt: skip
    bar = {"given to the wrong class": st.column_config.ProgressColumn(format="percent", min_value=0.0, max_value=1.0)}
    st.dataframe(lines, hide_index=True, column_config=bar)
    what = f"sequences of {4 * longest} letters" if request.task == "letters" else "real reviews and tweets, never trained on"
    st.caption(f"Test: {what}. The models {which}.")
