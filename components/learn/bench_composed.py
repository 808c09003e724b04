"""The named compositions of the Unified page on the symmetry bench, each on data of its home, as it starts."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import torch
from torch import Tensor

from components.learn.bench_entry import Entry, Function, Graph, Thing, asked, batch, drawn, each, seeds
from components.learn.bench_graphs import MOLECULES, molecules
from components.models.composed import Composed
from components.models.composition import CNN, DEEP_SETS, GCN, MLP, PRESETS, RNN, VIT, Composition, Shape
from components.tasks.zero import digits

MODULES = ("composed", "mixing", "readout")
SOLID, PIXELS, SAID, ATOMS = Shape(32, 3, 6), Shape(64, 1, 10, grid=(8, 8)), Shape(25, 20, 10, grid=(25,)), 10
BECAUSE = {
    "deep sets": "One map for all points and a sum: nothing sees the order.",
    "mlp": "A weight for every pair of pixels: each place is another number, and nothing is shared.",
    "cnn": "One filter for all places, then the largest answer; the edge of the picture is what it can still see.",
    "vit": "Attention alone does not see where; the positions that are added do.",
    "rnn": "The memory reads in order, so another order is another answer.",
    "transformer": "One map for all frames; the positions that are added tell the order.",
    "transformer-blind": "The same without positions: a mean over all, of all. Nothing sees the order.",
    "gcn": "One map for all atoms, a mean over neighbours, a sum over all: numbers of nodes do not occur.",
}


def pixels() -> tuple[Thing, ...]:
    """Three digits of 8 x 8 pixels, `(8, 8, 1)`."""
    return tuple(digits()[2][[0, 13, 27]].reshape(3, 8, 8, 1).astype(np.float32) / 16)


def flat(x: Thing) -> Tensor:
    """A picture's pixels as elements, row by row, `(1, 1, n, c)`."""
    return batch(np.asarray(x).reshape(-1, np.asarray(x).shape[-1]))


def bonded(x: Thing, room: int) -> Tensor:
    """A graph as nodes with their rows of the adjacency matrix, `(1, 1, n, d + n)`."""
    assert isinstance(x, Graph)
    n = len(x.features)
    a = np.zeros((n, n), np.float32)
    a[x.edges[0], x.edges[1]] = a[x.edges[1], x.edges[0]] = 1
    found = np.zeros((room, x.features.shape[1] + room), np.float32)
    found[:n, : x.features.shape[1]], found[:n, x.features.shape[1] : x.features.shape[1] + n] = x.features, a
    return torch.from_numpy(found)[None, None]


def composed(c: Composition, s: Shape, enter: Callable[[Thing], Tensor] = batch) -> Function:
    """A composition as it starts."""
    return asked(Composed(c, s, seeds()), enter)


def entries() -> list[Entry]:
    """Seven presets, and the transformer once more without positions."""
    blind = replace(VIT, positions=False, pool="mean")
    most = max(len(x.features) for x in molecules() if isinstance(x, Graph))
    atoms = Shape(most, ATOMS, 2, linked=True)

    def entry(name: str, family: str, kind: str, make: Callable[[], Function], inputs: Callable[[], tuple[Thing, ...]], data: str,
              classes: bool = True) -> Entry:  # fmt: skip
        title = PRESETS[name].title if name in PRESETS else "Transformer without positions"
        return Entry(f"composed-{name.replace(' ', '-')}", f"Composed: {title}", family, kind, make, inputs, MODULES,
                     BECAUSE[name], data=data, classes=classes)  # fmt: skip

    solids, spoken = (lambda: each(drawn("set", "solid"))), (lambda: each(drawn("audio", "digit")))
    picture = partial(entry, family="pictures", kind="picture", inputs=pixels, data="real digits of 8 × 8 pixels")
    sound = partial(entry, family="sequences", kind="series", inputs=spoken, data="spoken digits as 25 frames (synthetic voices)")
    over_time = (("rnn", RNN), ("transformer", VIT), ("transformer-blind", blind))
    return [
        entry("deep sets", "sets", "points", partial(composed, DEEP_SETS, SOLID), solids, "points on solids (synthetic)"),
        *(picture(name, make=partial(composed, c, PIXELS, flat)) for name, c in (("mlp", MLP), ("cnn", CNN), ("vit", VIT))),
        *(sound(name, make=partial(composed, c, SAID)) for name, c in over_time),
        entry("gcn", "graphs", "graph", partial(composed, GCN, atoms, partial(bonded, room=most)), molecules, MOLECULES),
    ]
