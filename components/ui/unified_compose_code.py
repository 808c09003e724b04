"""A composed model's run as one Python file and as a notebook; both give the number on the page."""

import json
import re
from functools import lru_cache, partial
from typing import Any

from torch import Tensor

from components.learn.composed_model import bare
from components.learn.composing import BATCH, EVERY, PEEK, TEST, Recipe, loss_of
from components.ui.code import bundle, gather
from components.ui.unified_compose_words import named

MAIN = """
draw = {draw}
shape = {shape}
model = {composition}
for frame in train(
    partial(Composed, model, shape), draw, ({samples},), seeds=1, steps={steps}, every={every}, batch={batch}, rate={rate!r},
    order="fixed", test={test}, peek={peek}, goal={goal!r}, loss={loss!r}, optimiser={optimiser!r},
):
    print("step", int(frame["step"]), "{measure}", round(frame["{measure}"].item(), 4), flush=True)
"""


def spelt(value: Any) -> str:
    """A value as code: partials with what they fix, functions by their name, numbers in full."""
    if isinstance(value, partial):
        fixed = [*(spelt(v) for v in value.args), *(f"{k}={spelt(v)}" for k, v in value.keywords.items())]
        return f"partial({', '.join([spelt(value.func), *fixed])})"
    if isinstance(value, Tensor):
        return f"torch.tensor({value.tolist()})"
    return value.__name__ if callable(value) else repr(value)


def homes(value: Any) -> list[str]:
    """The modules of the functions in a value, as `gather` wants them."""
    if isinstance(value, partial):
        inner = [value.func, *value.args, *value.keywords.values()]
        return [name for part in inner for name in homes(part)]
    return [value.__module__.removeprefix("components.")] if callable(value) and not isinstance(value, Tensor) else []


@lru_cache(maxsize=32)
def source(recipe: Recipe) -> str:
    """The run as one file: the project's own modules and the current choices."""
    about, s, c = recipe.material, recipe.material.shape, recipe.composition
    # what draws the data comes last: where two modules use the same name, the model needs none of theirs
    modules = gather(["models.composed", "learn.train", *dict.fromkeys(homes(about.draw))])
    main = "from functools import partial\n\nimport torch\n" + MAIN.format(
        draw=spelt(about.draw), shape=repr(s), composition=repr(c), samples=recipe.samples, steps=recipe.steps, every=EVERY,
        batch=BATCH, rate=c.rate, test=min(TEST, about.exercise.test), peek=PEEK, goal=s.goal, loss=loss_of(recipe),
        optimiser=c.optimiser, measure="accuracy" if s.goal == "classification" else "R²",
    )  # fmt: skip
    data = about.exercise.data
    beside = f" Put {' and '.join(data)} beside it." if data else ""
    title = f"{named(c, recipe.modality)}: {about.exercise.question} Needs torch, numpy and scikit-learn.{beside}"
    return bundle(modules, main, title)


def cells(code: str) -> list[str]:
    """The file cut where one module ends and the next begins."""
    return [part.strip("\n") for part in re.split(r"\n\n\n(?=# (?:[\w/]+\.py|The run itself)\n)", code)]


@lru_cache(maxsize=8)
def notebook(recipe: Recipe) -> str:
    """The same as a notebook (nbformat 4.5), a cell for each module and one for the run."""
    words, *parts = _opened(source(recipe))
    found: list[dict[str, Any]] = [{"cell_type": "markdown", "id": "about", "metadata": {}, "source": words}]
    for i, part in enumerate(parts):
        found.append(
            {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": part}
        )
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    meta = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": meta, "cells": found}, indent=1, ensure_ascii=False)


def _opened(code: str) -> list[str]:
    """The docstring as words, then the cells; each begins with the same promise about annotations."""
    head, *rest = cells(code)
    words, imports = head.split('"""\n', 1) if '"""\n' in head else ("", head)
    promise = "from __future__ import annotations"
    imports = imports.replace(promise, "").strip("\n")
    return [words.strip('"\n'), *(f"{promise}\n\n{part}" for part in [imports, *rest])]


def weights(recipe: Recipe) -> int:
    """Weights of one model, without making it where it was made before."""
    from components.learn.composed_model import outline

    return sum(p.weights for p in outline(bare(recipe)))
