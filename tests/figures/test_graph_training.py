"""The pictures of the trainings on graphs: what is seen is what was given."""

import numpy as np
import pytest

from components.figures.link_training import SHOWN, held_links, roc_curves
from components.figures.molecule_cards import Card, chances, molecule_cards, told_and_true
from components.figures.node_training import node_training
from components.figures.scale import SCALES, TICK
from components.figures.score_bars import course, score_bars
from components.modalities.molecule_readers import read_smiles

PLACES = np.array([[0.0, 0], [1, 0], [0, 1], [1, 1]])
EDGES = np.array([[0, 1], [1, 2]]).T
CHANCE = np.array([[0.9, 0.1], [0.4, 0.6], [0.5, 0.5], [0.1, 0.9]])


@pytest.mark.parametrize("scale", SCALES.values())
def test_wrong_answers_are_ringed_but_never_a_told_node(scale) -> None:  # type: ignore[no-untyped-def]
    labels = np.array([1, 0, 0, 1])
    figure = node_training(
        PLACES, EDGES, labels, CHANCE, np.array([0]), ["<b>", "b", "c", "d"], ["x", "y"], named=[0], scale=scale
    )
    rings = next(t for t in figure.data if t.name == "wrong" and t.x[0] is not None)
    assert list(zip(rings.x, rings.y, strict=True)) == [(1, 0)]
    nodes = next(t for t in figure.data if t.customdata is not None)
    assert list(nodes.marker.symbol) == ["square-dot", "circle", "circle", "square"]
    assert "&lt;b&gt;" in nodes.hovertext[0]


@pytest.mark.parametrize("edges", [np.zeros((2, 0), int), EDGES])
def test_a_network_without_edges_or_with_one_node_is_drawn(edges: np.ndarray) -> None:
    keep = 4 if edges.size else 1
    node_training(
        PLACES[:keep], edges, np.zeros(keep, int), CHANCE[:keep], np.array([0]), list("abcd")[:keep], ["x", "y"], legend=False
    )


def test_held_links_are_dashed_by_what_the_model_says_and_counted() -> None:
    u, v, p = np.zeros(200, int), np.ones(200, int), np.linspace(0, 1, 200)
    figure = held_links(PLACES, EDGES, u, v, p, list("abcd"))
    said = {t.name: t.line.dash for t in figure.data if t.showlegend is None and t.mode == "lines"}
    assert sum(int(name.split("(")[1][:-1]) for name in said) == SHOWN
    assert set(said.values()) == {"dash", "dot"}


def test_curves_and_bars_keep_their_names() -> None:
    line = (np.array([0.0, 1]), np.array([0.0, 1]))
    assert [t.name for t in roc_curves("own", line, {"other": line}).data] == ["guessing", "own", "other"]
    figure = score_bars("own", np.array([0.5, 0.7]), {"a": 0.9, "b": -0.1}, "score", guess=0.5)
    assert list(figure.data[0].x) == pytest.approx([0.6, 0.9, 0])  # nothing is drawn below 0; the number is written
    assert {"0.60", "<b>0.90</b>", "-0.10"} <= {a.text for a in figure.layout.annotations}
    assert min(a.font.size for a in figure.layout.annotations) >= TICK
    assert len(course(np.array([0, 5]), np.array([[0.1, 0.2], [0.3, 0.4]]), 10, "right").data) == 3


def test_a_wrong_card_has_a_cross_and_a_thick_frame() -> None:
    ethanol, single = read_smiles(b"CCO"), read_smiles(b"O")
    cards = [Card(ethanol, "says 1", "true 2", False, np.array([1.0, 0.5, -2])), Card(single, "says 0", "yours", None)]
    figure = molecule_cards(cards)
    assert [a.text[:4] for a in figure.layout.annotations] == ["<b>✗", "<b>s"]
    assert figure.layout.shapes[0].line.width > figure.layout.shapes[1].line.width
    halo = next(t for t in figure.data if t.hovertext is not None)
    assert list(halo.hovertext) == ["C: +1.00", "C: +0.50", "O: -2.00"]
    assert halo.marker.size[2] == max(halo.marker.size)
    assert len(molecule_cards([cards[0]] * 8).data) == 3  # however many cards: halos, bonds, letters


def test_no_bond_joins_two_cards() -> None:
    figure = molecule_cards([Card(read_smiles(b"c1ccccc1C=O"), "", "", True)] * 2)
    for bonds in (t for t in figure.data if t.mode == "lines"):
        x = np.array(bonds.x, float)
        assert np.isnan(x[2::3]).all()  # two ends and a gap for each
        assert (np.floor(x[::3]) == np.floor(x[1::3])).all()


def test_dots_say_which_molecule_they_are() -> None:
    truth = np.array([0.0, 1, 1])
    assert list(told_and_true(truth, truth + 0.1, [2], "log P").data[1].customdata) == ["m0", "m1", "m2"]
    figure = chances(truth, np.array([0.1, 0.9, 0.2]), ("no", "yes"), [0])
    assert list(figure.data[0].marker.symbol) == ["circle", "circle", "x"]
