"""A tiny sample through a tiny model, number by number: forward, backward, a step, and again; all as plain arrays.

    forward    every block of `models.unfolded`
    backward   dL/dB for every block and weight B, by automatic differentiation
    step       W <- W - rate dL/dW, what `torch.optim.SGD` does
    check      (L(w + e) - L(w - e)) / 2e for one weight w: nothing but the loss, computed twice

In 64-bit numbers, so that both derivatives agree in many digits. Slide "Unified View of Deep Learning Models", steps 1 to 4.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.tiny_samples import Tiny, tiny
from components.models.unfolded import Blocks, forward

KINDS = {
    "deep sets": "Deep Sets", "cnn": "CNN", "attention": "attention", "gcn": "GCN", "rnn": "RNN", "mlp": "MLP",
}  # fmt: skip
RATES = (0.03, 0.1, 0.3, 1.0, 3.0)
HIDDEN, LOOK, STEPS, NUDGE = 3, 2, 100, 1e-5
SEEDS = {"deep sets": 20, "cnn": 2, "attention": 11, "gcn": 21, "rnn": 11, "mlp": 28}
"""First weights with which no unit of the hidden layer is dead for both samples."""
Array = np.ndarray
Named = dict[str, Array]
REFUSED = {
    "cnn": "a CNN needs a left and a right, and these elements lie in no order",
    "gcn": "a GCN needs edges, and this sample has none",
    "rnn": "an RNN reads in an order, and these elements have none",
}


class Moment(NamedTuple):
    """The model before one step, all of its numbers for the sample of this step, and what the step makes of it."""

    which: int  # the sample of this step
    weights: Named
    blocks: Named  # values, in the order they are computed
    slopes: Named  # dL/d of every block and weight
    after: Named  # weights after the step
    losses: tuple[float, float]  # of both samples before the step
    losses_after: tuple[float, float]


class Act(NamedTuple):
    """What the player shows at once: the phase and the blocks it is about."""

    phase: str  # "forward", "loss", "backward" or "update"
    blocks: tuple[str, ...]


def acts(kind: str, blocks: tuple[str, ...], weights: tuple[str, ...], pace: str) -> tuple[Act, ...]:
    """One step of descent as the player goes through it: block by block, in four moves, or at once.

    Args:
        kind: a key of `KINDS`.
        blocks, weights: names, in the order of the computation.
        pace: "blocks", "moves" or "steps".
    """
    before = {"A": ("Q", "K"), "Z": ("W", "b", "U"), "z": ("V", "c")}
    back: list[tuple[str, ...]] = []
    for name in reversed(blocks):
        own = tuple(w for w in before.get(name, ()) if w in weights)
        back += [(name,), own] if own else [(name,)]
    if pace == "blocks":
        way = [Act("loss" if name == "L" else "forward", (name,)) for name in blocks]
        return (*way, *(Act("backward", names) for names in back), Act("update", weights))
    if pace == "moves":
        everything = tuple(name for names in back for name in names)
        return Act("forward", blocks[:-1]), Act("loss", ("L",)), Act("backward", everything), Act("update", weights)
    return (Act("loss", ("L",)),)


def refused(kind: str, sample: Tiny) -> str:
    """Why this model does not fit these data; empty where it does."""
    missing = {"cnn": not sample.ordered, "rnn": not sample.ordered, "gcn": not sample.links.any()}
    return REFUSED[kind] if missing.get(kind) else ""


def shapes(kind: str, sample: Tiny) -> dict[str, tuple[int, int]]:
    """The shape of every weight, in the order they are used."""
    n, d = sample.x.shape
    wide = {"cnn": 9 if sample.picture else 3 * d, "gcn": 2 * d, "mlp": n * d}.get(kind, d)
    found = {"Q": (d, LOOK), "K": (d, LOOK)} if kind == "attention" else {}
    found |= {"W": (wide, HIDDEN), "b": (1, HIDDEN)}
    if kind == "rnn":
        found["U"] = (HIDDEN, HIDDEN)
    return found | {"V": (HIDDEN, 2), "c": (1, 2)}


def first_weights(kind: str, sample: Tiny, seed: int | None = None) -> Named:
    """Uniform in ±1/sqrt(rows), as `torch.nn.Linear` starts; biases start at 0, to keep the first sums short."""
    generator = Generator().manual_seed(SEEDS[kind] if seed is None else seed)
    found = {}
    for name, shape in shapes(kind, sample).items():
        drawn = ((torch.rand(*shape, generator=generator, dtype=torch.float64) * 2 - 1) * shape[0] ** -0.5).round(decimals=2)
        drawn[drawn == 0] = 0.01  # else a sum may start at exactly 0, where relu has no derivative
        found[name] = (drawn * (name not in "bc")).numpy()
    return found


def computed(kind: str, sample: Tiny, weights: Named, *, learn: bool = False) -> tuple[Blocks, dict[str, Tensor]]:
    """The blocks, and the weights as tensors that remember what was done with them if `learn`."""
    w = {name: torch.tensor(value, requires_grad=learn) for name, value in weights.items()}
    x = torch.tensor(sample.x, requires_grad=learn)
    row = x.reshape(1, -1) if kind == "mlp" else x
    return forward(kind, row, sample.truth, w, torch.from_numpy(sample.links), sample.picture), w


def together(block: "Tensor | list[Tensor]") -> Array:
    """A block, or its rows, as one array `(rows, columns)`."""
    return (torch.stack(block) if isinstance(block, list) else block).detach().numpy()


def loss_of(kind: str, sample: Tiny, weights: Named) -> float:
    """The loss alone."""
    with torch.no_grad():
        return float(together(computed(kind, sample, weights)[0]["L"])[0, 0])


def backward(kind: str, sample: Tiny, weights: Named) -> tuple[Named, Named]:
    """All values, and dL/d of every block and weight."""
    blocks, w = computed(kind, sample, weights, learn=True)
    everything: Blocks = {**blocks, **w}
    flat = [t for block in everything.values() for t in (block if isinstance(block, list) else [block])]
    loss = blocks["L"]
    assert isinstance(loss, Tensor)
    given = iter(torch.autograd.grad(loss, flat, torch.ones_like(loss), allow_unused=True))
    slopes = {}
    for name, block in everything.items():
        own = [(t, next(given)) for t in (block if isinstance(block, list) else [block])]
        found = [torch.zeros_like(t) if g is None else g for t, g in own]
        slopes[name] = together(found if isinstance(block, list) else found[0])
    values = {name: together(block) for name, block in blocks.items()}
    q = float(values["q"][0, sample.truth])
    slopes["q"] = np.zeros((1, 2))  # the loss is computed from z, which is finite where q is 0; through q it would be this
    slopes["q"][0, sample.truth] = -1 / max(q, 1e-300)
    return values, slopes


def step(weights: Named, slopes: Named, rate: float) -> Named:
    """w <- w - rate dL/dw."""
    return {name: value - rate * slopes[name] for name, value in weights.items()}


@lru_cache(maxsize=256)
def descent(kind: str, name: str, rate: float, turns: bool = True, steps: int = STEPS) -> tuple[Moment, ...]:
    """`steps` steps of stochastic gradient descent, each on one sample; the last moment is where the last step leads.

    Args:
        kind: a key of `KINDS`.
        name: a key of `SAMPLES`.
        rate: of learning.
        turns: whether the two samples come in turn; else the second comes again and again.
        steps: how many.
    """
    pair, found = tiny(name), []
    weights = first_weights(kind, pair[0])
    losses = (loss_of(kind, pair[0], weights), loss_of(kind, pair[1], weights))
    for t in range(steps + 1):
        which = (t + 1) % 2 if turns else 1
        blocks, slopes = backward(kind, pair[which], weights)
        after = step(weights, slopes, rate)
        then = (loss_of(kind, pair[0], after), loss_of(kind, pair[1], after))
        found.append(Moment(which, weights, blocks, slopes, after, losses, then))
        weights, losses = after, then
    return tuple(found)


def nudged(kind: str, sample: Tiny, weights: Named, cell: tuple[str, int, int], nudge: float = NUDGE) -> tuple[float, float]:
    """L with one weight a little larger, and a little smaller: their difference over 2 nudge is the numerical derivative."""
    name, i, j = cell
    found = []
    for by in (nudge, -nudge):
        moved = weights[name].copy()
        moved[i, j] += by
        found.append(loss_of(kind, sample, weights | {name: moved}))
    return found[0], found[1]


def numerical(kind: str, sample: Tiny, weights: Named, cell: tuple[str, int, int], nudge: float = NUDGE) -> float:
    """(L(w + e) - L(w - e)) / 2e."""
    more, less = nudged(kind, sample, weights, cell, nudge)
    return (more - less) / (2 * nudge)
