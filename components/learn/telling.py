"""Can a graph network tell two graphs apart? Measured, before training and while it is trained for nothing else.

    H^0 = X,   H^(l+1) = gelu( layer(H^l, edges) ),   z = sum over nodes (and over marked copies) of H^L,   logits = z W + b

    apart       max |z(A) - z(B)| / max |z|         0, up to rounding, where the network cannot tell
    renumbered  max |z(A) - z(P A)| / max |z|       the same graph with its nodes in another order: what a repair costs

Twice as many digits are carried as in training (float64), so that rounding is about 1e-16 and nothing else is taken for it. GELU
bends everywhere: where a ReLU happens not to bend, sums of sums stay sums, and a network would hide what it knows.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor, nn
from torch.nn.functional import cross_entropy, gelu

from components.measure.repairs import INVARIANT, features
from components.models.blocks import Represent
from components.models.graph_layers import LAYERS, both_ways
from components.values import Frame

WIDTH, TOLD = 16, 1e-13  # numbers a node, relative difference above which graphs are told apart
Array = np.ndarray


class Plain(NamedTuple):
    """A graph as numbers: edges `(2, m)` that count both ways, and the kind of each node `(n,)`."""

    edges: Array
    colours: Array


class Whole(nn.Module):
    """Graph layers, then the sum over all nodes: x `(r, b, n, d)` to z `(r, b, h)`, and to two logits.

    Args:
        kind: a key of `LAYERS`.
        d: numbers a node.
        layers: how many; 0 adds up the features themselves.
        generators: one random generator per replica.
    """

    def __init__(self, kind: str, d: int, layers: int, generators: Sequence[Generator]) -> None:
        super().__init__()
        widths = [d] + [WIDTH] * layers
        self.layers = nn.ModuleList(LAYERS[kind](a, b, generators) for a, b in pairwise(widths))
        self.read = Represent(widths[-1], 2, generators)

    def vector(self, x: Tensor, edges: Tensor, together: bool) -> Tensor:
        """The sum over the nodes; and over the copies of the graph where they are seen `together`: `(r, b or 1, h)`."""
        for layer in self.layers:
            x = gelu(layer(x, edges))
        return x.sum((1, 2)).unsqueeze(1) if together else x.sum(2)

    def forward(self, x: Tensor, edges: Tensor, together: bool) -> Tensor:
        copies = x.shape[1] if together else 1
        z = self.vector(x, edges, together) / (x.shape[2] * copies)  # the mean: equal sizes are compared, and steps stay small
        return self.read(z.unsqueeze(2)).squeeze(2)


def told(graph: Plain, repair: str, kinds: int, seeds: Sequence[int]) -> Tensor:
    """Features `(r or 1, b, n, d)`; random numbers are drawn anew for every replica, all else is the same for all."""
    drawn = seeds if repair == "random" else seeds[:1]
    x = [features(repair, graph.edges, graph.colours, kinds, np.random.default_rng(s)) for s in drawn]
    return torch.from_numpy(np.stack(x))


def renumbered(graph: Plain, seed: int = 1) -> Plain:
    """The same graph with its nodes in another order."""
    order = np.random.default_rng(seed).permutation(len(graph.colours))
    return Plain(np.argsort(order)[graph.edges], graph.colours[order])


def relative(a: Tensor, b: Tensor) -> Array:
    """Largest difference of two vectors `(r, 1, h)` by the largest of their entries, `(r,)`; 0 where both are 0."""
    top = torch.maximum(a.abs(), b.abs()).amax((1, 2))
    return ((a - b).abs().amax((1, 2)) / top.clamp(min=1e-30)).numpy()


def gaps(first: Plain, second: Plain, repair: str, layers: int, seeds: int = 8) -> dict[str, tuple[Array, Array]]:
    """For every kind of layer, `apart` and `renumbered` of networks before any training, `(seeds,)` each."""
    kinds = int(max(first.colours.max(), second.colours.max())) + 1
    graphs = [first, second, renumbered(first)]
    inputs = [told(g, repair, kinds, [1000 * i + s for s in range(seeds)]) for i, g in enumerate(graphs)]
    edges = [both_ways(torch.from_numpy(g.edges)) for g in graphs]
    together, found = repair in ("one", "two"), {}
    for kind in LAYERS:
        model = Whole(kind, inputs[0].shape[-1], layers, [Generator().manual_seed(s) for s in range(seeds)]).double()
        with torch.inference_mode():
            z = [model.vector(x.expand(seeds, -1, -1, -1), e, together) for x, e in zip(inputs, edges, strict=True)]
        found[kind] = relative(z[0], z[1]), relative(z[0], z[2])
    return found


class Lesson(NamedTuple):
    """A training run that is after nothing but telling two graphs apart; hashable."""

    first: tuple[tuple[tuple[int, int], ...], tuple[int, ...]]  # edges and colours
    second: tuple[tuple[tuple[int, int], ...], tuple[int, ...]]
    repair: str
    layers: int = 3
    seeds: int = 4
    steps: int = 120

    def graphs(self) -> list[Plain]:
        """Both graphs as arrays."""
        return [Plain(np.array(e, np.int64).reshape(-1, 2).T, np.array(c, np.int64)) for e, c in (self.first, self.second)]


def lesson(first: Plain, second: Plain, repair: str) -> Lesson:
    """The run for a pair; fewer seeds and steps where every pair of nodes is marked."""
    held = [(tuple(map(tuple, g.edges.T.tolist())), tuple(g.colours.tolist())) for g in (first, second)]
    return Lesson(held[0], held[1], repair, seeds=2, steps=60) if repair == "two" else Lesson(held[0], held[1], repair)


def lesson_run(request: Lesson, every: int = 5, rate: float = 1e-2) -> Iterator[Frame]:
    """Train a stack of every kind of layer; the first graph's class is 0, the second's 1.

    Yields:
        Frames with `loss (kinds, seeds)` in nats, ln 2 = 0.693 is guessing, and `right (kinds, seeds)`, the share of answers that
        are right: on both graphs, and where nodes are given numbers by chance, on 16 new draws of each.
    """
    graphs, seeds = request.graphs(), request.seeds
    kinds = int(max(g.colours.max() for g in graphs)) + 1
    edges = [both_ways(torch.from_numpy(g.edges)) for g in graphs]
    together = request.repair in ("one", "two")

    def drawn(start: int, copies: int) -> list[Tensor]:
        """Both graphs `(1, b, n, d)`, with new random numbers where there are any."""
        own = [told(g, request.repair, kinds, range(start + 500 * i, start + 500 * i + copies)) for i, g in enumerate(graphs)]
        return [(x.transpose(0, 1) if request.repair == "random" else x).float() for x in own]

    fixed, exam = drawn(0, 1), drawn(10**6, 16)
    models = [Whole(k, fixed[0].shape[-1], request.layers, [Generator().manual_seed(s) for s in range(seeds)]) for k in LAYERS]
    adams = [torch.optim.Adam(m.parameters(), lr=rate) for m in models]
    for step in range(request.steps + 1):
        inputs = drawn(2000 * (step + 1), 4) if request.repair == "random" else fixed
        losses = []
        for model, adam in zip(models, adams, strict=True):
            one, two = (_loss(model, x, e, together, c) for c, (x, e) in enumerate(zip(inputs, edges, strict=True)))
            loss = (one + two) / 2
            losses.append(loss.detach())
            if step < request.steps:
                adam.zero_grad()
                loss.sum().backward()
                adam.step()
        if step % every == 0 or step == request.steps:
            right = [_right(m, exam, edges, together) for m in models]
            yield {"step": np.array(step), "steps": np.array(request.steps), "loss": torch.stack(losses).numpy(),
                   "right": torch.stack(right).numpy()}  # fmt: skip


def _loss(model: Whole, x: Tensor, edges: Tensor, together: bool, target: int) -> Tensor:
    """Mean cross entropy of one graph's copies, `(r,)`."""
    r = model.read.weight.shape[0]
    out = model(x.expand(r, -1, -1, -1), edges, together)
    wanted = torch.full((out.shape[0] * out.shape[1],), target)
    return cross_entropy(out.flatten(0, 1), wanted, reduction="none").view(r, -1).mean(1)


def _right(model: Whole, exam: list[Tensor], edges: list[Tensor], together: bool) -> Tensor:
    """Share of right answers, `(r,)`; logits that are equal up to rounding give 1/2 for both graphs together."""
    r = model.read.weight.shape[0]
    with torch.inference_mode():
        out = [model(x.expand(r, -1, -1, -1), e, together) for x, e in zip(exam, edges, strict=True)]
    return torch.stack([(o.argmax(-1) == c).float().mean(1) for c, o in enumerate(out)]).mean(0)


def exact(repair: str) -> bool:
    """Whether another order of the nodes changes nothing at all."""
    return repair in INVARIANT
