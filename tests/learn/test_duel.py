"""The convolutional network against the transformer: same digits, frames of both, weights that can be looked into."""

import numpy as np
import pytest
import torch

from components.learn.attending import Held, answers, attended, distances, entered, filled, held, matrices, networks, recorded
from components.learn.device import settle
from components.learn.duel import Duel, duel, makers, moved, moved_accuracy
from components.models.vision_transformer import VisionTransformer
from components.tasks.mnist import MNIST_TRAIN, mnist, mnist_example

KEPT = Held(Duel())
settle()  # one core of two: threads that wait for each other on a busy machine cost minutes


def test_frames_hold_both_and_at_times_their_weights():
    frames = list(duel(Duel(100), steps=50))
    assert [int(f["step"]) for f in frames] == [0, 10, 20, 30, 40, 50]
    assert {"cnn/accuracy", "vit/accuracy", "cnn/loss", "vit/loss", "cnn/seconds", "vit/seconds"} <= set(frames[3])
    assert [any(n.startswith("weights/") for n in f) for f in frames] == [True, False, False, False, False, True]
    assert held(Duel(100), frames[:4]).step == 0
    model, cnn = networks(held(Duel(100), frames))
    digit = mnist_example(5).astype(np.float32) / 255
    assert answers(model, digit).sum() == pytest.approx(1, abs=1e-5)
    assert answers(cnn, digit).shape == (10,)
    assert sum(a.nbytes for n, a in frames[-1].items()) < 250_000


def test_a_moved_digit_is_the_digit_moved():
    image = np.random.default_rng(0).random((28, 28), np.float32)
    for down, right in ((3, 0), (-2, 0), (0, 4), (0, -1), (2, -3)):
        expected = np.zeros_like(image)
        rows, columns = np.nonzero(np.ones_like(image))
        r, c = rows + down, columns + right
        inside = (r >= 0) & (r < 28) & (c >= 0) & (c < 28)
        expected[r[inside], c[inside]] = image[rows[inside], columns[inside]]
        assert torch.equal(moved(entered(image), down, right), entered(expected))
    assert torch.equal(moved(entered(image), 0, 0), entered(image))


def test_without_a_run_the_recorded_weights_hold_whatever_the_number_of_digits():
    assert held(Duel(100), []) == held(Duel(4000), []) == KEPT


def test_not_moved_is_the_accuracy_itself():
    images, labels = mnist()
    x = torch.from_numpy(images[MNIST_TRAIN:].transpose(0, 2, 1).reshape(-1, 1, 784).astype(np.float32) / 255)
    y = torch.from_numpy(labels[MNIST_TRAIN:])
    assert moved_accuracy(networks(KEPT)[1], x, y, 1, 0).item() == pytest.approx(
        float(recorded("weights")["cnn/accuracy"][0]), abs=0.003
    )


def test_the_recorded_transformer_reads_digits():
    found = recorded("weights")
    assert float(found["vit/7/1/accuracy"][0]) > 0.93
    assert float(found["cnn/accuracy"][0]) > 0.96
    images, labels = mnist()
    x = torch.from_numpy(images[MNIST_TRAIN:].transpose(0, 2, 1).reshape(1, -1, 1, 784).astype(np.float32) / 255)
    with torch.inference_mode():
        right = (networks(KEPT)[0](x).argmax(-1)[0].numpy() == labels[MNIST_TRAIN:]).mean()
    assert right == pytest.approx(float(found["vit/7/1/accuracy"][0]), abs=0.003)


@pytest.mark.parametrize("patch", [7, 4])
def test_without_positions_the_recorded_one_reads_any_order_alike(patch):
    digit = mnist_example(5).astype(np.float32) / 255
    order = np.random.default_rng(1).permutation((28 // patch) ** 2)
    bag, placed = (networks(Held(Duel(patch=patch, positions=p)))[0] for p in (False, True))
    assert np.abs(answers(bag, digit, order) - answers(bag, digit)).max() < 1e-5
    assert np.abs(answers(placed, digit, order) - answers(placed, digit)).max() > 1e-3


def test_attention_and_matrices_agree():
    digit = mnist_example(7).astype(np.float32) / 255
    model = networks(KEPT)[0]
    attention = attended(KEPT, digit.tobytes())
    assert attention.shape == (3, 4, 17, 17)
    found = matrices(model, digit, 1, 2)
    assert found["weights"] == pytest.approx(attention[1, 2], abs=1e-6)
    assert found["weights"] @ found["value"] == pytest.approx(found["head"], abs=1e-5)
    assert found["x"].shape == (17, 48)
    assert found["query"].shape == (17, 12)


def test_distances_lie_within_the_picture():
    found = distances(KEPT)
    assert found.shape == (3, 4, 100)
    assert found.min() > 0
    assert found.max() < 28 * 2**0.5


def test_recorded_curves_say_what_the_page_says():
    data = recorded("sweeps")
    assert (data["cnn/accuracy"].mean(1) > data["vit/accuracy"].mean(1)).all()
    assert (np.diff(data["vit/accuracy"].mean(1)) > 0).all()
    lost = {k: data[f"{k}/moved"].mean(1)[0] - data[f"{k}/moved"].mean(1)[4] for k in ("cnn", "vit")}
    assert lost["vit"] > lost["cnn"]
    assert data["bag/shuffled"] == pytest.approx(data["bag/moved"][0], abs=0.002)
    assert data["vit/shuffled"].mean() < 0.6


def test_weights_must_fit():
    with pytest.raises(RuntimeError, match="Missing"):
        filled(makers(Duel())["vit"]([torch.Generator()]), {}, "weights/vit/")
    assert isinstance(makers(Duel())["vit"]([torch.Generator()]), VisionTransformer)
