"""Make `pretrained/data/networks.npz`: real networks of the six families of the slide "Graph Modality".

Development only. Needs, in an environment of its own, `pip install networkx==3.6.1 scikit-network==0.33.5 topohub==1.5.1
scipy pandas` and `pip install --no-deps cect==0.3.5`, and the npm package of the flights, unpacked: `npm pack
vega-datasets@2.11.0`. Run from the root of the project, with the folder the npm package was unpacked to:

    python -m pretrained.build.networks package
"""

import csv
import json
import re
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from components.modalities.graph_layout import layout
from pretrained.build.manifest import ROOT, enter

FILE = "pretrained/data/networks.npz"
ROLES = ("one link", "two links", "three and more")
WEST = ["AK", "AZ", "CA", "CO", "HI", "ID", "MT", "NM", "NV", "OR", "UT", "WA", "WY"]
MIDWEST = ["IA", "IL", "IN", "KS", "MI", "MN", "MO", "ND", "NE", "OH", "SD", "WI"]
NORTHEAST = ["CT", "MA", "ME", "NH", "NJ", "NY", "PA", "RI", "VT"]
LICENCE = (
    "karate, miserables, davis, florentine: networkx (BSD-3-Clause); painters, wikipedia: scikit-network (BSD-3-Clause); "
    "geant, arpanet: Internet Topology Zoo through topohub (MIT); worm: cect, OpenWorm (MIT); "
    "airports: vega-datasets (BSD-3-Clause), counts by the US Department of Transportation (public domain)"
)
VERSION = "networkx 3.6.1, scikit-network 0.33.5, topohub 1.5.1, cect 0.3.5, vega-datasets 2.11.0 (npm)"
Network = dict[str, Any]


def fitted(places: np.ndarray) -> np.ndarray:
    """Places `(n, 2)` moved and scaled into the square from -1 to 1, proportions kept."""
    low, high = places.min(0), places.max(0)
    return 2 * (places - (low + high) / 2) / (high - low).max()


def drawn(graph: nx.Graph) -> np.ndarray:
    """A layout `(n, 2)`: numbers of steps along edges become distances in the plane."""
    number = {v: i for i, v in enumerate(graph)}
    pairs = np.array([(number[a], number[b]) for a, b in graph.edges]).T
    return layout(pairs, len(graph), dense=len(graph), steps=400)


def network(graph: nx.Graph, label_name: str, labels: list[str], about: str, **more: Any) -> Network:
    """One network as plain arrays. `more` may hold `positions`, `features` with `feature_names`, or `groups`."""
    nodes = list(graph)
    number = {v: i for i, v in enumerate(nodes)}
    kinds = sorted(set(labels)) if set(labels) - set(ROLES) else [role for role in ROLES if role in labels]
    places = more.pop("positions", None)
    return {
        "names": np.array([str(v) for v in nodes]),
        "labels": np.array([kinds.index(v) for v in labels], np.uint8),
        "label_names": np.array(kinds),
        "label_name": np.array(label_name),
        "edges": np.array([(number[a], number[b]) for a, b in graph.edges], np.uint16).T,
        "directed": np.array(graph.is_directed()),
        "positions": fitted(drawn(graph) if places is None else np.asarray(places)).astype(np.float16),
        "about": np.array(about),
    } | more


def roles(graph: nx.Graph) -> list[str]:
    """What a node is for, by its number of links alone."""
    return [ROLES[min(max(d, 1), 3) - 1] for _, d in graph.degree]


def karate() -> Network:
    """Friends in a karate club; the label is the club each joined after the split."""
    graph = nx.karate_club_graph()
    clubs = [graph.nodes[v]["club"] for v in graph]
    names = {v: {0: "Mr. Hi", 33: "the officer"}.get(v, f"member {v + 1}") for v in graph}
    about = "Friends in a karate club, before it split in two (Zachary 1977), from networkx (BSD)"
    return network(nx.relabel_nodes(graph, names), "club after the split", clubs, about)


def miserables() -> Network:
    """Who meets whom in a novel; the label is a community that an algorithm found."""
    graph = nx.les_miserables_graph()
    groups = nx.community.greedy_modularity_communities(graph, weight="weight")
    found = [f"group {next(i for i, g in enumerate(groups) if v in g) + 1}" for v in graph]
    about = "Who meets whom in Les Misérables (Knuth 1993), from networkx (BSD); the groups were found by an algorithm"
    return network(graph, "group, computed", found, about)


def davis() -> Network:
    """Women and the events they came to: a graph with edges between two kinds only."""
    graph = nx.davis_southern_women_graph()
    kinds = [("a woman", "an event")[graph.nodes[v]["bipartite"]] for v in graph]
    graph = nx.relabel_nodes(graph, {v: f"event {v[1:]}" for v in graph if re.fullmatch(r"E\d+", v)})
    return network(graph, "kind", kinds, "Women and the events they attended, 1930s (Davis et al. 1941), from networkx (BSD)")


def florentine() -> Network:
    """Families of bankers and merchants, tied by marriage."""
    graph = nx.florentine_families_graph()
    about = "Marriages between merchant families of Florence, about 1430 (Padgett, Breiger & Pattison 1986), from networkx (BSD)"
    return network(graph, "links", roles(graph), about)


def airports(folder: Path) -> Network:
    """Airports of the United States, linked where at least one flight a week went in both directions together."""
    place = {row["iata"]: row for row in csv.DictReader((folder / "data" / "airports.csv").open())}
    counts: dict[tuple[str, str], int] = {}
    for row in csv.DictReader((folder / "data" / "flights-airport.csv").open()):
        pair = (min(row["origin"], row["destination"]), max(row["origin"], row["destination"]))
        counts[pair] = counts.get(pair, 0) + int(row["count"])
    graph = nx.Graph([pair for pair, count in sorted(counts.items()) if count >= 52 and pair[0] != pair[1]])
    at = np.array([[float(place[v]["longitude"]), float(place[v]["latitude"])] for v in graph])
    at[:, 0] = np.where(at[:, 0] > 0, at[:, 0] - 360, at[:, 0])  # Guam and the Aleutian islands lie beyond the date line
    at[:, 0] = np.where(at[:, 0] < -126, -126 + 0.3 * (at[:, 0] + 126), at[:, 0])  # Alaska and the islands are drawn nearer
    at[:, 1] = np.clip(at[:, 1], 24, 50) + 0.4 * (at[:, 1] - np.clip(at[:, 1], 24, 50))
    region = [
        "West" if s in WEST else "Midwest" if s in MIDWEST else "Northeast" if s in NORTHEAST else "South"
        for s in (place[v]["state"] for v in graph)
    ]
    titles = {v: f"{v}, {place[v]['city']}" for v in graph}
    about = "Flights between US airports, 2008, once a week or more (US Department of Transportation), from vega-datasets (BSD)"
    return network(nx.relabel_nodes(graph, titles), "region", region, about, positions=at * [0.8, 1])


def painters() -> Network:
    """Links between articles on painters; the label is how many articles link to one."""
    from sknetwork.data import painters as load

    found = load(metadata=True)
    graph = nx.relabel_nodes(nx.from_scipy_sparse_array(found.adjacency, create_using=nx.DiGraph), dict(enumerate(found.names)))
    about = "Wikipedia links between painters' articles, from scikit-network (BSD)"
    return network(graph, "links", roles(graph), about, positions=found.position)


def wikipedia() -> Network:
    """Links between articles, with the words in their abstracts; the label is the section of the encyclopedia."""
    from sknetwork.data import art_philo_science as load

    found = load(metadata=True)
    graph = nx.relabel_nodes(nx.from_scipy_sparse_array(found.adjacency, create_using=nx.DiGraph), dict(enumerate(found.names)))
    topics = [str(found.names_labels[i]) for i in found.labels]
    words = found.biadjacency.toarray().astype(np.uint8)
    about = "Wikipedia links between 30 articles, with words of their abstracts, from scikit-network (BSD)"
    return network(graph, "topic", topics, about, features=words, feature_names=np.array(found.names_col))


def provider(name: str, title: str) -> Network:
    """A network of the Internet Topology Zoo: routers at their places on the map."""
    found = json.loads((files("topohub") / "data" / "topozoo" / f"{name}.json").read_text())
    graph = nx.Graph()
    seen: dict[str, int] = {}
    for node in found["nodes"]:
        graph.add_node(node["id"], name=str(node["name"]), pos=node["pos"])
    graph.add_edges_from((e["source"], e["target"]) for e in found["edges"] if e["source"] != e["target"])
    titles = {}
    for v in graph:
        text = graph.nodes[v]["name"]
        seen[text] = seen.get(text, 0) + 1
        titles[v] = text if seen[text] == 1 else f"{text} ({seen[text]})"
    at = np.array([graph.nodes[v]["pos"] for v in graph]) * [0.7, 1]
    about = f"{title} (Internet Topology Zoo, Knight et al. 2011), from topohub (MIT)"
    return network(nx.relabel_nodes(graph, titles), "links", roles(graph), about, positions=at)


def twins(names: list[str]) -> list[int]:
    """Number of the class of every neuron: left and right, dorsal and ventral copies, and numbered series, share one."""
    short = {name: re.sub(r"^(AS|DA|DB|DD|VA|VB|VC|VD)\d+$", r"\1", name) for name in names}
    for ends in ("LR", "DV"):
        known = set(short.values())
        for name, text in short.items():
            other = text[:-1] + (ends.replace(text[-1], "") if text[-1] in ends else "")
            if text[-1] in ends and other in known:
                short[name] = text[:-1]
    classes = sorted(set(short.values()))
    return [classes.index(short[name]) for name in names]


def worm() -> Network:
    """Neurons of a worm and the chemical synapses between them; the label is what the neuron does."""
    from cect import Cells

    kinds = {
        "sensory": Cells.SENSORY_NEURONS_COOK,
        "inter": [*Cells.INTERNEURONS_COOK, *Cells.PHARYNGEAL_INTERNEURONS],
        "motor": [*Cells.MOTORNEURONS_COOK, *Cells.PHARYNGEAL_MOTORNEURONS],
    }
    kind = {name: text for text, names in kinds.items() for name in names}
    rows = csv.reader((files("cect") / "data" / "herm_full_edgelist.csv").read_text().splitlines())
    found = [[re.sub(r"(?<=[A-Z])0(?=\d$)", "", cell.strip()) for cell in row] for row in rows][1:]  # VA01 is VA1
    pairs = {(a, b) for a, b, _, how in found if how == "chemical" and a in kind and b in kind and a != b}
    graph = nx.DiGraph(sorted(pairs))
    classes = np.array(twins(list(graph)), np.uint8)
    about = "Neurons of the worm C. elegans and their chemical synapses (Cook et al. 2019), from cect by OpenWorm (MIT)"
    return network(graph, "kind of neuron", [kind[v] for v in graph], about, groups=classes)


def main() -> None:
    """Write the file and its entry in the manifest."""
    makers: dict[str, Callable[[], Network]] = {
        "karate": karate,
        "miserables": miserables,
        "davis": davis,
        "florentine": florentine,
        "airports": lambda: airports(Path(sys.argv[1])),
        "painters": painters,
        "wikipedia": wikipedia,
        "geant": lambda: provider("Geant2012", "Research network of Europe, 2012"),
        "arpanet": lambda: provider("Arpanet19728", "The Arpanet in August 1972"),
        "worm": worm,
    }
    arrays = {f"{name}/{key}": np.asarray(a) for name, make in makers.items() for key, a in make().items()}
    np.savez_compressed(ROOT / FILE, **arrays)
    command = "python -m pretrained.build.networks package"
    enter(ROOT / FILE, licence=LICENCE, source="see licence", version=VERSION, command=command)


if __name__ == "__main__":
    main()
