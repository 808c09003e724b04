"""A graph as a sample: its plain arrays, the examples, and what can be done to nodes and edges.

`raw` holds arrays only. Of every node: names, labels, positions (n, 2), ids (its number where it came from); of the whole:
label_names, label_name, directed, source, holds (what x_i is), feature_names; where there are such: letters (n,) of atoms, and of
every edge its order (orders) or its relation (relations, with relation_names).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from components.tasks.knowledge import read_knowledge
from components.tasks.molecules import ATOMS, MUTAG_TESTED, molecule, parts, read_molecules
from components.tasks.nodes import read_network
from components.values import Sample

OF_NODES, OF_EDGES = ("names", "labels", "positions", "ids", "letters"), ("orders", "relations")
MUTAG_ABOUT = "Nitroaromatic molecule, MUTAG (Debnath et al. 1991), from GraKeL (BSD); without hydrogens"
Array = np.ndarray


def graph(raw: Mapping[str, Any], edges: Array, features: Array | None, about: str) -> Sample:
    """A sample from arrays. Without features every node is the same: one feature, 1."""
    n = len(raw["names"])
    given = {"ids": np.arange(n), "source": np.array("own"), "holds": np.array("A"), "feature_names": np.array(["1"])}
    elements = np.ones((n, 1), np.float32) if features is None else np.array(features, np.float32)
    return {
        "raw": given | {key: np.asarray(a) for key, a in raw.items()},
        "elements": elements,
        "grid": (),
        "edges": np.array(edges, np.int64).reshape(2, -1),
        "kind": "graph",
        "rate": float(n),
        "unit": "nodes/graph",
        "about": about,
    }


def shipped(name: str) -> Sample:
    """One of the networks of `pretrained/data/networks.npz`."""
    found = read_network(name)
    kept = {key: a for key, a in found.items() if key not in ("edges", "features", "about", "groups")}
    raw = kept | {"source": np.array(name), "positions": found["positions"].astype(np.float32)}
    return graph(raw, found["edges"], found.get("features"), str(found["about"]))


def countries() -> Sample:
    """The knowledge graph of the countries of the world, each at its place on the map."""
    found = read_knowledge()
    raw = {key: a for key, a in found.items() if key != "edges"}
    raw |= {"source": np.array("countries"), "label_name": np.array("kind of thing"), "directed": np.array(True)}
    about = "Countries of the world with regions, borders, languages and currencies, from countryinfo (MIT)"
    return graph(raw | {"positions": found["positions"].astype(np.float32)}, found["edges"], None, about)


def atoms(letters: Array, bonds: Array, orders: Array, places: Array, about: str) -> Sample:
    """A molecule: letters `(n,)`, bonds `(2, m)` with orders `(m,)` 1, 2, 3, 4 for aromatic, places `(n, 2)` in bond lengths."""
    kinds = np.array([ATOMS.index(a) if a in ATOMS else len(ATOMS) - 1 for a in letters], np.int64)
    raw = {
        "names": np.array([f"{a}{i + 1}" for i, a in enumerate(letters)]),
        "letters": np.asarray(letters),
        "labels": kinds,
        "label_names": np.array(ATOMS),
        "label_name": np.array("atom"),
        "feature_names": np.array(ATOMS),
        "positions": np.asarray(places, np.float32),
        "directed": np.array(False),
        "orders": np.asarray(orders),
        "source": np.array("molecule"),
    }
    return graph(raw, bonds, np.eye(len(ATOMS))[kinds], about)


def known_molecule(source: str, number: int, about: str) -> Sample:
    """A shipped molecule."""
    found = molecule(source, number)
    letters = np.array([ATOMS[kind] if kind < len(ATOMS) - 1 else "?" for kind in found["kinds"]])
    return atoms(letters, found["bonds"], found["orders"], found["places"], about)


def named_molecule(name: str) -> Sample:
    """A molecule that has a name: caffeine, aspirin, ethanol."""
    number = read_molecules()["names"].tolist().index(name)
    return known_molecule("named", number, f"{name.capitalize()}, drawn by RDKit (BSD); without hydrogens")


def tested(label: int) -> Sample:
    """The largest molecule of the test part that does (1) or does not (0) cause mutations."""
    data = read_molecules()
    held = parts("mutag", MUTAG_TESTED)[1]
    held = held[data["mutag/label"][held] == label]
    return known_molecule("mutag", int(held[np.diff(data["mutag/start"].astype(int))[held].argmax()]), MUTAG_ABOUT)


def degree(sample: Sample) -> Array:
    """How many edges every node has `(n,)`; in a directed graph those in and those out together."""
    return np.bincount(sample["edges"].ravel(), minlength=len(sample["elements"]))


def select_nodes(sample: Sample, nodes: Array) -> Sample:
    """These nodes, in this order, with the edges among them."""
    new = np.full(len(sample["elements"]), -1)
    new[nodes] = np.arange(len(nodes))
    edges = new[sample["edges"]]
    kept = (edges >= 0).all(0)
    raw = {key: a[nodes] if key in OF_NODES else a[kept] if key in OF_EDGES else a for key, a in sample["raw"].items()}
    found = sample | {"raw": raw, "elements": sample["elements"][nodes].copy(), "edges": edges[:, kept]}
    return found | {"rate": float(len(nodes))}


def select_edges(sample: Sample, edges: Array) -> Sample:
    """All nodes, and these edges by their numbers."""
    raw = {key: a[edges] if key in OF_EDGES else a for key, a in sample["raw"].items()}
    found = sample | {"raw": raw, "elements": sample["elements"].copy(), "edges": sample["edges"][:, edges]}
    return found


def matrix(sample: Sample) -> Array:
    """The adjacency matrix A `(n, n)`, uint8: A[j, k] = 1 if an edge goes from j to k; symmetric where none has a direction."""
    n = len(sample["elements"])
    a = np.zeros((n, n), np.uint8)
    a[sample["edges"][0], sample["edges"][1]] = 1
    return a if sample["raw"]["directed"] else np.maximum(a, a.T)


def observe(sample: Sample) -> Array:
    """The input observation x_i: the adjacency matrix A `(n, n)`; or, as chosen, [A | X] with the features of the nodes
    `(n, n + d)`, D^-1/2 (A + I) D^-1/2 as graph convolution multiplies with, or the Laplacian D - A."""
    a, holds = matrix(sample), str(sample["raw"]["holds"])
    if holds == "A":
        return a
    if holds == "A and X":
        return np.concatenate([a.astype(np.float32), sample["elements"]], 1)
    if holds == "Laplacian":
        return np.diag(a.sum(1, dtype=np.float32)) - a
    with_self = a.astype(np.float32) + np.eye(len(a), dtype=np.float32)
    return with_self / np.sqrt(with_self.sum(1)[:, None] * with_self.sum(0))
