"""The networks of the set tasks: invariant or equivariant by construction, the same alone and in a stack."""

from collections.abc import Callable, Sequence

import pytest
import torch
from torch import Generator, Tensor, nn

from components.models.complete_set import CompleteSet, GenerateSet
from components.models.expand_set import NEVER, ExpandSet
from components.models.odd_one_out import OddOneOut

NETWORKS: dict[str, Callable[[Sequence[Generator]], nn.Module]] = {
    "odd": lambda g: OddOneOut(5, g),
    "expand": lambda g: ExpandSet(20, g),
    "complete": lambda g: CompleteSet(5, 4, g),
    "generate": lambda g: GenerateSet(5, 4, g),
}


def generators(*seeds: int) -> list[Generator]:
    return [Generator().manual_seed(seed) for seed in seeds]


def inputs(name: str, r: int = 1, b: int = 6, n: int = 9) -> Tensor:
    g = Generator().manual_seed(3)
    if name != "expand":
        return torch.rand(1, b, n, 5, generator=g).expand(r, -1, -1, -1)
    number = torch.randint(20, (1, b, n, 1), generator=g)
    given = (torch.arange(n) < 4).expand(1, b, n).unsqueeze(-1)
    return torch.cat([number, given], -1).float().expand(r, -1, -1, -1)


@pytest.mark.parametrize("name", ["odd", "expand"])
def test_permuting_the_set_permutes_the_scores(name: str) -> None:
    x, order = inputs(name), torch.randperm(9, generator=Generator().manual_seed(1))
    with torch.inference_mode():
        model = NETWORKS[name](generators(0))
        straight, moved = model(x), model(x[:, :, order])
    assert straight.shape == (1, 6, 9)
    assert torch.allclose(straight[..., order], moved, atol=1e-5)
    assert not torch.allclose(straight, moved, atol=1e-3)


@pytest.mark.parametrize("name", ["complete", "generate"])
def test_permuting_the_points_changes_nothing(name: str) -> None:
    x, order = inputs(name), torch.randperm(9, generator=Generator().manual_seed(1))
    with torch.inference_mode():
        model = NETWORKS[name](generators(0))
        assert model(x).shape == (1, 6, 4, 5)
        assert torch.allclose(model(x), model(x[:, :, order]), atol=1e-6)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_replica_is_the_same_alone_and_in_a_stack(name: str) -> None:
    alone, stack = NETWORKS[name](generators(7)), NETWORKS[name](generators(1, 7))
    for _ in range(2):  # the second time noise goes on where it was
        one, two = alone(inputs(name)), stack(inputs(name, 2))
        assert torch.allclose(one[0], two[1], atol=1e-6)
        assert not torch.allclose(two[0], two[1])
    assert all(len(p) == 2 for p in stack.parameters())


def test_what_is_given_is_not_asked_for() -> None:
    x = inputs("expand")
    scores = NETWORKS["expand"](generators(0))(x)
    assert (scores[x[..., 1] > 0.5] == NEVER).all()
    assert (scores[x[..., 1] < 0.5] > NEVER).all()


def test_the_rest_leaves_the_element_out() -> None:
    """With one other picture that is the same, the comparison is of equals, whatever the element is."""
    model = NETWORKS["odd"](generators(0))
    same = torch.rand(1, 3, 1, 5, generator=Generator().manual_seed(0)).expand(-1, -1, 4, -1)
    scores = model(same)
    assert torch.allclose(scores, scores[..., :1].expand_as(scores), atol=1e-6)


def test_the_penalty_is_the_divergence_and_noise_is_for_training_only() -> None:
    model = GenerateSet(5, 4, generators(0, 1), weight=2.0)
    x = inputs("generate", 2)
    noisy, again = model(x), model(x)
    assert not torch.allclose(noisy, again)
    assert model.penalty is not None
    assert model.penalty.shape == (2,)
    assert (model.penalty > 0).all()
    model.penalty.sum().backward()
    with torch.inference_mode():
        assert torch.equal(model(x), model(x))
        assert model.penalty is None
    with torch.no_grad():
        for p in model.latent.parameters():
            p.zero_()
    model(x)
    assert torch.allclose(model.penalty, torch.zeros(2))  # N(0, 1) is not away from N(0, 1)


def test_clouds_from_noise() -> None:
    model = GenerateSet(5, 4, generators(0, 1))
    made = model.generate(7, Generator().manual_seed(2))
    assert made.shape == (2, 7, 4, 5)
    assert torch.equal(made, model.generate(7, Generator().manual_seed(2)))
    assert not torch.allclose(made[:, 0], made[:, 1])
