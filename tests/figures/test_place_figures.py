"""The drawings of the view "Samples needed": what they show is what they are given."""

import numpy as np
import pytest

from components.figures.learning_curves import learning_curves
from components.figures.map_row import map_row
from components.figures.place_network import place_network
from components.figures.scale import DARK, LIGHT, SHARE_AND_POOL
from components.figures.shift_lines import PLACE_NAMES, WAYS, shift_lines, way_lines

WINDOWS = [(4 * i, 4 * j, 8) for i in range(4) for j in range(4)]


@pytest.mark.parametrize("scale", [LIGHT, DARK])
@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("pool", ["max", "mean", "sum", "concatenate"])
def test_the_network_shows_its_numbers_and_names_its_filters(scale, share, pool):
    said = np.random.default_rng(0).random((16, 24))
    figure = place_network(
        np.ones((20, 20, 1)), said, WINDOWS, [0, 6, 15], local=True, share=share, pool=pool, answer="3", scale=scale
    )
    tables = [t for t in figure.data if t.type == "heatmap"]
    np.testing.assert_allclose(tables[0].z, said, atol=1e-6)
    if pool == "concatenate":
        assert len(tables) == 1
    else:
        np.testing.assert_allclose(tables[1].z[0], getattr(said, pool)(0), rtol=1e-5)
    words = [a.text for a in figure.layout.annotations]
    assert ("<b>W</b>" in words) == share
    assert ("<b>W<sub>7</sub></b>" in words) == (not share)
    wide = [s.line.color for s in figure.layout.shapes if s.type == "rect" and s.line.width == 4]
    assert len(set(wide)) == (1 if share else 3)
    assert min(a.font.size for a in figure.layout.annotations) >= 13


def test_the_network_draws_without_numbers_and_with_the_whole_picture():
    figure = place_network(np.ones((1, 1, 3)), None, [(0, 0, 1)], [0], local=False, share=False, pool="max", answer="?")
    assert [t.type for t in figure.data] == ["image"]


def test_lines_keep_the_colours_of_sharing_and_pooling():
    values = np.random.default_rng(0).random((4, 13))
    figure = shift_lines(values, (False, True), 3, "accuracy", answers=[["3"] * 13] * 4)
    assert {t.name: t.line.color for t in figure.data} == {PLACE_NAMES[k]: LIGHT.series[i] for k, i in SHARE_AND_POOL.items()}
    assert figure.data[-1].name == "separate + pooled"  # the chosen one on top, and thick
    assert figure.data[-1].line.width > figure.data[0].line.width
    assert figure.layout.shapes[0].x0 == 3


def test_four_ways_are_four_lines():
    figure = way_lines(np.zeros((4, 9)), "blur", 2, "p")
    assert len({t.line.dash for t in figure.data}) == len({t.line.color for t in figure.data}) == len(WAYS)


def test_a_row_holds_the_picture_and_every_map():
    maps = [np.full((8, 8), i + 1.0) for i in range(4)]
    figure = map_row(np.ones((16, 16, 1)), maps, ["a", "b", "c", "d", "e"], columns=3)
    assert [t.type for t in figure.data] == ["image", *["heatmap"] * 4]
    assert [a.text for a in figure.layout.annotations] == ["a", "b", "c", "d", "e"]


def test_curves_compare_with_another_network_where_one_is_given():
    sizes, accuracy = np.array([32, 64, 128]), np.random.default_rng(0).random((4, 3, 2))
    needed = (80.0, 90.0, 100.0, 120.0)
    alone = learning_curves(sizes, accuracy, (True, True), needed, 0.5)
    beside = learning_curves(sizes, accuracy, (True, True), needed, 0.5, reference=40.0, names=PLACE_NAMES)
    assert not any("the samples" in a.text for a in alone.layout.annotations)
    assert any("2.0×" in a.text for a in beside.layout.annotations)
    assert {t.name for t in beside.data} == set(PLACE_NAMES.values())
