"""The figures of the Sets page show the numbers they were given."""

import numpy as np
import pytest

from components.figures.factor import Row, factors
from components.figures.learning_curves import ARCHITECTURES, NAMES, learning_curves
from components.figures.multiset_tiles import multiset_tiles
from components.figures.orders import order_strips
from components.figures.scale import DARK, LIGHT, SHARE_AND_POOL
from components.figures.set_network import picture, set_network
from components.measure.multisets import groups

SIZES = np.array([16, 32, 64, 128])
ACCURACY = np.random.default_rng(0).uniform(0.3, 1, (4, 4, 5))


def curves(**more):
    return learning_curves(SIZES, ACCURACY, (False, True), [16.0, 40.0, 64.0, np.inf], 0.8, **more)


@pytest.mark.parametrize("scale", [LIGHT, DARK])
def test_curves_are_the_means_with_their_standard_errors(scale):
    figure = curves(scale=scale)
    for i, kind in enumerate(ARCHITECTURES):
        trace = next(t for t in figure.data if t.name == NAMES[kind])
        np.testing.assert_allclose(trace.y, ACCURACY[i].mean(1))
        np.testing.assert_allclose(trace.error_y.array, ACCURACY[i].std(1, ddof=1) / 5**0.5)
        assert trace.line.color == scale.series[SHARE_AND_POOL[kind]]


def test_the_chosen_curve_is_bold_and_on_top():
    figure = curves()
    widths = {t.name: t.line.width for t in figure.data}
    assert figure.data[-1].name == NAMES[(False, True)]
    assert widths[NAMES[(False, True)]] == max(widths.values())


def test_the_arrow_says_the_factor():
    texts = " ".join(a.text for a in curves().layout.annotations)
    assert "4.0×" in texts
    never = learning_curves(SIZES, ACCURACY, (False, False), [16.0, 40.0, 64.0, np.inf], 0.8)
    assert "> 8×" in " ".join(a.text for a in never.layout.annotations)


def test_earlier_results_stay_faded_behind():
    figure = curves(earlier=ACCURACY[:, :, :1])
    assert len(figure.data) == 8
    assert all(t.line.color.startswith("rgba") and not t.showlegend for t in figure.data[:4])


def test_factors_draw_estimates_bounds_and_the_unknown():
    rows = [
        Row(NAMES[(True, False)], 7.0, 6.0, 8.0, "7.0×", 76.0),
        Row(NAMES[(False, True)], np.inf, np.inf, np.inf, "> 76×", 76.0),
        Row("look-up", np.nan, np.nan, np.nan, "neither gets there", 1.0),
    ]
    figure = factors(5, rows)
    dots = [t for t in figure.data if t.mode == "markers"]
    assert [d.x[0] for d in dots] == [7.0, 76.0]
    assert dots[1].marker.symbol == "triangle-right"
    assert "120" in figure.layout.title.text


def test_strips_have_a_cell_for_every_order_and_say_the_spread():
    truth = np.linspace(0, 1, 24).reshape(4, 6)
    truth[0] = 0.5
    figure = order_strips(truth, [["x"] * 6] * 4, list("abcdef"), (True, True))
    assert figure.data[0].z.shape == (4, 6)
    assert "spread 0" in figure.data[0].y[0]
    assert "<b>" in figure.data[0].y[0]


@pytest.mark.parametrize("pool", ["sum", "mean", "max", "attention"])
def test_there_is_a_tile_for_every_multiset_and_none_lies_on_another(pool):
    figure = multiset_tiles(groups(pool), 0)
    tiles = list(zip(figure.data[0].x, figure.data[0].y, strict=True))
    assert len(tiles) == len(set(tiles)) == 34


@pytest.mark.parametrize(("share", "pool"), [(True, "sum"), (False, "concatenate")])
def test_shared_boxes_share_a_colour(share, pool):
    figure = set_network(["A", np.eye(8), "C"], share, pool, "ABC", {"phi": 10, "rho": 20})
    boxes = [s for s in figure.layout.shapes if s.type == "rect" and abs((s.x0 + s.x1) / 2 - 1.15) < 0.01]
    assert len(boxes) == 3
    assert len({b.line.color for b in boxes}) == (1 if share else 3)


def test_a_black_picture_is_drawn_too():
    assert picture(np.zeros((8, 8))).startswith("data:image/png;base64,")
