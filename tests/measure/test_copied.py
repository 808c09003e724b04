"""Is it copied: the longest common stretch, against looking at all of them; and loops."""

import numpy as np

from components.measure.copied import longest_copy, loop


def brute(a: np.ndarray, b: np.ndarray) -> int:
    rows = [(i, j) for i in range(len(a)) for j in range(len(b))]

    def run(i: int, j: int) -> int:
        n = 0
        while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
            n += 1
        return n

    return max(run(i, j) for i, j in rows)


def test_it_finds_the_longest_stretch():
    rng = np.random.default_rng(0)
    for _ in range(20):
        a, b = rng.integers(0, 3, 15), rng.integers(0, 3, 40)
        n, i, j = longest_copy(a, b)
        assert n == brute(a, b)
        assert (a[i : i + n] == b[j : j + n]).all()
    assert longest_copy(np.array([5]), np.array([1, 2])) == (0, 0, 0)
    assert longest_copy(np.array([], int), np.array([1, 2])) == (0, 0, 0)


def test_loops_are_found_with_their_length():
    assert loop(np.array([9, 8, 1, 2, 3, 1, 2, 3, 1, 2, 3])) == 3
    assert loop(np.array([4, 4, 4])) == 1
    assert loop(np.arange(12)) == 0
