"""What can be asked about graphs: the exercises of the graph modality, and how the sample on the page enters their networks."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.modalities.graph_sample import atoms, countries, known_molecule, matrix, select_edges, select_nodes, shipped
from components.tasks.knowledge import read_knowledge, region_question
from components.tasks.links import pair_rows, split
from components.tasks.molecules import ATOMS, observations, padded
from components.tasks.nodes import WORM, adjacency, parted
from components.values import BadInput, Sample

if TYPE_CHECKING:
    from torch import Generator, nn

Array = np.ndarray


def node_network(generators: "Sequence[Generator]", name: str) -> "nn.Module":
    """One of the two graphs, with the kinds of its training nodes."""
    import torch

    from components.models.graph_network import NodeNetwork
    from components.tasks.nodes import parted

    found, label, train, _ = parted(name)
    known = np.full(len(label), -1)
    known[train] = label[train]
    return NodeNetwork(torch.from_numpy(found), torch.from_numpy(known), int(label.max()) + 1, generators)


def link_network(generators: "Sequence[Generator]", edges: np.ndarray, nodes: int) -> "nn.Module":
    """The training links of a network given by its edges."""
    import torch

    from components.models.graph_network import LinkNetwork
    from components.tasks.links import split
    from components.tasks.nodes import adjacency

    train, _ = split(edges)
    return LinkNetwork(torch.from_numpy(adjacency(train, nodes, False)), generators)


def flight_network(generators: "Sequence[Generator]") -> "nn.Module":
    """The training links between the airports."""
    import torch

    from components.models.graph_network import LinkNetwork
    from components.tasks.links import network_links, split
    from components.tasks.nodes import adjacency

    edges, nodes = network_links("airports")
    return LinkNetwork(torch.from_numpy(adjacency(split(edges)[0], nodes, False)), generators)


def translation_network(generators: "Sequence[Generator]") -> "nn.Module":
    """A point for each thing of the knowledge graph, a step for each of its five relations."""
    from components.models.translation import Translation
    from components.tasks.knowledge import read_knowledge

    graph = read_knowledge()
    return Translation(len(graph["names"]), len(graph["relation_names"]), generators)


def mutagen_network(generators: "Sequence[Generator]") -> "nn.Module":
    """Two answers for a molecule."""
    from components.models.graph_network import MoleculeNetwork

    return MoleculeNetwork(10, 2, generators, h=16)


def fat_network(generators: "Sequence[Generator]") -> "nn.Module":
    """One number for a molecule, about 2.2 with a spread of 2."""
    from components.models.graph_network import MoleculeNetwork

    return MoleculeNetwork(10, 1, generators, middle=2.2, spread=2.0)


def from_source(sample: Sample, source: str, needs: str) -> None:
    """BadInput if the sample is not a view of this graph."""
    if str(sample["raw"]["source"]) != source:
        raise BadInput(f"This network knows {needs}.")


def focused(sample: Sample, count: int) -> Sample:
    """A view in which the first one or two nodes are those asked about."""
    return sample | {"raw": sample["raw"] | {"focus": np.arange(count)}}


def enter_node(sample: Sample, mark: int, name: str = WORM) -> Array:
    """The marked node's own row of A, both ways `(1, 2 nodes)`, in the numbers of the shipped file."""
    needs = "the neurons of the worm" if name == WORM else "the members of the karate club"
    from_source(sample, name, f"{needs}: choose that example")
    ids, (source, target) = sample["raw"]["ids"], sample["edges"]
    x = np.zeros((2, len(parted(name)[1])), np.float32)
    x[0, ids[target[source == mark]]] = 1
    x[1, ids[source[target == mark]]] = 1
    if not sample["raw"]["directed"]:
        x[:] = x.max(0)
    return x.reshape(1, -1)


def show_node(x: Array, name: str = WORM) -> Sample:
    """The node behind an observation as node 0, and those it is linked to."""
    found = parted(name)[0]
    out, into = x.reshape(2, -1)
    number = int((np.concatenate([found, found.T], 1) != x[0]).sum(1).argmin())  # the nearest, where edges were changed
    near = np.flatnonzero((out + into) > 0)
    return focused(select_nodes(shipped(name), np.array([number, *near[near != number]])), 1)


def stranger(a: Array, mark: int) -> int:
    """The node without a link to the marked one with which it shares most neighbours; of several the first."""
    shared = (a @ a[mark]).astype(np.int64)
    shared[(a[mark] > 0) | (np.arange(len(a)) == mark)] = -1
    if shared.max() < 0:
        raise BadInput("The marked node is linked to all others: no pair is left to ask about; mark another one.")
    return int(shared.argmax())


def enter_pair(sample: Sample, mark: int, source: str, nodes: int, needs: str) -> Array:
    """The marked node and a stranger with whom it shares most neighbours, as two rows of A + I `(2, nodes)`."""
    from_source(sample, source, needs)
    a = matrix(sample).astype(np.float32)
    a = np.maximum(a, a.T)
    other = 1 if len(sample["raw"].get("focus", ())) == 2 and mark == 0 else stranger(a, mark)
    x = np.zeros((2, nodes), np.float32)
    x[:, sample["raw"]["ids"]] = pair_rows(a, np.array([mark]), np.array([other]))[0]
    return x


def show_pair(x: Array, edges: Array, nodes: int, whole: Sample) -> Sample:
    """The pair behind an observation as nodes 0 and 1, and their neighbours by the training links."""
    a = adjacency(split(edges)[0], nodes, False) + np.eye(nodes, dtype=np.float32)
    near = [[j for j in np.flatnonzero(row) if (row != a[j]).sum() <= 1] for row in x]
    found = [(u, v) for u in near[0] for v in near[1] if u != v and (pair_rows(a, *np.array([[u], [v]]))[0] == x).all()]
    if not found:  # the page's graph has other links than the training part: the nodes whose rows are nearest
        first = min(np.flatnonzero(x[0]), key=lambda j: (x[0] != a[j]).sum())
        found = [(first, min(np.setdiff1d(np.flatnonzero(x[1]), first), key=lambda j: (x[1] != a[j]).sum()))]
    pair = found[0]
    others = np.setdiff1d(np.flatnonzero(x.sum(0)), pair)
    kept = select_nodes(whole, np.array([*pair, *others]))
    ids, (source, target) = kept["raw"]["ids"], kept["edges"]
    told = a[ids[source], ids[target]] > 0
    told &= ~((source < 2) & (target < 2))
    kept = select_edges(kept, np.flatnonzero(told))
    return focused(kept, 2)


def enter_country(sample: Sample, mark: int) -> Array:
    """Where is the marked country? `(1, 7)`: its number, the relation, the five regions. A view of one question has the country
    asked about as node 0, whatever is marked."""
    from_source(sample, "countries", "the countries of the world: choose that example")
    number = sample["raw"]["ids"][0 if "focus" in sample["raw"] else mark]
    if read_knowledge()["labels"][number] != 0:
        raise BadInput("The marked node is not a country: mark a country to ask for its region.")
    return region_question(np.array([number])).astype(np.float32)


def show_country(x: Array) -> Sample:
    """The country asked about as node 0, and what is told about it."""
    number, whole = int(x[0, 0]), countries()
    told = np.flatnonzero(whole["edges"][0] == number)
    told = told[whole["raw"]["relations"][told] > 1]
    known = np.unique(whole["edges"][1, told])
    return focused(select_nodes(select_edges(whole, told), np.array([number, *known])), 1)


def enter_molecule(sample: Sample, mark: int) -> Array:
    """The whole molecule `(32, 42)`, without its hydrogens."""
    if "letters" not in sample["raw"]:
        raise BadInput("This network knows molecules: choose one, or bring a MOL or SDF file.")
    heavy = select_nodes(sample, np.flatnonzero(sample["raw"]["letters"] != "H"))
    if not 0 < len(heavy["elements"]) <= 32:
        raise BadInput("This network reads molecules of 1 to 32 atoms, hydrogens not counted.")
    x = padded(heavy["raw"]["labels"], heavy["edges"])
    x[: len(heavy["elements"]), : len(ATOMS)] = heavy["elements"]
    return x


@cache
def _where(source: str) -> dict[int, int]:
    return {hash(x.tobytes()): i for i, x in enumerate(observations(source)[0])}


def show_molecule(x: Array, source: str) -> Sample:
    """The molecule behind an observation, with the places of its atoms if it is a known one."""
    x = np.ascontiguousarray(x, np.float32)
    number = _where(source).get(hash(x.tobytes()))
    if number is not None:
        return known_molecule(source, number, "a test molecule")
    kinds = x[x[:, : len(ATOMS)].sum(1) > 0, : len(ATOMS)].argmax(1)
    bonds = np.stack(np.nonzero(np.triu(x[:, len(ATOMS) :])))
    angle = np.linspace(0, 2 * np.pi, len(kinds), endpoint=False)
    letters = np.array([ATOMS[k] if k < len(ATOMS) - 1 else "?" for k in kinds])
    ring = np.stack([np.cos(angle), np.sin(angle)], 1) * len(kinds) / 6
    return atoms(letters, bonds, np.ones(bonds.shape[1], np.int64), ring, "a molecule")
