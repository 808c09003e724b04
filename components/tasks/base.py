"""The types of a task: what is asked, of which classes, and how labelled samples are drawn."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # torch is heavy: a page that only lists tasks must not pay for it
    from torch import Generator, Tensor

    Draw = Callable[[int, Generator, str], tuple[Tensor, Tensor]]


@dataclass(frozen=True)
class Task:
    """A classification question.

    `draw(n, generator, part)` gives `x (n, k, d)` and `y (n,)`, with `part` either `"train"` or `"test"`; where data are
    finite the two parts share no observation. The k elements come in canonical order (sorted), so that a learner of
    the order can be given any order on purpose.
    """

    question: str
    classes: tuple[str, ...]
    draw: "Draw"
    symmetry: str  # what must not change the answer, for instance "permutation"


@dataclass(frozen=True)
class Family:
    """A task for every set size k, with the recipe that trains it."""

    name: str
    order: int
    title: str
    question: str
    teaches: str  # one sentence: what this task shows that others do not
    make: Callable[[int], Task]
    glyphs: Callable[[Any], list[Any]]  # (k, d) elements -> what a person sees: a letter, or a picture (h, w)
    sizes: tuple[int, ...] = (16, 32, 64, 128, 256, 512, 1024, 2048)
    steps: int = 300
    rate: float = 5e-3
    threshold: float = 0.8
    slow: dict[int, int] = field(default_factory=dict)  # set size -> steps, where the usual number is too few

    def budget(self, size: int) -> int:
        """Training steps for sets of `size` elements, the same for every model compared."""
        return self.slow.get(size, self.steps)
