"""Every task says what it promises: shapes, canonical order, balanced classes, labels that do not depend on the order."""

import numpy as np
import pytest
import torch
from torch import Generator

from components.catalogue import discover
from components.tasks import club, maximum, team, zero

FAMILIES = discover("tasks", "FAMILY")


def drawn(name: str, size: int, part: str = "train", n: int = 4000):
    return FAMILIES[name].make(size).draw(n, Generator().manual_seed(1), part)


@pytest.mark.parametrize("size", [2, 5, 6])
@pytest.mark.parametrize("name", FAMILIES)
def test_shapes_classes_and_balance(name, size):
    x, y = drawn(name, size)
    classes = FAMILIES[name].make(size).classes
    assert x.shape[:2] == (4000, size)
    assert x.dtype == torch.float32
    share = torch.bincount(y, minlength=len(classes)) / len(y)
    assert len(share) == len(classes)
    assert (share - 1 / len(classes)).abs().max() < 0.06


@pytest.mark.parametrize("name", FAMILIES)
def test_same_generator_same_samples(name):
    assert all(torch.equal(a, b) for a, b in zip(drawn(name, 4), drawn(name, 4), strict=True))


@pytest.mark.parametrize("name", FAMILIES)
def test_glyphs_are_one_per_element(name):
    x, _ = drawn(name, 5, n=1)
    assert len(FAMILIES[name].glyphs(x[0].numpy())) == 5


def test_teams_are_sixteen_different_groups_and_glyphs_name_their_members():
    for size in range(2, 7):
        assert len({tuple(t) for t in team.cast(size)[1]}) == 16
    x, y = drawn("team16", 5, n=50)
    names = FAMILIES["team16"].make(5).classes
    right = sum("".join(team.glyphs(a)) == names[b] for a, b in zip(x.numpy(), y, strict=True))
    assert right == 50


def test_zero_is_there_exactly_where_the_label_says_and_parts_share_no_picture():
    known, label, _ = zero.digits()
    rows = {}
    for part in ("train", "test"):
        x, y = drawn("any0", 4, part, 300)
        flat = x.reshape(-1, 16).numpy()
        nearest = ((flat[:, None] - known) ** 2).sum(-1).argmin(1)
        assert ((label[nearest].reshape(300, 4) == 0).sum(1) == y.numpy()).all()
        assert (np.diff(label[nearest].reshape(300, 4)) >= 0).all()
        rows[part] = set(nearest)
    assert not rows["train"] & rows["test"]


def test_club_labels_belong_to_groups():
    members, label = club.groups(4)
    assert abs(label.mean() - 0.5) < 0.01
    x, y = drawn("club", 4, n=500)
    lookup = {tuple(m): v for m, v in zip(members, label, strict=True)}
    assert all(lookup[tuple(a.argmax(1).tolist())] == b for a, b in zip(x, y, strict=True))


def test_the_maximum_is_what_is_asked_for():
    x, y = drawn("maximum", 3, n=500)
    assert torch.equal(y, torch.bucketize(x.amax((1, 2)), torch.tensor(maximum.quartiles(3))))
    assert (x.diff(dim=1) >= 0).all()
