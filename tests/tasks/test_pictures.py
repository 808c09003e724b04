"""MNIST and the patches of photographs: what is drawn, and that no pixel is in both parts."""

import numpy as np
import pytest
from torch import Generator

from components.tasks import photographs
from components.tasks.mnist import MNIST_SIDE, MNIST_TRAIN, draw_mnist, mnist, mnist_example
from components.tasks.photographs import BORDER, PATCH, PATCH_SOURCES, corners, draw_patches, pixels_of, window_means


def seed(n: int = 0) -> Generator:
    return Generator().manual_seed(n)


def test_mnist_is_what_was_published() -> None:
    images, labels = mnist()
    assert images.shape == (5000, 28, 28)
    assert images.dtype == np.uint8
    assert (images.min(), images.max()) == (0, 255)
    assert np.bincount(labels).tolist() == [500] * 10
    assert 0.1 < (images > 0).mean() < 0.25  # mostly paper


def test_all_of_mnist_is_drawn_once() -> None:
    """4,000 to train on and 1,000 to test on; a training set contains no picture twice."""
    seen = [{o.numpy().tobytes() for o in draw_mnist(n, seed(), p)[0]} for n, p in ((MNIST_TRAIN, "train"), (1000, "test"))]
    assert [len(s) for s in seen] == [4000, 1000]
    assert not seen[0] & seen[1]


def test_mnist_comes_column_by_column() -> None:
    x, y = draw_mnist(1, seed(), "test")
    image = np.round(x.numpy().reshape(MNIST_SIDE, MNIST_SIDE, order="F") * 255).astype(np.uint8)
    images, labels = mnist()
    (match,) = np.flatnonzero((images == image).all((1, 2)))
    assert match >= MNIST_TRAIN
    assert labels[match] == y[0]
    assert mnist_example(7).shape == (28, 28)


@pytest.mark.parametrize("name", PATCH_SOURCES)
def test_no_pixel_is_in_both_parts(name: str) -> None:
    covered = {}
    for part in ("train", "test"):
        where = np.zeros((256, 256), bool)
        for r, c in corners(name, part):
            where[r : r + PATCH, c : c + PATCH] = True
        covered[part] = where
    assert not (covered["train"] & covered["test"]).any()
    assert not covered["train"][:, BORDER:].any()
    assert not covered["test"][:, :BORDER].any()
    assert all(where.sum() > 5000 for where in covered.values())


def test_a_patch_is_from_the_photograph_its_label_says() -> None:
    x, y = draw_patches(12, seed(4), "test")
    for patch, label in zip(x.numpy(), y.tolist(), strict=True):
        found = patch.reshape(PATCH, PATCH, 3, order="F")
        pixels = pixels_of(PATCH_SOURCES[label])
        where = np.argwhere((pixels[: -PATCH + 1, BORDER : -PATCH + 1] == found[0, 0]).all(-1))
        assert any(np.array_equal(pixels[r : r + PATCH, BORDER + c : BORDER + c + PATCH], found) for r, c in where)


def test_patches_are_balanced() -> None:
    counts = np.bincount(draw_patches(3000, seed(), "train")[1].numpy())
    assert counts.min() > 400
    assert draw_patches(3000, seed(), "train", only="cat")[1].float().mean().item() == pytest.approx(0.5, abs=0.04)


def test_flat_patches_are_left_out() -> None:
    x = draw_patches(500, seed(), "train")[0].numpy().reshape(500, 3, -1).mean(1)
    assert x.std(1).min() > 0.9 * photographs.FLAT


def test_means_of_windows() -> None:
    values = np.random.default_rng(0).random((40, 30))
    direct = np.lib.stride_tricks.sliding_window_view(values, (PATCH, PATCH)).mean((2, 3))
    assert np.allclose(window_means(values), direct)
