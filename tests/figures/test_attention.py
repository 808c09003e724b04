"""Attention over pictures, as matrices and as curves: everything that is said is in the figure, light and dark."""

import numpy as np
import pytest

from components.figures.attention_curves import Line, answers, compared, reaches
from components.figures.attention_matrix import Matrix, attention_matrices
from components.figures.attention_picture import attention_picture, attention_sheet, blended
from components.figures.scale import SCALES

PICTURE = np.random.default_rng(0).random((28, 28), np.float32)


def shares(*shape: int) -> np.ndarray:
    raw = np.random.default_rng(1).random(shape)
    return raw / raw.sum(-1, keepdims=True)


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
@pytest.mark.parametrize("n", [17, 50])
@pytest.mark.parametrize("query", [0, 1, 16])
def test_every_patch_can_be_clicked_and_says_its_weight(scale, n, query):
    weights = shares(n)
    figure = attention_picture(PICTURE, weights, query, "A map", scale=scale)
    target = figure.data[1]
    assert list(target.customdata) == [f"q{i}" for i in range(n)]
    assert all(f"{w:.1%}" in text for w, text in zip(weights, target.text, strict=True))
    ring = figure.layout.shapes[-1]
    assert ring.line.color == scale.series[2]
    if query == 1:
        assert (ring.x0, ring.y0) == (0, 0)


def test_clicks_lie_on_their_patches():
    target = attention_picture(PICTURE, shares(17), 0, "").data[1]
    assert (target.x[1], target.y[1]) == (3.5, 3.5)
    assert (target.x[8], target.y[8]) == (24.5, 10.5)
    assert target.y[0] < 0


def test_heat_colours_only_where_there_is_attention():
    heat = np.zeros((4, 4))
    heat[1, 2] = 1
    mixed = blended(PICTURE, heat, "#ff0000")
    assert mixed.shape == (28, 28, 3)
    assert np.ptp(mixed[:7], -1).max() == pytest.approx(0)
    assert (mixed[7:14, 14:21, 0] > mixed[7:14, 14:21, 1]).all()


def test_nothing_attended_is_no_error():
    assert attention_picture(PICTURE, np.zeros(17), 0, "").data


def test_the_sheet_has_every_head():
    figure = attention_sheet(PICTURE, shares(3, 4, 17), (2, 1))
    assert list(figure.data[-1].customdata) == [f"b{r}h{c}" for r in range(3) for c in range(4)]
    ring = figure.layout.shapes[0]
    assert (ring.x0, ring.y0) == (1.02, 2.02)
    assert {"head 4", "layer 3"} <= {a.text for a in figure.layout.annotations}


def test_matrices_say_their_shapes_and_mark_the_query():
    rows = ["the", "cat", "sat"]
    drawn = [Matrix("X", np.random.default_rng(0).normal(size=(3, 8))), Matrix("A", shares(3, 3), rows, share=True)]
    figure = attention_matrices(drawn, rows, 1)
    assert [a.text for a in figure.layout.annotations] == ["<b>X</b>  3 × 8", "<b>A</b>  3 × 3"]
    assert figure.data[0].zmin == -figure.data[0].zmax
    assert figure.data[1].zmin == 0
    assert figure.data[1].text[1][2] == "cat → sat"
    assert figure.layout.shapes[0].y0 == 0.5


def test_curves_answers_and_reach():
    x = np.array([100, 300, 1000])
    figure = compared([Line("cnn", x, x / 1000, x / 9e3), Line("vit", x, x / 2000)], "digits", log=True)
    assert list(figure.layout.xaxis.tickvals) == [100, 300, 1000]
    assert figure.data[0].line.dash != figure.data[1].line.dash
    bars = answers({"cnn": shares(10), "bag": shares(10)})
    assert [t.name for t in bars.data] == ["convolution", "transformer without positions"]
    dots = reaches(np.arange(12.0).reshape(3, 4), 14.0, (1, 2)).data[0]
    assert dots.y[6] == 6
    assert max(dots.marker.size) == dots.marker.size[6]
