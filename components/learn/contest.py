"""Seven sequence models learn one task side by side: the same samples, batches, number of steps and width.

    for step in range(steps):
        x, y = one batch
        for every model:  theta = theta - rate * Adam(gradient of cross entropy(model(x), y))

Only the learning rate is each model's own. With the last frame comes what the curves do not tell: accuracy at lengths never
trained on, and how many answers change when the tokens are shuffled. Source: lecture "How to Model", slides "From Token to
Sequences" to "Modern Sequence Models".
"""

import math
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Generator, Tensor
from torch.nn.functional import cross_entropy

from components.models.sequence_classifier import KINDS, NOTHING, SequenceClassifier
from components.values import Frame

Draw = Callable[[int, Generator, str, int, int], tuple[Tensor, Tensor]]
RATES = {"rnn": 3e-3, "convolution": 5e-3, "attention": 6e-3}
RATE, WIDTH, ROOM, BATCH = 1e-2, 24, 64, 32
POOL, EXAM, LENGTHS, MIX = 2_000_003, 1_000_003, 3_000_017, 4_000_037  # seeds


def models(kinds: Sequence[str], tokens: int, seeds: int = 1) -> dict[str, SequenceClassifier]:
    """The contestants as they start: two classes, room for 64 tokens, width 24."""
    return {
        kind: SequenceClassifier(kind, tokens, 2, ROOM, [Generator().manual_seed(s) for s in range(seeds)], h=WIDTH)
        for kind in kinds
    }


def contest(
    draw: Draw,
    tokens: int,
    bins: Sequence[tuple[int, int]],
    *,
    kinds: Sequence[str] = KINDS,
    samples: int = 1024,
    low: int = 1,
    high: int = 12,
    seeds: int = 1,
    steps: int = 400,
    every: int = 4,
    peek: int = 200,
    test: int = 1000,
    each: int = 200,
) -> Iterator[Frame]:
    """Train all models and yield a frame every `every` steps, the first before any step.

    Args:
        draw: `draw(n, generator, part, low, high)` gives `x (n, k, d)` and `y (n,)` of lengths from low to high.
        tokens: entries of the dictionary.
        bins: lengths, from - to, at which the finished models are tested.
        kinds: who takes part, of `KINDS`; the others' numbers are not a number.
        samples: for training.
        low, high: lengths of the training samples.
        seeds: independent repetitions: other starting weights, samples and batches.
        steps, every: training steps, and those between two frames.
        peek, test, each: test samples before the last frame, for the last, and for each of the bins.

    Yields:
        Frames with `step`, `steps`, `accuracy (7, r)`, `loss (7, r)` (training, since the frame before),
        and `seconds (7,)` of training.
        The last also has `by_length (7, bins, r)`, `changed (7, r)`: the share of test answers that shuffling the tokens changes;
        and the weights of the first seed as "weights/<kind>/<name>".
    """
    nets = models(kinds, tokens, seeds)
    adams = {k: torch.optim.Adam(net.parameters(), lr=RATES.get(k, RATE), fused=True) for k, net in nets.items()}
    pools = [draw(samples, Generator().manual_seed(POOL + s), "train", low, high) for s in range(seeds)]
    x, y = torch.stack([p[0] for p in pools]), torch.stack([p[1] for p in pools])
    exam = draw(test, Generator().manual_seed(EXAM), "test", low, high)
    chance = [Generator().manual_seed(s) for s in range(seeds)]
    total, seconds, since = np.full((len(KINDS), seeds), np.nan), np.full(len(KINDS), np.nan), 1
    at = [KINDS.index(k) for k in kinds]
    total[at], seconds[at] = 0, 0

    def frame(step: int) -> Frame:
        few = (exam[0][:peek], exam[1][:peek]) if step < steps else exam
        numbers = {"step": step, "steps": steps, "accuracy": hits(nets, *few, seeds), "loss": total / since, "seconds": seconds}
        return {name: np.array(value) for name, value in numbers.items()}

    yield frame(0)
    for step in range(1, steps + 1):
        rows = torch.stack([torch.randint(samples, (BATCH,), generator=g) for g in chance])
        own = torch.arange(seeds)[:, None]
        inputs, truth = x[own, rows], y[own, rows]
        total, since = (total * 0, 0) if step % every == 1 or every == 1 else (total, since)
        for i, kind in zip(at, kinds, strict=True):
            began = time.perf_counter()
            total[i] += one(nets[kind], adams[kind], inputs, truth, RATES.get(kind, RATE) * cosine(step, steps))
            seconds[i] += time.perf_counter() - began
        since += 1
        if step == steps:
            yield frame(step) | ending(nets, draw, bins, exam, each, seeds)
        elif step % every == 0:
            yield frame(step)


def cosine(step: int, steps: int) -> float:
    """What the learning rate is multiplied by: from 1 to 0 along half a cosine."""
    return 0.5 * (1 + math.cos(math.pi * (step - 1) / steps))


def one(net: SequenceClassifier, adam: torch.optim.Optimizer, x: Tensor, y: Tensor, rate: float) -> np.ndarray:
    """One step of one model; the loss of each seed before it, `(r,)`."""
    adam.param_groups[0]["lr"] = rate
    out = net(x)
    loss = cross_entropy(out.flatten(0, 1), y.flatten(), reduction="none").view(y.shape).mean(1)
    adam.zero_grad()
    loss.sum().backward()
    adam.step()
    return loss.detach().numpy()


def answers(net: SequenceClassifier, x: Tensor, seeds: int) -> Tensor:
    """The classes a model answers, `(r, n)`, for `(n, k, d)`."""
    with torch.inference_mode():
        return torch.cat([net(part.expand(seeds, *part.shape)).argmax(-1) for part in x.split(250)], 1)


def hits(nets: dict[str, SequenceClassifier], x: Tensor, y: Tensor, seeds: int) -> np.ndarray:
    """Accuracy of every kind and seed on the same samples, `(7, r)`; not a number for those who take no part."""
    found = np.full((len(KINDS), seeds), np.nan)
    for kind, net in nets.items():
        found[KINDS.index(kind)] = (answers(net, x, seeds) == y).float().mean(1)
    return found


def mixed(x: Tensor, generator: Generator) -> Tensor:
    """The tokens of each sequence `(n, k, d)` in a random order; the room behind them stays behind."""
    there = x[..., -1] != NOTHING
    order = torch.where(there, torch.rand(there.shape, generator=generator), 2.0).argsort(1)
    return x.gather(1, order.unsqueeze(-1).expand_as(x))


def ending(
    nets: dict[str, SequenceClassifier],
    draw: Draw,
    bins: Sequence[tuple[int, int]],
    exam: tuple[Tensor, Tensor],
    each: int,
    seeds: int,
) -> Frame:
    """What is measured once, at the end; see `contest`."""
    tests = [draw(each, Generator().manual_seed(LENGTHS + a), "test", a, b) for a, b in bins]
    found = {"by_length": np.stack([hits(nets, *part, seeds) for part in tests], 1)}
    moved, changed = mixed(exam[0], Generator().manual_seed(MIX)), np.full((len(KINDS), seeds), np.nan)
    for kind, net in nets.items():
        changed[KINDS.index(kind)] = (answers(net, exam[0], seeds) != answers(net, moved, seeds)).float().mean(1)
        found |= {f"weights/{kind}/{name}": p[0].detach().numpy().astype(np.float16) for name, p in net.named_parameters()}
    return found | {"changed": changed}
