"""Group actions on everything the bench knows: what is done to an input, and what the same does to an output.

    permutation      elements (pixels, too) in another order; of a graph only the nodes' numbers move, its edges stay
    new numbering    of the nodes of a graph, its edges with it: the same graph
    time shift       round (what leaves at the end comes back at the beginning), or after a wait of empty steps
    reversal         last element first
    shift, flip, turn, any angle      of pictures, see `components.measure.actions`
    rotation         of points about the upright axis (in the plane for flat ones)
    scaling          every number times the same factor

Source: lecture "How to Model", slides "Data invariances" and "Data equivariances".
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from components.learn.bench_entry import Entry, Graph, Thing
from components.measure import actions as pictures
from components.tasks.shapes import turn

Array = np.ndarray


class Action(NamedTuple):
    """A family of transformations of one kind."""

    title: str
    amounts: tuple[int, ...]
    start: int
    unit: str  # of the amount: "order no. {}", "{} px"


ACTIONS = {
    "permute": Action("Permutation", tuple(range(1, 7)), 1, "order no. {}"),
    "reverse": Action("Backwards", (1,), 1, "last first"),
    "cyclic": Action("Time shift, round", (1, 2, 3, 4), 1, "{} later"),
    "wait": Action("Time shift, waiting", (1, 2, 4, 8), 2, "{} empty first"),
    "shift": Action("Shift, torus", (1, 2, 3, 4, 6, 7, 8), 1, "→ {} px"),
    "paper": Action("Shift, paper", (1, 2, 3, 4, 6, 8), 2, "→ {} px"),
    "flip": Action("Flip", (1, 2, 3), 1, "{}"),
    "turn": Action("Quarter turns", (90, 180, 270), 90, "↺ {}°"),
    "angle": Action("Any angle", (15, 30, 45, 60), 30, "↺ {}°"),
    "rotate": Action("Rotation of points", (15, 30, 60, 90, 180), 30, "↺ {}°"),
    "scale": Action("Scaling", (50, 80, 125, 200), 125, "× {} %"),
    "relabel": Action("New numbering", tuple(range(1, 7)), 1, "no. {}"),
}

COLUMNS = (
    ("permutation", "permute", (1, 2, 3)),
    ("backwards", "reverse", (1,)),
    ("time, round", "cyclic", (1, 3)),
    ("time, waiting", "wait", (1, 4)),
    ("torus 1 px", "shift", (1,)),
    ("torus 2 px", "shift", (2,)),
    ("torus 4 px", "shift", (4,)),
    ("paper 2 px", "paper", (2,)),
    ("flip", "flip", (1, 2)),
    ("turn 90°, 180°", "turn", (90, 180)),
    ("turn 30°", "angle", (30,)),
    ("rotation", "rotate", (30, 90)),
    ("scaling", "scale", (80, 125)),
    ("new numbering", "relabel", (1, 2, 3)),
)
"""The columns of the table: title, action, and the amounts that are measured for it."""

FLIPPED = {1: "↔", 2: "↕", 3: "↔ ↕"}
TIMES = ("words", "series")
GROUPS = {
    "reverse": TIMES, "cyclic": TIMES, "wait": TIMES, "relabel": ("graph",), "rotate": ("points",),
    "scale": ("points", "series", "picture", "graph", "row"),
} | dict.fromkeys(("shift", "paper", "flip", "turn", "angle"), ("picture",))  # fmt: skip
WHAT = {
    "points": "a set", "items": "a set", "row": "a row of a table", "words": "a text", "series": "a series",
    "picture": "a picture", "graph": "a graph",
}  # fmt: skip


class Move(NamedTuple):
    """One group element, ready for one input."""

    act: Callable[[Thing], Thing]
    echo: Callable[[Array], Array]  # the same on the output
    known: Callable[[Array], Array]  # where both sides can be compared, of the output's shape: not where paper came in


def spoken(action: str, amount: int) -> str:
    """A transformation in a few letters, as it stands on an arrow."""
    return FLIPPED[amount] if action == "flip" else ACTIONS[action].unit.format(amount)


def why_not(entry: Entry, action: str, amount: int) -> str:
    """Why this action makes no sense here, in one sentence; empty where it does."""
    kind, title = entry.kind, ACTIONS[action].title
    if kind not in GROUPS.get(action, (kind,)):
        return f"{title}: {WHAT[kind]} {_lacking(kind, action)}."
    for name, reason in entry.senseless:
        if action == name:
            return f"{title}: {reason}."
    if action == "rotate" and "points (" not in entry.data:
        return f"{title}: these elements are not points in space."
    if (
        entry.out == "elements"
        and entry.step > 1
        and (action == "permute" or (action in ("shift", "paper") and amount % entry.step))
    ):
        return f"{title}: the output has one cell for {entry.step} × {entry.step} pixels, so this has no counterpart there."
    return ""


def _lacking(kind: str, action: str) -> str:
    """What the sentence of `why_not` ends with."""
    if action == "relabel":
        return "has no edges that a new number could take along; a new order is the permutation"
    if action == "reverse":
        return {"picture": "is turned round by a flip", "graph": "has no direction"}.get(
            kind, "has no direction; backwards is one of its orders"
        )
    if action in ("cyclic", "wait"):
        return "is shifted in space, see torus and paper" if kind == "picture" else "does not lie in time"
    if action == "rotate":
        return "is turned by quarter turns and any angle" if kind == "picture" else "has no points in space"
    return "is made of names, which have no size" if action == "scale" else "has no pixels to move"


def move(entry: Entry, action: str, amount: int, x: Thing) -> Move:
    """The transformation of this name and amount for one input, and its counterpart on the output.

    On an answer for the whole the counterpart is nothing at all, so that the equation asks for invariance; likewise for what
    moves no element (rotation, scaling), unless the output is itself a set of points in the same space.
    """
    still = Move(lambda a: a, lambda a: a, lambda a: np.ones(a.shape, bool))
    if action in ("permute", "relabel", "reverse"):
        found = _ordered(entry, action, amount, x)
    elif action in ("cyclic", "wait"):
        found = _later(entry, action, amount)
    elif entry.kind == "picture" and action != "scale":
        found = _picture(entry, action, amount)
    else:
        sized = _sized(action, amount)
        found = still._replace(act=sized, echo=(lambda a: np.asarray(sized(a))) if entry.out == "points" else still.echo)
    moves = entry.out == "elements" or (entry.out == "points" and action in ("rotate", "scale"))
    return found if moves else found._replace(echo=still.echo, known=still.known)


def _ordered(entry: Entry, action: str, amount: int, x: Thing) -> Move:
    """Elements in another order; a numbering takes the edges along."""
    sides = np.shape(x)[:2] if entry.kind == "picture" else (len(x.features if isinstance(x, Graph) else x),)
    n = int(np.prod(sides))
    order = np.arange(n)[::-1] if action == "reverse" else np.random.default_rng(amount).permutation(n)
    new = np.empty(n, int)
    new[order] = np.arange(n)

    def echo(a: Array) -> Array:
        return a.reshape(n, -1)[order].reshape(a.shape)

    def act(a: Thing) -> Thing:
        if not isinstance(a, Graph):
            return echo(a)
        if action == "permute":
            return a._replace(features=a.features[order])
        return Graph(a.features[order], new[a.edges], a.places[order])

    return Move(act, echo, lambda a: np.ones(a.shape, bool))


def _later(entry: Entry, action: str, amount: int) -> Move:
    """Later in time: round, or with empty steps before. A text grows; a series has empty room behind that is used up."""
    grows, empty = entry.kind == "words", entry.empty if entry.kind == "words" else 0.0

    def waited(a: Array, fill: float) -> Array:
        before = np.full((amount, *a.shape[1:]), fill, a.dtype)
        return np.concatenate([before, a if grows else a[: len(a) - amount]])

    def known(a: Array) -> Array:
        found = np.ones(a.shape, bool)
        found[: amount if action == "wait" else 0] = False
        return found

    if action == "cyclic":
        return Move(lambda a: np.roll(np.asarray(a), amount, 0), lambda a: np.roll(a, amount, 0), known)
    return Move(lambda a: waited(np.asarray(a), empty), lambda a: waited(a, 0.0), known)


def _picture(entry: Entry, action: str, amount: int) -> Move:
    """Pixels moved, and the cells of the output with them."""
    own = amount // entry.step if action in ("shift", "paper") else amount
    act, echo = pictures.act(action, amount), pictures.act(action, own)

    def known(a: Array) -> Array:
        return np.broadcast_to(pictures.known(action, own, *a.shape[:2])[..., None], a.shape)

    return Move(lambda a: act(np.asarray(a)), echo, known)


def _sized(action: str, amount: int) -> Callable[[Thing], Thing]:
    """Every number times the same, or points turned about the upright axis."""

    def act(a: Thing) -> Thing:
        if isinstance(a, Graph):
            return a._replace(features=a.features * np.float32(amount / 100))
        if action == "rotate":
            return turn(a, np.deg2rad(amount)).astype(a.dtype)
        return a * np.float32(amount / 100)

    return act
