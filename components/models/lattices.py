"""Sets, sequences, pictures and sentences as graphs: their edges `(2, m)` and the type of each edge `(m,)`.

The type of an edge on a lattice says in which direction the neighbour lies. Edges do not leave the lattice, so a node at the
border simply hears fewer neighbours: the same as zeros around the border (zero padding).
Source: lecture, slides "Graph Recover Sets" and "Graph Recover Spatial and Temporal Data".
"""

from itertools import product

import torch
from torch import Tensor, nn

from components.models.relation_layer import RelationLayer

Typed = tuple[Tensor, Tensor]


def directions(k: int, sides: int) -> list[tuple[int, ...]]:
    """Where the neighbours in a window of k (odd) lie, in the order of a filter's weights, without the node itself: for 3 x 3 the
    eight steps (row, column) from (-1, -1) to (1, 1)."""
    reach = range(-(k // 2), k // 2 + 1)
    return [step for step in product(reach, repeat=sides) if any(step)]


def no_edges() -> Typed:
    """A set: nodes only."""
    return torch.zeros(2, 0, dtype=torch.long), torch.zeros(0, dtype=torch.long)


def lattice(shape: tuple[int, ...], k: int) -> Typed:
    """A chain `(t,)`, or a grid `(h, w)` row by row: an edge from every neighbour in a window of k, typed by direction."""
    places = torch.cartesian_prod(*(torch.arange(n) for n in shape)).view(-1, len(shape))  # (n, sides)
    numbers = torch.arange(len(places))
    edges, kinds = [no_edges()[0]], [no_edges()[1]]
    for kind, step in enumerate(directions(k, len(shape))):
        near = places + torch.tensor(step)
        inside = ((near >= 0) & (near < torch.tensor(shape))).all(1)
        source = near[inside, 0] if len(shape) == 1 else near[inside, 0] * shape[1] + near[inside, 1]
        edges.append(torch.stack([source, numbers[inside]]))
        kinds.append(torch.full((int(inside.sum()),), kind))
    return torch.cat(edges, 1), torch.cat(kinds)


def complete(n: int) -> Typed:
    """Everybody hears everybody and itself, all edges of one type."""
    source, target = torch.cartesian_prod(torch.arange(n), torch.arange(n)).view(-1, 2).T
    return torch.stack([source, target]), torch.zeros(n * n, dtype=torch.long)


def as_filter(layer: RelationLayer, k: int, sides: int) -> Tensor:
    """The maps of replica 0 as a convolution keeps them, `(h, d, k)` or `(h, d, k, k)`: W_0 in the middle, W_t around it."""
    around, middle = layer.weight[0], layer.itself.weight[0, 0]  # (types, d, h), (1, d, h)
    half = len(around) // 2
    return torch.cat([around[:half], middle, around[half:]]).permute(2, 1, 0).unflatten(2, (k,) * sides)


def as_convolution(layer: RelationLayer, k: int, sides: int) -> nn.Module:
    """`torch.nn.Conv1d` or `Conv2d` with zero padding and the same weights as the layer."""
    weight = as_filter(layer, k, sides).detach()
    made = (nn.Conv1d if sides == 1 else nn.Conv2d)(weight.shape[1], weight.shape[0], k, padding=k // 2)
    made.weight.data, made.bias.data = weight.clone(), layer.itself.bias.detach()[0, 0].clone()  # type: ignore[union-attr]
    return made


def as_linear(layer: RelationLayer) -> nn.Linear:
    """`torch.nn.Linear` with the W_0 and b of the layer: the map shared by all elements of a set (Zaheer et al. 2017)."""
    weight = layer.itself.weight.detach()[0, 0, 0]
    made = nn.Linear(*weight.shape)
    made.weight.data, made.bias.data = weight.T.clone(), layer.itself.bias.detach()[0, 0].clone()
    return made


def as_attention(layer: RelationLayer, x: Tensor) -> Tensor:
    """Self-attention of x `(n, d)` by `scaled_dot_product_attention` with the maps of the layer, plus what W_0 and b add."""
    assert layer.query is not None
    assert layer.key is not None
    x = x[None, None]
    value = x @ layer.weight[:, :1]
    return (nn.functional.scaled_dot_product_attention(layer.query(x), layer.key(x), value) + layer.itself(x))[0, 0]


def as_matrices(layer: RelationLayer, x: Tensor, edges: Tensor, kinds: Tensor) -> Tensor:
    """The definition with one adjacency matrix for each type, x W_0 + b + sum_t A_t^T x W_t, for any graph; x `(n, d)`."""
    n, total = len(x), as_linear(layer)(x)
    for kind, weight in enumerate(layer.weight[0]):
        source, target = edges[:, kinds == kind]
        matrix = torch.zeros(n, n).index_put((source, target), torch.ones(len(source)), accumulate=True)
        total = total + matrix.T @ x @ weight
    return total
