"""Models of sets, and of rows of a table, on the symmetry bench."""

from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from components.learn.bench_entry import Entry, Function, Thing, asked, batch, drawn, each, learnt, seeds
from components.models.attention import SelfAttention
from components.models.blocks import Represent
from components.models.neighbours import everyone
from components.models.pools import POOLS
from components.models.set_classifier import SetClassifier
from components.models.transformer import EncoderLayer

POINTS, WIDTH = 32, 8
DIGITS = "real digits as sets of 32 points (x, y, ink)"
DIGIT = tuple("0123456789")
WHY_POOL = {
    "sum": "A sum does not look at the order of what it adds.",
    "mean": "A mean does not look at the order.",
    "max": "The largest of all is the largest in any order.",
    "attention": "A mean whose weights depend on the elements, not on their places.",
    "concatenate": "Every place keeps its own room, so the order is seen.",
}


def digits() -> tuple[Thing, ...]:
    """Three held-out digits as points."""
    return each(drawn("set", "digit"))


def classifier(pool: str, share: bool) -> Function:
    """The set classifier: trained where its weights are shipped, else as it starts."""
    if share and pool == "max":
        return asked(learnt("set", "digit"), batch)
    return asked(SetClassifier(3, 10, POINTS, share, pool, seeds()), batch)


class Looking(nn.Module):
    """A layer of attention, without its weights."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor) -> Tensor:
        return self.layer(x)[0]


class Among(nn.Module):
    """`Represent` with a table of neighbours."""

    def __init__(self, layer: Represent, table: Tensor | None) -> None:
        super().__init__()
        self.layer, self.table = layer, table

    def forward(self, x: Tensor) -> Tensor:
        return self.layer(x, self.table)


def represent(n: int, m: int, table: bool) -> Function:
    """The block on points: each alone, or among everyone."""
    return asked(Among(Represent(3, WIDTH, seeds(), n=n, m=m), everyone(POINTS) if table else None), batch)


def attention(whole: bool) -> Function:
    """Self-attention on points, or a whole layer of a transformer."""
    width = 3  # the points as they are
    layer = EncoderLayer(width, 1, seeds()) if whole else SelfAttention(width, 1, seeds())
    return asked(Looking(layer), batch)


def pictures() -> tuple[Thing, ...]:
    """Three sets of eight small pictures, one of which does not belong."""
    return each(drawn("set", "anomaly"))


def signs() -> tuple[Thing, ...]:
    """Three questions: four given signs, four candidates."""
    rows = drawn("set", "expansion")
    return tuple(x[np.sort(np.concatenate([np.flatnonzero(x[:, 1] == flag)[:4] for flag in (0, 1)]))] for x in rows)


def expansion() -> Function:
    """One score a candidate; the given ones, which are not asked about, get 0."""
    f = asked(learnt("set", "expansion"), batch)
    return lambda x: np.where(np.asarray(x)[:, 1] > 0, 0, f(x))


def named(x: np.ndarray) -> tuple[str, ...]:
    """The rows of a question about signs: given ones are marked."""
    from components.tasks.expansion import signs as known

    names = known()[1]
    return tuple(f"{names[int(i)]}{' ●' if given else ''}" for i, given in x)


def countries() -> tuple[Thing, ...]:
    """The regions a country may lie in, as rows of (thing, 0)."""
    return tuple(np.stack([x[0, 2:], 0 * x[0, 2:]], 1) for x in drawn("graph", "knowledge"))


def regions(x: np.ndarray) -> tuple[str, ...]:
    """Names of things of the knowledge graph."""
    from components.tasks.knowledge import read_knowledge

    names = read_knowledge()["names"]
    return tuple(str(names[int(i)]) for i, _ in x)


def translation() -> Function:
    """Where does this country lie? One score a candidate, for the first of the drawn questions."""
    question = drawn("graph", "knowledge")[0, 0, :2]
    return asked(
        learnt("graph", "knowledge"),
        lambda x: torch.from_numpy(np.concatenate([question, np.asarray(x)[:, 0]]).astype(np.float32)).view(1, 1, 1, -1),
    )


def row() -> tuple[Thing, ...]:
    """Three rows of a table, each column an element."""
    return tuple(x.T for x in drawn("table", "cultivar"))


def wine() -> Function:
    """The network for rows."""
    return asked(learnt("table", "cultivar"), lambda x: batch(np.asarray(x).T))


def _classifiers() -> list[Entry]:
    """Every pool, with and without sharing."""
    found = []
    for share in (True, False):
        for pool in POOLS:
            first = (
                "One map for all elements. " if share else "A map of its own for every place: the order is seen before the pool. "
            )
            found.append(
                Entry(
                    f"set-{pool}" if share else f"set-{pool}-own",
                    f"{'One map' if share else 'Own maps'}, {pool}",
                    "sets", "points", partial(classifier, pool, share), digits,
                    ("set_classifier", "pools", "blocks"), (first + WHY_POOL[pool]) if share else first.strip(), data=DIGITS,
                    trained="on real digits, 10 classes" if share and pool == "max" else "", names=DIGIT, classes=True,
                )
            )  # fmt: skip
    return found


def _layers() -> list[Entry]:
    """Single layers on the same points."""
    maps = {
        "alone": ("Layer: each alone, one map", (1, 1, False), "The same map serves every element, wherever it stands."),
        "alone-own": ("Layer: each alone, own maps", (POINTS, 1, False), "Every place has a map of its own."),
        "everyone": ("Layer: everyone, one map", (1, 1, True), "All are added up before the one map."),
        "dense": ("Layer: everyone, own maps", (POINTS, POINTS, True), "Fully connected: a weight for every pair of places."),
    }  # fmt: skip
    found = [
        Entry(
            f"represent-{key}", title, "sets", "points", partial(represent, *setting), digits, ("blocks", "neighbours"), because,
            out="elements", data=DIGITS,
        )
        for key, (title, setting, because) in maps.items()
    ]  # fmt: skip
    found += [
            Entry(
                "transformer-layer" if whole else "self-attention",
                "Layer: transformer" if whole else "Layer: self-attention", "sets", "points", partial(attention, whole), digits,
                ("transformer", "attention") if whole else ("attention",),
                "Queries, keys and values come from one map each, and a sum over all does not look at the order.",
                out="elements", data=DIGITS,
            )
        for whole in (False, True)
    ]  # fmt: skip
    return found


def entries() -> list[Entry]:
    """Sets and rows."""
    others = [
        Entry(
            "odd-one-out", "Odd one out", "sets", "points", lambda: asked(learnt("set", "anomaly"), batch), pictures,
            ("odd_one_out",), "Each is compared with the mean of the others, by one map.", out="elements",
            data="sets of eight real digits, one does not belong", trained="on real digits", tile=8,
        ),
        Entry(
            "expand-set", "Set expansion", "sets", "items", expansion, signs,
            ("expand_set",), "The given are averaged, and every candidate is scored by the same map.", out="elements",
            data="pictographs and their keywords; ● marks the given ones", trained="on 1,014 keywords", spell=named,
        ),
        Entry(
            "complete-set", "Set completion", "sets", "points", lambda: asked(learnt("set", "completion"), batch),
            lambda: each(drawn("set", "completion")), ("complete_set",),
            "One map and a maximum over points; the answer is a set of new points, whose order means nothing.",
            out="points", data=DIGITS.replace("32", "24"), trained="on real digits",
        ),
        Entry(
            "generate-set", "Point-cloud autoencoder", "sets", "points", lambda: asked(learnt("set", "generation"), batch),
            lambda: each(drawn("set", "generation")), ("complete_set",),
            "One map and a maximum over points lead to one vector, and that to new points.", out="points", data=DIGITS,
            trained="on real digits",
        ),
        Entry(
            "translation", "Knowledge graph, steps", "sets", "items", translation, countries, ("translation",),
            "Every candidate is scored by its own distance, whatever else is listed.", out="elements",
            data="regions a country may lie in", trained="on the countries of the world", spell=regions,
        ),
        Entry(
            "row-network", "Row of a table", "sets", "row", wine, row, ("row_network",),
            "Every column has weights of its own, and should: columns mean different things.",
            data="chemical measurements of real wines", trained="on 178 wines", names=("1", "2", "3"), classes=True,
        ),
    ]  # fmt: skip
    return [*_classifiers(), *_layers(), *others]
