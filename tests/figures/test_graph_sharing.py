"""The pictures of the view "Samples needed" of the Graphs page show the maps, the numberings and the answers they are given."""

import numpy as np

from components.figures.graph_sharing import graph_sharing
from components.figures.renumbered import answers_of_all, two_numberings, written
from components.figures.scale import DARK, LIGHT

MATRIX = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]])
PLACES = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])


def table(share: bool, aggregate: bool) -> np.ndarray:
    """The colours of the table of maps `(3, 3)`."""
    figure = graph_sharing(PLACES, MATRIX, ["A", "B", "C"], np.zeros(3), 0, share, aggregate, 9, scale=LIGHT)
    return np.array(figure.data[-1].marker.color).reshape(3, 3)


def test_equal_colours_are_the_same_map() -> None:
    linked = MATRIX > 0
    assert len(set(table(True, True)[linked])) == 1
    columns, rows = table(True, False), table(False, True)
    assert columns[0, 2] == columns[1, 2] != columns[0, 1]
    assert rows[0, 1] == rows[0, 2] != rows[1, 0]
    assert len(set(table(False, False)[linked])) == 6


def test_atoms_take_the_colour_of_their_number_and_clear_is_zero() -> None:
    values = [np.array([-1.0, 0.0, 2.0]), np.array([0.5, 0.0, -2.0])]
    edges = np.array([[0, 1], [1, 2]])
    figure = two_numberings(PLACES, edges, ["C", "N", "O"], values, [np.arange(3)] * 2, ["a", "b"], scale=DARK)
    left, right = (figure.data[i].marker.color for i in (2, 5))
    assert left[1] == right[1]
    assert left[1].endswith(",0.0)")
    assert left[0] != left[2]
    assert left[0].split(",")[:3] == right[2].split(",")[:3]


def test_every_renumbering_is_a_dot() -> None:
    p = np.random.default_rng(0).random((4, 21))
    figure = answers_of_all(p, [1e-7, 0.2, 0.3, 0.4], (True, True), 3, scale=LIGHT)
    assert [len(t.x) for t in figure.data] == [21, 1] * 4
    assert "1 · 10⁻⁷" in figure.layout.yaxis.ticktext[0]
    assert (written(0.123), written(0.0)) == ("0.12", "0")
