"""The demonstration on graphs: one task learnt by the four combinations of sharing and aggregation, at growing sample sizes.

sharing x aggregation x sizes x seeds = 2 x 2 x 7 to 10 x 5 = 140 to 200 networks, trained at once as four stacks. Every frame
also renumbers the nodes of test graphs and asks the four networks again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import cast

import numpy as np
import torch
from torch import Generator, Tensor, nn
from torch.func import functional_call

from components.learn.sweep import ARCHITECTURES
from components.learn.train import TEST_SEED, train
from components.models.graph_classifier import GraphClassifier
from components.models.set_classifier import parameters
from components.tasks.graph_questions import GRAPH_TASKS, GraphTask, renumbered
from components.values import Frame

HOWS = ("sum", "mean", "max", "attention")
ASKED, ORDERS = 50, 4
"""Test graphs that are renumbered, and how often each."""


@dataclass(frozen=True)
class GraphRequest:
    """One sweep. Equal requests are the same run."""

    task: str = "vote"
    how: str = "sum"  # the invariant aggregation, where it is on
    seeds: int = 5
    device: str = "cpu"

    @property
    def about(self) -> GraphTask:
        """The task asked for."""
        return GRAPH_TASKS[self.task]

    @property
    def shown(self) -> int:
        """The number of the sample size whose networks are asked again after a renumbering."""
        return self.about.sizes.index(self.about.shown)


def live_request(task: str, how: str, device: str) -> GraphRequest:
    """What is trained in front of the learner: fewer repetitions where a step is slow on a processor."""
    large = GRAPH_TASKS[task].n > 8 and device == "cpu"
    return GraphRequest(task, how, 5 if not large else 2 if how == "max" else 3, device)


def builder(request: GraphRequest, share: bool, aggregate: bool) -> "partial[GraphClassifier]":
    """What makes a stack of the wanted architecture: call it with one generator per replica."""
    task = request.about
    how = request.how if aggregate else "concatenate"
    return partial(GraphClassifier, task.d, len(task.classes), task.n, share, how, h=task.h, layers=task.layers, asked=task.asked)


@cache
def examples(task: str) -> tuple[np.ndarray, np.ndarray]:
    """The test graphs that are renumbered `(50, n, d + n)` and their answers `(50,)`."""
    x, y = GRAPH_TASKS[task].draw(ASKED, Generator().manual_seed(TEST_SEED), "test")
    return x.numpy(), y.numpy()


def orders(x: np.ndarray, count: int, seed: int = 0) -> np.ndarray:
    """New numbers for the nodes of every graph `(count, b, n)`; empty places stay last."""
    random = np.random.default_rng(seed).random((count, *x.shape[:2])) + (x[..., 0] == 0)
    return random.argsort(-1)


@cache
def asked_again(task: str) -> Tensor:
    """The test graphs as they are, then renumbered four times, `(5 * 50, n, d + n)`."""
    x = examples(task)[0]
    copies = [renumbered(x, order, GRAPH_TASKS[task].d) for order in orders(x, ORDERS)]
    return torch.from_numpy(np.concatenate([x, *copies]))


def probe(request: GraphRequest, model: nn.Module, done: bool) -> Frame:
    """Renumbers the nodes for the network with sample size number `shown` and seed 0.

    Gives `changed ()`, the share of renumbered test graphs with another answer; `difference ()`, the largest change of any
    probability; with the last frame `weights/<parameter>` of that network.
    """
    chosen = request.shown * request.seeds
    weights = {name: p.detach()[chosen : chosen + 1] for name, p in model.named_parameters()}
    with torch.inference_mode():
        logits = functional_call(model, weights, (asked_again(request.task).to(request.device).unsqueeze(0),))[0]
    p = logits.softmax(-1).view(ORDERS + 1, ASKED, -1).cpu().numpy()
    frame = {
        "changed": np.array((p[1:].argmax(-1) != p[0].argmax(-1)).mean()),
        "difference": np.array(np.abs(p[1:] - p[0]).max()),
    }
    if done:
        frame |= {f"weights/{name}": w.cpu().numpy() for name, w in weights.items()}
    return frame


def one(request: GraphRequest, share: bool, aggregate: bool, every: int = 20) -> Iterator[Frame]:
    """Train one of the four architectures at all sizes and seeds."""
    task = request.about
    return train(
        builder(request, share, aggregate), task.draw, task.sizes, seeds=request.seeds, steps=task.steps, every=every,
        rate=task.rate, order="fixed", test=task.test, device=request.device, probe=partial(probe, request),
    )  # fmt: skip


def graph_sweep(request: GraphRequest, every: int = 0) -> Iterator[Frame]:
    """Train all four side by side; a frame every few steps, fewer where a step takes longer.

    Yields:
        Frames of `train`, with a leading axis of four on `accuracy (4, s, seeds)`, `loss`, `changed (4,)`, `difference (4,)`.
    """
    every = every or (4 if request.about.n <= 8 else 2)
    for four in zip(*(one(request, *a, every=every) for a in ARCHITECTURES), strict=True):
        frame = {name: four[0][name] for name in ("step", "steps", "sizes", "tested")}
        yield frame | {name: np.stack([f[name] for f in four]) for name in ("accuracy", "loss", "changed", "difference")}


@lru_cache(maxsize=64)
def weights_to_learn(request: GraphRequest, share: bool, aggregate: bool) -> dict[str, int]:
    """Trainable numbers of one network: "layers", "read" (what answers) and "all"."""
    model = cast(GraphClassifier, builder(request, share, aggregate)([Generator()]))
    whole, layers = parameters(model), parameters(model.layers)
    return {"layers": layers, "read": whole - layers, "all": whole}
