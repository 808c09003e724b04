"""The picture classifier with and without window, sharing, pooling: equal to PyTorch's convolution, invariant where claimed."""

import pytest
import torch
from torch import Generator
from torch.nn import functional

from components.models.place_classifier import PlaceClassifier
from components.models.set_classifier import parameters

EIGHT = [(local, share, pool) for local in (True, False) for share in (True, False) for pool in ("max", "concatenate")]


def seeds(*numbers: int) -> list[Generator]:
    return [Generator().manual_seed(n) for n in numbers]


def network(local: bool, share: bool, pool: str, *numbers: int, colours: int = 1) -> PlaceClassifier:
    return PlaceClassifier(20, colours, 10, 8, 4, local, share, pool, seeds(*numbers), h=6)


def as_map(x: torch.Tensor, colours: int) -> torch.Tensor:
    """The long vectors of replica 0 as pictures `(b, c, h, w)`."""
    return x[0, :, 0].unflatten(-1, (colours, 20, 20)).transpose(2, 3)


@pytest.mark.parametrize("colours", [1, 3])
@pytest.mark.parametrize("local", [True, False])
def test_shared_places_are_a_convolution(colours: int, local: bool) -> None:
    model = network(local, True, "max", 0, colours=colours)
    x = torch.rand(1, 5, 1, colours * 400, generator=Generator().manual_seed(1))
    k, padding = (8, 0) if local else (32, 12)  # the whole picture, seen from every place: 20 + 12 pixels
    weight = model.phi.weight[0, 0, 0].T.unflatten(1, (colours, k, k)).transpose(2, 3)
    expected = functional.conv2d(as_map(x, colours), weight, model.phi.bias[0, 0], stride=4, padding=padding).relu()
    mine = model.features(x)[0].transpose(1, 2).unflatten(2, (4, 4)).transpose(2, 3)  # places column by column
    assert (mine - expected).abs().max() < 1e-5
    logits = functional.linear(expected.amax((2, 3)), model.read.weight[0, 0, 0].T, model.read.bias[0, 0])
    assert (model(x)[0] - logits).abs().max() < 1e-5


def test_separate_places_each_have_a_filter_of_their_own() -> None:
    x = torch.rand(1, 3, 1, 400, generator=Generator().manual_seed(1))
    local, whole = network(True, False, "max", 0), network(False, False, "max", 0)
    own = local.phi.weight[0, 6, 0].T.unflatten(1, (1, 8, 8)).transpose(2, 3)  # place 6: second column, third row
    by_hand = functional.conv2d(as_map(x, 1)[..., 8:16, 4:12], own, local.phi.bias[0, 6]).flatten(1).relu()
    assert (local.features(x)[0, :, 6] - by_hand).abs().max() < 1e-5
    flat = functional.linear(x[0, :, 0], whole.phi.weight[0, 0, 0].T, whole.phi.bias[0, 0]).relu()
    assert (whole.features(x)[0].flatten(1) - flat).abs().max() < 1e-5  # the slide's fully connected layer


@pytest.mark.parametrize(("local", "share", "pool"), EIGHT)
def test_replicas_are_independent(local: bool, share: bool, pool: str) -> None:
    x = torch.rand(1, 2, 1, 400, generator=Generator().manual_seed(1))
    both = network(local, share, pool, 0, 1)(x.expand(2, -1, -1, -1))
    assert (both[1] - network(local, share, pool, 1)(x)[0]).abs().max() < 1e-6


@pytest.mark.parametrize(("local", "share", "pool"), EIGHT)
def test_only_shared_and_pooled_is_invariant_and_only_to_its_own_step(local: bool, share: bool, pool: str) -> None:
    model = network(local, share, pool, 0)
    paper = torch.zeros(13, 20, 20)
    digit = torch.rand(8, 8, generator=Generator().manual_seed(2))
    for move in range(13):
        paper[move, 4:12, move : move + 8] = digit
    with torch.no_grad():
        out = model(paper.transpose(1, 2).reshape(1, 13, 1, 400))[0]
    step = (out[8] - out[4]).abs().max()  # at 0 and 12 the windows beyond the border are missing: see the next test
    assert (step < 1e-5) == (local and share and pool == "max")
    assert (out[1] - out[0]).abs().max() > 1e-4  # one pixel is less than the step: no network is exact


def test_the_border_tells_the_place() -> None:
    """Kayhan & van Gemert 2020: at the border windows are missing, so that even the convolution knows where it is."""
    model = network(True, True, "max", 0)
    paper = torch.zeros(2, 20, 20)
    paper[0, 4:12, :8] = paper[1, 4:12, 4:12] = torch.rand(8, 8, generator=Generator().manual_seed(2))
    with torch.no_grad():
        out = model(paper.transpose(1, 2).reshape(1, 2, 1, 400))[0]
    assert (out[0] - out[1]).abs().max() > 1e-3


def test_parameters_are_counted_for_all_eight() -> None:
    found = {kind: parameters(network(*kind, 0)) for kind in EIGHT}
    assert found[True, True, "max"] == 64 * 6 + 6 + 6 * 10 + 10
    assert found[False, True, "max"] == 32 * 32 * 6 + 6 + 6 * 10 + 10
    assert found[True, False, "max"] == 16 * (64 * 6 + 6) + 6 * 10 + 10
    assert found[False, False, "concatenate"] == 400 * 96 + 96 + 96 * 10 + 10
