"""Our graph layers equal PyTorch Geometric's on the same weights, and follow the nodes when they are renumbered."""

import pytest
import torch
from torch import Generator, Tensor

from components.models.graph_layers import LAYERS, aggregate, both_ways, softmax_at, with_loops
from components.models.node_classifier import NodeClassifier

N, D, H = 9, 5, 4


def graph(seed: int = 0) -> tuple[Tensor, Tensor]:
    """Features `(n, d)` and directed edges with a loop; node 8 hears nobody."""
    generator = Generator().manual_seed(seed)
    pairs = torch.randint(N, (2, 30), generator=generator)
    pairs = torch.cat([pairs[:, pairs[1] != 8], torch.tensor([[3], [3]])], 1).unique(dim=1)
    return torch.randn(N, D, generator=generator), pairs


def made(kind: str, n: int = 1):
    return LAYERS[kind](D, H, [Generator().manual_seed(1)], n=n)


def ours(layer, x: Tensor, edges: Tensor) -> Tensor:
    return layer(x[None, None], edges)[0, 0]


def flat(weight: Tensor) -> Tensor:
    """`(1, 1, 1, d, h)` as torch.nn.Linear keeps it, `(h, d)`."""
    return weight.detach()[0, 0, 0].T.clone()


def test_graph_convolution_is_gcnconv():
    from torch_geometric.nn import GCNConv

    (x, edges), layer, theirs = graph(), made("convolution"), GCNConv(D, H)
    theirs.lin.weight.data, theirs.bias.data = flat(layer.map.weight), layer.map.bias.detach()[0, 0].clone()
    edges = edges[:, edges[0] != edges[1]]
    torch.testing.assert_close(ours(layer, x, edges), theirs(x, edges), atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("how", ["mean", "sum", "max"])
def test_sample_aggregate_is_sageconv(how: str):
    from torch_geometric.nn import SAGEConv

    (x, edges), layer, theirs = graph(), made(how), SAGEConv(D, H, aggr=how)
    if how == "max":  # theirs takes the maximum before the map, ours the maximum of the mapped messages
        layer.near.weight.data = torch.eye(D, H).expand_as(layer.near.weight).clone()
    theirs.lin_l.weight.data, theirs.lin_r.weight.data = flat(layer.near.weight), flat(layer.itself.weight)
    theirs.lin_l.bias.data = layer.itself.bias.detach()[0, 0].clone()
    torch.testing.assert_close(ours(layer, x, edges), theirs(x, edges), atol=1e-6, rtol=1e-5)


def test_isomorphism_is_ginconv():
    from torch_geometric.nn import GINConv

    (x, edges), layer = graph(), made("isomorphism")
    up, down = torch.nn.Linear(D, H), torch.nn.Linear(H, H)
    theirs = GINConv(torch.nn.Sequential(up, torch.nn.ReLU(), down), eps=0.3)  # draws its weights anew
    for linear, own in ((up, layer.up), (down, layer.down)):
        linear.weight.data, linear.bias.data = flat(own.weight), own.bias.detach()[0, 0].clone()
    layer.epsilon.data.fill_(0.3)
    torch.testing.assert_close(ours(layer, x, edges), theirs(x, edges), atol=1e-5, rtol=1e-5)


def test_graph_attention_is_gatconv():
    from torch_geometric.nn import GATConv

    (x, edges), layer, theirs = graph(), made("attention"), GATConv(D, H)
    theirs.lin.weight.data, theirs.bias.data = flat(layer.map.weight), layer.map.bias.detach()[0, 0].clone()
    theirs.att_src.data, theirs.att_dst.data = layer.says.detach()[:, None].clone(), layer.hears.detach()[:, None].clone()
    torch.testing.assert_close(ours(layer, x, edges), theirs(x, edges), atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("kind", list(LAYERS))
def test_renumbered_nodes_renumber_the_output_only_where_the_map_is_shared(kind: str):
    x, edges = graph()
    order = torch.randperm(N, generator=Generator().manual_seed(2))
    place = order.argsort()  # node order[i] is now number i
    apart = {}
    for n in (1, N):
        layer = made(kind, n)
        apart[n] = (ours(layer, x[order], place[edges]) - ours(layer, x, edges)[order]).abs().max().item()
    assert apart[1] < 1e-5
    assert apart[N] > 0.05


def test_edges_both_ways_and_loops():
    edges = torch.tensor([[0, 1, 2, 1], [1, 0, 2, 2]])
    assert both_ways(edges).T.tolist() == [[0, 1], [1, 0], [1, 2], [2, 1], [2, 2]]
    assert with_loops(edges, 3).T.tolist() == [[0, 1], [1, 0], [1, 2], [0, 0], [1, 1], [2, 2]]


def test_a_node_that_hears_nothing_gets_zero_and_a_softmax_sums_to_one_at_each_node():
    messages, target = torch.tensor([[[[-2.0], [-3.0], [5.0]]]]), torch.tensor([0, 0, 2])
    for how, told in (("sum", [-5, 0, 5]), ("mean", [-2.5, 0, 5]), ("max", [-2, 0, 5])):
        assert aggregate(messages, target, 3, how).flatten().tolist() == told
    share = softmax_at(torch.tensor([[[1.0, 2.0, 700.0]]]), target, 3)
    torch.testing.assert_close(share.flatten(), torch.tensor([1 / (1 + torch.e), torch.e / (1 + torch.e), 1.0]))


def test_the_classifier_asks_single_nodes_and_equals_all_at_once():
    x, edges = graph()
    model = NodeClassifier(x, edges, 3, [Generator().manual_seed(i) for i in range(2)], kind="mean", layers=2)
    ids = torch.tensor([4, 0, 8])
    torch.testing.assert_close(model(ids.view(1, 3, 1, 1).expand(2, -1, -1, -1).float()), model.everyone()[:, ids])
    assert model.everyone().shape == (2, N, 3)
    assert NodeClassifier(x, edges, 3, [Generator()], layers=0).everyone().shape == (1, N, 3)
