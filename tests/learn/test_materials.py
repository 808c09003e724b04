"""Tasks laid out as elements keep every number and every label."""

import pytest
import torch
from torch import Generator

from components.catalogue import discover
from components.learn.composing import Recipe, compose, loss_of
from components.learn.materials import ELSEWHERE, material, members, patches, tasks
from components.models.composition import CNN, DEEP_SETS, GCN, Composition
from components.tasks.nodes import CLUB, parted
from components.values import BadInput

ALL = [(modality, task) for modality, found in tasks().items() for task in found]
DOWNLOADED = {("vision", "fashion"), ("vision", "cifar10"), ("vision", "dog")}


def seed() -> Generator:
    return Generator().manual_seed(3)


@pytest.mark.parametrize(("modality", "task"), [pair for pair in ALL if pair not in DOWNLOADED])
def test_every_task_is_laid_out_with_its_own_labels(modality: str, task: str):
    found = material(modality, task)
    x, y = found.draw(6, seed(), "test")
    s = found.shape
    assert x.shape == (6, s.n, s.d + (s.n if s.linked else 0))
    assert s.n <= 96
    if (modality, task) != ("graph", "side"):
        source, labels = found.exercise.draw(6, seed(), "test")
        assert torch.equal(y, labels)
        if s.tokens:
            assert torch.equal(x[..., 0], source[..., -1])
        else:
            assert x.numel() == source.numel()
    if s.grid:
        assert torch.tensor(s.grid).prod().item() == s.n
    if s.goal == "classification":
        assert 0 <= int(y.min()) <= int(y.max()) < s.answers


def test_all_other_tasks_say_why_not():
    every = {(name, task) for name, found in discover("modalities", "MODALITY").items() for task in found.tasks}
    assert every == set(ALL) | set(ELSEWHERE)
    assert all(reason.endswith(".") for reason in ELSEWHERE.values())
    with pytest.raises(KeyError):
        material("set", "completion")


def test_patches_are_cut_row_by_row():
    picture = torch.arange(2 * 16 * 3.0).view(2, 1, 48)  # 4 x 4 pixels of three colours
    cut = patches(picture, 4, 2, 3)
    grid = picture.view(2, 4, 4, 3)
    assert torch.equal(cut[:, 1], grid[:, :2, 2:].reshape(2, -1))
    assert torch.equal(cut[:, 2], grid[:, 2:, :2].reshape(2, -1))


def test_nobody_in_the_club_is_told_the_side_that_is_asked_for():
    matrix, label, train, tested = parted(CLUB)
    for part, own in (("train", train), ("test", tested)):
        x, y = members(17, seed(), part)
        asked = x[..., 0].argmax(1)
        assert set(asked.tolist()) <= set(own.tolist())
        assert torch.equal(y, torch.from_numpy(label)[asked])
        assert x[torch.arange(17), asked, 1:3].abs().sum() == 0
        assert x[:, tested, 1:3].abs().sum() == 0
        assert torch.equal(x[0, :, 4:], torch.from_numpy(matrix))


def test_a_task_that_is_not_on_this_machine_is_one_sentence():
    with pytest.raises(BadInput, match="download it first"):
        material("vision", "fashion")


LEARNT = (
    (CNN, "vision", "digit", 0.9),
    (GCN, "graph", "mutagen", 0.75),
    (DEEP_SETS, "set", "solid", 0.6),
)


@pytest.mark.parametrize(("c", "modality", "task", "least"), LEARNT)
def test_compositions_learn(c: Composition, modality: str, task: str, least: float):
    *_, frame = compose(Recipe(c, modality, task, steps=200))
    assert frame["accuracy"].item() > least
    assert frame["weights/read2.weight"].shape[0] == 1


def test_numbers_are_learnt_by_differences():
    assert loss_of(Recipe(Composition(loss="margin"), "graph", "log P")) == "absolute"
    assert loss_of(Recipe(Composition(), "graph", "log P")) == "difference"
    assert loss_of(Recipe(Composition(loss="squared"), "set", "solid")) == "squared"
