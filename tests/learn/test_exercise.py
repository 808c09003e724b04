"""Lessons: own data, baselines equal to scikit-learn's, answers from kept weights, for each goal."""

from functools import partial

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler
from torch import Generator, Tensor, nn

from components.learn import exercise as lessons
from components.learn.exercise import Lesson
from components.learn.goals import outputs
from components.modalities.base import Exercise
from components.models.blocks import Represent
from components.values import Sample


def rows(n: int, generator: Generator, part: str, kind: str) -> tuple[Tensor, Tensor]:
    """Noisy points about two centres; the answer is the centre, its distance, or the points mirrored."""
    y = torch.randint(2, (n,), generator=generator)
    x = torch.randn(n, 4, 2, generator=generator) + 4 * y[:, None, None] + (0.001 if part == "test" else 0)
    return {"classification": (x, y), "regression": (x, x.sum((1, 2))), "points": (x, -x)}[kind]


class Mirror(nn.Module):
    """Each point through one linear map."""

    def __init__(self, generators: list[Generator]) -> None:
        super().__init__()
        self.map = Represent(2, 2, generators)

    def forward(self, x: Tensor) -> Tensor:
        return self.map(x)


def show(x: np.ndarray) -> Sample:
    return {"raw": x, "elements": x, "grid": (), "rate": 1.0, "unit": "", "about": "a test"}


def lesson(kind: str, size: int = 200) -> Lesson:
    classes = ("near", "far") if kind == "classification" else ("sum",)
    task = Exercise(
        "?", classes, partial(rows, kind=kind), "permutation", lambda s, m: s["elements"], show, "made up", goal=kind,
        network=Mirror if kind == "points" else None, sizes=(50, 200), test=100, steps=200, rate=5e-2,
    )  # fmt: skip
    return Lesson("toy", "toy", size, own=f"toy-{kind}", given=task)


@pytest.mark.parametrize("kind", ["classification", "regression", "points"])
def test_a_learners_own_task_is_learnt_and_its_network_answers(kind: str) -> None:
    asked = lesson(kind)
    *_, frame = lessons.learn(asked)
    x, y = lessons.exam(asked)
    reached = {"classification": ("accuracy", 0.97, 1), "regression": ("R²", 0.9, 1), "points": ("Chamfer distance", 0, 0.05)}
    measure, low, high = reached[kind]
    assert low <= frame[measure].item() <= high
    for i in range(3):
        answer = lessons.answer(asked, frame, x[i])
        if kind == "classification":
            assert answer.argmax() == frame["answer"][i]
            assert answer.max() == pytest.approx(frame["sure"][i], abs=1e-4)
        else:
            assert np.allclose(answer.squeeze(), (frame["answer"] if kind == "regression" else frame["made"])[i], atol=1e-3)
    assert (frame["truth"] == y[: len(frame["truth"])]).all()


@pytest.mark.parametrize(("kind", "name", "model"), [
    ("classification", "logistic regression", LogisticRegression(tol=1e-3)),
    ("regression", "ridge regression", Ridge()),
])  # fmt: skip
def test_baselines_are_scikit_learns_on_the_same_split(kind: str, name: str, model: object) -> None:
    asked = lesson(kind)
    *_, frame = lessons.learn(asked)
    (x, y), (seen, truth) = lessons.pool(asked), lessons.exam(asked)
    scaler = StandardScaler().fit(x.reshape(len(x), -1))
    model.fit(scaler.transform(x.reshape(len(x), -1)), y)  # type: ignore[attr-defined]
    expected = model.score(scaler.transform(seen.reshape(len(seen), -1)), truth)  # type: ignore[attr-defined]
    assert frame[f"baseline/{name}"].item() == pytest.approx(expected, abs=0.011)


def test_lessons_are_equal_by_what_they_ask() -> None:
    assert lesson("regression") == lesson("regression")
    assert lesson("regression") != lesson("points")
    assert Lesson("set", "solid") == Lesson("set", "solid", Lesson("set", "solid").exercise.sizes[-1])
    assert "given" not in repr(lesson("regression"))


def test_nothing_of_a_learners_own_is_recorded() -> None:
    assert lessons.recorded(lesson("regression")) is None


def test_outputs_come_in_pieces_and_whole() -> None:
    model = Mirror([Generator().manual_seed(0)])
    x = torch.randn(10, 4, 2)
    assert torch.allclose(outputs(model, x, 1, chunk=3), outputs(model, x, 1))
