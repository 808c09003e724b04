"""Networks of more and more graph convolutions on one real network: what they still tell of its nodes.

    H^0 = I (a node knows only its own name),   H^(l+1) = relu( S H^l W + b ),   with a skip connection + H^l

For every depth, `seeds` networks are trained on half of the nodes of each kind, another half for each seed, and tested on the
others.
Source: Kipf & Welling 2017, appendix B (depth); Chen et al. 2020, "Measuring and relieving the over-smoothing problem".
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor
from torch.nn.functional import cross_entropy

from components.measure.plane import plane
from components.measure.smoothing import distance
from components.models.graph_layers import both_ways
from components.models.node_classifier import NodeClassifier
from components.tasks.nodes import read_network
from components.values import Frame

RECORDED = Path(__file__).parents[2] / "pretrained" / "sweeps" / "graph_depth.npz"
SWEPT = ("karate", "miserables", "airports")
DEPTHS = (0, 1, 2, 3, 4, 6, 8, 12, 16, 32)
LOOKS = 6  # frames while one depth is trained
KEYS = ("accuracy", "fitted", "mad")  # what is measured of each network, (depths, seeds)


class Depth(NamedTuple):
    """A sweep over depths; hashable."""

    network: str
    skip: bool
    depths: tuple[int, ...] = DEPTHS
    seeds: int = 5
    steps: int = 150
    rate: float = 1e-2
    width: int = 16


def halves(labels: np.ndarray, seed: int) -> np.ndarray:
    """True for half of the nodes of each kind (the larger half where their number is odd), chosen at random: `(n,)`."""
    rng, train = np.random.default_rng(seed), np.zeros(len(labels), bool)
    for kind in np.unique(labels):
        inside = rng.permutation(np.flatnonzero(labels == kind))
        train[inside[: (len(inside) + 1) // 2]] = True
    return train


def fresh(request: Depth, layers: int, edged: bool = True) -> tuple[NodeClassifier, Tensor, Tensor]:
    """The networks of one depth before training: the stack, the kinds `(n,)`, who is trained on `(seeds, n)`. Without edges
    (`edged` False) every node is alone, and this is an ordinary deep network."""
    found = read_network(request.network)
    labels = torch.from_numpy(found["labels"])
    n = len(labels)
    train = torch.from_numpy(np.stack([halves(found["labels"], s) for s in range(request.seeds)]))
    generators = [Generator().manual_seed(s) for s in range(request.seeds)]
    edges = both_ways(torch.from_numpy(found["edges"]))[:, : None if edged else 0]
    model = NodeClassifier(
        torch.eye(n), edges, int(labels.max()) + 1, generators, layers=layers, h=request.width, skip=request.skip
    )  # fmt: skip
    return model, labels, train


def losses(model: NodeClassifier, labels: Tensor, train: Tensor) -> Tensor:
    """Mean cross entropy of the nodes trained on, `(seeds,)`."""
    out = model.everyone()
    each = cross_entropy(out.flatten(0, 1), labels.repeat(len(out)), reduction="none").view(len(out), -1)
    return (each * train).sum(1) / train.sum(1)


def first_gradient(request: Depth, layers: int, edged: bool = True) -> float:
    """Length of the gradient of the first layer's weights before training, the mean of the seeds."""
    model, labels, train = fresh(request, layers, edged)
    losses(model, labels, train).sum().backward()
    first = next(model.layers.parameters()).grad
    assert first is not None
    return float(first.flatten(1).norm(dim=1).mean())


def training(request: Depth, layers: int) -> Iterator[tuple[int, Frame]]:
    """The same while it is trained on all of its nodes at once: up to `LOOKS` times, the last at the end, how many `LOOKS`-ths
    are done and what is measured then."""
    model, labels, train = fresh(request, layers)
    adam = torch.optim.Adam(model.parameters(), lr=request.rate)
    for step in range(1, request.steps + 1):
        loss = losses(model, labels, train)
        adam.zero_grad()
        loss.sum().backward()
        adam.step()
        part = step * LOOKS // request.steps
        if part > (step - 1) * LOOKS // request.steps:
            yield part, measured(model, labels, train)


def measured(model: NodeClassifier, labels: Tensor, train: Tensor) -> Frame:
    """Of one depth: "accuracy" on the test, "fitted" on the training nodes and "mad" `(seeds,)`, and of the first seed "places"
    `(n, 2)`, the first two principal components of the last layer, with the share they hold, "held"."""
    seeds = len(train)
    with torch.inference_mode():
        last = model.states()[-1].expand(seeds, -1, -1, -1)[:, 0]
        right = model.everyone().argmax(-1) == labels
    places, held = plane(last[0].double().numpy())
    size = np.abs(places).max()
    return {
        "accuracy": ((right & ~train).sum(1) / (~train).sum(1)).numpy(),
        "fitted": ((right & train).sum(1) / train.sum(1)).numpy(),
        "mad": np.array([distance(h.double().numpy()) for h in last]),
        "places": places / size if size > 0 else places,
        "size": np.array(size),
        "held": np.array(held),
    }


def depth_run(request: Depth) -> Iterator[Frame]:
    """Depth after depth; every frame holds what is known so far, of the last depth while it is still trained.

    Yields:
        Frames with `depths (k,)` so far, `accuracy`, `fitted`, `mad` `(k, seeds)`, `places (k, n, 2)` and `size (k,)`; one step
        is a `LOOKS`-th of the training of one depth.
    """
    done: list[Frame] = []
    for i, layers in enumerate(request.depths):
        for part, now in training(request, layers):
            frame = {key: np.stack([d[key] for d in [*done, now]]) for key in now}
            steps = {"step": np.array(LOOKS * i + part), "steps": np.array(LOOKS * len(request.depths))}
            yield steps | {"depths": np.array(request.depths[: i + 1])} | frame
        done.append(now)


@lru_cache(maxsize=1)
def _file() -> Frame:
    with np.load(RECORDED, allow_pickle=False) as data:
        return {name: data[name] for name in data.files}


def about() -> dict[str, str]:
    """Date, machine and versions of what was recorded."""
    return json.loads(str(_file()["about"]))


@lru_cache(maxsize=16)
def recorded(network: str, skip: bool) -> Frame:
    """The last frame of `depth_run` as it was recorded."""
    prefix = f"{network}/{'skip' if skip else 'plain'}/"
    found = {n.removeprefix(prefix): a.astype(np.float32) for n, a in _file().items() if n.startswith(prefix)}
    return found | {"depths": np.array(DEPTHS)}
