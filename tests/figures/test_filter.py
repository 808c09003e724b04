"""The pictures of "The filter": readable numbers, zero in the middle of the scale, clicks that name the same place."""

import numpy as np
import pytest

from components.figures.filter_cells import arithmetic, cells, output, piece, said, shade
from components.figures.filter_line import line
from components.figures.filter_shift import lines, planes
from components.figures.filter_whole import signals, whole
from components.figures.scale import DARK, LIGHT, TICK

RNG = np.random.default_rng(0)


def test_numbers_fit_their_cells():
    for value, five, four in ((0.541, "0.54", ".54"), (-0.541, "−0.54", "−.54"), (1, "1", "1"), (-3.14159, "−3.14", "−3.1")):
        assert (said(value), said(value, 4)) == (five, four)
    assert said(-0.001) == "0"
    assert said(-123.4) == "−123"
    assert max(len(said(v, 4)) for v in RNG.normal(0, 20, 500)) <= 4


@pytest.mark.parametrize("scale", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_stand_out_from_their_cell_and_zero_is_the_middle(scale):
    assert np.allclose(shade(np.zeros(1), 2.0, scale)[0] * 255, [int(scale.diverging[1][i : i + 2], 16) for i in (1, 3, 5)])
    for reach in (None, 1.0):
        values = np.linspace(0 if reach is None else -1, 1, 60).reshape(6, 10)
        tiles, text = cells(values, scale, reach=reach)
        assert (tiles["zmin"], tiles["zmax"]) == ((0, 1) if reach is None else (-1, 1))
        c = shade(values.ravel(), reach, scale)
        light = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722)
        ink = np.array([colour == "#ffffff" for colour in text["textfont"]["color"]], float)
        high, low = np.maximum(light, ink), np.minimum(light, ink)
        assert ((high + 0.05) / (low + 0.05)).min() >= 4.5
        assert text["textfont"]["size"] >= TICK


def test_an_output_fills_up_and_names_each_place_once():
    values = RNG.normal(size=(4, 5))
    figure = output(values, 7, 2.0, ["a"] * 20)
    assert np.isfinite(figure.data[0].z).sum() == 8
    assert next(t.customdata for t in figure.data if t.customdata is not None) == tuple(range(20))
    inputs = piece(RNG.random((6, 7)), 1, (-1, -1), 3, np.arange(42).reshape(6, 7) - 1)
    numbers = inputs.data[-1].customdata
    assert numbers[0] == "cell 0"
    assert numbers[1:] == tuple(range(41))


def test_every_picture_draws_with_extreme_input():
    for x in (np.zeros((1, 1)), RNG.random((10, 1)), np.full((3, 3), 1e6)):
        figure = piece(x, 1, (-1, -1), 3, np.full(x.shape, -1))
        assert figure.layout.shapes
        assert whole(x, x, 1.0, 1, (0, 0, *x.shape)).data
        assert planes(x, x, 1.0).data
    for k, h in ((3, 3), (5, 5), (5, 1)):
        figure = arithmetic(np.zeros((h, k)), np.zeros((h, k)), np.zeros((h, k)), -0.5)
        assert any("bias 0.50 = <b>−0.50" in a.text for a in figure.layout.annotations)
    assert signals(RNG.random(1), RNG.random(1), 0, 1, (0, 1)).data
    assert len(lines(RNG.random(3), RNG.random(3)).data) == 2


def test_the_lines_repeat_where_the_filter_is_shared():
    x, weights = RNG.random(8), np.tile([-1.0, 0, 2], (6, 1))

    def looks(w: np.ndarray) -> list[list[tuple]]:
        shapes = line(x, w, np.zeros(6), 5, 0, 1, ["a"] * 6, reach=(None, 1.0)).layout.shapes
        found = [(s.line.color, s.line.dash, round(s.line.width, 3)) for s in shapes if s.type == "line"]
        return [found[i : i + 3] for i in range(0, 15, 3)]  # all but the window reached, which is drawn thicker

    assert all(look == looks(weights)[0] for look in looks(weights))
    assert looks(RNG.normal(size=(6, 3)))[0] != looks(RNG.normal(size=(6, 3)))[1]
