"""Sharing over time, measured: three readers learn the same question from ever more samples.

Also: what each knows about a step at which it never saw what decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
import torch
from torch import Generator, nn

from components.learn.train import train
from components.models.set_classifier import parameters
from components.models.time_classifier import READERS, TimeClassifier
from components.tasks.noisy_last import CLASSES, WIDTH, draw
from components.values import Frame

SIZES = (16, 32, 64, 128, 256, 512, 1024)
LENGTHS = (4, 8, 12)
STEPS, RATE, THRESHOLD, MOST = 400, 1e-2, 0.8, 1024
FILE = Path(__file__).parents[2] / "pretrained" / "sweeps" / "sequences.npz"


@dataclass(frozen=True)
class Request:
    """One comparison. Equal requests are the same run."""

    steps: int = 8  # symbols a sequence
    seeds: int = 5
    device: str = "cpu"


def maker(request: Request, reader: str) -> "partial[TimeClassifier]":
    """Makes a stack of one reader from one generator per replica."""
    return partial(TimeClassifier, reader, WIDTH, len(CLASSES), request.steps)


def one(request: Request, reader: str, every: int) -> Iterator[Frame]:
    """One reader at all sizes and seeds."""
    return train(
        maker(request, reader), partial(draw, steps=request.steps), SIZES, seeds=request.seeds, steps=STEPS, every=every,
        rate=RATE, order="fixed", device=request.device,
    )  # fmt: skip


def sweep(request: Request, every: int = 8) -> Iterator[Frame]:
    """All three side by side.

    Yields:
        Frames of `train`, with a leading axis of three on `accuracy (3, s, seeds)` and `loss`.
    """
    for three in zip(*(one(request, reader, every) for reader in READERS), strict=True):
        frame = {name: three[0][name] for name in ("step", "steps", "sizes", "tested")}
        yield frame | {name: np.stack([f[name] for f in three]) for name in ("accuracy", "loss")}


def unseen(request: Request, seeds: int = 5) -> np.ndarray:
    """Trained where A and B never stand at the step in the middle: accuracy on such test sequences, and on those where the
    last of them stands just there, `(3, 2, seeds)`."""
    x, y = draw(1000, Generator().manual_seed(5), "test", request.steps, "there")

    def probe(model: nn.Module, done: bool) -> Frame:
        with torch.inference_mode():
            said = model(x.unsqueeze(0).expand(seeds, -1, -1, -1)).argmax(-1)
        return {"there": (said == y).float().mean(1).numpy()}

    found = []
    for reader in READERS:
        never = partial(draw, steps=request.steps, where="never there")
        *_, last = train(
            maker(request, reader), never, (MOST,), seeds=seeds, steps=STEPS, every=10**9, rate=RATE, order="fixed", probe=probe
        )
        found.append([last["accuracy"][0], last["there"]])
    return np.array(found)


@cache
def _file() -> Frame:
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


def about() -> Frame:
    """When and where it was recorded: `date`, `machine`, `torch`."""
    return {name: _file()[name] for name in ("date", "machine", "torch")}


def recorded(request: Request) -> Frame:
    """The last frame as recorded, and `unseen (3, 2, seeds)`."""
    parts = {name: _file()[f"{request.steps}/{name}"] for name in ("accuracy", "unseen")}
    return parts | {"sizes": np.array(SIZES)}


@cache
def weights(steps: int, reader: str) -> int:
    """Numbers that training sets in one reader."""
    return parameters(maker(Request(steps), reader)([Generator()]))
