"""The watch: everybody and everything is there, and nobody is in both parts."""

import hashlib

import numpy as np
from torch import Generator

from components.tasks import watch

DIGEST = "1abceb084d1df3859bc2bd7802c06d34ec448dc98a0e27ddc5dc3e2837a23a45"  # of seglearn 1.2.5's own numbers, in thousandths


def test_ten_people_seven_exercises_two_arms() -> None:
    series, facts = watch.recordings()
    assert len(series) == 140
    assert len({tuple(int(facts[k][i]) for k in facts) for i in range(140)}) == 140
    assert {s.shape[1] for s in series} == {6}
    assert sum(map(len, series)) == 244_102


def test_a_wrist_weighs_one_g() -> None:
    """Over a whole exercise the acceleration's length is near that of gravity: the units are g."""
    lengths = [np.median(np.linalg.norm(s[:, :3], axis=1)) for s in watch.recordings()[0]]
    assert 0.85 < np.median(lengths) < 1.15


def test_running_sums_give_back_the_series() -> None:
    """Stored as differences that wrap around: no count is lost, none is added."""
    series = watch.recordings()[0]
    counts = [np.round(s * watch.COUNTS) for s in series]
    assert all(np.abs(s * watch.COUNTS - c).max() < 0.01 for s, c in zip(series, counts, strict=True))
    digest = hashlib.sha256(np.concatenate(counts).astype(np.int16).tobytes()).hexdigest()
    assert digest == DIGEST


def test_people_are_in_one_part_only() -> None:
    person = watch.recordings()[1]["person"]
    whole = {p: np.concatenate([s for s, q in zip(watch.slow(), person, strict=True) if q == p]) for p in range(1, 11)}
    rows = {p: {row.tobytes() for row in a} for p, a in whole.items()}
    for part in ("train", "test"):
        x, _ = watch.draw(40, Generator().manual_seed(3), part)
        for window in x.numpy():
            owners = [p for p in rows if window[0].tobytes() in rows[p] and window[-1].tobytes() in rows[p]]
            assert len(owners) == 1
            assert (owners[0] in watch.TESTED) == (part == "test")


def test_labels_belong_to_the_windows() -> None:
    x, y = watch.draw(700, Generator().manual_seed(0), "test")
    assert set(y.tolist()) == set(range(7))
    assert x.shape == (700, watch.STEPS, 6)
    slow, facts = watch.slow(), watch.recordings()[1]["exercise"]
    for window, label in zip(x.numpy()[:10], y[:10], strict=True):
        found = [facts[i] for i, s in enumerate(slow) if (s == window[0]).all(1).any() and (s == window[-1]).all(1).any()]
        assert label in found
