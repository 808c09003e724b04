"""The places a filter answers to most, and the windows around them."""

import numpy as np

from components.measure.strongest import strongest, window


def test_the_largest_answer_of_each_picture_in_order() -> None:
    maps = np.zeros((4, 3, 5), np.float32)
    maps[0, 2, 4], maps[1, 0, 1], maps[3, 1, 3] = 2, 5, 3
    found = strongest(maps, 8)
    assert [(p.picture, p.row, p.column, p.value) for p in found] == [(1, 0, 1, 5.0), (3, 1, 3, 3.0), (0, 2, 4, 2.0)]
    assert len(strongest(maps, 2)) == 2


def test_a_silent_filter_has_none_and_what_is_no_number_counts_as_zero() -> None:
    assert strongest(np.zeros((3, 2, 2)), 4) == []
    assert strongest(np.full((1, 2, 2), np.nan), 4) == []


def test_a_window_beyond_the_border_is_padded_with_zeros_as_the_convolution_does() -> None:
    picture = np.arange(1, 17, dtype=np.float32).reshape(4, 4, 1)
    cut = window(picture, (-1, 2), (2, 5))[..., 0]
    assert np.array_equal(cut, [[0, 0, 0], [3, 4, 0], [7, 8, 0]])
    assert np.array_equal(window(picture, (0, 4), (0, 4)), picture)
    assert not window(picture, (-9, -5), (0, 4)).any()


def test_the_window_holds_exactly_what_made_the_answer() -> None:
    rng = np.random.default_rng(0)
    kernel, picture = rng.normal(size=(5, 5)), rng.random((9, 9, 1)).astype(np.float32)
    padded = np.pad(picture[..., 0], 2)
    answer = np.array([[(padded[r : r + 5, c : c + 5] * kernel).sum() for c in range(9)] for r in range(9)])
    place = strongest(answer[None], 1)[0]
    cut = window(picture, (place.row - 2, place.row + 3), (place.column - 2, place.column + 3))
    assert abs((cut[..., 0] * kernel).sum() - place.value) < 1e-5
