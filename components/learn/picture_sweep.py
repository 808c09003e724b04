"""The demonstration on pictures: one task learnt by the four combinations of sharing and pooling, at seven sample sizes.

sharing x pooling x sizes x seeds = 2 x 2 x 7 x 5 = 140 networks, trained at once as four stacks. Every frame also moves test
pictures to the right, pixel by pixel, and asks the four networks again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import cast

import numpy as np
import torch
from torch import Generator, nn
from torch.func import functional_call

from components.learn.sweep import ARCHITECTURES
from components.learn.train import train
from components.models.place_classifier import PlaceClassifier
from components.tasks.places import MOVES, PICTURE_TASKS, PictureTask
from components.values import Frame

SHOWN = 4
"""Which sample size is looked into, counted from the smallest."""
FEW = 64  # places whose numbers are in every frame, not only in the last
MOVED, PEEKED, MOVED_SEED = 100, 30, 7  # test pictures that are moved: at the end, before it, and which
REPETITIONS = {4: 5, 2: 2, 1: 1}
"""Live, by the pixels between windows: more windows take longer."""


@dataclass(frozen=True)
class PictureRequest:
    """One sweep. Equal requests are the same run."""

    task: str = "aligned"
    local: bool = True
    stride: int = 4
    pool: str = ""  # the invariant pooling, where pooling is on; the task's own where empty
    seeds: int = 5
    device: str = "cpu"

    @property
    def about(self) -> PictureTask:
        """The task asked for."""
        return PICTURE_TASKS[self.task]


def builder(request: PictureRequest, share: bool, pool: bool) -> "partial[PlaceClassifier]":
    """What makes a stack of the wanted architecture: call it with one generator per replica."""
    task = request.about
    kind = (request.pool or task.pool) if pool else "concatenate"
    return partial(
        PlaceClassifier, task.side, task.colours, len(task.classes), task.patch, request.stride, request.local, share, kind
    )


def live_request(task: str, local: bool, stride: int, pool: str, device: str) -> PictureRequest:
    """What is trained in front of the learner: fewer repetitions where a step is slow on a processor."""
    stride = stride if local else 4
    seeds = 5 if device != "cpu" else REPETITIONS[stride] if local else 2
    return PictureRequest(task, local, stride, pool, seeds, device)


@lru_cache(maxsize=8)
def moved(task: str) -> tuple[np.ndarray, np.ndarray]:
    """The test pictures that are moved, `(100, 13, d)`, and their classes; the first of each class come first, in turn."""
    return PICTURE_TASKS[task].moved(MOVED, MOVED_SEED)


def probe(request: PictureRequest, model: nn.Module, done: bool) -> Frame:
    """The shift test of the networks with sample size number `SHOWN` and seed 0.

    Gives `shift_accuracy (13,)`; `changed (2,)`, the share of pairs of neighbouring moves (1 pixel, 4 pixels) with another
    answer; of the first picture of each class `truth (c, 13)`, p(true class), and `answer (c, 13)`. Where places are few, and
    at the end, also `places (c, places, h)`: what each place says of the picture before it is moved.
    """
    x, y = moved(request.task)
    x, y = (x, y) if done else (x[:PEEKED], y[:PEEKED])
    chosen, classes = SHOWN * request.seeds, len(request.about.classes)
    weights = {name: p.detach()[chosen : chosen + 1] for name, p in model.named_parameters()}
    batch = torch.from_numpy(x).to(request.device)
    with torch.inference_mode():
        logits = functional_call(model, weights, (batch.view(1, -1, 1, x.shape[-1]),))[0]
        p = logits.softmax(-1).view(len(x), MOVES, classes).cpu().numpy()
        answer = p.argmax(-1)
        frame = {
            "shift_accuracy": (answer == y[:, None]).mean(0),
            "changed": np.array([(answer[:, step:] != answer[:, :-step]).mean() for step in (1, 4)]),
            "truth": p[np.arange(classes), :, y[:classes]],
            "answer": answer[:classes].astype(np.uint8),
        }
        network = cast(PlaceClassifier, model)
        if done or network.places <= FEW:
            named = {f"model.{name}": w for name, w in weights.items()}
            first = batch[:classes, 0].view(1, classes, 1, -1)
            frame["places"] = functional_call(Features(network), named, (first,))[0].half().cpu().numpy()
    return frame


class Features(nn.Module):
    """What the places of a classifier say, as a module of its own."""

    def __init__(self, model: PlaceClassifier) -> None:
        super().__init__()
        self.model = model

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.model.features(x)


def one(request: PictureRequest, share: bool, pool: bool, every: int = 20) -> Iterator[Frame]:
    """Train one of the four architectures at all sizes and seeds."""
    task = request.about
    return train(
        builder(request, share, pool),
        task.draw,
        task.sizes,
        seeds=request.seeds,
        steps=task.steps,
        every=every,
        rate=task.rate,
        order="fixed",
        device=request.device,
        probe=partial(probe, request),
    )


def picture_sweep(request: PictureRequest, every: int = 0) -> Iterator[Frame]:
    """Train all four side by side.

    Yields:
        Frames of `train`, with a leading axis of four on `accuracy (4, s, seeds)`, `loss` and what `probe` measures;
        `places/<architecture>`.
    """
    every = every or ({4: 2, 2: 2, 1: 1}[request.stride] if request.local else 2)
    for four in zip(*(one(request, *a, every=every) for a in ARCHITECTURES), strict=True):
        frame = {name: four[0][name] for name in ("step", "steps", "sizes", "tested")}
        stacked = ("accuracy", "loss", "shift_accuracy", "changed", "truth", "answer")
        frame |= {name: np.stack([f[name] for f in four]) for name in stacked}
        yield frame | {f"places/{i}": f["places"] for i, f in enumerate(four) if "places" in f}


@lru_cache(maxsize=64)
def counts(request: PictureRequest, share: bool, pool: bool) -> dict[str, int]:
    """Trainable numbers of one network: "phi" (the filters), "read" (the classifier), "all"; and its "places"."""
    model = builder(request, share, pool)([Generator()])
    phi, read = (sum(p[0].numel() for p in part.parameters()) for part in (model.phi, model.read))
    return {"phi": phi, "read": read, "all": sum(p[0].numel() for p in model.parameters()), "places": model.places}
