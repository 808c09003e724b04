"""What can be asked of the seven sequence models: the tasks, and one request that a live run and a recorded result share."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from components.learn.contest import contest, models
from components.models.sequence_classifier import KINDS, SequenceClassifier
from components.tasks import last_seen, sentiment, sentiment_lengths
from components.tasks.texts import KNOWN
from components.values import Frame

ROOT = Path(__file__).parents[2] / "pretrained"
SWEEP, WEIGHTS = ROOT / "sweeps" / "contest.npz", ROOT / "weights" / "contest.npz"


class Contest(NamedTuple):
    """A run: the task, training samples, the longest training sequence, and who takes part."""

    task: str = "letters"
    samples: int = 2048
    longest: int = 12
    kinds: tuple[str, ...] = KINDS


class Question(NamedTuple):
    """A task of sequences."""

    title: str
    module: str  # under components
    draw: Callable
    tokens: int
    classes: tuple[str, str]
    bins: tuple[tuple[int, int], ...]  # lengths at which the finished models are tested
    low: int  # shortest training sequence
    samples: tuple[int, ...]
    longest: tuple[int, ...]
    steps: int
    level: float  # the accuracy whose seconds are read


LETTER_LENGTHS = (2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 56, 64)
TASKS = {
    "letters": Question(
        "Which of A and B came last? (synthetic)", "tasks.last_seen", last_seen.draw, len(last_seen.LETTERS), last_seen.CLASSES,
        tuple((n, n) for n in LETTER_LENGTHS), 2, (32, 128, 512, 2048), (8, 12, 16), 300, 0.9,
    ),
    "text": Question(
        "Is this text positive? (real reviews, tweets)", "tasks.sentiment_lengths", sentiment_lengths.draw, KNOWN,
        sentiment.CLASSES, ((1, 8), (9, 16), (17, 24), (25, 32), (33, 64)), 1, (128, 512, 2048), (16, 64), 200, 0.7,
    ),
}  # fmt: skip
START = {"letters": (2048, 12), "text": (2048, 64)}
"""Samples and longest sequence as the page opens, and of the weights that are shipped."""


def run(request: Contest, seeds: int = 1, every: int = 4, peek: int = 200) -> Iterator[Frame]:
    """Train what is asked for; frames as in `contest`."""
    task = TASKS[request.task]
    yield from contest(
        task.draw, task.tokens, task.bins, kinds=request.kinds, samples=request.samples, low=task.low, high=request.longest,
        seeds=seeds, steps=task.steps, every=every, peek=peek,
    )  # fmt: skip


@cache
def _file(path: Path) -> dict[str, np.ndarray]:
    with np.load(path, allow_pickle=False) as data:
        return dict(data)


def about() -> dict[str, str]:
    """Date, machine and versions of what is recorded."""
    found: dict[str, str] = json.loads(str(_file(SWEEP)["about"]))
    return found


@cache
def recorded(task: str, samples: int, longest: int) -> dict[str, np.ndarray] | None:
    """What was recorded of all seven with three seeds: `at (t,)` the steps, `accuracy (t, 7, 3)`, `by_length (7, bins, 3)`,
    `changed (7, 3)`; and of the task, whatever its settings, `per_step (7,)` seconds of training one model."""
    key = f"{task}/{samples}/{longest}/"
    if not SWEEP.exists() or f"{key}accuracy" not in _file(SWEEP):
        return None
    file = _file(SWEEP)
    found = {name.removeprefix(key): array.astype(float) for name, array in file.items() if name.startswith(key)}
    return found | {"per_step": file[f"{task}/per_step"].astype(float)}


def costs() -> tuple[np.ndarray, np.ndarray]:
    """Tokens of a sequence `(n,)`, and milliseconds that each model takes to read it `(7, n)`, as recorded."""
    return _file(SWEEP)["cost/tokens"], _file(SWEEP)["cost/milliseconds"].astype(float)


def weights(task: str) -> Frame:
    """The shipped weights of the models of a task as they were trained, "weights/<kind>/<name>"."""
    return {n.removeprefix(f"{task}/"): a for n, a in _file(WEIGHTS).items() if n.startswith(f"{task}/")}


def loaded(task: str, frame: Frame) -> dict[str, SequenceClassifier]:
    """The models of a frame that carries weights, by kind."""
    import torch

    kinds = [k for k in KINDS if f"weights/{k}/embed.table" in frame]
    found = models(kinds, TASKS[task].tokens)
    for kind, net in found.items():
        with torch.no_grad():
            for name, p in net.named_parameters():
                p[0] = torch.from_numpy(frame[f"weights/{kind}/{name}"].astype(np.float32))
    return found


@cache
def shipped(task: str) -> dict[str, SequenceClassifier]:
    """The recorded models, one copy for all learners."""
    return loaded(task, weights(task))


def chances(nets: dict[str, SequenceClassifier], ids: np.ndarray) -> np.ndarray:
    """The probability of the second class by each kind, `(7,)`, for one sequence of token ids (else not a number)."""
    import torch

    x = torch.from_numpy(ids.astype(np.float32))[None, None, :, None]
    found = np.full(len(KINDS), np.nan)
    with torch.inference_mode():
        for kind, net in nets.items():
            found[KINDS.index(kind)] = float(net(x).softmax(-1)[0, 0, 1])
    return found


def looks(net: SequenceClassifier, ids: np.ndarray) -> np.ndarray:
    """From where each token takes in how much, `(n, n)`, rows sum to 1: the mean of the heads of the attention model."""
    import torch

    from components.models.sequence_classifier import positions

    with torch.inference_mode():
        z = net.embed(torch.from_numpy(ids.astype(np.int64))[None, None])
        found: np.ndarray = net.body(z + positions(z.shape[2], z.shape[3]))[1][0, 0].mean(0).numpy()
    return found


def weight_counts(task: str) -> dict[str, tuple[int, int]]:
    """Numbers set by training in each model: of the embedding, and of all else."""
    from components.models.set_classifier import parameters

    found = {}
    for kind, net in models(KINDS, TASKS[task].tokens).items():
        table = net.embed.table.numel()
        found[kind] = (table, parameters(net) - table)
    return found


def first_reach(at: np.ndarray, accuracy: np.ndarray, level: float) -> float:
    """The first of the moments `at (t,)` at which the accuracy `(t,)` is at least the level; infinite where it never is."""
    reached = np.flatnonzero(accuracy >= level)
    return float(at[reached[0]]) if len(reached) else float("inf")
