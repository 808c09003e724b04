"""Which team is this? Sixteen fixed teams, each member seen through noise: the lecture's ABCDE."""

from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from components.tasks.base import Family, Task

if TYPE_CHECKING:
    from torch import Generator, Tensor

PEOPLE, TEAMS, WIDTH, NOISE = 10, 16, 16, 0.3


@cache
def cast(size: int) -> tuple[np.ndarray, np.ndarray]:
    """The ten people as vectors `(10, 16)` and the sixteen teams as rows of member numbers `(16, size)`."""
    rng = np.random.default_rng(16)
    people = rng.standard_normal((PEOPLE, WIDTH)).astype(np.float32)
    teams: set[tuple[int, ...]] = set()
    while len(teams) < TEAMS:
        teams.add(tuple(sorted(rng.choice(PEOPLE, size, replace=False).tolist())))
    return people, np.array(sorted(teams))


def draw(n: int, generator: "Generator", part: str, size: int) -> "tuple[Tensor, Tensor]":
    """n noisy teams: `x (n, size, 16)`, members in alphabetical order, and `y (n,)`, the team's number."""
    import torch

    people, teams = (torch.from_numpy(a) for a in cast(size))
    y = torch.randint(TEAMS, (n,), generator=generator)
    x = people[teams[y]]
    return x + NOISE * torch.randn(x.shape, generator=generator), y


def glyphs(x: np.ndarray) -> list[Any]:
    """The letter of the person nearest to each element: `(k, 16)` -> k letters."""
    people = cast(5)[0]
    nearest = ((x[:, None, :] - people) ** 2).sum(-1).argmin(1)
    return ["ABCDEFGHIJ"[i] for i in nearest]


def make(size: int) -> Task:
    """The task for teams of `size` members."""
    names = tuple("".join("ABCDEFGHIJ"[i] for i in team) for team in cast(size)[1])
    return Task("Which of 16 teams is this?", names, partial(draw, size=size), "permutation")


FAMILY = Family(
    "team16",
    0,
    "Which team?",
    "Ten people, sixteen teams, every member seen through noise. Which team is it?",
    "The lecture's example: the set ABCDE is the same team in any order.",
    make,
    glyphs,
)
