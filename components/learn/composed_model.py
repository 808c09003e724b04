"""A composed model with weights: filled from a frame, asked about the test, and put before one real observation."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.composing import TEST, Recipe, builder
from components.learn.goals import GOALS
from components.learn.train import TEST_SEED
from components.models.composed import Composed, Stage
from components.models.composition import Composition

SEEN = 24
"""Test observations that can be looked at."""


def bare(recipe: Recipe) -> Recipe:
    """The same as far as the model's shape goes: recipes that differ in training only have the same."""
    c = recipe.composition
    kept = Composition(c.represent, c.neighbours, c.mix, c.kernel, c.layers, c.width, c.positions, c.skip, c.pool)
    return Recipe(kept, recipe.modality, recipe.task)


def filled(recipe: Recipe, frame: Mapping[str, np.ndarray]) -> Composed:
    """The model with the weights `weights/<name>` of a last frame; a new one each time, so that threads share nothing."""
    model = builder(recipe)([Generator()])
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.from_numpy(np.asarray(frame[f"weights/{name}"], np.float32)))
    return model.eval()


def exam(recipe: Recipe) -> tuple[Tensor, Tensor]:
    """The test observations and answers that `compose` measures on."""
    about = recipe.material
    return about.draw(min(TEST, about.exercise.test), Generator().manual_seed(TEST_SEED), "test")


def scored(recipe: Recipe, model: Composed) -> tuple[float, int]:
    """The score on the test as `compose` measures it at its end, and the number of test observations."""
    x, y = exam(recipe)
    return float(GOALS[recipe.material.shape.goal].score(model, x, y, 1)[0]), len(y)


@lru_cache(maxsize=64)
def observations(modality: str, task: str) -> tuple[Tensor, Tensor, Tensor]:
    """A few real test observations as the task draws them, as a composed model meets them, and their answers."""
    about = Recipe(Composition(), modality, task).material
    count = min(SEEN, about.exercise.test)
    source = about.exercise.draw(count, Generator().manual_seed(TEST_SEED), "test")[0]
    x, y = about.draw(count, Generator().manual_seed(TEST_SEED), "test")
    return source, x, y


@lru_cache(maxsize=256)
def outline(recipe: Recipe) -> tuple[Stage, ...]:
    """The parts of the model with shapes and weights; `recipe` as `bare` gives it."""
    return tuple(builder(recipe)([Generator().manual_seed(0)]).outline())


class Field(NamedTuple):
    """Where one element's answer comes from."""

    lit: np.ndarray  # (layers + 1, n) what it has heard of, from the elements up to the last layer
    looks: np.ndarray  # (n, n) who looks at whom in one layer
    reach: tuple[int, ...]  # elements the widest-seeing one has heard of after 0, 1, ... layers
    there: np.ndarray  # (n,) which elements are there at all


@lru_cache(maxsize=128)
def field(recipe: Recipe, number: int, mark: int) -> Field:
    """What element `mark` of observation `number` has heard of, layer by layer; `recipe` as `bare` gives it."""
    model = builder(recipe)([Generator().manual_seed(0)])
    x = observations(recipe.modality, recipe.task)[1][number]
    s = recipe.material.shape
    rows = x[:, s.d :] if s.linked else None
    there = model.split(x[None, None])[1][0, 0]
    looks = model.looks(rows) & there
    lit = model.lit(mark, rows) & there
    return Field(lit.numpy(), looks.numpy(), tuple(model.reach(rows)), there.numpy())
