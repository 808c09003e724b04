"""Graph modality: nodes with features, and edges that say which of them belong together. Slide: "Graph Modality".

The input observation is the adjacency matrix, one row per node:

    x_i = A in {0, 1}^(n x n),   A_jk = 1 if an edge goes from j to k;   with features X in R^(n x d):  x_i = [A | X]

Renumbering the nodes moves its rows and columns and means the same graph.
"""

from functools import partial

from components.modalities.base import Control, Modality
from components.modalities.graph_changes import (
    HOLDS,
    HOPS,
    KEPT,
    ORDERS,
    around,
    cut_off,
    false_edges,
    hold,
    keep_edges,
    lose_edges,
    renumber,
)
from components.modalities.graph_exercises import FLIGHTS, MOLECULE_TASKS, TASKS, own
from components.modalities.graph_parts import parts
from components.modalities.graph_readers import read_edges, read_graphml
from components.modalities.graph_sample import countries, named_molecule, observe, shipped, tested
from components.modalities.molecule_readers import read_mol, read_smiles
from components.tasks.nodes import WORM

NETWORKS = ("karate", "miserables", "davis", "florentine", FLIGHTS, "wikipedia", "painters", "geant", "arpanet", WORM)

MODALITY = Modality(
    name="graph",
    order=5,
    title="Graph",
    sentence="A graph has nodes, and edges that say which of them belong together. A model meets a table with one row per node: "
    "1 where it has an edge to another.",
    slide="Graph Modality",
    formula=r"x_i=A\in\{0,1\}^{n\times n},\qquad \mark{A_{j\cdot}}=\text{the links of node }j",
    describe=lambda sample: {"n": len(sample["elements"])},
    examples={name: partial(shipped, name) for name in NETWORKS}
    | {"countries": countries}
    | {name: partial(named_molecule, name) for name in ("caffeine", "aspirin")}
    | {"mutagen": partial(tested, 1), "harmless": partial(tested, 0)},
    read=dict.fromkeys(("csv", "tsv", "txt", "edges"), read_edges)
    | {"graphml": read_graphml}
    | dict.fromkeys(("sdf", "mol"), read_mol)
    | dict.fromkeys(("smi", "smiles"), read_smiles),
    observe=observe,
    controls={
        "nodes": Control("Order of the nodes", ORDERS, "as given", renumber, "Another numbering of the same nodes"),
        "edges": Control("Edges kept, %", KEPT, 100, keep_edges, "A part of the edges, chosen at random"),
        "holds": Control("x holds", HOLDS, "A", hold, "Adjacency A, features X, A normalised by degrees, or degrees minus A"),
        "hops": Control(
            "Steps from the hub",
            HOPS,
            0,
            around,
            "Only what is so near to the node with most edges",
            lambda v: str(v) if v else "all",
        ),
    },
    corrupt={"missing edges": lose_edges, "false edges": false_edges, "cut-off nodes": cut_off},
    tasks=TASKS | MOLECULE_TASKS,
    parts=parts,
    own=own,
    presets={
        "A club that split": ("34 people, and whom they met: two camps are seen.", {}),
        "The same graph, another table": ("Every row moves, the picture stays.", {"nodes": "shuffled 1"}),
        "A brain of 292 neurons": ("What a neuron does shows in whom it talks to.", {"example": WORM, "task": "node"}),
        "A question to a knowledge graph": (
            "It answers from borders, languages and currencies.",
            {"example": "countries", "task": "knowledge"},
        ),
        "Bad: half the links are false": (
            "Neuron PHCR senses, and the network is sure of it. False neighbours make a motor neuron of it.",
            {"example": WORM, "task": "node", "damage": "false edges", "strength": 100, "element": 281},
        ),
        "Bad: coffee is no nitroaromatic": (
            "Trained on one family of molecules, asked about another: it still answers.",
            {"example": "caffeine", "task": "mutagen"},
        ),
    },
    check=(
        "Shuffle the nodes, then keep half the edges. Which one cannot change what the network says of a molecule, and why?",
        "Shuffling: a sum over neighbours and a pool over nodes do not see numbers. Edges are what it reads: without them the "
        "atoms are only counted.",
    ),
)
