"""Which of A and B came last? Eight symbols, seen through noise: a small question that only the order answers. Synthetic."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from torch import Generator, Tensor

SYMBOLS, WIDTH, NOISE = "ABCDEFGH", 16, 0.3
CLASSES = ("A came last", "B came last")
WHERE = ("anywhere", "never there", "there")


@cache
def prototypes() -> np.ndarray:
    """The eight symbols as vectors `(8, 16)`."""
    return np.random.default_rng(8).standard_normal((len(SYMBOLS), WIDTH)).astype(np.float32)


def symbols(n: int, generator: "Generator", steps: int, where: str = "anywhere") -> "tuple[Tensor, Tensor]":
    """n rows of symbol numbers `(n, steps)` with at least one A or B, and which of them came last `(n,)`.

    Args:
        n: rows.
        generator: of the random numbers.
        steps: symbols a row.
        where: A and B stand "anywhere"; never at the step in the middle, number steps // 2 from 0 ("never there"); or the last of
            them stands just there ("there").
    """
    import torch

    middle, step = steps // 2, torch.arange(steps)
    allowed = {"anywhere": step >= 0, "never there": step != middle, "there": step <= middle}[where]
    rows = torch.randint(len(SYMBOLS), (n, steps), generator=generator)
    others = torch.randint(2, len(SYMBOLS), (n, steps), generator=generator)
    rows = torch.where(allowed, rows, others)
    free = step[allowed] if where != "there" else step[middle : middle + 1]
    sure = free[torch.randint(len(free), (n,), generator=generator)]  # one place surely holds an A or a B
    rows[torch.arange(n), sure] = torch.randint(2, (n,), generator=generator)
    place = torch.where(rows < 2, torch.arange(steps), -1).argmax(1)
    return rows, rows[torch.arange(n), place]


def draw(n: int, generator: "Generator", part: str, steps: int = 8, where: str = "anywhere") -> "tuple[Tensor, Tensor]":
    """n noisy rows, `x (n, steps, 16)` and `y (n,)`: 0 if A came last, 1 if B. Train and test are drawn anew."""
    import torch

    rows, y = symbols(n, generator, steps, where)
    x = torch.from_numpy(prototypes())[rows]
    return x + NOISE * torch.randn(x.shape, generator=generator), y
