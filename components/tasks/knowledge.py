"""In which region of the world is this country? A knowledge graph is asked for a fact it was never told.

A question is the head of a triple, a relation, and five candidates for the tail, all as numbers: x = [h, r, c_1 ... c_5] (1, 7).
Facts in training are asked in both directions: r + 5 asks for the head, given the tail.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays

if TYPE_CHECKING:
    from torch import Generator, Tensor

KNOWLEDGE, TEST_COUNTRIES, CANDIDATES = "knowledge.npz", 78, 5
IN_REGION, IN_SUBREGION = 0, 1  # numbers of two relations
Array = np.ndarray


@cache
def read_knowledge() -> dict[str, Array]:
    """The graph: names, labels (n,), label_names, edges (2, m), relations (m,), relation_names, positions (n, 2)."""
    found = arrays(KNOWLEDGE)
    return found | {key: found[key].astype(np.int64) for key in ("labels", "edges", "relations")}


@cache
def triples() -> tuple[Array, Array, Array, Array]:
    """Facts to train on `(m, 3)` head, relation, tail; facts to test on; the five regions; the numbers of the test countries.

    Of a test country neither the region nor the subregion is told, as the one would give the other away.
    """
    graph = read_knowledge()
    facts = np.stack([graph["edges"][0], graph["relations"], graph["edges"][1]], 1)
    regions = np.unique(facts[facts[:, 1] == IN_REGION, 2])
    asked = np.random.default_rng(1).permutation(np.flatnonzero(graph["labels"] == 0))[:TEST_COUNTRIES]
    hidden = np.isin(facts[:, 0], asked) & np.isin(facts[:, 1], (IN_REGION, IN_SUBREGION))
    return facts[~hidden], facts[hidden & (facts[:, 1] == IN_REGION)], regions, asked


def region_question(country: Array) -> Array:
    """Where are these countries `(n,)`? As questions `(n, 7)`; the candidates are the five regions in alphabetical order."""
    names, regions = read_knowledge()["names"], triples()[2]
    ordered = regions[np.argsort(names[regions])]
    fixed = np.broadcast_to([IN_REGION, *ordered], (len(country), CANDIDATES + 1))
    return np.concatenate([country[:, None], fixed], 1)


def other_question(facts: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Facts `(n, 3)` as questions `(n, 7)` in a random direction, with four wrong candidates of the same relation and the right
    one at a random place `(n,)`."""
    known = triples()[0]
    count = int(read_knowledge()["relations"].max()) + 1
    head, relation, tail = facts.T
    back = rng.random(len(facts)) < 0.5
    pools = {(r, b): np.unique(known[known[:, 1] == r, 0 if b else 2]) for r in range(count) for b in (False, True)}
    drawn = [rng.choice(pools[r, b], CANDIDATES) for r, b in zip(relation.tolist(), back.tolist(), strict=True)]
    candidates = np.array(drawn, np.int64).reshape(-1, CANDIDATES)
    place = rng.integers(CANDIDATES, size=len(facts))
    candidates[np.arange(len(facts)), place] = np.where(back, head, tail)
    asked = np.where(back, tail, head)
    return np.concatenate([asked[:, None], (relation + count * back)[:, None], candidates], 1), place


def draw_answers(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n questions `x (n, 1, 7)`, `y (n,)` the place of the right candidate. In training, half ask for the region of a training
    country, half for any other training fact; in the test all ask for the region of a test country."""
    import torch

    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    train, test, _, _ = triples()
    told = train[train[:, 1] == IN_REGION] if part == "train" else test
    count = n - n // 2 if part == "train" else n
    order = rng.permutation(len(told))[:count] if count <= len(told) else rng.integers(len(told), size=count)
    x = region_question(told[order, 0])
    y = (x[:, 2:] == told[order, 2][:, None]).argmax(1)
    if part == "train":
        rest = train[train[:, 1] != IN_REGION]
        more, place = other_question(rest[rng.integers(len(rest), size=n - count)], rng)
        x, y = np.concatenate([x, more]), np.concatenate([y, place])
    mixed = rng.permutation(n)
    return torch.from_numpy(x[mixed][:, None].astype(np.float32)), torch.from_numpy(y[mixed])


def neighbours(x: Array) -> Array:
    """What is known about the countries asked about, `(n, things)`: 1 for each thing they are told to be linked to. Other
    questions than that for a region stay empty."""
    train, n = triples()[0], len(read_knowledge()["names"])
    known = np.zeros((n, n), np.float32)
    told = train[~np.isin(train[:, 1], (IN_REGION, IN_SUBREGION))]
    known[told[:, 0], told[:, 2]] = 1
    return known[x[:, 0, 0].astype(int)] * (x[:, 0, 1] == IN_REGION)[:, None]
