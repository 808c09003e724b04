"""Do two collections of point clouds come from the same source? A 1-nearest-neighbour test tries to tell them apart.

    1-NNA = part of all clouds whose nearest other cloud is of their own collection

About .5: nobody can tell made from real. 1: every cloud gives itself away. Below .5: made ones are too near to single real
ones, as copies would be. Sources: Lopez-Paz & Oquab 2017; for point clouds PointFlow (Yang et al. 2019).
"""

import numpy as np


def chamfer(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Chamfer distances `(p, q)` of all pairs of clouds, `a (p, m, d)` and `b (q, n, d)`.

    Mean squared distance from each point to the nearest of the other cloud, both ways (Fan et al. 2017).
    """
    found = np.empty((len(a), len(b)), np.float32)
    for i, cloud in enumerate(a):  # one row at a time: all pairs of points at once would need p q m n numbers
        apart = np.square(cloud[None, :, None] - b[:, None]).sum(-1)
        found[i] = apart.min(2).mean(1) + apart.min(1).mean(1)
    return found


def told_apart(a: np.ndarray, b: np.ndarray) -> float:
    """1-NNA of two collections of clouds `(p, m, d)` and `(q, n, d)`, best of equal size, under the Chamfer distance.

    Raises:
        ValueError: a collection has fewer than two clouds.
    """
    if min(len(a), len(b)) < 2:
        raise ValueError("two collections of at least two clouds each are needed")
    across = chamfer(a, b)
    apart = np.block([[chamfer(a, a), across], [across.T, chamfer(b, b)]])
    np.fill_diagonal(apart, np.inf)
    own = np.arange(len(apart)) < len(a)
    return float((own[apart.argmin(1)] == own).mean())
