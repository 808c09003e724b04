"""The pictures of the view "Depth": what is drawn is what was given, in light and dark, with odd sizes."""

import numpy as np
import pytest

from components.figures.abstractions import abstractions, enlarged
from components.figures.field_frame import field_frame, lit
from components.figures.pooling_steps import pooling_steps
from components.figures.probe_curve import field_curve, probe_curve
from components.figures.pyramid import Row, pyramid
from components.figures.scale import DARK, LIGHT

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("scale", [LIGHT, DARK])
def test_the_frame_and_the_light(scale):
    influence = np.zeros((28, 28))
    influence[10:15, 10:15] = 1
    figure = field_frame(np.zeros((28, 28, 1)), influence, (8, 8, 17, 17), (12, 12), 5.0, scale=scale)
    assert any(s.type == "circle" and s.x1 - s.x0 == 5 for s in figure.layout.shapes)
    assert any(s.type == "rect" and (s.x0, s.x1) == (8, 17) for s in figure.layout.shapes)
    assert all(str(name).startswith("s") for name in figure.data[1].customdata)
    assert not any(
        s.type == "circle" for s in field_frame(np.zeros((9, 9, 3)), np.zeros((9, 9)), (0, 0, 9, 9), (4, 4), 0).layout.shapes
    )
    assert lit(np.ones((28, 28, 1)), influence, "#000000").shape == (28, 28, 3)


def test_the_pyramid_has_a_row_for_each_layer_and_its_top():
    rows = [Row("conv 1", 3, 7, 28, 1, 0.0, 5), Row("conv 2", 5, 5, 28, 1, 0.0, 7)]
    figure = pyramid(rows, RNG.random((28, 1)), np.ones(28), scale=DARK)
    words = [a.text for a in figure.layout.annotations]
    assert {"conv 1", "<b>conv 2</b>", "5 px", "<b>7 px</b>", "pixels"} <= set(words)
    edge = figure.layout.shapes[0]
    assert (edge.x0, edge.x1) == (1.5, 8.5)
    assert pyramid([Row("a", 0, 0, 1, 128, 63.5, 1531)], RNG.random((128, 3)), np.zeros(128)).data


def test_the_curves_name_what_they_show():
    layers = ["pixels", "conv 1", "pool"]
    figure = probe_curve(layers, np.full((5, 3), 0.9), np.full((5, 3), 0.11), 1, chance=0.1)
    assert [t.name for t in figure.data] == ["random weights", "trained", "the pixels"]
    live = probe_curve(layers, np.full((5, 3), 0.9), np.full((5, 3), 0.5), None, chance=0.1, live=(np.ones(3), "here"))
    assert "here" in [t.name for t in live.data]
    grown = field_curve(["layer1", "layer2"], [3, 1531], np.array([3.0, np.nan]), 1, 128)
    assert grown.layout.yaxis.type == "log"


def test_the_strip_frames_the_chosen_and_shows_single_places():
    figure = abstractions(
        [RNG.random((1, 1, 3)), RNG.random((7, 7, 1))], ["a", "b"], ["1<br>1", "49<br>1"], 1, names=["l0", "l1"]
    )
    assert len(figure.layout.shapes) == 1
    assert enlarged(RNG.random((1, 1, 1))).shape == (112, 112, 3)


def test_pooling_writes_every_number():
    x = RNG.random((8, 8))
    figure = pooling_steps(x, x[::4, ::4], x > 2, 4, 99)
    assert len(figure.data[2].text) == 64
    assert len(figure.data[3].text) == 4
