"""The code of the Modality page: the functions that made this x_i, and the training run as a file that runs alone."""

import inspect
import io
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from components.learn import exercise as lessons
from components.learn.exercise import Lesson
from components.learn.goals import GOALS
from components.modalities.base import Modality
from components.ui.code import bundle, gather, settled, show_code
from components.ui.modality_lesson import absent

DATA = Path(__file__).parents[2] / "pretrained" / "data"
OWN = "own.npz"


def parts(function: Any) -> tuple[Any, dict[str, Any], int]:
    """A function, the settings a `partial` fixed, by name, and how many of them were given by their place."""
    if not isinstance(function, partial):
        return function, {}, 0
    inner, settings, count = parts(function.func)
    names = list(inspect.signature(inner).parameters)[count:]
    placed = dict(zip(names, function.args, strict=False))
    return inner, settings | placed | function.keywords, count + len(placed)


def _call(made: Any) -> str:
    """`partial(f, 1, b=own["b"])`: large arrays come from the file beside the code."""
    function, settings, count = parts(made)
    words = [f"own[{k!r}]" if isinstance(v, np.ndarray) else repr(v) for k, v in settings.items()]
    named = [word if i < count else f"{k}={word}" for i, (k, word) in enumerate(zip(settings, words, strict=True))]
    return f"partial({', '.join([function.__name__, *named])})" if words else function.__name__


def own_arrays(lesson: Lesson) -> dict[str, np.ndarray]:
    """The learner's own numbers behind a task, which its code reads from a file."""
    exercise = lesson.exercise
    found = parts(exercise.draw)[1] | (parts(exercise.network)[1] if exercise.network else {})
    return {name: value for name, value in found.items() if isinstance(value, np.ndarray)}


@lru_cache(maxsize=32)
def source(lesson: Lesson) -> str:
    """The run as one file: the project's own modules and the current settings."""
    exercise = lesson.exercise
    made = lessons.builder(lesson)
    draw, network = parts(exercise.draw)[0], parts(made)[0]
    private = [f for f in (draw, network) if f.__module__.startswith("components.modalities")]
    public = [f.__module__.removeprefix("components.") for f in (draw, network) if f not in private]
    modules = gather([*public, "learn.train"], private)
    settings = ", ".join(f"{k}={v!r}" for k, v in lessons.settings(lesson).items())
    measure = GOALS[exercise.goal].measure
    beside = [OWN] if own_arrays(lesson) else []
    lines = [settled(f) for f in private]
    if beside:
        lines.append(f'own = dict(np.load("{OWN}", allow_pickle=False))')
    lines += [
        f"draw = {_call(exercise.draw)}",
        f"network = {_call(made)}",
        f"for frame in train(\n    network, draw, ({lesson.size},),\n    {settings},\n):",
        f'    print("step", int(frame["step"]), "{measure}", round(frame["{measure}"].item(), 3), flush=True)',
    ]
    files = [*exercise.data, *beside]
    also = f" Put {' and '.join(files)} beside it." if files else ""
    main = "from functools import partial\n\nimport numpy as np\n\n" + "\n".join(lines)
    return bundle(modules, main, f"{exercise.question} Needs torch, numpy and scikit-learn.{also}")


def code(modality: Modality, lesson: Lesson | None, moved: list[str]) -> None:
    """The functions that made this x_i; the training run as a file, and the data it reads."""
    st.subheader("The code that ran", anchor=False)
    functions = [modality.observe, *(modality.controls[name].apply for name in moved)]
    focus: list[object] = [parts(function)[0] for function in functions]
    if lesson is None or absent(lesson):
        for thing in focus:
            st.code(inspect.getsource(thing), language="python")  # type: ignore[arg-type]
        return
    with st.container(horizontal=True):
        for name in lesson.exercise.data:
            file = DATA / name
            size = f"{file.stat().st_size / 2**10:,.0f} kB"
            st.download_button(f"{name} ({size})", file.read_bytes, name, key=f"data-{name}", icon=":material/database:")
        if own_arrays(lesson):
            st.download_button("Your numbers", partial(_packed, lesson), OWN, key="data-own", icon=":material/database:")
    show_code(source(lesson), f"{lesson.modality}_{lesson.task}.py".replace(" ", "_"), focus=focus)


def _packed(lesson: Lesson) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **own_arrays(lesson))
    return out.getvalue()
