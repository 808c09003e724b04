"""The bundled tasks as a composed model meets them: as n elements that lie in a set, a sequence, a picture or a graph.

    picture    patches of pixels in a grid            text       words by their entry in the dictionary
    sound      frames of a spectrogram in time        sensor     moments in time
    table      columns, each with a meaning           graph      nodes with their row of the adjacency matrix
    set        points, pictures, signs

What a task of the catalogue keeps flat (a picture as one vector) is laid out again; labels and splits stay as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import torch
from torch import Generator, Tensor

from components.catalogue import discover
from components.modalities.base import Exercise
from components.models.composition import Shape
from components.tasks.nodes import CLUB, parted, some

Draw = Callable[[int, Generator, str], tuple[Tensor, Tensor]]
KNOWN = 2000  # entries of the dictionary in the tasks about texts
TILES = {64: (8, 1, 1), 784: (28, 4, 1), 768: (16, 2, 3)}
"""Length of a flat picture -> its side, the side of a patch, its colours."""
ELSEWHERE = {
    ("graph", "node"): "This task asks about one node of a graph of 292: Graphs, “Train it here”, has it.",
    ("graph", "link"): "This task asks about a pair of 300 nodes: Graphs, “Train it here”, has it.",
    ("graph", "knowledge"): "This task is answered by steps between points, not by elements that are pooled.",
    ("set", "completion"): "This task answers with points: one answer for an observation is what is composed here.",
    ("set", "generation"): "This task answers with points: one answer for an observation is what is composed here.",
    ("set", "expansion"): "Its first four elements are a question to the others: elements of two kinds are not composed here.",
}
"""Tasks that are not composed, and why."""


@dataclass(frozen=True)
class Material:
    """A task laid out for composing."""

    modality: str
    task: str
    shape: Shape
    exercise: Exercise
    draw: Draw  # as `Exercise.draw`, x `(n, elements, d [+ elements])`
    element: str  # what an element is


def patches(x: Tensor, side: int, tile: int, colours: int) -> Tensor:
    """Flat pictures `(b, 1, side side colours)` as patches row by row, `(b, (side / tile)^2, tile tile colours)`."""
    rows = side // tile
    grid = x.view(-1, rows, tile, rows, tile, colours).transpose(2, 3)
    return grid.reshape(-1, rows * rows, tile * tile * colours)


def words_only(x: Tensor) -> Tensor:
    """Tokens `(b, k, 2)` without what a counting network needs: `(b, k, 1)`."""
    return x[..., 1:]


def columns(x: Tensor) -> Tensor:
    """One element with all numbers `(b, 1, k)` as k elements with a number each, `(b, k, 1)`."""
    return x.transpose(1, 2)


def _relaid(n: int, generator: Generator, part: str, source: Draw, relay: Callable[[Tensor], Tensor]) -> tuple[Tensor, Tensor]:
    x, y = source(n, generator, part)
    return relay(x).contiguous(), y


def _scaled(n: int, generator: Generator, part: str, source: Draw, middle: Tensor, spread: Tensor) -> tuple[Tensor, Tensor]:
    x, y = source(n, generator, part)
    return (x - middle) / spread, y


def standardised(found: Material) -> Material:
    """The same with every number of an element less its mean over training elements, in units of its spread there: models whose
    weights all start alike then learn at like rates."""
    x = found.draw(256, Generator().manual_seed(0), "train")[0].flatten(0, 1)
    return replace(found, draw=partial(_scaled, source=found.draw, middle=x.mean(0), spread=x.std(0).clamp(min=0.05)))


def members(n: int, generator: Generator, part: str) -> tuple[Tensor, Tensor]:
    """n members of the karate club, each as the whole club `(34, 4 + 34)`: who is asked about, who is known to be on either side
    (training members, but not the one asked about), log(1 + degree), and the adjacency matrix."""
    matrix, label, train, test = parted(CLUB)
    chosen = some(train if part == "train" else test, n, generator)
    a, kinds = torch.from_numpy(matrix), torch.from_numpy(label)
    known = torch.zeros(len(a), 2)
    known[train, kinds[train]] = 1
    asked = torch.eye(len(a))[chosen]
    told = known * (1 - asked).unsqueeze(-1)
    degree = a.sum(1).log1p().view(1, -1, 1).expand(len(chosen), -1, -1)
    return torch.cat([asked.unsqueeze(-1), told, degree, a.expand(len(chosen), -1, -1)], -1), kinds[chosen]


def material(modality: str, task: str) -> Material:
    """One task.

    Raises:
        KeyError: there is no such task, or it is one of `ELSEWHERE`.
        BadInput: its data are not on this machine.
    """
    if (modality, task) in ELSEWHERE:
        raise KeyError(task)
    return _material(modality, task)


@lru_cache(maxsize=64)
def _material(modality: str, task: str) -> Material:
    exercise = discover("modalities", "MODALITY")[modality].tasks[task]
    answers, goal = max(1, len(exercise.classes)), exercise.goal
    answers = 1 if goal == "regression" else answers
    made = partial(Material, modality, task, exercise=exercise)
    if (modality, task) == ("graph", "side"):
        return made(Shape(34, 4, answers, goal, linked=True), draw=members, element="a member of the club")
    k, d = exercise.draw(1, Generator().manual_seed(0), "train")[0].shape[1:]
    if modality == "vision":
        side, tile, colours = TILES.get(d, (32, 4, 3))
        rows = side // tile
        draw = partial(_relaid, source=exercise.draw, relay=partial(patches, side=side, tile=tile, colours=colours))
        element = "a pixel" if tile == 1 else f"a patch of {tile} × {tile} pixels"
        shape = Shape(rows * rows, tile * tile * colours, answers, goal, (rows, rows))
        return standardised(made(shape, draw=draw, element=element))
    if modality == "language":
        draw = partial(_relaid, source=exercise.draw, relay=words_only)
        return made(Shape(k, 1, answers, goal, (k,), tokens=KNOWN), draw=draw, element="a word")
    if modality == "table":
        draw = partial(_relaid, source=exercise.draw, relay=columns)
        return made(Shape(d, 1, answers, goal, named=True), draw=draw, element="a column")
    if modality == "graph":
        return made(Shape(k, d - k, answers, goal, linked=True), draw=exercise.draw, element="an atom")
    if modality == "set":
        each = "of the answer" in exercise.symmetry
        found = made(Shape(k, d, answers, goal, each=each), draw=exercise.draw, element="a picture" if each else "a point")
        return standardised(found) if each else found
    element = "a frame of 20 numbers" if modality == "audio" else "a moment"
    return standardised(made(Shape(k, d, answers, goal, (k,)), draw=exercise.draw, element=element))


def tasks() -> dict[str, list[str]]:
    """The tasks that can be composed, by modality; those whose data must be downloaded first are among them."""
    return {
        name: [task for task in found.tasks if (name, task) not in ELSEWHERE]
        for name, found in discover("modalities", "MODALITY").items()
    }
