"""The training loop: one generator of frames, for one model or for a stack of hundreds.

    for step in range(steps):
        x, y  = a batch for every replica
        loss  = cross entropy(model(x), y)      (or another goal, see `goals.py`)
        theta = theta - rate * Adam(gradient of loss)      (or another optimiser)

Every replica has its own initial weights, its own training pool and its own batches, drawn from its own generator, so it
learns the same alone as in a stack. Source: lecture, slide "Unified View of Deep Learning Models", steps 3 and 4.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Generator, Tensor, nn

from components.learn.goals import GOALS, LOSSES, OPTIMISERS, Goal
from components.values import Frame

Make = Callable[[Sequence[Generator]], nn.Module]
Draw = Callable[[int, Generator, str], tuple[Tensor, Tensor]]
Probe = Callable[[nn.Module, bool], Frame]
ORDERS = ("shuffled", "augmented", "sorted", "fixed")
TEST_SEED, POOL_SEED = 1_000_003, 2_000_003


def shuffle(x: Tensor, generator: Generator) -> Tensor:
    """Put the elements of every observation in an order of its own: `(n, k, d) -> (n, k, d)`."""
    order = torch.rand(x.shape[:2], generator=generator).argsort(1)
    return x.gather(1, order.unsqueeze(-1).expand_as(x))


def train(
    make: Make,
    draw: Draw,
    sizes: Sequence[int],
    *,
    seeds: int = 1,
    steps: int = 300,
    every: int = 20,
    batch: int = 32,
    rate: float = 5e-3,
    order: str = "shuffled",
    test: int = 1024,
    peek: int = 40,
    goal: str = "classification",
    loss: str = "",
    optimiser: str = "adam",
    device: str = "cpu",
    probe: Probe | None = None,
) -> Iterator[Frame]:
    """Train `len(sizes) * seeds` models at once and yield a frame every `every` steps, the first before any step.

    Args:
        make: builds a stack of models from one generator per replica.
        draw: `draw(n, generator, part)` gives `x (n, k, d)` and `y (n,)`.
        sizes: numbers of training samples; the pools are nested (the small is the beginning of the large).
        seeds: independent repetitions of each size.
        steps, batch, rate: the same for every model; the rate falls to zero along a cosine.
        order: of the elements. "shuffled" gives each sample one random order, "augmented" a new one at every use, "sorted"
            trains in canonical order and tests in random order; "fixed" touches none, for pictures and sequences.
        test: test samples; `peek` of them are used before the last frame.
        goal: a key of `GOALS`: what is minimised, and what is measured on the test.
        loss: a key of `LOSSES`, where something else than the goal's own is minimised.
        optimiser: a key of `OPTIMISERS`.
        device: where to compute; random numbers come from the CPU everywhere, so devices agree.
        probe: called with the model, and whether it is finished, at every frame; its arrays join the frame.

    Yields:
        Frames with `step`, `steps`, `sizes (s,)`, the goal's measure, for instance `accuracy (s, seeds)`, `loss (s, seeds)`
        (training, since the last frame) and `tested`, the number of test samples behind the measure.

    Raises:
        ValueError: the order is unknown.
        KeyError: the goal, the loss or the optimiser is.
    """
    if order not in ORDERS:
        raise ValueError(f"order is one of {', '.join(ORDERS)}, not {order!r}")
    aim = GOALS[goal]
    generators = [Generator().manual_seed(seed) for _ in sizes for seed in range(seeds)]
    model = make(generators).to(device)
    x, y = _pools(draw, max(sizes), seeds, order, device)
    exam = _exam(draw, test, order, device)
    rows = _batches(sizes, seeds, steps, batch, generators)
    k, width = x.shape[1], len(generators)
    places = torch.arange(k, device=device).view(1, k, 1)
    descent = OPTIMISERS[optimiser](model.parameters(), rate, device in ("cpu", "cuda"))
    lossy = LOSSES[loss] if loss else aim.loss
    total, since = torch.zeros(width, device=device), 0
    yield _frame(0, steps, sizes, model, total, 1, (exam[0][:peek], exam[1][:peek]), aim, probe, steps == 0)
    for step in range(steps):
        row = rows[step].to(device, torch.long)
        if order == "augmented":
            places = _places(generators, batch, k).to(device)
        near = (row.unsqueeze(1) * k + places).flatten()  # elements first, as the block multiplies them
        inputs = x.view(-1, x.shape[-1]).index_select(0, near).view(width, k, batch, -1).transpose(1, 2)
        for group in descent.param_groups:
            group["lr"] = rate * 0.5 * (1 + math.cos(math.pi * step / steps))
        found = lossy(model(inputs), y[row]) + getattr(model, "penalty", 0.0)
        descent.zero_grad()
        found.sum().backward()
        descent.step()
        total, since = total + found.detach(), since + 1
        done = step + 1 == steps
        if done or (step + 1) % every == 0:
            seen = exam if done else (exam[0][:peek], exam[1][:peek])
            yield _frame(step + 1, steps, sizes, model, total, since, seen, aim, probe, done)
            total, since = torch.zeros_like(total), 0


def _pools(draw: Draw, most: int, seeds: int, order: str, device: str) -> tuple[Tensor, Tensor]:
    """One training pool per seed, laid end to end: `x (seeds * most, k, d)`, `y (seeds * most,)`."""
    pools = []
    for seed in range(seeds):
        generator = Generator().manual_seed(POOL_SEED + seed)
        x, y = draw(most, generator, "train")
        pools.append((x if order in ("sorted", "fixed") else shuffle(x, generator), y))
    x, y = (torch.cat(parts).to(device) for parts in zip(*pools, strict=True))
    return x.contiguous(), y


def _exam(draw: Draw, test: int, order: str, device: str) -> tuple[Tensor, Tensor]:
    """The test set, the same for all; sets come in random order."""
    generator = Generator().manual_seed(TEST_SEED)
    x, y = draw(test, generator, "test")
    return (x if order == "fixed" else shuffle(x, generator)).to(device), y.to(device)


def _batches(sizes: Sequence[int], seeds: int, steps: int, batch: int, generators: Sequence[Generator]) -> Tensor:
    """Row numbers into the pools for every step: `(steps, r, batch)`, replica by replica from its own generator."""
    most = max(sizes)
    rows = []
    for i, generator in enumerate(generators):
        own = torch.randint(sizes[i // seeds], (steps, batch), generator=generator)
        rows.append((own + most * (i % seeds)).int())
    return torch.stack(rows, 1)


def _places(generators: Sequence[Generator], batch: int, k: int) -> Tensor:
    """A new order for every set of the batch, `(r, k, batch)`: shuffle augmentation."""
    return torch.stack([torch.rand(k, batch, generator=g).argsort(0) for g in generators])


def _frame(
    step: int,
    steps: int,
    sizes: Sequence[int],
    model: nn.Module,
    total: Tensor,
    since: int,
    seen: tuple[Tensor, Tensor],
    aim: Goal,
    probe: Probe | None,
    done: bool,
) -> Frame:
    grid = (len(sizes), -1)
    frame = {
        "step": np.array(step),
        "steps": np.array(steps),
        "sizes": np.array(sizes),
        aim.measure: aim.score(model, *seen, len(total)).cpu().numpy().reshape(grid),
        "loss": (total / since).cpu().numpy().reshape(grid),
        "tested": np.array(len(seen[1])),
    }
    if probe is not None:
        frame |= probe(model, done)
    return frame
