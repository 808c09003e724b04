"""Link prediction in front of the learner: one link in five is held out and to be told from pairs without a link.

    score(u, v) = e_u . e_v + a log(1 + neighbours in common) + c (log(1 + degree u) + log(1 + degree v)) + b

Five networks learn at once as one stack. Beside them three counts of networkx on the same training links and the same pairs:

    Adamic-Adar                sum over common neighbours w of 1 / log(degree w)       Adamic & Adar 2003
    common neighbours          how many there are                                      Newman 2001
    preferential attachment    degree u x degree v                                     Barabasi & Albert 1999
"""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, nn

from components.learn.goals import outputs
from components.learn.train import TEST_SEED, train
from components.measure.ranking import auc
from components.models.graph_network import LinkNetwork
from components.tasks.held_links import draw_held, pairs, training_links
from components.tasks.links import pair_rows
from components.values import Frame

NETWORKS = ("airports", "miserables", "karate", "worm")
STEPS, EVERY, RATE, SEEDS, WIDTH, MOST, BATCH = 200, 5, 4e-3, 5, 16, 2000, 64


class LinkLesson(NamedTuple):
    """What is trained. Equal lessons are one run."""

    network: str = "airports"
    rule: str = "balanced"  # how pairs without a link are chosen, in training and in the test


def network(generators: Sequence[Generator], name: str) -> LinkNetwork:
    """The model, which knows the training links."""
    return LinkNetwork(torch.from_numpy(training_links(name)[2]), generators, h=WIDTH)


@cache
def exam(lesson: LinkLesson) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The test pairs: nodes u and v `(n,)`, and whether they are linked; as many links as pairs without one."""
    count = 2 * training_links(lesson.network)[1].shape[1]
    return pairs(count, Generator().manual_seed(TEST_SEED), "test", lesson.network, lesson.rule)


def run(lesson: LinkLesson, seeds: int = SEEDS) -> Iterator[Frame]:
    """Train; frames of `train` with `auc (1, seeds)` on the test pairs, and `scores (n,)`, the logits of the first network."""
    train_links, _, matrix = training_links(lesson.network)
    u, v, truth = exam(lesson)
    x = torch.from_numpy(pair_rows(matrix, u, v))

    def probe(model: nn.Module, done: bool) -> Frame:
        out = outputs(model, x, seeds)
        scores = (out[..., 1] - out[..., 0]).numpy()
        return {"auc": np.array([[auc(s, truth) for s in scores]]), "scores": scores[0]}

    yield from train(
        partial(network, name=lesson.network), partial(draw_held, name=lesson.network, rule=lesson.rule),
        (min(2 * train_links.shape[1], MOST),), seeds=seeds, steps=STEPS, every=EVERY, batch=BATCH, rate=RATE, order="fixed",
        test=len(u), peek=40, probe=probe,
    )  # fmt: skip


@cache
def counts(lesson: LinkLesson) -> dict[str, np.ndarray]:
    """The scores `(n,)` that counting gives to the test pairs."""
    import networkx as nx

    links, _, matrix = training_links(lesson.network)
    u, v, _ = exam(lesson)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(matrix)))
    graph.add_edges_from(links.T.tolist())
    asked = list(zip(u.tolist(), v.tolist(), strict=True))
    return {
        "Adamic-Adar": np.array([s for *_, s in nx.adamic_adar_index(graph, asked)], float),
        "common neighbours": np.array([len(nx.common_neighbors(graph, *pair)) for pair in asked], float),
        "degree × degree": np.array([s for *_, s in nx.preferential_attachment(graph, asked)], float),
    }


@cache
def baselines(lesson: LinkLesson) -> dict[str, float]:
    """AUC of the counts on the same pairs."""
    return {name: auc(score, exam(lesson)[2]) for name, score in counts(lesson).items()}
