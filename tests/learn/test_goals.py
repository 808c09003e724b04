"""Goals: losses and scores against torch's and scikit-learn's own, and training that reaches what it says."""

import numpy as np
import pytest
import torch
from sklearn.metrics import r2_score
from torch import Generator, Tensor, nn

from components.learn.goals import GOALS, LOSSES, OPTIMISERS, chamfer, entropy, explained, squares
from components.learn.train import train
from components.models.blocks import Represent


class Fixed(nn.Module):
    """Answers what it was given."""

    def __init__(self, out: Tensor) -> None:
        super().__init__()
        self.out = out

    def forward(self, x: Tensor) -> Tensor:
        return self.out


class Line(nn.Module):
    """One linear map of one element: linear regression."""

    def __init__(self, generators: list[Generator]) -> None:
        super().__init__()
        self.map = Represent(3, 1, generators)

    def forward(self, x: Tensor) -> Tensor:
        return self.map(x).squeeze(2)


def test_entropy_is_torchs_own() -> None:
    out, y = torch.randn(2, 7, 4), torch.randint(4, (2, 7))
    expected = torch.stack([nn.functional.cross_entropy(o, t) for o, t in zip(out, y, strict=True)])
    assert torch.allclose(entropy(out, y), expected)


def test_regression_is_scored_as_scikit_learn_does() -> None:
    out, y = torch.randn(1, 9, 1), torch.randn(9)
    assert explained(Fixed(out), torch.zeros(9, 1, 1), y, 1).item() == pytest.approx(r2_score(y, out.flatten()), abs=1e-5)
    assert torch.allclose(squares(out, y.expand(1, 9)), nn.functional.mse_loss(out[0, :, 0], y))


def test_chamfer_is_zero_for_the_same_set_in_any_order_and_grows() -> None:
    a = torch.randn(5, 12, 3)
    assert chamfer(a, a[:, torch.randperm(12)]).abs().max() < 1e-6
    assert torch.allclose(chamfer(a, a + torch.tensor([10.0, 0, 0])).sqrt(), torch.full((5,), 200.0).sqrt(), rtol=0.5)
    one, two = torch.tensor([[0.0, 0], [1, 0]]), torch.tensor([[0.0, 0]])
    assert chamfer(one, two).item() == pytest.approx(0.5)


def test_a_line_is_found() -> None:
    def draw(n: int, generator: Generator, part: str) -> tuple[Tensor, Tensor]:
        x = torch.randn(n, 1, 3, generator=generator)
        return x, x[:, 0] @ torch.tensor([1.0, -2.0, 0.5]) + 3

    *_, frame = train(Line, draw, (200,), steps=300, rate=5e-2, goal="regression")
    assert frame["R²"].item() > 0.999


def test_a_penalty_joins_the_loss() -> None:
    class Punished(Line):
        def forward(self, x: Tensor) -> Tensor:
            self.penalty = torch.full((x.shape[0],), 7.0)
            return super().forward(x)

    def draw(n: int, generator: Generator, part: str) -> tuple[Tensor, Tensor]:
        x = torch.randn(n, 1, 3, generator=generator)
        return x, x[:, 0, 0]

    frames = [list(train(make, draw, (50,), steps=20, goal="regression"))[-1] for make in (Line, Punished)]
    assert frames[1]["loss"].item() - frames[0]["loss"].item() == pytest.approx(7, abs=1e-3)
    assert frames[1]["R²"].item() == pytest.approx(frames[0]["R²"].item(), abs=1e-4)


def test_every_goal_has_a_measure_of_its_own() -> None:
    assert len({goal.measure for goal in GOALS.values()}) == len(GOALS)
    assert np.all([callable(goal.loss) and callable(goal.score) for goal in GOALS.values()])


def test_losses_and_optimisers_as_the_library_has_them() -> None:
    generator = Generator().manual_seed(1)
    out, y = torch.randn(2, 7, 4, generator=generator), torch.randint(4, (2, 7), generator=generator)
    rows = zip(out[1], y[1].tolist(), strict=True)  # the library adds up all wrong classes, ours takes the worst
    worst = [(1 + row[[c for c in range(4) if c != k]].max() - row[k]).clamp(min=0) for row, k in rows]
    torch.testing.assert_close(LOSSES["margin"](out, y)[1], torch.stack(worst).mean())
    two = out[..., :2], y % 2  # of two classes the worst is the only one
    library = torch.nn.functional.multi_margin_loss(two[0][1], two[1][1], reduction="mean")
    torch.testing.assert_close(LOSSES["margin"](*two)[1] / 2, library)  # which divides by the number of classes
    truth = torch.nn.functional.one_hot(y, 4)
    torch.testing.assert_close(LOSSES["squared"](out, y), ((out.softmax(-1) - truth) ** 2).sum(-1).mean(1))
    number = torch.randn(2, 7, generator=generator)
    torch.testing.assert_close(LOSSES["absolute"](out[..., :1], number), (out[..., 0] - number).abs().mean(1))
    for name in ("adam", "momentum", "sgd"):
        weight = torch.nn.Parameter(torch.ones(3))
        steps = OPTIMISERS[name]([weight], 0.1, False)
        weight.square().sum().backward()
        steps.step()
        assert (weight < 1).all()
