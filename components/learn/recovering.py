"""Sets, sequences, pictures, sentences and molecules through one graph layer, and through the layer that was made for each.

Real data, weights one can recognise in the output (or random ones), and the largest difference of the two. Lecture, slides "Graph
Recover Sets", "Graph Recover Spatial and Temporal Data"; sources in `relation_layer.py`.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.recovering_data import SHAPES, Nodes, nodes_of
from components.measure.kernels import LINES, PLANES
from components.measure.untyped_fit import heard, random_filters
from components.models.lattices import as_attention, as_convolution, as_linear, as_matrices
from components.models.relation_layer import RelationLayer

SPECIAL = {
    "set": "torch.nn.Linear",
    "sequence": "torch.nn.Conv1d",
    "picture": "torch.nn.Conv2d",
    "attention": "scaled_dot_product_attention",
    "graph": "one matrix per bond type",
}
"""The layer made for each kind of data."""
HEADS = {"previous": (0, 2), "pronoun": (3, 1)}
"""Heads of MiniLM: layer and head, counted from 0."""
ORDERS = {1: 1.0, 2: 2.0, 3: 3.0, 4: 1.5}
"""What each kind of bond counts; 4 is aromatic."""


class Both(NamedTuple):
    """The outputs `(n, h)` of the graph layer and of the layer made for these data."""

    graph: np.ndarray
    special: np.ndarray

    @property
    def apart(self) -> float:
        """The largest difference."""
        return float(np.abs(self.graph - self.special).max()) if self.graph.size else 0.0

    @property
    def largest(self) -> float:
        """The largest absolute output of the layer made for these data."""
        return float(np.abs(self.special).max()) if self.special.size else 0.0


def blank(nodes: Nodes, h: int) -> RelationLayer:
    """A layer for these nodes whose weights are all 0."""
    layer = RelationLayer(nodes.x.shape[1], h, nodes.types, [Generator()], attend=nodes.shape == "attention", q=32)
    for parameter in layer.parameters():
        parameter.data.zero_()
    return layer.requires_grad_(False)


def drawn(nodes: Nodes, h: int, seed: int) -> RelationLayer:
    """A layer with random weights, as before any training."""
    generators = [Generator().manual_seed(seed)]
    layer = RelationLayer(nodes.x.shape[1], h, nodes.types, generators, attend=nodes.shape == "attention", q=32)
    return layer.requires_grad_(False)


def prepared(nodes: Nodes, recipe: str) -> RelationLayer:
    """The layer with the weights of a recipe; what is unknown gives random weights, `random-2` the second draw."""
    if nodes.shape == "set" and recipe in TURNS:
        layer = blank(nodes, 3)
        layer.itself.weight.data[0, 0, 0] = torch.eye(3)
        layer.itself.weight.data[0, 0, 0, :2, :2] = torch.from_numpy(TURNS[recipe]).float()
        return layer
    if nodes.shape == "attention" and recipe in HEADS:
        return _head(nodes, *HEADS[recipe])
    if nodes.shape == "graph" and recipe == "orders":
        layer = blank(nodes, 1)
        for kind, order in enumerate(nodes.orders):
            layer.weight.data[0, kind] = ORDERS[order]
        return layer
    if nodes.shape in ("sequence", "picture") and not recipe.startswith("random"):
        return _filter(nodes, *kernel(nodes.shape, recipe))
    seed = int(recipe.rpartition("-")[2]) if recipe.startswith("random-") else 0
    return drawn(nodes, {"set": 3, "attention": 32}.get(nodes.shape, 1), seed)


_COS, _SIN = np.cos(np.deg2rad(40)), np.sin(np.deg2rad(40))
TURNS = {
    "turn": np.array([[_COS, _SIN], [-_SIN, _COS]]),
    "mirror": np.array([[-1.0, 0.0], [0.0, 1.0]]),
    "squeeze": np.array([[1.3, 0.0], [0.5, 0.5]]),
}
"""Maps of the plane as W_0 (2, 2), rows x W: turned by 40 degrees, mirrored, leaning and flat."""


def kernel(shape: str, recipe: str) -> tuple[np.ndarray, float]:
    """A filter `(k,)` or `(k, k)` and its bias: one with a name, or of a network's first layer, `learned-1` to `learned-8`."""
    if recipe.startswith("learned-"):
        weight, bias = _learned()
        place = int(recipe.rpartition("-")[2]) - 1
        return weight[place], float(bias[place])
    known = LINES if shape == "sequence" else PLANES
    return np.asarray(known[recipe].make(3), float), 0.0


@lru_cache(maxsize=1)
def _learned() -> tuple[np.ndarray, np.ndarray]:
    """The first layer of a network that has learnt MNIST's digits, see `pretrained/build/filters.py`."""
    from pathlib import Path

    file = Path(__file__).parents[2] / "pretrained" / "weights" / "filters.npz"
    with np.load(file, allow_pickle=False) as data:
        return data["weight"].astype(np.float64), data["bias"].astype(np.float64)


def window(recipe: str) -> int:
    """The side of a recipe's window."""
    return 5 if recipe.startswith("learned-") else 3


def _filter(nodes: Nodes, weight: np.ndarray, bias: float) -> RelationLayer:
    """A filter as a layer: its middle is W_0, every other weight the W of one direction."""
    layer, flat = blank(nodes, 1), torch.from_numpy(weight).float().flatten()
    half = len(flat) // 2
    layer.itself.weight.data.fill_(float(flat[half]))
    layer.itself.bias.data.fill_(bias)
    layer.weight.data[0, :, 0, 0] = torch.cat([flat[:half], flat[half + 1 :]])
    return layer


def _head(nodes: Nodes, number: int, head: int) -> RelationLayer:
    """A trained head of MiniLM: its queries, keys and values; the values' bias is b, because the attention sums to 1."""
    from components.models.attention import SelfAttention
    from components.models.minilm import load

    trained, own = load().layers[number].attention, slice(32 * head, 32 * head + 32)
    layer = blank(nodes, 32)
    assert isinstance(trained, SelfAttention)
    assert layer.query is not None
    assert layer.key is not None
    for mine, theirs in ((layer.query, trained.query), (layer.key, trained.key)):
        mine.weight.data, mine.bias.data = theirs.weight[..., own].clone(), theirs.bias[..., own].clone()
    layer.weight.data[0, 0] = trained.value.weight[0, 0, 0, :, own]
    layer.itself.bias.data[0, 0] = trained.value.bias[0, 0, own]
    return layer


def special(nodes: Nodes, layer: RelationLayer) -> Tensor:
    """The output `(n, h)` of the layer made for these data, with the weights of the graph layer."""
    x = nodes.x
    if nodes.shape == "set":
        return as_linear(layer)(x)
    if nodes.shape == "attention":
        return as_attention(layer, x)
    if nodes.shape == "graph":
        return as_matrices(layer, x, nodes.edges, nodes.kinds)
    convolution = as_convolution(layer, nodes.k, len(nodes.grid))
    return convolution(x.T.reshape(1, -1, *nodes.grid))[0].flatten(1).T


def both(nodes: Nodes, layer: RelationLayer, types: int | None = None) -> Both:
    """Both outputs; the graph layer hears only the first `types` types of edges where that is said."""
    keep = nodes.kinds < (nodes.types if types is None else types)
    with torch.inference_mode():
        graph = layer(nodes.x[None, None], nodes.edges[:, keep], nodes.kinds[keep])[0, 0]
        return Both(graph.numpy().copy(), special(nodes, layer).numpy().copy())


def untyped(nodes: Nodes, root: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """The graph layer with one map for all neighbours, `(n, h)`."""
    layer = RelationLayer(nodes.x.shape[1], root.shape[1], 1, [Generator()]).requires_grad_(False)
    layer.itself.weight.data[0, 0, 0], layer.itself.bias.data[0, 0] = torch.from_numpy(root), torch.from_numpy(bias)
    layer.weight.data[0, 0] = torch.from_numpy(weight)
    return layer(nodes.x[None, None], nodes.edges, torch.zeros_like(nodes.kinds))[0, 0].numpy().copy()


def random_fits(nodes: Nodes, count: int = 1000) -> np.ndarray:
    """R^2 of the best layer without types, for `count` layers of independent normal weights and one output, `(count,)`."""
    x = nodes.x.numpy()
    near = [heard(x, nodes.edges[:, nodes.kinds == kind].numpy()) for kind in range(nodes.types)]
    return random_filters(x, np.concatenate([x, *near], 1), nodes.edges.numpy(), count)


class Row(NamedTuple):
    """One recovery: of so many random layers, the largest difference and the largest output."""

    shape: str
    nodes: int
    edges: int
    types: int
    apart: float
    largest: float


@lru_cache(maxsize=2)
def all_recoveries(draws: int = 20, h: int = 8) -> tuple[Row, ...]:
    """Every kind of data with its default sample and `draws` random layers of h outputs per node."""
    found = []
    for shape in SHAPES:
        nodes = nodes_of(shape)
        pairs = [both(nodes, drawn(nodes, h, seed)) for seed in range(draws)]
        n, m = len(nodes.x), nodes.edges.shape[1]
        found.append(Row(shape, n, m, nodes.types, max(p.apart for p in pairs), max(p.largest for p in pairs)))
    return tuple(found)
