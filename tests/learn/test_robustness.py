"""The noise laboratory: clean scores are those of the same specimens, and damage lowers them."""

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from components.catalogue import discover
from components.learn.batch import answers, network
from components.learn.damages import DEFAULTS, MEANING, meaning
from components.learn.exercise import Lesson, answer, exam, recorded
from components.learn.robustness import STRENGTHS, Request, carried, defaults, entered, frame_of, left, robustness, specimens
from components.tasks.downloads import SOURCES
from components.values import BadInput, Frame

MODALITIES = discover("modalities", "MODALITY")
SMALL = defaults(seeds=2, count=40)
TASKS = [(m, t) for m in MODALITIES for t in MODALITIES[m].tasks if t not in SOURCES]


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    return list(robustness(SMALL))


def test_every_modality_has_a_curve_and_every_damage_a_meaning() -> None:
    assert [r.modality for r in SMALL] == list(MODALITIES) == list(DEFAULTS)
    for name, modality in MODALITIES.items():
        assert {damage for m, damage in MEANING if m == name} == set(modality.corrupt)
        assert all(meaning(name, damage).endswith(".") for damage in modality.corrupt)
    assert {m for m, _ in MEANING} == set(MODALITIES)


def test_the_chart_grows_point_by_point(frames: list[Frame]) -> None:
    assert len(frames) == 1 + len(SMALL) * len(STRENGTHS)
    for i, frame in enumerate(frames):
        assert frame["step"] == i
        assert frame["score"].shape == (len(SMALL), len(STRENGTHS), 2)
        assert np.isfinite(frame["score"]).all(-1).sum() == i
    assert not np.shares_memory(frames[-1]["score"], frames[-2]["score"])


def test_damage_lowers_every_default(frames: list[Frame]) -> None:
    """From clean to full strength, by more than the standard error; and most steps go down."""
    score = frames[-1]["score"].mean(-1)
    for request, row, chance in zip(SMALL, score, frames[-1]["chance"], strict=True):
        assert row[0] > chance + 0.1, request
        assert row[-1] < row[0] - 0.1, request
        assert row[-2:].mean() < row[:2].mean() - 0.1, request
        assert (np.diff(row) <= 0.05).mean() >= 0.8, request


def test_decibels_fall_and_shares_grow(frames: list[Frame]) -> None:
    last = frames[-1]
    for request, share, decibels in zip(SMALL, last["changed"], last["snr"], strict=True):
        assert share[0] == 0, request
        assert share[-1] > 0.5, request
        if request.modality in ("vision", "audio", "sensor", "set"):
            assert (np.diff(decibels[1:]) < 0).all(), request
        else:
            assert np.isnan(decibels).all(), request


@pytest.mark.parametrize("request_", SMALL, ids=lambda r: r.modality)
def test_strength_zero_is_the_clean_score_of_the_same_specimens(request_: Request, frames: list[Frame]) -> None:
    """Each observation put before the network by itself, without the laboratory's batches."""
    lesson, exercise = request_.lesson, request_.lesson.exercise
    for seed in range(2):
        hits = []
        for sample, truth in specimens(request_, seed):
            hits += [
                answer(lesson, frame_of(request_), exercise.enter(sample, mark)).argmax() == y for mark, y in enumerate(truth)
            ]
        assert frames[-1]["score"][SMALL.index(request_), 0, seed] == pytest.approx(np.mean(hits))


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_clean_specimens_score_like_the_exam(name: str, task: str) -> None:
    """What is damaged is what the network was tested on, or, for sounds and rows, others of the same part."""
    exercise = MODALITIES[name].tasks[task]
    if exercise.goal != "classification":
        return
    request = Request(name, task, next(iter(MODALITIES[name].corrupt)), count=100)
    lesson, frame = request.lesson, recorded(Lesson(name, task))
    assert frame is not None
    model = network(lesson, frame)
    clean = [(x, y) for s, truth in specimens(request, 0) for x, y in zip(entered(exercise, s, len(truth)), truth, strict=True)]
    assert all(x is not None for x, _ in clean)
    score = (answers(lesson, model, [x for x, _ in clean]).argmax(-1) == [y for _, y in clean]).mean()
    seen, truth = exam(lesson)
    tested = (answers(lesson, model, list(seen[:300])).argmax(-1) == truth[:300]).mean()
    assert score == pytest.approx(tested, abs=0.2 if exercise.test < 100 else 0.12)


def test_many_answers_are_the_single_answers() -> None:
    for name, task in (("vision", "digit"), ("graph", "log P"), ("set", "completion")):
        lesson = Lesson(name, task)
        frame = recorded(lesson)
        x = list(exam(lesson)[0][:5])
        together = answers(lesson, network(lesson, frame), x)
        assert np.allclose(together, [answer(lesson, frame, one) for one in x], atol=1e-5)


def test_observations_of_several_lengths_keep_their_order() -> None:
    lesson = Lesson("set", "solid")
    frame = recorded(lesson)
    x = [one[: 20 + i % 3] for i, one in enumerate(exam(lesson)[0][:7])]
    found = answers(lesson, network(lesson, frame), x)
    assert np.allclose(found, [answer(lesson, frame, one) for one in x], atol=1e-5)


def test_a_regression_is_compared_with_its_mean() -> None:
    *_, last = robustness([Request("graph", "log P", "false edges", seeds=2, count=40)])
    assert last["chance"].tolist() == [0]
    assert last["score"][0, 0].mean() > 0.6
    assert last["score"][0, -1].mean() < 0.2


def test_left_is_one_where_clean_and_zero_at_guessing() -> None:
    frame = {"step": np.array(9), "chance": np.array([0.2]), "score": np.array([[[0.8, 1.0], [0.55, 0.55], [0.2, 0.2]]])}
    found = left(frame)[0].mean(-1)
    assert found == pytest.approx([1, 0.5, 0])


def test_what_cannot_be_scored_is_refused_and_what_is_not_carried_is_known() -> None:
    with pytest.raises(BadInput, match="points"):
        list(robustness([Request("set", "completion", "jitter")]))
    assert not carried("graph", "knowledge", "false edges")  # the network keeps the graph for itself
    assert not carried("set", "generation", "jitter")
    assert carried("graph", "node", "false edges")
    for request in SMALL:
        assert carried(request.modality, request.task, request.damage)


def test_weights_of_a_run_are_used_where_they_are_given() -> None:
    lesson = Lesson("vision", "digit")
    zero = {name: np.zeros_like(a) if name.startswith("weights/") else a for name, a in recorded(lesson).items()}
    *_, last = robustness([Request("vision", "digit", "noise", seeds=2, count=50, own="run 1", weights=zero)])
    assert (last["score"][0] == last["score"][0, :1]).all()  # knows nothing, so nothing can be lost
    assert Request("vision", "digit", "noise", own="run 1") != Request("vision", "digit", "noise")


def test_own_tables_can_be_damaged() -> None:
    table = MODALITIES["table"]
    own = table.own(table.examples["wine"]())
    *_, last = robustness([Request("table", "cultivar", "swapped cells", seeds=2, count=30, own="x", given=own["cultivar"])])
    assert last["score"][0, 0].mean() > 0.85
    assert last["score"][0, -1].mean() < last["score"][0, 0].mean() - 0.2
