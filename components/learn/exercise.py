"""One task of a modality, learnt by the smallest network that respects it, and the network kept for the sample on the page.

    p(y | x_i) = softmax( rho( max_j phi(x_ij) ) )

phi and rho are two layers each. A set has many elements, so this is Deep Sets / PointNet (Qi et al. 2017); a picture is one
element, its flattened vector, so the maximum is over one and this is a plain multilayer network on the slide's x_i.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

import numpy as np
import torch
from torch import Generator, nn
from torch.func import functional_call

from components.catalogue import discover
from components.learn.train import TEST_SEED, train
from components.modalities.base import Exercise
from components.models.set_classifier import SetClassifier
from components.values import Frame

STEPS, EVERY, BATCH, RATE, WIDTH, TEST = 500, 20, 64, 1e-2, 96, 500
SIZES = (50, 200, 800, 1297)
RECORDED = Path(__file__).parents[2] / "pretrained" / "weights" / "exercises.npz"


@dataclass(frozen=True)
class Lesson:
    """What is to be learnt from how many samples. Equal lessons are the same run."""

    modality: str
    task: str
    size: int = SIZES[-1]
    device: str = "cpu"

    @property
    def exercise(self) -> Exercise:
        """The task asked for."""
        return discover("modalities", "MODALITY")[self.modality].tasks[self.task]


def builder(lesson: Lesson) -> "partial[SetClassifier]":
    """What makes the network of a lesson: call it with one generator per replica."""
    exercise = lesson.exercise
    k, d = exercise.draw(1, Generator(), "train")[0].shape[1:]
    return partial(SetClassifier, d, len(exercise.classes), k, True, "max", h=WIDTH)


@lru_cache(maxsize=16)
def exam(modality: str, task: str) -> tuple[np.ndarray, np.ndarray]:
    """The test observations every run of this task is measured on: `x (500, k, d)`, `y (500,)`."""
    x, y = Lesson(modality, task).exercise.draw(TEST, Generator().manual_seed(TEST_SEED), "test")
    return x.numpy(), y.numpy()


def probe(lesson: Lesson, model: nn.Module, done: bool) -> Frame:
    """Probabilities `p (500, classes)` on the exam; the weights with the last frame."""
    x, y = exam(lesson.modality, lesson.task)
    with torch.inference_mode():
        p = model(torch.from_numpy(x).to(lesson.device).unsqueeze(0))[0].softmax(-1).cpu().numpy()
    frame = {"p": p, "truth": y}
    if done:
        frame |= {f"weights/{name}": a.detach().cpu().numpy() for name, a in model.named_parameters()}
    return frame


def learn(lesson: Lesson) -> Iterator[Frame]:
    """Train one network; frames of `train` with `p (500, classes)`, `truth (500,)`, at the end `weights/<parameter>`."""
    return train(
        builder(lesson),
        lesson.exercise.draw,
        (lesson.size,),
        steps=STEPS,
        every=EVERY,
        batch=BATCH,
        rate=RATE,
        order=lesson.exercise.order,
        test=TEST,
        device=lesson.device,
        probe=partial(probe, lesson),
    )


def answer(lesson: Lesson, frame: Frame, x: np.ndarray) -> np.ndarray:
    """Class probabilities `(classes,)` for one observation `x (k, d)`, from the weights of a last frame."""
    weights = {n.removeprefix("weights/"): torch.from_numpy(a) for n, a in frame.items() if n.startswith("weights/")}
    batch = torch.from_numpy(np.ascontiguousarray(x, np.float32))[None, None]
    with torch.inference_mode():
        return functional_call(_empty(lesson), weights, (batch,))[0, 0].softmax(-1).numpy()


@lru_cache(maxsize=16)
def _empty(lesson: Lesson) -> nn.Module:
    return builder(lesson)([Generator()])


@lru_cache(maxsize=32)
def recorded(lesson: Lesson) -> Frame | None:
    """The last frame of this lesson as recorded by `pretrained/build/exercises.py`, or None where it was not."""
    if not RECORDED.exists():
        return None
    key = f"{lesson.modality}/{lesson.task}/{lesson.size}/"
    with np.load(RECORDED, allow_pickle=False) as data:
        frame = {name.removeprefix(key): data[name] for name in data.files if name.startswith(key)}
    return {name: a.astype(np.float32) if a.dtype == np.float16 else a for name, a in frame.items()} or None


@cache
def about() -> dict[str, str]:
    """When and where the lessons were recorded: `date`, `machine`, `torch`."""
    with np.load(RECORDED, allow_pickle=False) as data:
        return json.loads(str(data["about"]))
