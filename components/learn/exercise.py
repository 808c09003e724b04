"""One task of a modality, learnt by the smallest network that respects it, and the network kept for the sample on the page.

    p(y | x_i) = softmax( rho( max_j phi(x_ij) ) )

phi and rho are two layers each. A set has many elements, so this is Deep Sets / PointNet (Qi et al. 2017); a picture is one
element, its flattened vector, so the maximum is over one and this is a plain multilayer network on the slide's x_i. A task
may bring a network of its own. Beside it stand two learners of scikit-learn on the same split, see `baseline.py`.
"""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Generator, Tensor, nn
from torch.func import functional_call

from components.catalogue import discover
from components.learn.baseline import baselines
from components.learn.goals import outputs
from components.learn.train import POOL_SEED, TEST_SEED, Make, train
from components.modalities.base import Exercise
from components.models.set_classifier import SetClassifier
from components.values import Frame

EVERY, BATCH, WIDTH = 20, 64, 96
PICTURES = 24
"""Answers of a "points" task that are kept to be looked at."""
_asking = threading.Lock()  # the empty network is filled with weights while it answers, so one learner at a time
RECORDED = Path(__file__).parents[2] / "pretrained" / "weights" / "exercises.npz"


@dataclass(frozen=True)
class Lesson:
    """What is to be learnt from how many samples. Equal lessons are the same run."""

    modality: str
    task: str
    size: int = 0  # training samples; 0 means as many as the task has
    device: str = "cpu"
    own: str = ""  # a digest of the learner's own data, where the task comes from them
    given: Exercise | None = field(default=None, compare=False, repr=False)  # that task

    def __post_init__(self) -> None:
        if not self.size:
            object.__setattr__(self, "size", self.exercise.sizes[-1])

    @property
    def exercise(self) -> Exercise:
        """The task asked for."""
        return self.given or discover("modalities", "MODALITY")[self.modality].tasks[self.task]


def builder(lesson: Lesson) -> Make:
    """What makes the network of a lesson: call it with one generator per replica."""
    exercise = lesson.exercise
    if exercise.network is not None:
        return exercise.network
    k, d = exercise.draw(1, Generator(), "train")[0].shape[1:]
    return partial(SetClassifier, d, len(exercise.classes), k, True, "max", h=WIDTH)


def exam(lesson: Lesson) -> tuple[np.ndarray, np.ndarray]:
    """The test observations every run of this task is measured on: `x (n, k, d)`, `y (n, ...)`."""
    return _exam(replace(lesson, size=1, device="cpu"))


@lru_cache(maxsize=24)
def _exam(lesson: Lesson) -> tuple[np.ndarray, np.ndarray]:
    exercise = lesson.exercise
    x, y = exercise.draw(exercise.test, Generator().manual_seed(TEST_SEED), "test")
    return x.numpy(), y.numpy()


def pool(lesson: Lesson) -> tuple[np.ndarray, np.ndarray]:
    """The training observations of a lesson, as `train` draws them, in their canonical order."""
    x, y = lesson.exercise.draw(lesson.size, Generator().manual_seed(POOL_SEED), "train")
    return x.numpy(), y.numpy()


def probe(lesson: Lesson, model: nn.Module, done: bool) -> Frame:
    """Answers on the exam: `answer (n,)` and, for classes, `sure (n,)`, the probability it gives its answer; for points
    `made (24, m, e)` and, from a model that generates, `dreamt (24, m, e)`. The weights come with the last frame."""
    exercise = lesson.exercise
    x, y = exam(lesson)
    frame: Frame = {"truth": y}
    if exercise.goal == "points":
        frame = {"truth": y[:PICTURES], "made": _points(lesson, model, x[:PICTURES])}
        generate: Callable[[int, Generator], Tensor] | None = getattr(model, "generate", None)
        if generate is not None:
            with torch.inference_mode():
                frame["dreamt"] = generate(PICTURES, Generator().manual_seed(TEST_SEED))[0].cpu().numpy()
    else:
        out = outputs(model, torch.from_numpy(x).to(lesson.device), 1)[0].float().cpu()
        if exercise.goal == "classification":
            sure, answer = out.softmax(-1).max(-1)
            frame |= {"answer": answer.numpy(), "sure": sure.numpy()}
        else:
            frame["answer"] = out.squeeze(-1).numpy()
    if done:
        frame |= {f"weights/{name}": a.detach().cpu().numpy() for name, a in model.named_parameters()}
    return frame


def _points(lesson: Lesson, model: nn.Module, x: np.ndarray) -> np.ndarray:
    return outputs(model, torch.from_numpy(x).to(lesson.device), 1)[0].float().cpu().numpy()


def learn(lesson: Lesson) -> Iterator[Frame]:
    """Train one network; frames of `train` with the arrays of `probe`; the last also has `baseline/<name>`, the score of
    scikit-learn's learners on the same training and test samples."""
    exercise = lesson.exercise
    for frame in train(builder(lesson), exercise.draw, (lesson.size,), **settings(lesson), probe=partial(probe, lesson)):
        if frame["step"] == frame["steps"]:
            scores = baselines(exercise, *pool(lesson), *exam(lesson))
            frame |= {f"baseline/{name}": np.array(score) for name, score in scores.items()}
        yield frame


def settings(lesson: Lesson) -> dict[str, Any]:
    """How a lesson is trained, as arguments of `train`."""
    exercise = lesson.exercise
    found = {"steps": exercise.steps, "every": EVERY, "batch": BATCH, "rate": exercise.rate, "order": exercise.order}
    return found | {"test": exercise.test, "goal": exercise.goal, "device": lesson.device}


def answer(lesson: Lesson, frame: Frame, x: np.ndarray) -> np.ndarray:
    """The answer to one observation `x (k, d)` from the weights of a last frame: class probabilities `(classes,)`, the
    predicted number `(1,)`, or the points `(m, e)`."""
    weights = {n.removeprefix("weights/"): torch.from_numpy(a) for n, a in frame.items() if n.startswith("weights/")}
    batch = torch.from_numpy(np.ascontiguousarray(x, np.float32))[None, None]
    with _asking, torch.inference_mode():
        out = functional_call(_empty(replace(lesson, device="cpu")), weights, (batch,))[0, 0]
    return (out.softmax(-1) if lesson.exercise.goal == "classification" else out).numpy()


@lru_cache(maxsize=16)
def _empty(lesson: Lesson) -> nn.Module:
    return builder(lesson)([Generator()])


@lru_cache(maxsize=48)
def recorded(lesson: Lesson) -> Frame | None:
    """The last frame of this lesson as recorded by `pretrained/build/exercises.py`, or None where it was not."""
    if lesson.own or not RECORDED.exists():
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
