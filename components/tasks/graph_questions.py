"""Three questions about small graphs: one synthetic, two real. Where are one map for all nodes and any order of neighbours right?

    x_i = [ 1 for a node | 1 if it is asked (questions to one node) | its numbers | its row of the adjacency matrix ]   (n, d + n)

In `vote` and `molecules` node numbers mean nothing, so every graph gets new ones at random. That matters: files number the atoms
of a molecule along its skeleton, ends first, so that a network with a map for every number could read the shape from the number.
In `places` they do mean something: node 7 is always the same place of a picture.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.digits import rows
from components.tasks.molecules import ATOMS, NCI_TESTED, molecule, observations, padded, parts, read_molecules
from components.tasks.zero import digits

if TYPE_CHECKING:
    from torch import Generator, Tensor

PEOPLE, PARTIES, LINKED = 8, ("A", "B", "C"), 0.5
ATOMS_MOST, FAT = 16, 2.0
GRID = 4
Array = np.ndarray


@dataclass(frozen=True)
class GraphTask:
    """A question about graphs, and the recipe that trains networks on it."""

    name: str
    order: int
    title: str
    question: str
    teaches: str  # one sentence: what this task shows that others do not
    n: int  # places for nodes
    features: tuple[str, ...]  # the numbers of a node
    classes: tuple[str, ...]
    draw: "Callable[[int, Generator, str], tuple[Tensor, Tensor]]"  # (n, generator, part) -> x (n, nodes, d + nodes), y (n,)
    sample: str  # what one training sample is
    asked: bool = False  # one node is asked, else the whole graph
    layers: int = 1
    h: int = 16
    sizes: tuple[int, ...] = (16, 32, 64, 128, 256, 512, 1024)
    steps: int = 240
    rate: float = 1e-2
    threshold: float = 0.8
    test: int = 500
    shown: int = 256  # the sample size whose networks are asked again after a renumbering

    @property
    def d(self) -> int:
        """Numbers a node, without its row of the matrix."""
        return len(self.features)


def renumbered(x: Array, order: Array, d: int) -> Array:
    """Graphs `(b, n, d + n)` with their nodes in another order `(b, n)`: row i is what row order[i] was, and so are columns."""
    x = np.take_along_axis(x, order[:, :, None], 1)
    return np.concatenate([x[..., :d], np.take_along_axis(x[..., d:], order[:, None], 2)], 2)


def draw_votes(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n random graphs of 8 people, each two linked with probability one half, `x (n, 8, 13)`; `y (n,)` the party that most
    neighbours of the person asked vote for; a person is asked only where one party leads. Train and test are drawn anew."""
    import torch

    more = n + n // 4 + 20
    a = (torch.rand(more, PEOPLE, PEOPLE, generator=generator) < LINKED).float().triu(1)
    a = a + a.transpose(1, 2)
    party = torch.randint(len(PARTIES), (more, PEOPLE), generator=generator)
    member = torch.nn.functional.one_hot(party, len(PARTIES)).float()
    votes = a @ member
    top = votes.topk(2, -1).values
    clear = top[..., 0] > top[..., 1]
    person = (torch.rand(more, PEOPLE, generator=generator) + clear.float()).argmax(1)
    kept = torch.arange(more)[clear[torch.arange(more), person]][:n]
    person = person[kept]
    asked = torch.nn.functional.one_hot(person, PEOPLE).float().unsqueeze(-1)
    x = torch.cat([torch.ones(n, PEOPLE, 1), asked, member[kept], a[kept]], -1)
    return x, votes[kept, person].argmax(-1)


def shortened(x: Array) -> Array:
    """Molecules `(..., 32, 42)` of at most 16 atoms as `(..., 16, 27)`, with 1 for an atom before its kind."""
    kind, row = x[..., :ATOMS_MOST, : len(ATOMS)], x[..., :ATOMS_MOST, len(ATOMS) : len(ATOMS) + ATOMS_MOST]
    return np.concatenate([kind.sum(-1, keepdims=True), kind, row], -1)


@cache
def small_molecules(part: str) -> tuple[Array, Array]:
    """Molecules of at most 16 atoms, `x (n, 16, 27)`, and whether log P is above 2 `(n,)`; no scaffold is in both parts."""
    x, label = observations("nci")
    own = parts("nci", NCI_TESTED)[int(part == "test")]
    fits = x[own][..., : len(ATOMS)].sum((1, 2)) <= ATOMS_MOST
    x = shortened(x[own][fits])
    return x, (label[own][fits] > FAT).astype(np.int64)


def named_atoms(name: str) -> tuple[Array, Array, Array, tuple[str, ...]]:
    """A molecule with a name: x `(16, 27)` in the file's order, places `(k, 2)`, bonds `(2, m)`, letters of its k atoms."""
    found = molecule("named", read_molecules()["names"].tolist().index(name))
    x = shortened(padded(found["kinds"], found["bonds"]))
    return x, found["places"], found["bonds"], tuple(ATOMS[kind] for kind in found["kinds"])


def draw_molecules(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n molecules of one part, each with its atoms renumbered at random: `x (n, 16, 27)`, `y (n,)` 1 if log P is above 2."""
    import torch

    x, label = small_molecules(part)
    chosen = torch.randperm(len(x), generator=generator)[:n].numpy()
    if len(chosen) < n:
        chosen = np.resize(chosen, n)
    x = x[chosen]
    random = torch.rand(len(x), ATOMS_MOST, generator=generator).numpy() + (x[..., 0] == 0)  # empty places stay last
    x = renumbered(x, random.argsort(1), len(ATOMS) + 1)
    return torch.from_numpy(x), torch.from_numpy(label[chosen])


def grid_edges(side: int) -> Array:
    """The matrix of a square grid `(side^2, side^2)`: places that touch are linked."""
    place = np.stack(np.meshgrid(np.arange(side), np.arange(side), indexing="ij"), -1).reshape(-1, 2)
    return (np.abs(place[:, None] - place[None]).sum(-1) == 1).astype(np.float32)


def draw_places(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n handwritten digits as graphs: 4 x 4 places, each the mean ink of 2 x 2 pixels (0 is a third of full ink), linked to
    those that touch it: `x (n, 16, 18)`, `y (n,)` the digit."""
    import torch

    _, label, images = digits()
    chosen = rows(n, generator, part)
    ink = images[chosen].reshape(n, GRID, 2, GRID, 2).mean((2, 4)).reshape(n, GRID * GRID, 1) / 5 - 1
    row = np.broadcast_to(grid_edges(GRID), (n, GRID * GRID, GRID * GRID))
    x = np.concatenate([np.ones_like(ink), ink, row], -1).astype(np.float32)
    return torch.from_numpy(x), torch.from_numpy(label[chosen])


VOTE = GraphTask(
    "vote", 0, "Neighbours vote", "Whom do most of my neighbours vote for, A, B or C?",
    "Synthetic: random graphs of 8 people. Every node is asked the same, so what one learns holds for all.",
    PEOPLE, ("a person", "asked", *PARTIES), PARTIES, draw_votes, "one person of a random graph", asked=True,
    sizes=(8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096), threshold=0.9, shown=64,
)  # fmt: skip
FATS = GraphTask(
    "molecules", 1, "Molecules", "Does it dissolve at least 100 times better in fat than in water (log P above 2)?",
    "Real molecules of at most 16 atoms, log P computed by RDKit; an atom has no number of its own, files give it one.",
    ATOMS_MOST, ("an atom", *ATOMS), ("no", "yes"), draw_molecules, "one molecule", layers=2, h=8,
    sizes=(4, 8, 16, 32, 64, 128, 256, 512), test=267,
)  # fmt: skip
PLACES = GraphTask(
    "places", 2, "Digits on a grid", "Which digit is it? Its 16 places are the nodes.",
    "Here a node's number is its place: to forget it costs more than it saves.",
    GRID * GRID, ("a place", "ink"), tuple("0123456789"), draw_places, "one handwritten digit", layers=2,
    steps=400, shown=512,
)  # fmt: skip
GRAPH_TASKS = {task.name: task for task in (VOTE, FATS, PLACES)}
