"""Models of graphs on the symmetry bench."""

from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from components.learn.bench_entry import Entry, Function, Graph, Thing, asked, learnt, seeds
from components.models.blocks import Represent
from components.models.graph_classifier import GraphClassifier
from components.models.graph_layers import LAYERS, both_ways
from components.models.graph_network import LinkNetwork, MoleculeNetwork, NodeNetwork
from components.models.neighbours import edges as table
from components.models.node_classifier import NodeClassifier
from components.models.pools import POOLS
from components.models.relation_layer import RelationLayer
from components.tasks.molecules import ATOMS, LARGEST_MOLECULE, molecule, padded, parts
from components.tasks.nodes import adjacency, parted, read_network

WIDTH, FEATURES = 8, 4
FAMILIES, MEMBERS = 15, 34  # nodes of the two networks
NETWORKS = "marriages of Florentine families; four random numbers a node (synthetic)"
MOLECULES = "real molecules, MUTAG"
CLUB = "the real karate club of 34 members; what is known of a node is its kind, where it is for training"
NAMES = {
    "convolution": "graph convolution", "mean": "mean of neighbours", "sum": "sum of neighbours", "max": "largest of neighbours",
    "attention": "graph attention", "isomorphism": "isomorphism (GIN)",
}  # fmt: skip


def network(name: str, seed: int) -> Graph:
    """A shipped network with random features."""
    found = read_network(name)
    places, features = found["positions"].astype(np.float32), np.random.default_rng(seed)
    return Graph(features.standard_normal((len(places), FEATURES)).astype(np.float32), found["edges"], places)


def marriages() -> tuple[Thing, ...]:
    """The network of Florence, with two sets of features."""
    return tuple(network("florentine", seed) for seed in range(2))


def entered(x: Thing) -> tuple[Tensor, Tensor]:
    """Nodes `(1, 1, n, d)` and edges in both directions."""
    assert isinstance(x, Graph)
    return torch.from_numpy(np.ascontiguousarray(x.features))[None, None], both_ways(torch.from_numpy(np.asarray(x.edges)))


def layer(kind: str, own: bool) -> Function:
    """One graph layer."""
    net = LAYERS[kind](FEATURES, WIDTH, seeds(), FAMILIES if own else 1)

    def f(x: Thing) -> np.ndarray:
        with torch.inference_mode():
            return net(*entered(x))[0, 0].numpy()

    return f


def relation(attend: bool) -> Function:
    """The layer with typed edges; here all are of one type."""
    net = RelationLayer(FEATURES, WIDTH, 1, seeds(), attend=attend)

    def f(x: Thing) -> np.ndarray:
        nodes, edges = entered(x)
        with torch.inference_mode():
            return net(nodes, edges, torch.zeros(edges.shape[1], dtype=torch.long))[0, 0].numpy()

    return f


def represent(places: bool) -> Function:
    """The block with the edges as its table of neighbours; with `places`, the k-th neighbour has a map of its own."""
    widest = table(entered(marriages()[0])[1], FAMILIES).shape[1]
    net = Represent(FEATURES, WIDTH, seeds(), m=widest if places else 1)

    def f(x: Thing) -> np.ndarray:
        nodes, edges = entered(x)
        with torch.inference_mode():
            return net(nodes, table(edges, nodes.shape[2]))[0, 0].numpy()

    return f


def nodes(share: bool) -> Function:
    """Two layers of graph convolution and a class for every node."""
    first = entered(marriages()[0])
    net = NodeClassifier(first[0][0, 0], first[1], 3, seeds(), share=share)

    def f(x: Thing) -> np.ndarray:
        with torch.inference_mode():
            return net.everyone(*entered(x))[0].numpy()

    return f


def molecules() -> tuple[Thing, ...]:
    """Three held-out molecules: atoms by kind, bonds, and where they are drawn."""
    found = []
    for i in parts("mutag", 50)[1][:3]:
        own = molecule("mutag", int(i))
        found.append(Graph(np.eye(len(ATOMS), dtype=np.float32)[own["kinds"]], own["bonds"], own["places"]))
    return tuple(found)


def molecular() -> Function:
    """Does this molecule cause mutations?"""
    net = learnt("graph", "mutagen")
    assert isinstance(net, MoleculeNetwork)
    return asked(net, lambda x: torch.from_numpy(observed(x))[None, None])


def observed(x: Thing) -> np.ndarray:
    """A molecule as the networks read it: its atoms, and their rows of the adjacency matrix."""
    assert isinstance(x, Graph)
    found = padded(np.zeros(len(x.features), int), x.edges)
    found[: len(x.features), : len(ATOMS)] = x.features
    return found


def whole(share: bool, how: str) -> Function:
    """The graph classifier of the lecture on molecules; the first number is 1 for an atom."""
    d, n = 1 + len(ATOMS), LARGEST_MOLECULE
    net = GraphClassifier(d, 2, n, share, how, seeds())

    def enter(x: Thing) -> Tensor:
        rows = observed(x)
        there = rows[:, : len(ATOMS)].any(1, keepdims=True).astype(np.float32)
        return torch.from_numpy(np.concatenate([there, rows], 1))[None, None]

    return asked(net, enter)


def club() -> tuple[Thing, ...]:
    """The karate club: what is known of every node is its kind, if it is one to learn from."""
    _, label, train, _ = parted("karate")
    found = read_network("karate")
    known = np.zeros((len(label), int(label.max()) + 1), np.float32)
    known[train, label[train]] = 1
    return (Graph(known, found["edges"], found["positions"].astype(np.float32)),)


def sides() -> Function:
    """The node network with its shipped weights, put onto the graph it is given: logits of every node."""
    weights = dict(learnt("graph", "side").named_parameters())

    def f(x: Thing) -> np.ndarray:
        assert isinstance(x, Graph)
        a = torch.from_numpy(adjacency(x.edges, len(x.features), False))
        known = torch.from_numpy(np.where(x.features.any(1), x.features.argmax(1), -1))
        net = NodeNetwork(a, known, x.features.shape[1], seeds())
        net.load_state_dict(weights, strict=False)
        return _all(net, torch.cat([a, a.T], 1)[None, :, None])

    return f


def _all(net: nn.Module, x: Tensor) -> np.ndarray:
    with torch.inference_mode():
        return net(x)[0].numpy()


def links() -> Function:
    """Are two nodes linked? Asked for every edge, in the order of the edges; each node has a vector of its own."""
    first = LinkNetwork(torch.zeros(MEMBERS, MEMBERS), seeds())

    def f(x: Thing) -> np.ndarray:
        assert isinstance(x, Graph)
        n = len(x.features)
        a = torch.from_numpy(adjacency(x.edges, n, False))
        net = LinkNetwork(a, seeds())
        net.load_state_dict(dict(first.named_parameters()), strict=False)
        rows = a + torch.eye(n)
        return _all(net, torch.stack([rows[x.edges[0]], rows[x.edges[1]]], 1)[None])[:, 1]

    return f


def _layers() -> list[Entry]:
    """Single layers, with a row for every node."""
    made = partial(Entry, family="graphs", kind="graph", inputs=marriages, data=NETWORKS, out="elements")
    found = [
        made(f"graph-{kind}", f"Layer: {NAMES[kind]}", make=partial(layer, kind, False), modules=("graph_layers",),
             because="One map for all nodes, and neighbours come together in any order.")
        for kind in LAYERS
    ]  # fmt: skip
    found += [
        made(f"graph-relation{'-attention' if attend else ''}", f"Layer: typed edges{', attention' if attend else ''}",
             make=partial(relation, attend), modules=("relation_layer",),
             because="One map for every type of edge, here one type, and neighbours in any order.")
        for attend in (False, True)
    ]  # fmt: skip
    found.append(made("graph-own", "Layer: convolution, own maps", make=partial(layer, "convolution", True),
                      modules=("graph_layers",), because="Every node number has a map of its own."))  # fmt: skip
    found.append(made("graph-represent", "Layer: neighbours, one map", make=partial(represent, False),
                      modules=("blocks", "neighbours"), because="Neighbours are added up before the one map."))  # fmt: skip
    found.append(made("graph-places", "Layer: a map per neighbour", make=partial(represent, True),
                      modules=("blocks", "neighbours"),
                      because="A map for the first, the second neighbour; but in a graph nobody is first."))  # fmt: skip
    found += [
        made(
            "node-classifier" if share else "node-classifier-own", f"Node classifier, {'one map' if share else 'own maps'}",
            make=partial(nodes, share), modules=("node_classifier", "graph_layers"),
            because="One map for all nodes in every layer." if share else "Every node number has maps of its own.",
        )
        for share in (True, False)
    ]  # fmt: skip
    return found


def entries() -> list[Entry]:
    """Layers, networks of nodes, networks of whole graphs."""
    made = partial(Entry, family="graphs", kind="graph")
    flags = (("scale", "the numbers of a node say which kind it is, they have no size"),)
    answered = partial(made, inputs=molecules, data=MOLECULES, names=("no", "yes"), classes=True, senseless=flags)
    found = [*_layers()]
    found.append(answered("molecule", "Molecule network", make=molecular, modules=("graph_network",), trained="on MUTAG",
                          because="One map for all atoms, then a sum and a maximum over them."))  # fmt: skip
    for share in (True, False):
        for how in POOLS:
            first = "One map for all atoms; " if share else "A map for every atom number; "
            found.append(answered(
                f"graph-classifier-{how}" if share else f"graph-classifier-{how}-own",
                f"Graph classifier, {'one map' if share else 'own maps'}, {how}", make=partial(whole, share, how),
                modules=("graph_classifier", "pools"),
                because=first + ("each neighbour keeps its own place." if how == "concatenate" else "neighbours in any order."),
            ))  # fmt: skip
    found.append(made("node-network", "Node network", make=sides, inputs=club, modules=("graph_network",), data=CLUB,
                      because="A node is what it and its neighbours are, never a number.", out="elements",
                      trained="on half of the club", senseless=flags))  # fmt: skip
    found.append(made("link-network", "Link network, a vector a node", make=links, inputs=club, modules=("graph_network",),
                      data="the real karate club; asked about each of its friendships",
                      because="Every node number has a vector of its own, which does not move along.",
                      senseless=tuple((a, "this model sees nothing but links") for a in ("scale", "permute"))))  # fmt: skip
    return found
