"""Graphs: what renumbering may not change, what controls and damage do, and how the page enters a task."""

import numpy as np
import pytest
import torch
from torch import Generator

from components.modalities.graph import MODALITY, NETWORKS
from components.modalities.graph_changes import around, cut_off, false_edges, hold, keep_edges, lose_edges, renumber
from components.modalities.graph_readers import read_edges
from components.modalities.graph_sample import countries, degree, matrix, observe, select_nodes, shipped
from components.modalities.graph_tasks import enter_country, enter_node, enter_pair, stranger
from components.modalities.molecule_readers import read_smiles
from components.values import BadInput, Sample

RNG = np.random.default_rng
SHUFFLES = [f"shuffled {i}" for i in range(1, 7)]


def links(sample: Sample) -> set[frozenset[str]]:
    """The graph itself: which names are linked, whatever their numbers."""
    names = sample["raw"]["names"]
    return {frozenset((str(names[a]), str(names[b]))) for a, b in sample["edges"].T}


def answered(task: str, x: np.ndarray) -> np.ndarray:
    """The logits of an untrained network of a task."""
    network = MODALITY.tasks[task].network
    assert network is not None
    with torch.inference_mode():
        return network([Generator().manual_seed(3)])(torch.from_numpy(x)[None, None])[0, 0].numpy()


@pytest.mark.parametrize("name", NETWORKS)
def test_shipped_networks_are_whole(name: str) -> None:
    sample = shipped(name)
    n = len(sample["elements"])
    assert len(set(sample["raw"]["names"])) == n
    assert sample["edges"].min() >= 0
    assert sample["edges"].max() < n
    assert (degree(sample) > 0).all()
    assert np.isfinite(sample["raw"]["positions"]).all()
    assert np.abs(sample["raw"]["positions"]).max() <= 1.001


def test_karate_is_the_network_of_the_literature() -> None:
    sample = shipped("karate")
    a = matrix(sample)
    assert a.shape == (34, 34)
    assert (a == a.T).all()
    assert a.sum() == 2 * 78
    assert a[0].sum() == 16
    assert np.bincount(sample["raw"]["labels"]).tolist() == [17, 17]


def test_direction_is_kept() -> None:
    a = matrix(shipped("worm"))
    assert (a != a.T).any()
    assert a.sum() == shipped("worm")["edges"].shape[1]


@pytest.mark.parametrize("order", [*SHUFFLES, "by degree", "by group"])
def test_another_numbering_is_the_same_graph(order: str) -> None:
    sample = shipped("miserables")
    moved = renumber(sample, order)
    assert links(moved) == links(sample)
    assert not np.array_equal(matrix(moved), matrix(sample))
    assert sorted(degree(moved)) == sorted(degree(sample))
    back = np.argsort(moved["raw"]["ids"])
    assert np.array_equal(matrix(moved)[np.ix_(back, back)], matrix(sample))
    assert np.array_equal(moved["raw"]["positions"][back], sample["raw"]["positions"])


def test_orders_do_what_they_say() -> None:
    sample = shipped("wikipedia")
    assert (np.diff(degree(renumber(sample, "by degree"))) <= 0).all()
    assert (np.diff(renumber(sample, "by group")["raw"]["labels"]) >= 0).all()


@pytest.mark.parametrize("percent", [30, 50, 90])
def test_edges_kept_are_a_part_of_the_edges(percent: int) -> None:
    sample = shipped("karate")
    kept = keep_edges(sample, percent)
    assert kept["edges"].shape[1] == round(78 * percent / 100)
    assert links(kept) < links(sample)


def test_what_x_holds() -> None:
    sample = shipped("wikipedia")
    n, d = sample["elements"].shape
    a = matrix(sample)
    assert np.array_equal(observe(sample), a)
    both = observe(hold(sample, "A and X"))
    assert both.shape == (n, n + d)
    assert np.array_equal(both[:, n:], sample["elements"])
    assert np.allclose(observe(hold(sample, "Laplacian")).sum(1), 0)
    karate = hold(shipped("karate"), "normalised")
    values = np.linalg.eigvalsh(observe(karate))
    assert values.max() == pytest.approx(1, abs=1e-5)
    assert values.min() > -1


def test_steps_from_the_hub() -> None:
    sample = shipped("florentine")
    near = around(sample, 1)
    assert "Medici" in near["raw"]["names"]
    assert len(near["elements"]) == 7
    assert len(around(sample, 2)["elements"]) > 7
    assert len(around(sample, 0)["elements"]) == 15


def test_damage_has_the_strength_it_says() -> None:
    sample = shipped("worm")
    m = sample["edges"].shape[1]
    assert lose_edges(sample, 0.4, RNG(0))["edges"].shape[1] == pytest.approx(0.6 * m, rel=0.05)
    assert lose_edges(sample, 1.0, RNG(0))["edges"].shape == (2, 0)
    more = false_edges(sample, 0.5, RNG(0))
    assert more["edges"].shape[1] == m + round(0.5 * m)
    assert links(more) > links(sample)
    assert (more["edges"][0] != more["edges"][1]).all()
    gone = cut_off(sample, 0.5, RNG(0))
    empty = (gone["elements"] == 0).all(1)
    assert empty.mean() == pytest.approx(0.5, abs=0.08)
    assert (degree(gone)[empty] == 0).all()
    for damage in (lose_edges, false_edges, cut_off):
        kept = damage(sample, 0.0, RNG(0))
        assert np.array_equal(kept["edges"], sample["edges"])
        assert np.array_equal(kept["elements"], sample["elements"])


def test_damage_survives_a_full_graph() -> None:
    full = read_edges("\n".join(f"{a} {b}" for a in range(6) for b in range(a)).encode())
    assert false_edges(full, 1.0, RNG(0))["edges"].shape[1] == 15
    assert len(cut_off(full, 1.0, RNG(0))["elements"]) == 6


def test_bonds_and_relations_follow_their_edges() -> None:
    """What is kept of an edge stays with it through every change."""
    caffeine = MODALITY.examples["caffeine"]()
    whole = {frozenset(e): o for e, o in zip(caffeine["edges"].T.tolist(), caffeine["raw"]["orders"], strict=True)}
    moved = renumber(keep_edges(caffeine, 70), "shuffled 2")
    ids = moved["raw"]["ids"]
    for (a, b), order in zip(moved["edges"].T, moved["raw"]["orders"], strict=True):
        assert whole[frozenset((int(ids[a]), int(ids[b])))] == order
    assert len(false_edges(countries(), 0.3, RNG(1))["raw"]["relations"]) == round(1.3 * 1503)


@pytest.mark.parametrize("order", SHUFFLES)
def test_a_neurons_answer_does_not_depend_on_numbers(order: str) -> None:
    """Equivariance: the node that was number j has another number now, and exactly the same answer."""
    sample = shipped("worm")
    moved = renumber(sample, order)
    for mark in (0, 100, 291):
        now = int(np.flatnonzero(moved["raw"]["ids"] == mark)[0])
        assert np.array_equal(enter_node(moved, now), enter_node(sample, mark))


@pytest.mark.parametrize("order", SHUFFLES)
@pytest.mark.parametrize("task", ["mutagen", "log P"])
def test_a_molecules_answer_does_not_depend_on_numbers(task: str, order: str) -> None:
    """Invariance: x is another table, the answer is the same."""
    sample = MODALITY.examples["mutagen"]()
    enter = MODALITY.tasks[task].enter
    x, moved = enter(sample, 0), enter(renumber(sample, order), 5)
    assert not np.array_equal(x, moved)
    assert np.abs(answered(task, x) - answered(task, moved)).max() < 1e-4
    assert np.abs(answered(task, x) - answered(task, enter(keep_edges(sample, 50), 0))).max() > 1e-4  # edges are read


def test_changed_links_reach_the_answer() -> None:
    sample = shipped("worm")
    before = answered("node", enter_node(sample, 20))
    assert np.abs(answered("node", enter_node(false_edges(sample, 1.0, RNG(0)), 20)) - before).max() > 1e-3


def test_the_stranger_shares_most_neighbours() -> None:
    sample = shipped("karate")
    a = matrix(sample).astype(np.float32)
    for mark in range(34):
        other = stranger(a, mark)
        assert not a[mark, other]
        assert other != mark
        shared = (a @ a[mark])[(a[mark] == 0) & (np.arange(34) != mark)]
        assert (a @ a[mark])[other] == shared.max()
    with pytest.raises(BadInput, match="linked to all"):
        stranger(1 - np.eye(4, dtype=np.float32), 2)


def test_a_pair_is_the_same_whatever_its_numbers() -> None:
    sample = shipped("airports")
    enter = MODALITY.tasks["link"].enter
    x = enter(sample, 40)
    assert x.shape == (2, 300)
    assert x[0, 40] == 1
    assert np.abs(answered("link", x) - answered("link", x[::-1].copy())).max() < 1e-5  # (u, v) is (v, u)


@pytest.mark.parametrize("task", MODALITY.tasks)
def test_a_test_observation_is_shown_as_node_0(task: str) -> None:
    """Tasks about one node or a pair: the view has the nodes asked about first, so that enter(show(x), 0) is x."""
    exercise = MODALITY.tasks[task]
    for x in exercise.draw(20, Generator().manual_seed(5), "test")[0].numpy():
        sample = exercise.show(x)
        assert np.array_equal(exercise.enter(sample, 0), x)
        assert len(sample["elements"]) >= 1


def test_a_network_says_what_it_cannot_read() -> None:
    with pytest.raises(BadInput, match="worm"):
        enter_node(shipped("karate"), 0)
    with pytest.raises(BadInput, match="not a country"):
        enter_country(countries(), 315)
    with pytest.raises(BadInput, match="molecules"):
        MODALITY.tasks["mutagen"].enter(shipped("karate"), 0)
    with pytest.raises(BadInput, match="32 atoms"):
        MODALITY.tasks["log P"].enter(read_smiles(b"C" * 33), 0)
    with pytest.raises(BadInput, match="your graph"):
        enter_pair(shipped("karate"), 0, "own", 34, "your graph")


def test_a_country_is_asked_by_its_own_number() -> None:
    sample = countries()
    france = sample["raw"]["names"].tolist().index("France")
    x = enter_country(renumber(sample, "shuffled 1"), renumber(sample, "shuffled 1")["raw"]["ids"].tolist().index(france))
    assert x[0, 0] == france


def test_a_selection_keeps_edges_inside() -> None:
    sample = shipped("karate")
    part = select_nodes(sample, np.array([33, 0, 31]))
    assert links(part) == {frozenset(p) for p in links(sample) if p <= set(part["raw"]["names"].tolist())}
