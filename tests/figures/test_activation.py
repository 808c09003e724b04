"""The picture with a channel's answers over it, and the sheets around it."""

import numpy as np

from components.figures.activation import activation, occluded, tinted, top_classes
from components.figures.channels import channel_sheet, patches, strip
from components.figures.scale import DARK, LIGHT

PICTURE = np.random.default_rng(0).random((224, 224, 3))


def test_tint_leaves_alone_what_is_usual_and_grows_with_the_answer() -> None:
    strength = np.zeros((224, 224))
    strength[:, 100:] = np.linspace(0, 1, 124)
    found = tinted(np.full_like(PICTURE, 0.5), strength, "#ff0000")
    assert np.ptp(found[:, :100]) < 1e-9
    redder = found[0, :, 0] - found[0, :, 2]
    assert (np.diff(redder) >= -1e-12).all()
    assert redder[-1] > 0.4
    assert 0 <= found.min() <= found.max() <= 1


def test_a_click_tells_the_pixel_and_never_an_element() -> None:
    figure = activation(PICTURE, PICTURE[..., 0], PICTURE[..., 1], (10, 20), (0, 0, 80, 90), (5, 5, 40, 40), scale=DARK)
    names = figure.data[1].customdata
    assert all(isinstance(name, str) for name in names)
    at = [tuple(int(v) for v in name.split(".")) for name in names]
    assert [(r, c) for r, c in zip(figure.data[1].y, figure.data[1].x, strict=True)] == at


def test_a_small_field_gets_one_frame() -> None:
    large = activation(PICTURE, PICTURE[..., 0], PICTURE[..., 1], (10, 20), (0, 0, 80, 90), (5, 5, 40, 40))
    small = activation(PICTURE, PICTURE[..., 0], PICTURE[..., 1], (10, 20), (0, 0, 9, 9), (1, 1, 8, 8))
    assert len(large.layout.shapes) == 2 * len(small.layout.shapes)


def test_the_chosen_channel_is_framed() -> None:
    figure = channel_sheet(np.ones((7, 14, 14)), [5, 3, 9, 2, 8, 1, 0], 1.0, 9, scale=LIGHT)
    framed = [shape for shape in figure.layout.shapes if shape.line.width == 4]
    assert [(s.x0, s.y0) for s in framed] == [(2, 0)]
    assert list(figure.data[1].customdata) == ["c5", "c3", "c9", "c2", "c8", "c1", "c0"]


def test_maps_of_all_sizes_stand_in_one_strip() -> None:
    figure = strip([PICTURE[:n, :n, 0] for n in (112, 56, 7, 1)], ["a", "b", "c", "d"], ["w"] * 4, 2)
    assert list(figure.data[1].customdata) == ["l0", "l1", "l2", "l3"]


def test_nothing_covered_yet_is_drawn_plainly() -> None:
    figure = occluded(PICTURE, np.full((224, 224), np.nan), None, 1.0)
    assert set(figure.data[1].text) == {"not covered yet"}
    assert not figure.layout.shapes


def test_patches_and_classes_carry_their_words() -> None:
    assert len(patches([PICTURE[:9, :9]] * 8, ["w"] * 8, ["+1.0"] * 8).layout.annotations) == 8
    assert "espresso" in top_classes(["espresso", "cup"], np.array([0.9, 0.1])).layout.annotations[0].text
