"""The loop learns, gives the same for one model and for a stack, and the same from the same seed."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import Generator

from components.learn.device import devices
from components.learn.train import shuffle, train
from components.models.set_classifier import SetClassifier
from components.tasks import team

TASK = team.make(4)
NETWORK = partial(SetClassifier, 16, 16, 4, True, "sum")
SEEN = partial(SetClassifier, 16, 16, 4, True, "concatenate")


def last(*args, **more):
    *_, frame = train(*args, **more)
    return frame


def test_a_stack_learns_what_each_of_its_models_learns_alone():
    stack = last(NETWORK, TASK.draw, (32, 128), seeds=1, steps=120)
    for i, size in enumerate((32, 128)):
        alone = last(NETWORK, TASK.draw, (size,), seeds=1, steps=120)
        # the pool of a stack is as long as its largest size; a shorter pool is another draw of the same task
        assert abs(alone["accuracy"][0, 0] - stack["accuracy"][i, 0]) < 0.12


def test_replicas_do_not_influence_each_other():
    two = last(NETWORK, TASK.draw, (64,), seeds=2, steps=60)
    one = last(NETWORK, TASK.draw, (64,), seeds=1, steps=60)
    np.testing.assert_allclose(two["loss"][:, :1], one["loss"], rtol=1e-3)
    assert abs(float(two["accuracy"][0, 0] - one["accuracy"][0, 0])) < 0.005


def test_trained_to_a_named_accuracy():
    assert last(NETWORK, TASK.draw, (512,), steps=300)["accuracy"].mean() > 0.97


def test_same_seed_same_frames():
    for a, b in zip(train(NETWORK, TASK.draw, (64,), steps=40), train(NETWORK, TASK.draw, (64,), steps=40), strict=True):
        assert all(np.array_equal(a[name], b[name]) for name in a)


def test_frames_come_as_promised():
    frames = list(train(NETWORK, TASK.draw, (16, 32, 64), seeds=2, steps=50, every=20))
    assert [int(f["step"]) for f in frames] == [0, 20, 40, 50]
    assert all(f["accuracy"].shape == f["loss"].shape == (3, 2) for f in frames)
    assert [int(f["tested"]) for f in frames] == [40, 40, 40, 1024]
    assert frames[-1]["loss"].max() < frames[1]["loss"].max()


def test_unknown_order_is_refused():
    with pytest.raises(ValueError, match="one of"):
        next(train(NETWORK, TASK.draw, (16,), order="reversed"))


def test_shuffle_keeps_each_set_and_changes_its_order():
    x = torch.arange(60.0).view(4, 5, 3)
    y = shuffle(x, Generator().manual_seed(0))
    assert not torch.equal(x, y)
    assert torch.equal(y.sort(1).values, x)


def test_sorted_lessons_and_a_shuffled_exam_fail_a_network_that_sees_the_order():
    lessons = {
        order: last(SEEN, TASK.draw, (1024,), steps=200, order=order)["accuracy"].mean() for order in ("shuffled", "sorted")
    }
    assert lessons["sorted"] < lessons["shuffled"] - 0.15


def test_augmentation_saves_samples():
    few = {order: last(SEEN, TASK.draw, (64,), seeds=3, order=order)["accuracy"].mean() for order in ("shuffled", "augmented")}
    assert few["augmented"] > few["shuffled"] + 0.1


def test_fixed_order_touches_nothing():
    def draw(n, generator, part):
        return torch.arange(2.0).view(1, 2, 1).expand(n, 2, 1).clone(), torch.zeros(n, dtype=torch.long)

    def probe(model, done):
        return {}

    class Place(torch.nn.Module):
        """Answers class 0 only where the first element comes first."""

        def __init__(self, generators):
            super().__init__()
            self.p = torch.nn.Parameter(torch.zeros(len(generators)))

        def forward(self, x):
            first = x[:, :, 0, 0]
            return torch.stack([1 - 2 * first, 2 * first - 1], -1) + 0 * self.p.view(-1, 1, 1)

    assert last(Place, draw, (8,), steps=2, order="fixed", probe=probe)["accuracy"].item() == 1
    assert last(Place, draw, (8,), steps=2, order="shuffled")["accuracy"].item() < 0.8


@pytest.mark.parametrize("device", list(devices()))
def test_every_device_here_agrees_with_the_processor(device):
    own = last(NETWORK, TASK.draw, (256,), steps=100, device=device)
    reference = last(NETWORK, TASK.draw, (256,), steps=100, device="cpu")
    assert abs(own["accuracy"].item() - reference["accuracy"].item()) <= 0.02
    np.testing.assert_allclose(own["loss"], reference["loss"], rtol=0.05, atol=0.01)
