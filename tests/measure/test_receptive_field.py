"""The receptive field by arithmetic is what gradients find."""

import pytest
import torch
from torch import Generator

from components.measure.receptive_field import receptive_fields, seen
from components.models.conv_network import ConvNetwork
from components.values import Layer


def test_three_windows_of_three_see_seven_pixels():
    fields = receptive_fields([Layer(str(i), 3, 1, 1) for i in range(3)])
    assert [f.size for f in fields] == [3, 5, 7]
    assert seen(fields[-1], 0, 28) == (0, 4)
    assert seen(fields[-1], 10, 28) == (7, 14)


@pytest.mark.parametrize("down", ["max", "stride", "blur", "none"])
def test_no_pixel_outside_has_a_gradient_and_the_edges_of_the_field_have_one(down):
    net = ConvNetwork(28, 1, 10, [Generator().manual_seed(0)], down=down)
    fields = {f.name: f for f in receptive_fields(net.layers())}
    reached = {name: torch.zeros(28, dtype=torch.bool) for name in fields}
    for trial in range(60):
        x = torch.rand(1, 1, 1, 784, generator=Generator().manual_seed(trial)).requires_grad_()
        for name, stage in net.activations(x).items():
            if name in fields:
                place = stage.shape[-1] // 2
                (slope,) = torch.autograd.grad(stage[0, 0, :, place, place].sum(), x, retain_graph=True)
                reached[name] |= slope.view(28, 28).abs().sum(0) > 0
    for name, field in fields.items():
        place = {"conv1": 28, "down1": 14, "conv2": 14, "down2": 7, "conv3": 7}[name] // 2 if down != "none" else 14
        first, end = seen(field, place, 28)
        assert not reached[name][:first].any()
        assert not reached[name][end:].any()
        assert reached[name][first]
        assert reached[name][end - 1]
