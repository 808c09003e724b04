"""The learner for which K! is real: remember every example, answer with the label of the nearest one."""

from collections.abc import Sequence

import numpy as np
from torch import Generator

from components.learn.train import POOL_SEED, TEST_SEED, Draw, shuffle


def nearest_neighbour(draw: Draw, sizes: Sequence[int], seeds: int, *, canonical: bool, test: int = 1024) -> np.ndarray:
    """Accuracy of a 1-nearest-neighbour look-up on the concatenated elements, `(s, seeds)`.

    Args:
        draw: as for `train`; gives the elements in canonical order.
        sizes: numbers of remembered examples.
        seeds: independent repetitions.
        canonical: sort the elements before looking up (an invariant look-up), or take them in the order they come.
        test: test sets.
    """
    from sklearn.neighbors import KNeighborsClassifier

    generator = Generator().manual_seed(TEST_SEED)
    x, y = draw(test, generator, "test")
    exam = x if canonical else shuffle(x, generator)
    found = np.zeros((len(sizes), seeds), np.float32)
    for seed in range(seeds):
        generator = Generator().manual_seed(POOL_SEED + seed)
        pool, labels = draw(max(sizes), generator, "train")
        pool = pool if canonical else shuffle(pool, generator)
        for i, n in enumerate(sizes):
            memory = KNeighborsClassifier(1, algorithm="brute").fit(pool[:n].flatten(1).numpy(), labels[:n].numpy())
            found[i, seed] = (memory.predict(exam.flatten(1).numpy()) == y.numpy()).mean()
    return found
