"""The network for rows: its shapes, its formula, and that it begins as a linear model."""

import pytest
import torch
from torch import Generator

from components.models.row_network import RowNetwork


def made(r: int = 2, **more: float) -> RowNetwork:
    return RowNetwork([Generator().manual_seed(i) for i in range(r)], d=5, classes=3, **more)


def test_shape_and_replicas() -> None:
    x = torch.randn(2, 7, 1, 5, generator=Generator().manual_seed(9))
    out = made()(x)
    assert out.shape == (2, 7, 3)
    alone = made(1)(x[:1])
    assert torch.allclose(alone, out[:1], atol=1e-6)
    assert not torch.allclose(out[0], out[1])


def test_it_begins_linear() -> None:
    """f((a + b) / 2) = (f(a) + f(b)) / 2 before any training, and not once the deep part has weights."""
    a, b = torch.randn(2, 1, 4, 1, 5, generator=Generator().manual_seed(1))
    model = made(1)
    assert torch.allclose(model((a + b) / 2), (model(a) + model(b)) / 2, atol=1e-6)
    with torch.no_grad():
        model.deep2.weight.fill_(1.0)
    assert not torch.allclose(model((a + b) / 2), (model(a) + model(b)) / 2, atol=1e-3)


def test_the_answer_has_the_unit_of_the_question() -> None:
    x = torch.randn(2, 4, 1, 5, generator=Generator().manual_seed(2))
    assert torch.allclose(made(centre=150.0, spread=77.0)(x), 150 + 77 * made()(x), atol=1e-3)
    assert made(centre=1.0).wide.weight.shape == (2, 1, 1, 5, 3)


def test_constants_are_no_weights() -> None:
    names = {name.split(".")[0] for name, _ in made(centre=3.0, spread=2.0).named_parameters()}
    assert names == {"wide", "deep1", "deep2"}
    with pytest.raises(RuntimeError):
        made()(torch.zeros(2, 1, 1, 4))
