"""Train composed models: one run, one curve; several runs beside each other are a comparison at equal data and steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import torch
from torch import Generator

from components.learn.materials import Material, material
from components.learn.train import train
from components.models.composed import Composed
from components.models.composition import Composition
from components.values import Frame

BATCH, EVERY, TEST, PEEK = 32, 5, 500, 128


@dataclass(frozen=True)
class Recipe:
    """One model on one task. Equal recipes are the same run and give the same number."""

    composition: Composition
    modality: str
    task: str
    size: int = 0  # training samples; 0 means as many as the task has
    steps: int = 300
    seeds: int = 1
    device: str = "cpu"

    @property
    def material(self) -> Material:
        """The task, laid out."""
        return material(self.modality, self.task)

    @property
    def samples(self) -> int:
        """Training samples."""
        return self.size or self.material.exercise.sizes[-1]


def builder(recipe: Recipe) -> "partial[Composed]":
    """What makes a stack: call it with one generator per replica."""
    return partial(Composed, recipe.composition, recipe.material.shape)


def loss_of(recipe: Recipe) -> str:
    """The loss as `train` calls it: for numbers, squared and absolute differences stand in for those of classes."""
    if recipe.material.shape.goal == "regression":
        return {"margin": "absolute"}.get(recipe.composition.loss, "difference")
    return recipe.composition.loss


def one_model(recipe: Recipe) -> Composed:
    """The model before training, as the run's first replica starts."""
    return builder(recipe)([Generator().manual_seed(0)])


def compose(recipe: Recipe) -> Iterator[Frame]:
    """Frames of `learn.train.train`; the last one has the weights of the first replica, "weights/<name>"."""

    def probe(model: torch.nn.Module, done: bool) -> Frame:
        return {f"weights/{n}": p[:1].detach().cpu().numpy() for n, p in model.named_parameters()} if done else {}

    about, c = recipe.material, recipe.composition
    yield from train(
        builder(recipe), about.draw, (recipe.samples,), seeds=recipe.seeds, steps=recipe.steps, every=EVERY, batch=BATCH,
        rate=c.rate, order="fixed", test=min(TEST, about.exercise.test), peek=PEEK, goal=about.shape.goal, loss=loss_of(recipe),
        optimiser=c.optimiser, device=recipe.device, probe=probe,
    )  # fmt: skip
