"""What stands on the symmetry bench: a model as a function of one real input, and what is known of it.

An input is an array whose first axis counts the elements (`(h, w, c)` for a picture), or a `Graph`; an answer is an array.

    kind       input                                      elements
    points     (n, d) reals                               points, pictures, signs of a set
    items      (n, 2) of a number and a flag              members and candidates of a set, by name
    row        (d, 1)                                     the columns of a table
    words      (n,) entries of a dictionary               words or letters in time
    series     (n, d) reals                               moments in time
    picture    (h, w, c) in [0, 1]                        pixels
    graph      features (n, d), edges (2, m)              nodes
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor, nn

from components.learn.exercise import Lesson, builder, recorded

FAMILIES = {"sets": "Sets", "sequences": "Sequences", "pictures": "Pictures", "graphs": "Graphs"}


class Graph(NamedTuple):
    """Nodes and who is linked to whom."""

    features: np.ndarray  # (n, d)
    edges: np.ndarray  # (2, m) source, target
    places: np.ndarray  # (n, 2) where they are drawn; no model sees it


Thing = np.ndarray | Graph
Function = Callable[[Thing], np.ndarray]


@dataclass(frozen=True)
class Entry:
    """One model on the bench."""

    key: str  # in links
    title: str
    family: str  # a key of `FAMILIES`
    kind: str  # of its inputs, see above
    make: Callable[[], Function]
    inputs: Callable[[], tuple[Thing, ...]]  # real ones; the first is shown first
    modules: tuple[str, ...]  # of components/models it puts on the bench
    because: str  # which choice in it decides, in one sentence
    out: str = "answer"  # one for all; "elements": one row each (a picture: one cell each); "points": a new set in their space
    data: str = ""  # what the inputs are
    trained: str = ""  # by whom and on what; empty: weights as before any training
    names: tuple[str, ...] = ()  # of the numbers of an answer
    classes: bool = False  # the largest number is the answer
    spell: Callable[[np.ndarray], tuple[str, ...]] | None = None  # elements of "words" and "items" as text
    tile: int = 0  # elements of "points" are pictures of so many pixels a side
    empty: float = -1  # of "words": an entry that says nothing
    step: int = 1  # pixels from one cell of the output to the next
    senseless: tuple[tuple[str, str], ...] = ()  # actions that say nothing here, and why: "its numbers are yes or no"


def seeds() -> list[Generator]:
    """The one generator of a model as it starts, always the same."""
    return [Generator().manual_seed(0)]


def asked(net: nn.Module, enter: Callable[[Thing], Tensor]) -> Function:
    """A network `(1, 1, ...) -> (1, 1, ...)` as a function of one input."""
    net.eval()

    def f(x: Thing) -> np.ndarray:
        with torch.inference_mode():
            return net(enter(x))[0, 0].numpy()

    return f


def batch(x: Thing) -> Tensor:
    """One input as `(1, 1, n, d)`; entries of a dictionary as `(1, 1, n, 1)`."""
    array = np.ascontiguousarray(x, np.float32)
    return torch.from_numpy(array[:, None] if array.ndim == 1 else array)[None, None]


def columns(x: Thing) -> Tensor:
    """A picture `(h, w, c)` as the slide's long vector, columns on top of each other: `(1, 1, 1, h w c)`."""
    assert isinstance(x, np.ndarray)
    return torch.from_numpy(np.ascontiguousarray(x.transpose(2, 1, 0), np.float32)).reshape(1, 1, 1, -1)


def channels(x: Thing) -> Tensor:
    """A picture `(h, w, c)` as `(1, 1, c, h, w)`."""
    return torch.from_numpy(np.ascontiguousarray(np.asarray(x).transpose(2, 0, 1), np.float32))[None, None]


def learnt(modality: str, task: str) -> nn.Module:
    """The network of a task with its shipped weights."""
    lesson = Lesson(modality, task)
    net, frame = builder(lesson)([Generator()]), recorded(lesson)
    assert frame is not None
    weights = {n.removeprefix("weights/"): torch.from_numpy(a) for n, a in frame.items() if n.startswith("weights/")}
    net.load_state_dict(weights, strict=False)
    return net.eval()


@lru_cache(maxsize=12)
def drawn(modality: str, task: str, count: int = 3, seed: int = 1) -> np.ndarray:
    """Test observations of a task, `(count, n, d)`; no network was trained on them."""
    x, _ = Lesson(modality, task).exercise.draw(count, Generator().manual_seed(seed), "test")
    return x.numpy()


def each(x: np.ndarray) -> tuple[Thing, ...]:
    """The observations one by one."""
    return tuple(x)


@lru_cache(maxsize=12)
def made(entry: Entry) -> Function:
    """The function of an entry; the few used last are kept."""
    return entry.make()


def find(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Entries by key, in order.

    Raises:
        ValueError: two have the same key, or a family is unknown.
    """
    found = {e.key: e for e in entries}
    if len(found) < len(entries) or any(e.family not in FAMILIES for e in entries):
        raise ValueError("every entry has a key of its own and one of the families")
    return found
