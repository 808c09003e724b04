"""EfficientNet-Lite0 as it is shipped: the original's answers, the arithmetic of its windows, and its classes."""

import numpy as np
import pytest
import torch

from components.learn.device import settle
from components.measure.receptive_field import receptive_fields, seen
from components.models.efficientnet import CLASSES, load, prepared, weights_file
from components.tasks.photographs import pixels_of


@pytest.fixture(autouse=True)
def settled() -> None:
    """As the app sets it up: two threads on a busy machine wait for each other."""
    settle()


def test_it_answers_like_the_original_network() -> None:
    with np.load(weights_file().with_name("efficientnet_lite0_logits.npz"), allow_pickle=False) as kept:
        names, want = kept["names"].tolist(), torch.from_numpy(kept["logits"])
    with torch.inference_mode():
        have = load()(torch.cat([prepared(pixels_of(name)) for name in names]))
    assert float((have - want).abs().max()) < 0.05  # half precision of the weights; measured 0.029 of 10.2
    assert float((have.softmax(1) - want.softmax(1)).abs().max()) < 0.01


@pytest.mark.parametrize(("name", "label"), [("cat", "Egyptian cat"), ("coffee", "espresso"), ("camera", "tripod")])
def test_it_recognises_photographs(name: str, label: str) -> None:
    with torch.inference_mode():
        assert CLASSES[int(load()(prepared(pixels_of(name))).argmax())] == label


def test_activations_and_forward_agree_and_every_map_has_its_layer() -> None:
    network = load()
    x = prepared(pixels_of("cat"))
    with torch.inference_mode():
        maps = network.activations(x)
        assert torch.equal(maps["logits"], network(x))
    fields = {field.name: field for field in receptive_fields(network.layers())}
    assert list(maps) == ["stem", *(f"block{i}" for i in range(1, 17)), "head", "pool", "logits"]
    for name, values in maps.items():
        if values.ndim == 4:
            assert values.shape[2] == values.shape[3] == 224 // fields[name].jump


@pytest.mark.parametrize(("name", "row", "column"), [("stem", 7, 0), ("block3", 30, 5), ("block5", 14, 20), ("block6", 6, 3)])
def test_nothing_outside_the_receptive_field_is_seen(name: str, row: int, column: int) -> None:
    network = load()
    field = next(f for f in receptive_fields(network.layers()) if f.name == name)
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(1, 3, 224, 224, generator=generator).requires_grad_()
    network.activations(x)[name][0, :, row, column].sum().backward()
    assert x.grad is not None
    used = x.grad[0].abs().amax(0) > 0
    (top, bottom), (left, right) = seen(field, row, 224), seen(field, column, 224)
    outside = used.clone()
    outside[top:bottom, left:right] = False
    assert not outside.any()
    assert used[top:bottom, left:right].float().mean() > 0.5


@pytest.mark.parametrize("shape", [(1, 1, 1), (8, 8, 1), (512, 1, 3), (1, 512, 1), (300, 200, 3)])
def test_any_picture_is_prepared(shape: tuple[int, ...]) -> None:
    x = prepared(np.full(shape, 0.5, np.float32))
    assert x.shape == (1, 3, 224, 224)
    assert torch.allclose(x, torch.tensor(0.5 / 128), atol=1e-5)


def test_there_are_a_thousand_classes() -> None:
    assert len(CLASSES) == 1000
    assert CLASSES[285] == "Egyptian cat"
