"""Vision: what the slide says of pixels and of the long vector."""

import numpy as np
import pytest
import torch
from torch import Generator

from components.learn.train import train
from components.modalities.vision import MODALITY, blur, colour, levels, missing, noise, picture, quantisation, resolution, vec
from components.tasks import digits
from components.tasks.mnist import mnist_example
from components.values import BadInput

RNG = np.random.default_rng


def random_picture(h: int = 5, w: int = 7, d: int = 3) -> dict:
    return picture(RNG(0).random((h, w, d)), "a test")


def test_flatten_is_column_by_column_as_on_the_slide() -> None:
    slide = np.array([[88, 82, 84], [88, 80, 78], [85, 79, 80]]) / 255
    assert np.round(vec(picture(slide[..., None], "slide")) * 255).tolist() == [88, 88, 85, 82, 80, 79, 84, 78, 80]


def test_entry_formula() -> None:
    """x_i[r + h (c + w k)] = X[r, c, k]."""
    sample = random_picture()
    h, w, d = sample["raw"].shape
    x = vec(sample)
    assert x.shape == (h * w * d,)
    for r, c, k in np.ndindex(h, w, d):
        assert x[r + h * (c + w * k)] == sample["raw"][r, c, k]


def test_each_pixel_is_a_vector_of_d_numbers() -> None:
    sample = random_picture()
    assert sample["elements"].shape == (35, 3)
    assert np.array_equal(sample["elements"][2 * 7 + 4], sample["raw"][2, 4])
    assert colour(sample, "grey")["elements"].shape == (35, 1)


def test_half_the_resolution_is_a_quarter_of_the_numbers() -> None:
    sample = MODALITY.examples["cat"]()
    assert vec(resolution(sample, 128)).size * 4 == vec(sample).size


@pytest.mark.parametrize("longest", [4, 8, 64, 512])
def test_resolution_keeps_range_mean_and_shape(longest: int) -> None:
    sample = picture(RNG(0).random((128, 64, 3)), "a test")
    small = resolution(sample, longest)
    assert max(small["grid"]) == min(128, longest)
    assert small["grid"][0] == 2 * small["grid"][1]
    assert small["raw"].mean() == pytest.approx(sample["raw"].mean(), abs=1e-3)


def test_resolution_of_a_single_pixel_or_a_line() -> None:
    assert resolution(picture(np.ones((1, 1, 1)), "a test"), 4)["grid"] == (1, 1)
    assert resolution(picture(np.ones((1, 300, 3)), "a test"), 4)["grid"] == (1, 4)


def test_grey_is_the_luma() -> None:
    red = picture(np.array([[[1.0, 0, 0]]]), "a test")
    assert colour(red, "grey")["raw"][0, 0, 0] == pytest.approx(0.299)


@pytest.mark.parametrize("count", [2, 4, 16, 256])
def test_levels(count: int) -> None:
    found = np.unique(levels(random_picture(40, 40), count)["raw"])
    assert len(found) <= count
    assert np.allclose(found * (count - 1), np.round(found * (count - 1)), atol=1e-5)


def test_damage_has_the_strength_it_says() -> None:
    sample = picture(np.full((200, 200, 1), 0.5), "a test")
    assert noise(sample, 0.2, RNG(0))["raw"].std() == pytest.approx(0.1, rel=0.02)
    assert (missing(sample, 0.3, RNG(0))["raw"] == 0).mean() == pytest.approx(0.3, abs=0.02)
    edge = picture(np.repeat([[0.0], [1.0]], 50, 0).repeat(100, 1)[..., None], "a test")
    assert np.abs(np.diff(blur(edge, 0.5, RNG(0))["raw"][:, 50, 0])).max() < 0.2
    ramp = picture(np.linspace(0, 1, 4096).reshape(64, 64, 1), "a test")
    counts = [len(np.unique(quantisation(ramp, s, RNG(0))["raw"])) for s in (0.01, 3 / 7, 6 / 7, 1)]
    assert counts == [256, 32, 4, 2]
    assert np.array_equal(quantisation(ramp, 0, RNG(0))["raw"], ramp["raw"])
    for damage in (noise, blur, missing, quantisation):
        assert np.allclose(damage(sample, 0.0, RNG(0))["raw"], sample["raw"])


def test_parts_are_disjoint_and_complete() -> None:
    train, test = (digits.rows(n, Generator().manual_seed(0), p) for n, p in ((1297, "train"), (500, "test")))
    assert len(set(train)) == 1297
    assert len(set(test)) == 500
    assert not set(train) & set(test)


def test_any_picture_becomes_a_digit_sized_one() -> None:
    """Dark ink on bright paper, off centre and large, is read as the data set would show it."""
    paper = np.ones((200, 300, 1))
    paper[40:160, 130:150] = 0.1
    x = MODALITY.tasks["digit"].enter(picture(paper, "a test"), 0)[0].reshape(8, 8, order="F")
    assert x[:, 3:5].min() > 0.5
    assert x[:, :2].max() == x[:, 6:].max() == 0
    for shape in ((1, 1, 1), (3, 500, 3), (8, 8, 1)):
        assert MODALITY.tasks["digit"].enter(picture(np.zeros(shape), "a test"), 0).shape == (1, 64)


def test_mnist_reads_any_picture_as_mnist_would_show_it() -> None:
    """Digits of the data set, enlarged and put off centre on a large sheet, come back nearly as they were."""
    alike = []
    for label in range(10):
        digit = mnist_example(label) / 255
        sheet = np.zeros((300, 260, 1))
        sheet[40 : 40 + 196, 5 : 5 + 196, 0] = np.kron(digit, np.ones((7, 7)))
        x = MODALITY.tasks["mnist"].enter(picture(1 - sheet, "dark ink on paper"), 0)[0].reshape(28, 28, order="F")
        alike.append(np.corrcoef(x.ravel(), digit.ravel())[0, 1])
    assert np.mean(alike) > 0.75
    for shape in ((1, 1, 1), (3, 500, 3), (28, 28, 1), (60, 60, 1)):
        assert MODALITY.tasks["mnist"].enter(picture(np.zeros(shape), "a test"), 0).shape == (1, 784)


@pytest.mark.parametrize(("row", "column"), [(0, 0), (255, 255), (100, 37), (7, 250)])
def test_the_patch_is_around_the_marked_pixel(row: int, column: int) -> None:
    sample = MODALITY.examples["cat"]()
    patch = MODALITY.tasks["photograph"].enter(sample, row * 256 + column)[0].reshape(16, 16, 3, order="F")
    top, left = (min(max(at - 8, 0), 240) for at in (row, column))
    assert np.array_equal(patch, sample["raw"][top : top + 16, left : left + 16])
    assert top <= row < top + 16
    assert left <= column < left + 16


def test_a_picture_smaller_than_a_patch_is_refused() -> None:
    with pytest.raises(BadInput, match="16 × 16"):
        MODALITY.tasks["cat"].enter(picture(np.zeros((15, 400, 3)), "a test"), 0)
    grey = MODALITY.tasks["cat"].enter(picture(np.full((16, 16, 1), 0.3), "a test"), 255)
    assert np.allclose(grey, 0.3)
    assert grey.shape == (1, 768)


@pytest.mark.parametrize(("task", "size", "least"), [("mnist", 800, 0.8), ("photograph", 800, 0.6), ("cat", 800, 0.85)])
def test_the_tasks_are_learnt(task: str, size: int, least: float) -> None:
    exercise = MODALITY.tasks[task]
    assert exercise.network is not None
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    *_, frame = train(
        exercise.network, exercise.draw, (size,), steps=200, batch=64, rate=exercise.rate, order="fixed", test=300, every=200
    )
    torch.set_num_threads(before)
    assert frame["accuracy"].item() > least


def test_the_networks_read_out_as_many_classes_as_the_tasks_have() -> None:
    for exercise in MODALITY.tasks.values():
        if exercise.network is not None:
            network = exercise.network([Generator()])
            assert network.read.bias.shape[-1] == len(exercise.classes)


def test_the_situations_of_the_cat_show_what_they_say() -> None:
    """Patches of the cat's test part: known in colour and when blurred, mistaken in grey."""
    exercise, kept = MODALITY.tasks["photograph"], []
    assert exercise.network is not None
    run = train(
        exercise.network, exercise.draw, (1600,), steps=300, batch=64, rate=1e-2, order="fixed", test=50, every=300,
        probe=lambda model, done: kept.append(model) or {},
    )  # fmt: skip
    assert len(list(run)) == 2
    cat = MODALITY.examples["cat"]()

    def known(sample: dict) -> float:
        marks = [r * 256 + c for r in range(16, 256, 16) for c in range(168, 250, 16)]
        x = torch.from_numpy(np.stack([exercise.enter(sample, mark) for mark in marks]))
        with torch.inference_mode():
            return (kept[-1](x[None])[0].argmax(-1) == exercise.classes.index("cat")).float().mean().item()

    assert known(cat) > 0.65
    assert known(blur(cat, 0.3, RNG(0))) > 0.65
    assert known(colour(cat, "grey")) < 0.2
