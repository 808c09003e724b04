"""Point-cloud generation: handwritten digits as sets of inked pixels, to be made again and, from noise, made anew."""

from typing import TYPE_CHECKING

from components.tasks import digits

if TYPE_CHECKING:
    from torch import Generator, Tensor

NOTE = (
    "1,297 digits to train on, 500 others to test on, 32 points each; no digit is in both. Training asks for the same cloud "
    "again. New clouds come from noise; a nearest-neighbour test tells 150 of them from 150 real ones of the test part in 82 % "
    "of all cases, where 50 % would mean that nobody can (four trials, all 1,297 digits; 51 % for real against real)."
)


def draw(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n digits as sets of 32 inked pixels, `x (n, 32, 3)`; `y` is the same cloud: the goal is to make it again."""
    x, _ = digits.draw_point_sets(n, generator, part)
    return x, x
