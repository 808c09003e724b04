"""Held-out links of a real network, and the pairs without a link that they are to be told from, chosen in one of two ways.

    balanced   every node is met as often among the pairs without a link as among the links, see `links.balanced`
    uniform    any pair without a link, each as likely as any other: most join two nodes that hardly anybody links to

By the second rule it is enough to know who is popular: that looks like skill, and is not (Lichtenwalter & Chawla 2012).
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.links import is_held, network_links, pair_rows, split, strangers
from components.tasks.nodes import adjacency

if TYPE_CHECKING:
    from torch import Generator, Tensor

Array = np.ndarray
RULES = ("balanced", "uniform")


def anyone(every: Array, count: int, part: str, rng: np.random.Generator) -> Array:
    """`count` pairs `(2, count)` without a link, of one part, all equally likely; each once while there are enough."""
    u, v = np.triu_indices(len(every), 1)
    free = every[u, v] == 0
    own = np.flatnonzero(free & (is_held(u, v) == (part == "test")))
    own = own if len(own) else np.flatnonzero(free)
    chosen = rng.choice(own, count, replace=count > len(own))
    return np.stack([u[chosen], v[chosen]])


@cache
def training_links(name: str) -> tuple[Array, Array, Array]:
    """The training links `(2, m)`, those held out `(2, m')`, and the matrix of the training links `(n, n)`."""
    edges, nodes = network_links(name)
    train, held = split(edges)
    return train, held, adjacency(train, nodes, False)


def pairs(n: int, generator: "Generator", part: str, name: str, rule: str) -> tuple[Array, Array, Array]:
    """n pairs of one part, the first half linked: nodes u `(n,)` and v `(n,)`, and whether they are linked y `(n,)`."""
    import torch

    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    (edges, nodes), (train, held, _) = network_links(name), training_links(name)
    own, half, every = train if part == "train" else held, n // 2, adjacency(edges, nodes, False)
    order = rng.permutation(own.shape[1])[:half] if half <= own.shape[1] else rng.integers(own.shape[1], size=half)
    apart = strangers(train, every, n - half, part, rng) if rule == "balanced" else anyone(every, n - half, part, rng)
    u, v = np.concatenate([own[:, order], apart], 1)
    return u, v, np.arange(n) < half


def draw_held(n: int, generator: "Generator", part: str, name: str, rule: str) -> "tuple[Tensor, Tensor]":
    """The same as x `(n, 2, nodes)`, two rows of A + I of the training links without the one asked about, and y `(n,)`."""
    import torch

    u, v, y = pairs(n, generator, part, name, rule)
    return torch.from_numpy(pair_rows(training_links(name)[2], u, v)), torch.from_numpy(y.astype(np.int64))
