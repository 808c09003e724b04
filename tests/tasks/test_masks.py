"""Real digits on real photographs: the mask is the ink, the parts share nothing, any picture can be a background."""

import numpy as np
import pytest
from torch import Generator

from components.tasks.masks import COLOURS, MASK_SIDE, draw_masks, enlarged, resized, scene, scenes, window, written
from components.tasks.mnist import mnist_example
from components.tasks.photographs import BORDER, PATCH_SOURCES, pixels_of


def test_the_mask_is_where_the_ink_is() -> None:
    ground, pen = np.full((MASK_SIDE, MASK_SIDE, 3), 0.5, np.float32), np.array([1, 0.2, 0.9], np.float32)
    ink = enlarged(mnist_example(3) / 255)
    x, mask = written(ground, ink, 2, 5, pen)
    np.testing.assert_array_equal(x[~mask & (x == 0.5).all(-1)], 0.5)
    np.testing.assert_allclose(x[2:38, 5:41][ink == 1], np.broadcast_to(pen, (int((ink == 1).sum()), 3)))
    np.testing.assert_array_equal(mask[2:38, 5:41], ink > 0.5)
    assert 100 < mask.sum() < 700


def test_pictures_are_drawn_again_alike_and_lie_in_their_bounds() -> None:
    x, y = draw_masks(6, Generator().manual_seed(0), "train")
    again, _ = draw_masks(6, Generator().manual_seed(0), "train")
    assert x.shape == (6, 1, MASK_SIDE**2 * COLOURS)
    assert y.shape == (6, MASK_SIDE**2)
    assert (x == again).all()
    assert 0 <= x.min() < x.max() <= 1
    assert set(y.unique().tolist()) == {0, 1}
    assert (y.mean(1) > 0.02).all()


def test_picture_and_mask_are_flattened_alike() -> None:
    x, masks = scenes(3, np.random.default_rng(5), "test")
    assert x.shape == (3, MASK_SIDE, MASK_SIDE, COLOURS)
    assert masks.dtype == bool
    bright = np.abs(x - np.median(x, (1, 2), keepdims=True)).mean(-1)
    assert all(b[m].mean() > b[~m].mean() for b, m in zip(bright, masks, strict=True))  # the ink stands out


def test_the_parts_take_their_backgrounds_from_different_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    marked = np.zeros((256, 256, 3), np.float32)
    marked[:, BORDER:] = 1
    monkeypatch.setattr("components.tasks.masks.pixels_of", lambda name: marked)
    rng = np.random.default_rng(0)
    for _ in range(20):
        assert window(rng, "train").max() == 0
        assert window(rng, "test").min() == 1


@pytest.mark.parametrize("shape", [(1, 1, 1), (512, 1, 3), (1, 300, 1), (8, 8, 1), (256, 256, 3), (31, 77, 3)])
def test_any_picture_is_a_background(shape: tuple[int, int, int]) -> None:
    ground = resized(np.random.default_rng(0).random(shape).astype(np.float32))
    assert ground.shape == (MASK_SIDE, MASK_SIDE, 3)
    x, mask = scene(ground, mnist_example(6) / 255)
    assert np.isfinite(x).all()
    assert mask.any()


def test_all_photographs_in_colour_serve() -> None:
    assert all(pixels_of(name).shape == (256, 256, 3) for name in PATCH_SOURCES)
