"""The picture of a network at work: sheets keep every number in its place, scales are centred, fonts are readable."""

import base64
import io
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image

from components.figures.feature_maps import first_layer, later_layers, one_map
from components.figures.scale import DARK, LIGHT, TICK, Scale
from components.figures.strong_windows import strong_windows
from components.figures.tiles import largest, shaded, sheet, signed
from components.figures.training_curves import class_bars, training_curves

RNG = np.random.default_rng(0)


def stage(n: int = 8, colours: int = 1, side: int = 28, scale: Scale = LIGHT, **more: Any) -> go.Figure:
    bank = RNG.normal(size=(n, 5, 5, colours))
    return first_layer(RNG.random((side, side, colours)), (bank, bank), RNG.random((n, side, side)), scale=scale, **more)


def sizes(figure: go.Figure) -> list[float]:
    notes = [a.font.size for a in figure.layout.annotations]
    return [s for s in [*notes, figure.layout.font.size] if s is not None]


def test_a_sheet_holds_every_tile_where_it_belongs() -> None:
    tiles = np.arange(6, dtype=np.float32)[:, None, None, None] / 6 * np.ones((6, 14, 14, 3), np.float32)
    whole = sheet(tiles, 2)
    step = whole.shape[0] // 3
    middles = whole[step // 2 :: step, step // 2 :: step]
    assert np.allclose(middles[..., 0], np.arange(6).reshape(3, 2) / 6)
    assert np.all(middles[..., 3] == 1)
    assert whole[..., 3].min() == 0  # the gaps are clear


def test_zero_is_the_middle_of_the_scale_and_signs_are_opposite() -> None:
    bank = np.array([-2.0, 0.0, 2.0]).reshape(1, 1, 3, 1)
    colours = signed(bank, LIGHT)[0, 0]
    ends = [tuple(int(LIGHT.diverging[i][k : k + 2], 16) / 255 for k in (1, 3, 5)) for i in range(3)]
    assert np.abs(colours - np.array(ends)).max() < 0.02
    assert np.allclose(signed(np.zeros((1, 2, 2, 3)), LIGHT), 0.5)


def test_what_is_no_number_is_drawn_and_does_not_break_the_scale() -> None:
    values = np.array([[np.nan, np.inf], [1.0, 0.0]])
    assert largest(values) == 1.0
    assert largest(np.full(3, np.nan)) == 1.0
    assert np.isfinite(shaded(values, LIGHT.sequential, 0, 1)).all()
    assert np.isfinite(signed(np.full((2, 3, 3, 3), np.nan), DARK)).all()


@pytest.mark.parametrize("scale", [LIGHT, DARK], ids=lambda s: s.name)
@pytest.mark.parametrize(("n", "colours", "side"), [(4, 1, 28), (8, 3, 16), (12, 3, 32)])
def test_the_first_layer_can_be_clicked_filter_by_filter(n: int, colours: int, side: int, scale: Scale) -> None:
    figure = stage(n, colours, side, scale, chosen=1, field=(0, 0, 5, 5), whole=(RNG.random((20, 30, 3)), (0.1, 0.1, 0.5, 0.5)))
    names = [name for trace in figure.data for name in (trace.customdata if trace.customdata is not None else ())]
    assert all(isinstance(name, str) for name in names)  # hovering one must not echo in other charts
    assert {f"conv1:{i}" for i in range(n)} <= set(names)
    assert any(name.startswith("patch:") for name in names)
    assert min(sizes(figure)) >= TICK


@pytest.mark.parametrize("shape", [(1, 1), (512, 1), (1, 300)])
def test_extreme_pictures_are_drawn_within_their_square(shape: tuple[int, int]) -> None:
    figure = stage(whole=(RNG.random((*shape, 1)), None))
    images = [t for t in figure.data if t.type == "image"]
    last = images[-1]
    assert last.dx * shape[1] <= 0.36 * 8 + 1e-6
    assert last.dy * shape[0] <= 0.36 * 8 + 1e-6


@pytest.mark.parametrize(("ending", "pooled"), [("max", 32), ("concatenate", 32 * 49)])
def test_later_layers_show_all_maps_and_all_that_is_left(ending: str, pooled: int) -> None:
    maps = {"conv2": RNG.random((16, 14, 14)), "conv3": RNG.random((32, 7, 7))}
    figure = later_layers(maps, RNG.random(pooled), ending, chosen=("conv3", 6))
    names = {name for trace in figure.data if trace.customdata is not None for name in trace.customdata}
    assert names == {f"conv2:{i}" for i in range(16)} | {f"conv3:{i}" for i in range(32)}
    box = figure.layout.shapes[0]
    assert (box.y0, box.y1) == (1, 2)  # map 7 stands in the second row of four
    assert f"{pooled:,}" in figure.layout.annotations[-1].text


def test_concatenated_numbers_stand_beside_their_map() -> None:
    maps = np.zeros((32, 2, 2))
    maps[5] = 1.0
    pooled = maps.reshape(32, 4).T.ravel()  # place after place, as the pool gives them
    figure = later_layers({"conv2": np.ones((16, 4, 4)), "conv3": maps}, pooled, "concatenate")
    image = Image.open(io.BytesIO(base64.b64decode(figure.data[-1].source.split(",")[1])))
    rows = np.asarray(image.convert("RGB"), float).sum(-1)
    assert rows.shape == (32, 4)
    assert list(np.flatnonzero(rows.mean(1) < rows.mean())) == [5]


def test_one_map_marks_the_place_it_is_told() -> None:
    figure = one_map(RNG.random((7, 7)), RNG.normal(size=(16, 3, 3, 1)), (2, 5), name="conv 3, map 1")
    ring = figure.data[-1]
    assert (ring.x[0], ring.y[0]) == pytest.approx((5.5 / 7, 2.5 / 7))
    assert min(sizes(figure)) >= TICK


def test_a_silent_map_has_no_strongest_place() -> None:
    figure = one_map(np.zeros((7, 7)), RNG.normal(size=(1, 5, 5, 3)), None, name="conv 1, map 1: silent")
    assert not [t for t in figure.data if t.type == "scatter"]


def test_curves_leave_out_what_cannot_be_drawn() -> None:
    step = np.array([0, 10, 20, 30])
    loss = np.array([0.0, 2.0, np.nan, np.inf])
    figure = training_curves(step, step / 30, step / 30, loss, at=20)
    assert list(figure.data[2].x) == [10]
    assert min(sizes(figure)) >= TICK
    assert len(training_curves(*(np.zeros(0),) * 4).data) == 3


def test_bars_mark_the_truth() -> None:
    figure = class_bars(np.array([0.1, 0.7, 0.2]), ("a", "b", "c"), 2)
    assert list(figure.data[0].y) == ["a", "b", "c ●"]


def test_silent_filters_say_so() -> None:
    windows = [RNG.random((8, 5, 5, 1)), np.zeros((0, 1, 1, 1))]
    figure = strong_windows(windows, [[1.0] * 8, []], ["filter 1", "filter 2"], RNG.normal(size=(2, 5, 5, 1)), 0)
    assert any("silent" in a.text for a in figure.layout.annotations)
    assert min(sizes(figure)) >= TICK
