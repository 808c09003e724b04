"""A composed model as a file: safetensors with its choices in the header, or the choices alone as JSON; nothing is unpickled.

Format of safetensors (https://huggingface.co/docs/safetensors): eight bytes with the length of a JSON header, the header, the
numbers. The header's `__metadata__` holds the recipe as JSON, "recipe", and the step.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from components.learn.composed_model import bare
from components.learn.composing import Recipe, builder
from components.learn.materials import material, tasks
from components.models.composition import as_text, from_text, objections
from components.values import BadInput, Frame

MOST, HEADER, LARGEST = 10 * 2**20, 2**16, 1e6  # bytes of a file and of its header; no weight is larger than this
STEPS = (100, 300, 600)
"""Steps of training that can be chosen."""
STRANGE = "This file is not a model of this page: save one here first, it ends in .safetensors or .json."
FIELDS = {"composition", "modality", "task", "size", "steps"}


def written(recipe: Recipe) -> str:
    """The choices as JSON."""
    found = {"composition": as_text(recipe.composition), "modality": recipe.modality, "task": recipe.task}
    return json.dumps(found | {"size": recipe.size, "steps": recipe.steps}, indent=1)


def read(text: str | bytes) -> Recipe:
    """The recipe that `written` wrote.

    Raises:
        BadInput: not such a file, an unknown choice or task, a value that cannot be taken, or a model that cannot be built.
    """
    if len(text) > HEADER:
        raise BadInput(STRANGE)
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput(STRANGE) from None
    if not isinstance(found, dict) or set(found) != FIELDS or not isinstance(found["composition"], dict):
        raise BadInput(STRANGE)
    composition = from_text(found["composition"])
    modality, task, size, steps = (found[name] for name in ("modality", "task", "size", "steps"))
    if not isinstance(modality, str) or task not in tasks().get(modality, []):
        raise BadInput("This file is about a task that is not composed here.")
    about = material(modality, task)
    if type(size) is not int or size not in (0, *about.exercise.sizes) or type(steps) is not int or steps not in STEPS:
        raise BadInput("The number of samples or steps in this file is not among those of this page.")
    for objection in objections(composition, about.shape):
        if objection.fatal:
            raise BadInput(objection.sentence)
    return Recipe(composition, modality, task, size, steps)


def packed(recipe: Recipe, frame: Mapping[str, np.ndarray]) -> bytes:
    """The model of a last frame as a safetensors file, its choices in the header."""
    weights = {
        n.removeprefix("weights/"): np.ascontiguousarray(a, np.float32) for n, a in frame.items() if n.startswith("weights/")
    }
    return save(weights, {"recipe": written(recipe), "step": str(int(frame["step"]))})


def unpacked(data: bytes) -> tuple[Recipe, Frame]:
    """The recipe and the frame (`step`, `steps`, `weights/<name>`) that `packed` wrote.

    Raises:
        BadInput: too large, not of this format, other choices than the page has, other names or shapes, numbers that are none.
    """
    if len(data) > MOST:
        raise BadInput(f"This file has {len(data) / 2**20:.0f} MB; at most {MOST // 2**20} MB are read.")
    recipe, step = _header(data)
    try:
        weights = load(data)
    except (SafetensorError, ValueError, TypeError, KeyError, OverflowError):
        raise BadInput(STRANGE) from None
    wanted = _shapes(recipe)
    if set(weights) != set(wanted):
        raise BadInput("The parts in this file are not those of the model that its choices name.")
    if any(a.shape != wanted[n] or a.dtype != np.float32 for n, a in weights.items()):
        raise BadInput("The weights in this file do not have the shapes that its choices ask for.")
    if not all(np.isfinite(a).all() and np.abs(a).max(initial=0) <= LARGEST for a in weights.values()):
        raise BadInput("Some weights in this file are not finite numbers of a usual size, so it cannot be used.")
    frame = {"step": np.array(step), "steps": np.array(recipe.steps)}
    return recipe, frame | {f"weights/{name}": a for name, a in weights.items()}


def _shapes(recipe: Recipe) -> dict[str, tuple[int, ...]]:
    from torch import Generator

    return {name: tuple(a.shape) for name, a in builder(bare(recipe))([Generator()]).named_parameters()}


def _header(data: bytes) -> tuple[Recipe, int]:
    """The recipe and the step in the header."""
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or not 2 <= length <= min(HEADER, len(data) - 8):
        raise BadInput(STRANGE)
    try:
        about = json.loads(data[8 : 8 + length])["__metadata__"]
        text, step = str(about["recipe"]), int(about["step"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadInput(STRANGE) from None
    recipe = read(text)
    if not 0 <= step <= recipe.steps:
        raise BadInput(STRANGE)
    return recipe, step
