"""Node classification in front of the learner: some labels known, all nodes moving while the network learns.

    H = act(layer(X, edges)) ...   (n, 16)    every node hears its neighbours, layer by layer
    logits_i = H_i W + b           (n, c)     cross entropy on the nodes whose kind is known, accuracy on all others

Five networks with different first weights learn at once as one stack; the picture is of the first. Beside them stand learners
with the same known labels. Source: Kipf & Welling 2017; lecture, slides "Graph Modality" and "Graph Neural Networks".
"""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, nn

from components.learn.train import train
from components.measure.plane import plane, turned
from components.models.graph_layers import both_ways
from components.models.node_classifier import NodeClassifier
from components.tasks.known_nodes import draw_known, question
from components.values import Frame

STEPS, RATES, SEEDS, WIDTH, MOST = {"karate": 400, "airports": 150, "worm": 200}, {"karate": 5e-3}, 5, 16, 64
EVERY, SLOW = 5, {"isomorphism": 2, "max": 2}  # steps between two frames
RATE, LAYERS = 1e-2, (0, 1, 2, 3)


class NodeLesson(NamedTuple):
    """What is trained. Equal lessons are one run."""

    network: str = "karate"
    kind: str = "convolution"
    layers: int = 2


def network(generators: Sequence[Generator], lesson: NodeLesson) -> NodeClassifier:
    """The model of a lesson; messages go both ways along every edge."""
    asked = question(lesson.network)
    features, edges = torch.from_numpy(asked.features), both_ways(torch.from_numpy(asked.edges))
    return NodeClassifier(features, edges, len(asked.classes), generators, kind=lesson.kind, layers=lesson.layers, h=WIDTH)


def run(lesson: NodeLesson, seeds: int = SEEDS) -> Iterator[Frame]:
    """Train; frames of `train` with, of the first network, `places (n, 2)`, where its nodes lie in the plane of largest spread
    of the last layer (of the logits where there is no layer), `seen`, the part of the spread in that plane, and
    `chance (n, c)`, the probability of every kind for every node."""
    asked = question(lesson.network)
    before: list[np.ndarray] = []

    def probe(model: nn.Module, done: bool) -> Frame:
        assert isinstance(model, NodeClassifier)
        with torch.inference_mode():
            last = model.states()[-1]
            logits = model.read(last)[0, 0]
        places, seen = plane((last[0, 0] if lesson.layers else logits).numpy().astype(float))
        if before:
            places = turned(places, before[-1])
        before[:] = [places]
        return {"places": places.astype(np.float32), "seen": np.array(seen), "chance": logits.softmax(-1).numpy()}

    known, tested = len(asked.train), len(asked.test)
    yield from train(
        partial(network, lesson=lesson), partial(draw_known, name=lesson.network), (known,), seeds=seeds,
        steps=STEPS[lesson.network], every=SLOW.get(lesson.kind, EVERY), batch=min(known, MOST),
        rate=RATES.get(lesson.network, RATE), order="fixed", test=tested, peek=tested, probe=probe,
    )  # fmt: skip


@cache
def baselines(name: str) -> dict[str, float]:
    """Accuracy on the same nodes: the commonest kind; logistic regression on how many links go out and come in; label propagation
    (harmonic functions, Zhu et al. 2003, from networkx); logistic regression on the node's row of the adjacency matrix."""
    import networkx as nx
    from networkx.algorithms.node_classification import harmonic_function
    from sklearn.linear_model import LogisticRegression

    from components.tasks.nodes import adjacency

    asked = question(name)
    (known, tested), kinds = (asked.train, asked.test), asked.labels
    graph = nx.Graph()
    graph.add_nodes_from(range(len(kinds)))
    graph.add_edges_from(asked.edges.T.tolist())
    nx.set_node_attributes(graph, {int(i): int(kinds[i]) for i in known}, "label")
    rows = adjacency(asked.edges, len(kinds), asked.directed)
    found = {
        "always the commonest kind": np.full(len(kinds), np.bincount(kinds[known]).argmax()),
        "degree alone": LogisticRegression().fit(asked.degrees[known], kinds[known]).predict(asked.degrees),
        "label propagation": np.array(harmonic_function(graph)),
        "its row of the table": LogisticRegression().fit(rows[known], kinds[known]).predict(rows),
    }
    return {method: float((answer[tested] == kinds[tested]).mean()) for method, answer in found.items()}
