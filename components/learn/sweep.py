"""The demonstration on sets: the same task learnt by the four combinations of sharing and pooling, at eight sample sizes.

sharing x pooling x sizes x seeds = 2 x 2 x 8 x 5 = 160 models, trained at once as four stacks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import permutations

import numpy as np
import torch
from torch import Generator, nn
from torch.func import functional_call

from components.catalogue import discover
from components.learn.train import TEST_SEED, train
from components.models.set_classifier import SetClassifier
from components.tasks.base import Family
from components.values import Frame

ARCHITECTURES = ((True, True), (True, False), (False, True), (False, False))
"""(parameter sharing, invariant pooling), best first."""
SHOWN = 3
"""Which sample size is looked into, counted from the smallest: few enough samples that the four still differ."""


@dataclass(frozen=True)
class Request:
    """One sweep. Equal requests are the same run."""

    task: str = "team16"
    size: int = 5  # elements per set, K
    pool: str = "sum"  # the invariant pooling, where pooling is on
    order: str = "shuffled"
    seeds: int = 5
    device: str = "cpu"

    @property
    def family(self) -> Family:
        """The task family asked for."""
        return discover("tasks", "FAMILY")[self.task]


def builder(request: Request, share: bool, pool: bool) -> "partial[SetClassifier]":
    """What makes a stack of the wanted architecture: call it with one generator per replica."""
    task = request.family.make(request.size)
    width = task.draw(1, Generator(), "train")[0].shape[-1]
    kind = request.pool if pool else "concatenate"
    return partial(SetClassifier, width, len(task.classes), request.size, share, kind)


@lru_cache(maxsize=512)
def example(request: Request, number: int = 0) -> tuple[np.ndarray, int]:
    """One test set in canonical order, `(k, d)`, and its true class."""
    x, y = request.family.make(request.size).draw(number + 1, Generator().manual_seed(TEST_SEED), "test")
    return x[number].numpy(), int(y[number])


@cache
def orders(size: int) -> np.ndarray:
    """All orders of `size` elements, `(size!, size)`, the canonical one first."""
    return np.array(list(permutations(range(size))))


def every_order(model: nn.Module, weights: dict[str, torch.Tensor], x: np.ndarray, device: str = "cpu") -> np.ndarray:
    """Class probabilities for one set in every order, `(k!, classes)`, from the weights of one replica."""
    batch = torch.from_numpy(x[orders(len(x))]).to(device)
    with torch.inference_mode():
        return functional_call(model, weights, (batch.unsqueeze(0),))[0].softmax(-1).cpu().numpy()


def probe(request: Request, model: nn.Module, done: bool) -> Frame:
    """The example in every order, through the replica of size number `SHOWN` and seed 0; its weights with the last frame."""
    x, y = example(request)
    chosen = SHOWN * request.seeds
    weights = {name: p.detach()[chosen : chosen + 1] for name, p in model.named_parameters()}
    p = every_order(model, weights, x, request.device)
    frame = {"truth": p[:, y], "answer": p.argmax(1).astype(np.uint8)}
    if done:
        frame |= {f"weights/{name}": p.cpu().numpy() for name, p in weights.items()}
    return frame


def one(request: Request, share: bool, pool: bool, every: int = 20) -> Iterator[Frame]:
    """Train one of the four architectures at all sizes and seeds."""
    family = request.family
    return train(
        builder(request, share, pool),
        family.make(request.size).draw,
        family.sizes,
        seeds=request.seeds,
        steps=family.budget(request.size),
        every=every,
        rate=family.rate,
        order=request.order,
        device=request.device,
        probe=partial(probe, request),
    )


def sweep(request: Request, every: int = 0) -> Iterator[Frame]:
    """Train all four side by side, a frame every few steps: 6, or 15 in a long training.

    Yields:
        Frames of `train`, with a leading axis of four on `accuracy (4, s, seeds)`, `loss`, `truth (4, k!)` and `answer`;
        the last one carries `weights/<architecture>/<parameter>`.
    """
    every = every or (6 if request.family.budget(request.size) <= 700 else 15)
    for four in zip(*(one(request, *a, every=every) for a in ARCHITECTURES), strict=True):
        frame = {name: four[0][name] for name in ("step", "steps", "sizes", "tested")}
        frame |= {name: np.stack([f[name] for f in four]) for name in ("accuracy", "loss", "truth", "answer")}
        for i, part in enumerate(four):
            frame |= {f"weights/{i}/{name[8:]}": array for name, array in part.items() if name.startswith("weights/")}
        yield frame
