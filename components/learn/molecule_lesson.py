"""A whole molecule in, one answer out, in front of the learner; and which atoms made the answer.

    h_i <- relu(h_i W + sum over bonded atoms j of h_j W' + b)   three times,     y = rho( sum_i h_i / 8 , max_i h_i )

The tasks, their splits and their baselines are those of the Modality page. Five networks learn at once as one stack; drawn and
asked is the first. An atom's share is what its kind does to the answer: y(molecule) - y(the same, that atom of no kind).
Sources: Gilmer et al. 2017 (message passing for molecules); Zeiler & Fergus 2014 (occlusion); slide "What molecule is this?".
"""

import threading
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, nn
from torch.func import functional_call

from components.learn.baseline import baselines as compared
from components.learn.train import POOL_SEED, TEST_SEED, train
from components.modalities.base import Exercise
from components.modalities.graph_exercises import MOLECULE_TASKS
from components.tasks.molecules import ATOMS
from components.values import Frame

SEEDS, EVERY, BATCH, STEPS = 5, 3, 64, 300
_asking = threading.Lock()  # the empty network is filled with weights while it answers, so one learner at a time


class MoleculeLesson(NamedTuple):
    """What is trained: "log P" or "mutagen". Equal lessons are one run."""

    task: str = "log P"

    @property
    def exercise(self) -> Exercise:
        """The task of the Modality page."""
        return MOLECULE_TASKS[self.task]


@cache
def exam(lesson: MoleculeLesson) -> tuple[np.ndarray, np.ndarray]:
    """The test molecules x `(n, 32, 42)` and the true answers `(n,)`."""
    x, y = lesson.exercise.draw(lesson.exercise.test, Generator().manual_seed(TEST_SEED), "test")
    return x.numpy(), y.numpy()


def run(lesson: MoleculeLesson, seeds: int = SEEDS) -> Iterator[Frame]:
    """Train; frames of `train`, with `weights/<name>` of the first network."""
    task = lesson.exercise
    assert task.network is not None

    def probe(model: nn.Module, done: bool) -> Frame:
        return {f"weights/{name}": a.detach()[:1].numpy().copy() for name, a in model.named_parameters()}

    yield from train(
        task.network, task.draw, (task.sizes[-1],), seeds=seeds, steps=STEPS, every=EVERY, batch=BATCH, rate=task.rate,
        order="fixed", test=task.test, peek=task.test, goal=task.goal, probe=probe,
    )  # fmt: skip


@cache
def _empty(task: str) -> nn.Module:
    make = MOLECULE_TASKS[task].network
    assert make is not None
    return make([Generator().manual_seed(0)])


def answers(lesson: MoleculeLesson, frame: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """What the network of a frame says of molecules x `(n, 32, 42)`: log P, or the probability of "yes", `(n,)`."""
    out = raw_answers(lesson, frame, x)
    return out[:, 0] if out.shape[1] == 1 else 1 / (1 + np.exp(out[:, 0] - out[:, 1]))


def raw_answers(lesson: MoleculeLesson, frame: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """The same before any softmax, `(n, 1)` or `(n, 2)`, of molecules `(n, 32, 42)`."""
    weights = {
        n.removeprefix("weights/"): torch.from_numpy(a.astype(np.float32)) for n, a in frame.items() if n.startswith("weights/")
    }
    with _asking, torch.inference_mode():
        out: np.ndarray = functional_call(_empty(lesson.task), weights, (torch.from_numpy(x)[None],))[0].numpy()
    return out


def shares(lesson: MoleculeLesson, frame: Mapping[str, np.ndarray], x: np.ndarray) -> list[np.ndarray]:
    """What each atom does to the answer, one array `(atoms,)` for each of the molecules `(n, 32, 42)`: the answer (for classes
    the logit of "yes" minus that of "no") with the atom minus without its kind."""
    counts = [int((one[:, : len(ATOMS)].sum(1) > 0).sum()) for one in x]
    without = []
    for one, count in zip(x, counts, strict=True):
        copies = np.repeat(one[None], count, 0)
        copies[np.arange(count), np.arange(count), : len(ATOMS)] = 0  # its bonds stay for its neighbours to count
        without.append(copies)
    out = raw_answers(lesson, frame, np.concatenate([x, *without]))
    score = out[:, 0] if out.shape[1] == 1 else out[:, 1] - out[:, 0]
    parts = np.split(score[len(x) :], np.cumsum(counts)[:-1])
    return [whole - part for whole, part in zip(score[: len(x)], parts, strict=True)]


@cache
def baselines(lesson: MoleculeLesson) -> dict[str, float]:
    """Accuracy or R² of learners that count atoms and see no bond, on the same molecules; and of always the same answer."""
    task = lesson.exercise
    x, y = task.draw(task.sizes[-1], Generator().manual_seed(POOL_SEED), "train")
    seen, truth = exam(lesson)
    found = compared(task, x.numpy(), y.numpy(), seen, truth)
    named = {f"atom counts: {name}": score for name, score in found.items()}
    return named | {"always the same answer": constant(y.numpy(), truth, task.goal)}


def constant(y: np.ndarray, truth: np.ndarray, goal: str) -> float:
    """The score of the one answer that suits the training part best."""
    if goal == "classification":
        return float((truth == np.bincount(y).argmax()).mean())
    return float(1 - ((truth - y.mean()) ** 2).mean() / max(truth.var(), 1e-12))
