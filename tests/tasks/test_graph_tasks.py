"""Graph tasks: the parts share nothing that would flatter, and the observations say what they should."""

import numpy as np
import pytest
from torch import Generator

from components.learn.exercise import Lesson, learn
from components.modalities.graph_exercises import show_flight
from components.tasks import knowledge, links, molecules, nodes


def seeded(seed: int = 0) -> Generator:
    return Generator().manual_seed(seed)


def test_copies_of_a_neuron_are_in_one_part() -> None:
    groups = nodes.read_network("worm")["groups"]
    _, label, train, test = nodes.worm()
    assert len(train) + len(test) == len(label) == 292
    assert len(test) == nodes.TESTED
    assert not set(groups[train]) & set(groups[test])
    names = nodes.read_network("worm")["names"].tolist()
    assert groups[names.index("ASEL")] == groups[names.index("ASER")]
    assert groups[names.index("VA1")] == groups[names.index("VA12")]


def test_a_neuron_is_its_own_row_both_ways() -> None:
    matrix, label, train, _ = nodes.worm()
    x, y = nodes.draw_kinds(len(train), seeded(), "train")
    assert len(np.unique(x.numpy(), axis=0)) == len(train)
    rows = np.concatenate([matrix, matrix.T], 1)
    for row, kind in zip(x[:9, 0].numpy(), y[:9].tolist(), strict=True):
        assert kind in label[(rows == row).all(1)]
    assert np.allclose(np.expm1(nodes.degrees(x.numpy()))[:, 0], x[:, 0, :292].sum(1))


@pytest.mark.parametrize("name", ["airports", "miserables", "worm"])
def test_links_are_split_once(name: str) -> None:
    edges, n = links.network_links(name)
    train, test = ({tuple(e) for e in part.T.tolist()} for part in links.split(edges))
    assert not train & test
    assert train | test == {tuple(sorted(e)) for e in edges.T.tolist()}
    assert len(test) == pytest.approx(0.2 * (len(train) + len(test)), abs=1)
    assert max(map(max, train)) < n


def test_no_row_shows_a_test_link_or_the_link_asked_about() -> None:
    edges, n = links.network_links("airports")
    train, test = links.split(edges)
    told = nodes.adjacency(train, n, False)
    hidden = nodes.adjacency(test, n, False)
    for part in ("train", "test"):
        x, y = links.draw_network_pairs(400, seeded(), part, "airports")
        assert float(y.float().mean()) == 0.5
        for pair, linked in zip(x.numpy()[:100], y.tolist(), strict=False):
            u, v = show_flight(pair)["raw"]["ids"][:2]
            assert pair[0, v] == pair[1, u] == 0
            assert pair[0, u] == pair[1, v] == 1
            assert bool((told + hidden)[u, v]) == bool(linked)
            assert not (pair[0] * hidden[u]).any()
            assert pair[0].sum() == told[u].sum() - told[u, v] + 1


def test_strangers_are_as_well_connected_as_the_linked() -> None:
    """Else a count of links would tell who is linked."""
    x, y = links.draw_network_pairs(2000, seeded(), "train", "airports")
    degree = x.sum(-1).log().mean(1)
    assert abs(float(degree[y == 1].mean() - degree[y == 0].mean())) < 0.15


def test_pairs_of_both_parts_are_different() -> None:
    train, test = (links.draw_network_pairs(2000, seeded(), part, "airports")[0].numpy() for part in ("train", "test"))
    seen = {frozenset(row.tobytes() for row in x) for x in train}
    assert not {frozenset(row.tobytes() for row in x) for x in test} & seen


def test_pairs_of_a_nearly_full_graph_can_be_drawn() -> None:
    a, b = np.triu_indices(8, 1)
    edges = np.stack([a, b])[:, 1:]
    for part in ("train", "test"):
        x, y = links.draw_pairs(40, seeded(), part, edges, 8)
        assert x.shape == (40, 2, 8)
        assert y.sum() == 20


def test_test_countries_are_never_told_where_they_are() -> None:
    train, test, regions, asked = knowledge.triples()
    graph = knowledge.read_knowledge()
    assert len(test) == len(asked) == knowledge.TEST_COUNTRIES
    assert graph["names"][regions].tolist() == sorted(graph["names"][regions].tolist()) or len(regions) == 5
    assert not (np.isin(train[:, 0], asked) & np.isin(train[:, 1], (0, 1))).any()
    x, _ = knowledge.draw_answers(4000, seeded(), "train")
    head, relation = x[:, 0, 0].numpy().astype(int), x[:, 0, 1].numpy().astype(int)
    assert not (np.isin(head, asked) & np.isin(relation, (0, 1))).any()
    back = np.isin(relation, (5, 6))
    right = x[:, 0, 2:].numpy().astype(int)
    y = knowledge.draw_answers(4000, seeded(), "train")[1].numpy()
    assert not np.isin(right[np.arange(4000), y][back], asked).any()


def test_questions_are_facts_with_the_right_answer_in_its_place() -> None:
    graph = knowledge.read_knowledge()
    facts = {tuple(t) for t in np.stack([graph["edges"][0], graph["relations"], graph["edges"][1]], 1).tolist()}
    x, y = knowledge.draw_answers(600, seeded(3), "train")
    for (head, relation, *candidates), place in zip(x[:, 0].numpy().astype(int).tolist(), y.tolist(), strict=True):
        tail = candidates[place]
        assert ((head, relation, tail) if relation < 5 else (tail, relation - 5, head)) in facts
    names = graph["names"]
    x, y = knowledge.draw_answers(78, seeded(), "test")
    told = {str(names[int(q[0, 0])]): str(names[int(q[0, 2 + a])]) for q, a in zip(x, y.tolist(), strict=True)}
    assert len(told) == 78
    assert set(told.values()) == {"Africa", "Americas", "Asia", "Europe", "Oceania"}
    assert [str(n) for n in names[x[0, 0, 2:].int().numpy()]] == sorted(set(told.values()))


@pytest.mark.parametrize(("source", "tested", "train"), [("mutag", 50, 138), ("nci", 500, 1000)])
def test_like_molecules_are_in_one_part(source: str, tested: int, train: int) -> None:
    group = molecules.read_molecules()[f"{source}/group"]
    own, held = molecules.parts(source, tested)
    assert (len(own), len(held)) == (train, tested)
    assert not set(group[own]) & set(group[held])


def test_molecules_are_graphs() -> None:
    x, label = molecules.observations("nci")
    kinds, rows = x[..., :10], x[..., 10:]
    assert x.shape == (1500, 32, 42)
    assert set(np.unique(x)) == {0, 1}
    assert (kinds.sum(-1) <= 1).all()
    assert np.array_equal(rows, rows.transpose(0, 2, 1))
    assert not np.diagonal(rows, axis1=1, axis2=2).any()
    assert label.std() > 1
    assert molecules.counted(x[:1]).sum() == kinds[0].sum()
    assert set(molecules.observations("mutag")[1]) == {0, 1}


def test_the_side_of_a_club_member_is_learnt_from_whom_they_met() -> None:
    matrix, label, train, test = nodes.club()
    assert not set(train) & set(test)
    assert len(train) + len(test) == len(label) == 34
    assert (matrix == matrix.T).all()
    *_, frame = learn(Lesson("graph", "side"))
    assert frame["accuracy"].item() > 0.75
    assert frame["accuracy"].item() > frame["baseline/logistic regression"].item()
