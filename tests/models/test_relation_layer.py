"""One typed graph layer equals torch.nn's layers on the same weights, and PyTorch Geometric's relational convolution."""

import pytest
import torch
from torch import Generator, Tensor
from torch.nn import functional

from components.models.lattices import (
    as_attention,
    as_convolution,
    as_linear,
    as_matrices,
    complete,
    directions,
    lattice,
    no_edges,
)
from components.models.relation_layer import RelationLayer


def made(d: int, h: int, types: int, seed: int = 0, **more) -> RelationLayer:
    return RelationLayer(d, h, types, [Generator().manual_seed(seed)], **more).requires_grad_(False)


def features(n: int, d: int, seed: int = 1) -> Tensor:
    return torch.randn(n, d, generator=Generator().manual_seed(seed))


def close(a: Tensor, b: Tensor) -> None:
    torch.testing.assert_close(a, b, atol=1e-5, rtol=1e-5)


def test_without_edges_it_is_one_linear_map_for_all():
    x, layer = features(7, 3), made(3, 4, 0)
    close(layer(x[None, None], *no_edges())[0, 0], as_linear(layer)(x))


@pytest.mark.parametrize(("t", "k", "d", "h"), [(9, 3, 2, 4), (12, 5, 1, 1), (2, 7, 3, 2), (1, 3, 2, 2)])
def test_on_a_chain_it_is_conv1d(t: int, k: int, d: int, h: int):
    x, layer = features(t, d), made(d, h, k - 1)
    close(layer(x[None, None], *lattice((t,), k))[0, 0].T, as_convolution(layer, k, 1)(x.T[None])[0])


@pytest.mark.parametrize(("h", "w", "k", "d", "out"), [(5, 7, 3, 2, 3), (6, 4, 5, 1, 2), (1, 5, 3, 1, 1)])
def test_on_a_grid_it_is_conv2d(h: int, w: int, k: int, d: int, out: int):
    x, layer = features(h * w, d), made(d, out, k * k - 1)
    ours = layer(x[None, None], *lattice((h, w), k))[0, 0].T.reshape(out, h, w)
    close(ours, as_convolution(layer, k, 2)(x.T.reshape(1, d, h, w))[0])


@pytest.mark.parametrize(("n", "d", "h", "q"), [(6, 5, 4, None), (1, 3, 2, 3), (9, 8, 5, 2)])
def test_on_the_complete_graph_it_is_attention(n: int, d: int, h: int, q: int | None):
    x, layer = features(n, d), made(d, h, 1, attend=True, q=q)
    close(layer(x[None, None], *complete(n))[0, 0], as_attention(layer, x))


def test_the_same_from_multihead_attention_with_one_head():
    d, n = 6, 5
    x, layer, theirs = features(n, d), made(d, d, 1, attend=True), torch.nn.MultiheadAttention(d, 1, batch_first=True)
    maps = [layer.query.weight, layer.key.weight, layer.weight.view(1, 1, 1, d, d)]
    theirs.in_proj_weight.data = torch.cat([m[0, 0, 0].T for m in maps])
    theirs.in_proj_bias.data = torch.cat([layer.query.bias[0, 0], layer.key.bias[0, 0], torch.zeros(d)])
    theirs.out_proj.weight.data, theirs.out_proj.bias.data = torch.eye(d), torch.zeros(d)
    heard, weights = theirs(x[None], x[None], x[None])
    edges, kinds = complete(n)
    close(layer(x[None, None], edges, kinds)[0, 0] - as_linear(layer)(x), heard[0])
    close(layer.attention(x[None, None], edges)[0, 0], weights[0, edges[1], edges[0]])


def graph(n: int = 8) -> tuple[Tensor, Tensor]:
    generator = Generator().manual_seed(3)
    edges = torch.cat([torch.randint(n, (2, 25), generator=generator), torch.tensor([[2], [2]])], 1).unique(dim=1)
    edges = edges[:, edges[1] != 7]  # node 7 hears nobody
    return edges, torch.randint(3, (edges.shape[1],), generator=generator)


def test_it_is_rgcnconv_and_one_matrix_per_type():
    from torch_geometric.nn import RGCNConv

    (edges, kinds), x, layer, theirs = graph(), features(8, 4), made(4, 5, 3), RGCNConv(4, 5, 3, aggr="add")
    theirs.weight.data, theirs.root.data = layer.weight[0].clone(), layer.itself.weight[0, 0, 0].clone()
    theirs.bias.data = layer.itself.bias[0, 0].clone()
    ours = layer(x[None, None], edges, kinds)[0, 0]
    close(ours, theirs(x, edges, kinds))
    close(ours, as_matrices(layer, x, edges, kinds))


@pytest.mark.parametrize(("types", "attend"), [(1, False), (3, False), (1, True)])
def test_renumbered_nodes_renumber_the_output(types: int, attend: bool):
    (edges, kinds), x, layer = graph(), features(8, 4), made(4, 5, types, attend=attend)
    kinds = kinds.clamp(max=types - 1)
    order = torch.randperm(8, generator=Generator().manual_seed(5))
    moved = layer(x[order][None, None], order.argsort()[edges], kinds)
    close(moved, layer(x[None, None], edges, kinds)[:, :, order])


def test_a_picture_turned_is_a_picture_turned_only_without_types():
    x, (edges, kinds) = features(25, 1), lattice((5, 5), 3)
    turned = x.view(5, 5).rot90().reshape(25, 1)
    apart = {}
    for types in (1, 8):
        layer = made(1, 1, types)
        a, b = (layer(v[None, None], edges, kinds.clamp(max=types - 1)).view(5, 5) for v in (x, turned))
        apart[types] = float((a.rot90() - b).abs().max())
    assert apart[1] < 1e-5
    assert apart[8] > 0.05


def test_edges_of_lattices():
    assert directions(3, 2)[0] == (-1, -1)
    assert len(directions(5, 2)) == 24
    edges, kinds = lattice((3,), 3)
    assert edges.T.tolist() == [[0, 1], [1, 2], [1, 0], [2, 1]]
    assert kinds.tolist() == [0, 0, 1, 1]
    assert lattice((3, 4), 3)[0].shape == (2, 58)
    assert complete(3)[0].shape == (2, 9)
    with pytest.raises(ValueError, match="without attention"):
        made(2, 2, 1).attention(features(3, 2)[None, None], complete(3)[0])


def test_a_stack_of_replicas_is_each_alone():
    generators = [Generator().manual_seed(i) for i in range(2)]
    stack, x = RelationLayer(2, 3, 2, generators), features(6, 2).expand(2, 1, 6, 2)
    out = stack(x, *lattice((6,), 3))
    for i in range(2):
        close(out[i : i + 1], made(2, 3, 2, seed=i)(x[:1], *lattice((6,), 3)))
    assert functional.relu(out).grad_fn is not None
