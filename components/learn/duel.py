"""Two networks learn the same digits in turn: a convolutional network and a vision transformer.

Same training digits, same batch, same number of steps, the same 1,000 test digits; each has the learning rate that suits it.
Source: lecture, slides "Convolutional Neural Networks" and "Vision Transformer".
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Generator, Tensor, nn

from components.learn.goals import right
from components.learn.train import Make, train
from components.models.conv_network import ConvNetwork
from components.models.vision_transformer import VisionTransformer
from components.tasks.mnist import MNIST_SIDE, draw_mnist
from components.values import Frame

BATCH, STEPS, TEST, PEEK = 32, 600, 1000, 200
RATES = {"cnn": 5e-3, "vit": 2e-3}
KEEP = 5  # every so many frames hold the weights, so that attention can be looked at while it is learnt


@dataclass(frozen=True)
class Duel:
    """What is compared. Equal duels are the same run."""

    size: int = 1000  # training digits
    patch: int = 7
    positions: bool = True
    device: str = "cpu"


def transformer(patch: int, positions: bool, generators: Sequence[Generator]) -> VisionTransformer:
    """The vision transformer of this page: 48 numbers a patch, 4 heads, 3 layers, a class token."""
    return VisionTransformer(MNIST_SIDE, 1, 10, generators, patch=patch, positions=positions)


def makers(request: Duel) -> dict[str, Make]:
    """What makes the two networks."""
    return {
        "cnn": partial(ConvNetwork, MNIST_SIDE, 1, 10),
        "vit": partial(transformer, request.patch, request.positions),
    }


def weights(model: nn.Module, done: bool = True) -> Frame:
    """All weights of a stack, as float16."""
    return {name: value.detach().cpu().numpy().astype(np.float16) for name, value in model.state_dict().items()}


def duel(request: Duel, steps: int = STEPS) -> Iterator[Frame]:
    """Train both, a frame of one and then of the other.

    Yields:
        Frames with `step`, `steps`, `tested`; for "cnn" and "vit" `<name>/accuracy`, `<name>/loss` and `<name>/seconds` (of
        computing, so far); in every fifth and the last frame `weights/<name>/...`.
    """
    every = 10 if request.patch > 4 else 5
    runs = {
        name: train(
            make, draw_mnist, (request.size,), steps=steps, every=every, batch=BATCH, rate=RATES[name], order="fixed", test=TEST,
            peek=PEEK, device=request.device, probe=_kept,
        )
        for name, make in makers(request).items()
    }  # fmt: skip
    spent = dict.fromkeys(runs, 0.0)
    for index in range(-(-steps // every) + 1):
        frame: Frame = {}
        for name, run in runs.items():
            start = time.perf_counter()
            part = next(run)
            spent[name] += time.perf_counter() - start
            frame |= {key: part[key] for key in ("step", "steps", "tested")}
            frame |= {f"{name}/{key}": part[key].ravel()[0] for key in ("accuracy", "loss")}
            frame[f"{name}/seconds"] = np.array(spent[name])
            if index % KEEP == 0 or part["step"] == part["steps"]:
                frame |= {f"weights/{name}/{key[8:]}": value for key, value in part.items() if key.startswith("weights/")}
        yield frame


def _kept(model: nn.Module, done: bool) -> Frame:
    return {f"weights/{name}": value for name, value in weights(model).items()}


def moved(x: Tensor, down: int, right: int, side: int = MNIST_SIDE) -> Tensor:
    """Flattened pictures `(..., side^2)`, columns on top of each other, moved by whole pixels; what leaves is lost."""
    whole = x.unflatten(-1, (side, side))  # (..., columns, rows)
    out = torch.zeros_like(whole)
    at = [slice(max(0, by), side + min(0, by)) for by in (right, down)]
    of = [slice(max(0, -by), side - max(0, by)) for by in (right, down)]
    out[..., at[0], at[1]] = whole[..., of[0], of[1]]
    return out.flatten(-2)


def moved_accuracy(model: nn.Module, x: Tensor, y: Tensor, replicas: int, far: int) -> Tensor:
    """Accuracy of each replica on digits moved `far` pixels up, down, left and right, the mean of the four: `(r,)`."""
    ways = [(far, 0), (-far, 0), (0, far), (0, -far)] if far else [(0, 0)]
    return torch.stack([right(model, moved(x, *way), y, replicas) for way in ways]).mean(0)
