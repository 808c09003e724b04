"""Anomaly, expansion, completion, generation: what is drawn is what is said."""

import numpy as np
import pytest
from torch import Generator

from components.tasks import anomaly, completion, digits, expansion, generation
from components.tasks.zero import TRAIN
from components.tasks.zero import digits as pictures


def gen(seed: int = 0) -> Generator:
    return Generator().manual_seed(seed)


@pytest.mark.parametrize("part", ["train", "test"])
def test_one_of_eight_is_odd(part: str) -> None:
    _, label, images = pictures()
    known = {image.tobytes(): (i, label[i]) for i, image in enumerate(images)}
    x, y = anomaly.draw(60, gen(), part)
    for observation, place in zip(x.numpy(), y.tolist(), strict=True):
        found = [known[(16 * e).astype(np.uint8).tobytes()] for e in observation]
        shown = [int(name) for _, name in found]
        assert all((number < TRAIN) == (part == "train") for number, _ in found)
        assert shown.count(shown[place]) == 1
        assert len(set(shown)) == 2
        assert len({number for number, _ in found}) == 8


def test_being_far_from_the_others_is_a_hint_and_no_more() -> None:
    x, y = anomaly.draw(500, gen(), "test")
    assert 0.5 < (anomaly.apart(x.numpy()).argmax(1) == y.numpy()).mean() < 0.9


def test_keywords_of_the_two_parts_are_apart() -> None:
    train, test = expansion.keywords("train"), expansion.keywords("test")
    assert len(train) > 900
    assert len(test) > 50
    assert min(len(m) for m in test.values()) >= expansion.GIVEN + 1
    alike = [len(np.intersect1d(a, b)) / len(np.union1d(a, b)) for a in test.values() for b in train.values()]
    assert max(alike) < 0.4


@pytest.mark.parametrize("part", ["train", "test"])
def test_one_candidate_belongs(part: str) -> None:
    rng = np.random.default_rng(0)
    for word, members in list(expansion.keywords(part).items())[:40]:
        rows, place = expansion.question(word, part, rng)
        inside, given = np.isin(rows[:, 0], members), rows[:, 1] == 1
        assert given.sum() == expansion.GIVEN
        assert inside[given].all()
        assert np.flatnonzero(inside & ~given).tolist() == [place]
        assert rows[place, 0] not in rows[given, 0]


def test_what_was_counted_is_right_and_helps() -> None:
    x, y = expansion.draw(400, gen(), "test")
    counts = expansion.counted(x.numpy())
    assert (counts[x[..., 1].numpy() == 1] == 0).all()
    assert (counts.argmax(1) == y.numpy()).mean() > 0.35  # guessing: 1 in 8
    row = x[0].numpy()
    given, other = row[row[:, 1] == 1, 0], row[row[:, 1] == 0, 0][0]
    sets = expansion.keywords("train").values()
    slow = sum(sum(a in m and other in m for m in sets) for a in given)
    assert counts[0][row[:, 1] == 0][0] == pytest.approx(np.log1p(slow))


def test_a_cloud_is_parted_by_a_plane() -> None:
    points = np.random.default_rng(0).standard_normal((40, 3))
    side = np.array([1.0, 2.0])
    stay, gone = completion.parted(points, side, 0.25)
    assert len(stay) == 30
    assert len(gone) == 10
    assert (stay[:, :2] @ side).max() <= (gone[:, :2] @ side).min()
    assert len(completion.parted(points[:1], side, 0.5)[0]) == 1


def test_what_is_missing_lies_beyond_what_is_there() -> None:
    x, y = completion.draw(30, gen(), "test")
    assert x.shape == (30, 24, 3)
    assert y.shape == (30, 8, 3)
    for there, gone in zip(x.numpy(), y.numpy(), strict=True):
        assert not {tuple(p) for p in there} & {tuple(p) for p in gone}


def test_points_are_put_back_on_their_picture() -> None:
    image = digits.example(3)
    assert np.allclose(completion.grid(digits.inked(image)[None])[0].reshape(8, 8), image / 16)


def test_generation_asks_for_the_same_cloud() -> None:
    x, y = generation.draw(20, gen(), "train")
    assert x.shape == (20, digits.POINTS, 3)
    assert bool((x == y).all())
