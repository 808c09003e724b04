"""A model as a list of choices: the unified view of the lecture, in plain values.

    represent   one map shared by all elements, or one for each
    neighbours  whom an element looks at: itself, a window, the edges of its graph, all
    mix         how what it sees is brought together: a place for each (concat), sum, mean, max, attention
    layers      how often, before
    pool        all elements become one: sum, mean, max, attention, concat, recurrent; or an answer for each element

Deep Sets, a multilayer perceptron, a convolutional network, a vision transformer, a recurrent network, a transformer and a graph
network differ in these words only, see `PRESETS`.
Lecture "How to Model", slide "Unified View of Deep Learning Models".
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, NamedTuple

from components.values import BadInput

NEIGHBOURS = ("self", "window", "edges", "all")
MIXES = ("concat", "sum", "mean", "max", "attention")
POOLS = ("sum", "mean", "max", "attention", "concat", "recurrent", "each")
LOSSES = ("entropy", "squared", "margin")
OPTIMISERS = ("adam", "momentum", "sgd")
KERNELS, LAYERS, WIDTHS = (3, 5, 7), (0, 1, 2, 3, 4), (8, 16, 32, 64)


class Shape(NamedTuple):
    """What a composed model meets: n elements of d numbers, how they lie, and how many answers are wanted."""

    n: int
    d: int  # numbers of an element; of words 1, their entry of the dictionary
    answers: int
    goal: str = "classification"  # or "regression"
    grid: tuple[int, ...] = ()  # () a set, (t,) a sequence, (h, w) a picture
    linked: bool = False  # each observation brings its own edges: n more numbers an element, its row of the adjacency matrix
    tokens: int = 0  # entries of the dictionary, where elements are words
    each: bool = False  # the question is about the elements: one answer for each of them
    named: bool = False  # every element means something of its own, as the columns of a table do


@dataclass(frozen=True)
class Composition:
    """One model. Equal compositions are the same model; every value is one word or number, so it fits into a link."""

    represent: str = "shared"  # or "separate"
    neighbours: str = "self"
    mix: str = "concat"
    kernel: int = 3  # elements of a window, along each side
    layers: int = 2
    width: int = 32
    positions: bool = False  # every element is told where it is
    skip: bool = False  # what an element was is added to what it becomes
    pool: str = "sum"
    loss: str = "entropy"
    optimiser: str = "adam"
    rate: float = 0.01

    @property
    def shared(self) -> bool:
        """Whether one map serves all elements."""
        return self.represent == "shared"


DOMAINS: Mapping[str, tuple[Any, ...]] = {
    "represent": ("shared", "separate"), "neighbours": NEIGHBOURS, "mix": MIXES, "kernel": KERNELS, "layers": LAYERS,
    "width": WIDTHS, "positions": (False, True), "skip": (False, True), "pool": POOLS, "loss": LOSSES, "optimiser": OPTIMISERS,
    "rate": (0.1, 0.03, 0.01, 0.003, 0.001),
}  # fmt: skip
"""The values each choice can take."""

DEEP_SETS = Composition(width=64, rate=0.03)
MLP = Composition(represent="separate", neighbours="all", mix="concat", layers=1, width=8, pool="concat", rate=0.003)
CNN = Composition(neighbours="window", mix="concat", layers=2, pool="max")
VIT = Composition(neighbours="all", mix="attention", width=64, positions=True, skip=True, pool="max", rate=0.003)
RNN = Composition(layers=1, pool="recurrent")
TRANSFORMER = replace(VIT, layers=1, width=32, rate=0.01)
GCN = Composition(neighbours="edges", mix="mean", layers=3, pool="sum", rate=0.003)


class Preset(NamedTuple):
    """A model that has a name."""

    title: str
    composition: Composition
    modality: str  # where it is at home
    task: str
    before: str  # the preset it is compared with
    source: str


PRESETS: Mapping[str, Preset] = {
    "deep sets": Preset("Deep Sets", DEEP_SETS, "set", "solid", "rnn", "Zaheer et al. 2017"),
    "mlp": Preset("Multilayer perceptron", MLP, "vision", "digit", "deep sets", "Rosenblatt 1958; Rumelhart et al. 1986"),
    "cnn": Preset("Convolutional network", CNN, "vision", "mnist", "mlp", "LeCun et al. 1989"),
    "vit": Preset("Vision transformer", VIT, "vision", "mnist", "cnn", "Dosovitskiy et al. 2021"),
    "transformer": Preset("Transformer", TRANSFORMER, "language", "sentiment", "vit", "Vaswani et al. 2017"),
    "rnn": Preset("Recurrent network", RNN, "audio", "digit", "transformer", "Elman 1990"),
    "gcn": Preset("Graph network", GCN, "graph", "mutagen", "deep sets", "Kipf & Welling 2017"),
}
WORDS: Mapping[str, Mapping[Any, str]] = {
    "represent": {"shared": "one map for all elements", "separate": "a map for each element"},
    "neighbours": {"self": "each alone", "window": "a window", "edges": "its edges", "all": "all elements"},
    "mix": {"concat": "a place for each neighbour", "sum": "sum", "mean": "mean", "max": "largest", "attention": "attention"},
    "pool": {
        "sum": "sum", "mean": "mean", "max": "largest", "attention": "attention", "concat": "a place for each element",
        "recurrent": "a memory that reads in order", "each": "an answer for each element",
    },
    "positions": {True: "told where it is", False: "not told where it is"},
    "skip": {True: "added to what it was", False: "replaces what it was"},
    "loss": {"entropy": "cross entropy", "squared": "squared error", "margin": "margin"},
    "optimiser": {"adam": "Adam", "momentum": "SGD with momentum", "sgd": "plain SGD"},
}  # fmt: skip
"""How a value is written on the page."""


def said(name: str, value: object) -> str:
    """A value in words."""
    return WORDS.get(name, {}).get(value, str(value))


def difference(old: Composition, new: Composition) -> list[tuple[str, str, str]]:
    """The choices of the architecture in which two models differ: name, before, after; training settings and sizes are none."""
    kept = ("represent", "neighbours", "mix", "positions", "skip", "pool")
    found = [(k, getattr(old, k), getattr(new, k)) for k in kept if getattr(old, k) != getattr(new, k)]
    alone = new.neighbours == "self"  # then how neighbours are mixed says nothing
    return [(k, said(k, a), said(k, b)) for k, a, b in found if not (k == "mix" and alone)]


class Objection(NamedTuple):
    """What is wrong with a composition: whether it can still be built, and a sentence that says why and what to do."""

    fatal: bool
    sentence: str
    choice: str  # which control it is about


NO_WINDOW = "A set and a graph have no left and right, so there is no window: look at itself, all, or the edges."
NO_EDGES = "These data have no edges. Choose a graph, or another kind of neighbours."
NO_PLACES = "Nodes have neighbours in no order, so there is no place to give each: take sum, mean, max or attention."
ASKS_EACH = "This question asks about every element: nothing may be pooled."
ASKS_ONE = "This question wants one answer for all elements: pool them."
TOO_MANY = "A map for each pair of elements has more than two million weights a layer: take fewer numbers (width), or share."
TOO_WIDE = (
    "So many neighbours side by side, a place for each, take too much memory here: fewer numbers (width), or a smaller window."
)
ALL_EQUAL = (
    "Every element sees the same through the same map, so all become alike in the first layer: attention keeps them apart."
)
SEES_ORDER = "This pool sees an order, and these elements have none: another numbering of the same thing gets another answer."
BY_NUMBER = "A map for each number, though the numbering means nothing: what is learnt at one place does not help at another."
BAG = "Nothing here knows where an element is: the model sees a bag."
COLUMNS = "Nothing here knows which column a number is from: give each a map of its own, or tell it where it is."
ALONE = "No layer and no pool: every element answers for itself alone."
PAIRS = 2_000_000
"""Weights of one layer above which nothing is built."""
PLACES = 210_000
"""Numbers of one observation, all neighbours of all elements side by side, above which nothing is built."""


def objections(c: Composition, s: Shape) -> list[Objection]:
    """What is to be said against a composition on such data; an empty list for a sound one."""
    loose, everywhere = not s.grid and not s.named, c.neighbours == "all" and c.layers > 0
    blind = c.neighbours == "self" and c.pool not in ("concat", "recurrent", "each") and c.shared and not c.positions
    pairs = everywhere and c.mix == "concat" and not c.shared and (s.n * c.width) ** 2 > PAIRS
    near = {"window": c.kernel ** max(1, len(s.grid)), "all": s.n}.get(c.neighbours, 1)
    wide = c.mix == "concat" and c.layers > 0 and s.n * near * c.width > PLACES
    checks = (
        (True, c.neighbours == "window" and not s.grid, NO_WINDOW, "neighbours"),
        (True, c.neighbours == "edges" and not s.linked, NO_EDGES, "neighbours"),
        (True, c.neighbours == "edges" and c.mix == "concat", NO_PLACES, "mix"),
        (True, s.each and c.pool != "each", ASKS_EACH, "pool"),
        (True, not s.each and c.pool == "each", ASKS_ONE, "pool"),
        (True, pairs, TOO_MANY, "represent"),
        (True, wide and not pairs, TOO_WIDE, "mix"),
        (False, everywhere and c.mix == "concat" and c.shared, ALL_EQUAL, "mix"),
        (False, c.pool in ("recurrent", "concat") and loose, SEES_ORDER, "pool"),
        (False, not c.shared and loose, BY_NUMBER, "represent"),
        (False, blind and bool(s.grid), BAG, "neighbours"),
        (False, blind and s.named, COLUMNS, "represent"),
        (False, c.layers == 0 and c.pool == "each", ALONE, "layers"),
    )
    return [Objection(fatal, sentence, choice) for fatal, wrong, sentence, choice in checks if wrong]


def as_text(c: Composition) -> dict[str, str]:
    """The choices that differ from the default, as words of a link or a JSON file."""
    base, values = asdict(Composition()), asdict(c)
    return {k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in values.items() if v != base[k]}


def from_text(words: Mapping[str, Any]) -> Composition:
    """The composition such words name; what is missing is the default.

    Raises:
        BadInput: an unknown choice, or a value it cannot take.
    """
    known = {f.name for f in fields(Composition)}
    found = Composition()
    for name, word in words.items():
        if name not in known:
            raise BadInput("This file names a choice that is not known here.")
        text = str(word).lower()
        value = next((v for v in DOMAINS[name] if str(v).lower() == text), None)
        if value is None:
            raise BadInput(f"The choice “{name}” cannot take the value in this file.")
        found = replace(found, **{name: value})
    return found
