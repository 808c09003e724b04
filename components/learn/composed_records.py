"""Recorded runs of the named models, each on the home task of every other where it can be built."""

import json
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from components.learn.composed_symmetry import moves
from components.learn.composing import Recipe
from components.models.composition import PRESETS
from components.values import Frame

FILE = Path(__file__).parents[2] / "pretrained" / "sweeps" / "compose.npz"
STEPS = 300
HOMES = tuple(dict.fromkeys((p.modality, p.task) for p in PRESETS.values()))
"""The tasks on which runs were recorded."""


class Kept(NamedTuple):
    """One recorded run."""

    steps: np.ndarray  # (t,)
    score: np.ndarray  # (t,) on the test, the last on all of it
    seconds: float
    symmetry: dict[str, float]  # errors after training, see `composed_symmetry`
    tested: int


def name_of(preset: str, modality: str, task: str) -> str:
    """The name under which a run lies in the file."""
    return f"{preset}/{modality}/{task}"


@cache
def _file() -> Frame:
    if not FILE.exists():
        return {}
    with np.load(FILE, allow_pickle=False) as data:
        return {name: data[name] for name in data.files}


def about() -> dict[str, str]:
    """When and where the runs were recorded: `date`, `machine`, `torch`."""
    return json.loads(str(_file()["about"])) if _file() else {"date": "never", "machine": "no machine", "torch": ""}


@lru_cache(maxsize=256)
def recorded(recipe: Recipe) -> Kept | None:
    """What was recorded for this recipe; None where nothing was."""
    whole = recipe.size in (0, recipe.material.exercise.sizes[-1])
    if recipe != replace(recipe, size=recipe.size, steps=STEPS, seeds=1, device="cpu") or not whole:
        return None
    for preset, found in PRESETS.items():
        key = name_of(preset, recipe.modality, recipe.task)
        if found.composition == recipe.composition and f"{key}:score" in _file():
            facts, score = _file(), _file()[f"{key}:score"].astype(float)
            errors = facts[f"{key}:symmetry"].astype(float).tolist()
            names = list(moves(recipe.material.shape))
            return Kept(
                np.linspace(0, STEPS, len(score)), score, float(facts[f"{key}:seconds"]),
                dict(zip(names, errors, strict=True)), int(facts[f"{key}:tested"]),
            )  # fmt: skip
    return None


@lru_cache(maxsize=64)
def beside(modality: str, task: str) -> dict[str, Kept]:
    """All recorded runs on a task, by the titles of their presets; equal models once."""
    found: dict[str, Kept] = {}
    seen = []
    for preset in PRESETS.values():
        if preset.composition in seen:
            continue
        kept = recorded(Recipe(preset.composition, modality, task)) if (modality, task) in HOMES else None
        if kept is not None:
            found[title_on(preset.composition, modality)] = kept
            seen.append(preset.composition)
    return found


def title_on(composition: object, modality: str) -> str:
    """The name of a composition on data of this kind; empty where it has none. Of two names, that whose home it is."""
    own = [p for p in PRESETS.values() if p.composition == composition]
    at_home = [p.title for p in own if p.modality == modality]
    return (at_home or [p.title for p in own] or [""])[0]
