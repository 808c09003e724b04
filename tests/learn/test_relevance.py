"""What matters to a network: nothing it cannot see, the weights of a linear one, and not the same for two tasks."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest
import torch
from torch import Tensor, nn

from components.catalogue import discover
from components.learn.exercise import Lesson, learn, recorded
from components.learn.relevance import Relevance, columns, compared, fitting, painted, relevance, taken_apart
from components.modalities.base import Exercise, Modality
from components.modalities.table_samples import tabled
from components.values import BadInput, Sample
from tests.measure.samples import series

MODALITIES = discover("modalities", "MODALITY")
PAIRS = [
    ("vision", "digit-8", "digit", "eight"),
    ("vision", "cat", "photograph", "digit"),
    ("language", "conference", "sentiment", "response"),
    ("audio", "seven", "digit", "speaker"),
    ("graph", "mutagen", "mutagen", "log P"),
    ("set", "digit-3", "digit", "completion"),
]


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def asked(name: str, example: str, task: str, mark: int | None = None, which: int | None = None) -> tuple[Sample, Relevance]:
    modality = MODALITIES[name]
    sample = modality.examples[example]()
    mark = len(sample["elements"]) // 2 if mark is None else mark
    lesson = Lesson(name, task)
    parts = taken_apart(modality, sample, mark)
    found = relevance(lesson, recorded(lesson), sample, mark, parts, which)
    assert np.isfinite(painted(sample, parts, found.missed)).all()
    return sample, found


class Linear(nn.Module):
    """Two classes; the evidence of the second is w . x."""

    def __init__(self, weights: Tensor) -> None:
        super().__init__()
        self.w = nn.Parameter(weights.view(1, -1))

    def forward(self, x: Tensor) -> Tensor:
        score = (x[..., 0, :] * self.w).sum(-1)
        return torch.stack([torch.zeros_like(score), score], -1)


def test_a_linear_network_gives_back_its_weights() -> None:
    """A row of a table, three columns; a hidden cell holds the column's median, here 0."""
    table = MODALITIES["table"]
    weights = np.array([3.0, -2.0, 0.0], np.float32)
    cells = np.concatenate([np.eye(3), -np.eye(3), np.ones((1, 3)), -np.ones((1, 3))])
    sample = tabled(pd.DataFrame(cells, columns=["a", "b", "c"]), "test")
    exercise = Exercise(
        "?", ("no", "yes"), lambda n, generator, part: (torch.zeros(n, 1, 3), torch.zeros(n, dtype=torch.long)), "none",
        lambda sample, mark: sample["elements"][mark][None].astype(np.float32), lambda x: sample, "test",
        network=lambda generators: Linear(torch.zeros(3)),
    )  # fmt: skip
    lesson = Lesson("table", "linear", own="test", given=exercise)
    found = relevance(lesson, {"weights/w": weights[None]}, sample, 6, taken_apart(table, sample, 6), asked=1)
    assert found.missed * np.log(2) == pytest.approx(weights, abs=1e-5)
    assert found.alone * np.log(2) == pytest.approx(weights, abs=1e-5)
    assert found.value == pytest.approx(1 / (1 + np.exp(-1)))
    assert found.without[0] == pytest.approx(1 / (1 + np.exp(2)))
    assert found.unit == "bits of evidence"


@pytest.mark.parametrize(
    ("name", "example", "task", "mark", "seen"),
    [
        ("language", "conference", "response", 40, lambda part: 41 <= int(part.split(":")[0]) <= 44),
        ("sensor", "force-wood", "surface", 300, lambda part: "all" not in part),
        ("vision", "cat", "photograph", 128 * 256 + 128, lambda part: "–" in part and not part.startswith("rows 1–")),
    ],
)
def test_what_the_network_cannot_see_does_not_matter(
    name: str, example: str, task: str, mark: int, seen: Callable[[str], bool]
) -> None:
    _, found = asked(name, example, task, mark)
    unseen = np.array([not seen(part) for part in found.names])
    assert unseen.any()
    assert not np.abs(found.missed[unseen]).any()
    assert np.abs(found.missed[~unseen]).max() > 0.01


@pytest.mark.parametrize(("name", "example", "first", "second"), PAIRS)
def test_two_tasks_find_other_parts_important(name: str, example: str, first: str, second: str) -> None:
    """On the same thing: the ranks differ, and the most important part of one is not that of the other in most pairs."""
    mark = 40 if example == "conference" else None
    a, b = (asked(name, example, task, mark)[1] for task in (first, second))
    found = compared(a, b)
    assert found.n >= 4
    assert -1 <= found.rho < 0.9
    assert compared(a, a).rho == pytest.approx(1)


def test_the_two_tasks_of_a_table() -> None:
    """Another column of the same table is asked for: it is then what does not matter."""
    table = MODALITIES["table"]
    sample = table.examples["penguins"]()
    exercise = table.own(sample)["mass, g"]
    lesson = Lesson("table", "mass, g", own="test", given=exercise)
    *_, last = learn(lesson)
    mass = relevance(lesson, last, sample, 300, taken_apart(table, sample, 300))
    species = asked("table", "penguins", "species", 300)[1]
    assert mass.missed[mass.names.index("mass, g")] == 0 != species.missed[species.names.index("mass, g")]
    assert "species" not in species.names
    assert compared(mass, species).rho < 0.9
    fall, _ = columns(Lesson("table", "species"), recorded(Lesson("table", "species")), {"flipper": np.array([5])}, 2)
    assert fall.shape == (1,)


def test_context() -> None:
    """A word that says "positive" says so alone; a pair of words is none without its neighbour."""
    _, found = asked("language", "conference", "sentiment", 40)
    love = found.names.index("56: love")
    assert found.missed[love] > 0.5
    assert found.alone[love] > found.missed[love]
    _, pairs = asked("language", "slide", "order from pairs")
    assert np.abs(pairs.missed).max() > 0.5
    assert np.abs(pairs.alone).max() < 0.2


def test_another_class_is_another_question() -> None:
    _, answer = asked("sensor", "watch-abduction", "exercise")
    _, rival = asked("sensor", "watch-abduction", "exercise", which=answer.rival)
    assert rival.asked == answer.rival != answer.asked
    assert rival.value < answer.value
    assert compared(answer, rival).rho < 1


def test_sums_of_hidden_cells_hold_for_a_number() -> None:
    """A number is followed in its own unit."""
    _, found = asked("graph", "caffeine", "log P")
    assert found.unit == "powers of ten"
    assert found.missed == pytest.approx(found.value - found.without)


def test_permutation_importance_of_columns() -> None:
    lesson = Lesson("table", "diagnosis")
    d = 30
    fall, error = columns(lesson, recorded(lesson), {"all": np.arange(d), "none": np.zeros(0, int)}, repeats=3)
    assert fall[0] > 0.2 > error[0]
    assert fall[1] == 0
    with pytest.raises(BadInput, match="points"):
        columns(Lesson("set", "completion"), recorded(Lesson("set", "completion")), {"x": np.array([0])})


def test_fitting_tasks_and_a_modality_without_parts() -> None:
    audio = MODALITIES["audio"]
    sample = audio.examples["seven"]()
    assert fitting(audio.tasks, sample, 0) == list(audio.tasks)
    table = MODALITIES["table"]
    assert fitting(table.tasks, table.examples["wine"](), 0) == ["cultivar", "cultivar unscaled"]
    eighth = Modality("eighth", 9, "", "", "", "", {}, {}, lambda s: s["elements"])
    with pytest.raises(BadInput, match="parts"):
        taken_apart(eighth, series(np.zeros(9)), 0)
