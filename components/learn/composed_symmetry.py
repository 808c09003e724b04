"""The symmetries a composed model has, by measurement: what is done to the elements, and what becomes of the answer.

    error = max |f(g x) - f(x)| / max |f(x)|           one answer for all elements: invariance
    error = max |f(g x) - g f(x)| / max |f(x)|         an answer for each element: equivariance

over real test observations x and some g of each kind. Below 1e-5 it is the rounding of 32-bit numbers.
Lecture "How to Model", slides "Data invariances" and "Data equivariances".
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.composed_model import bare, filled, observations
from components.learn.composing import Recipe, builder
from components.models.composed import Composed
from components.models.composition import Shape

EXACT, ORDERS = 1e-5, 3
TITLES = {
    "permute": "another order",
    "relabel": "another numbering",
    "swap": "atoms swapped, edges kept",
    "shift": "later by one, round",
    "aside": "one patch aside, round",
    "reverse": "last comes first",
    "mirror": "mirrored",
}
"""What is done to the elements, in words."""


def moves(s: Shape) -> dict[str, list[Tensor]]:
    """The actions that make sense for elements of this kind: name -> the orders `(n,)` that stand for it; "relabel" takes the
    edges along."""
    generator = Generator().manual_seed(5)
    mixed, own = [torch.randperm(s.n, generator=generator) for _ in range(ORDERS)], torch.arange(s.n)
    if s.linked:
        return {"relabel": mixed, "swap": mixed}
    if len(s.grid) == 1:
        return {"permute": mixed, "shift": [own.roll(1)], "reverse": [own.flip(0)]}
    if len(s.grid) == 2:
        cells = own.view(s.grid)
        return {"permute": mixed, "aside": [cells.roll(1, 1).flatten()], "mirror": [cells.flip(1).flatten()]}
    return {"permute": mixed}


def moved(x: Tensor, s: Shape, name: str, order: Tensor) -> Tensor:
    """g x: elements `(..., n, d)` in another order; rows of the adjacency matrix follow where it is a new numbering."""
    if not s.linked:
        return x[..., order, :]
    values, rows = x[..., : s.d][..., order, :], x[..., s.d :]
    return torch.cat([values, rows[..., order, :][..., order] if name == "relabel" else rows], -1)


def measured(model: Composed, x: Tensor) -> dict[str, float]:
    """The largest error over observations `(b, n, d)` and the orders of each action, relative to max |f(x)|."""
    s, found = model.s, {}
    with torch.inference_mode():
        before = model(x[None])
        size = before.abs().max().clamp(min=1e-12)
        for name, orders in moves(s).items():
            worst = 0.0
            for order in orders:
                right = before[..., order] if s.each else before
                worst = max(worst, float((model(moved(x, s, name, order)[None]) - right).abs().max() / size))
            found[name] = worst
    return found


def fresh(recipe: Recipe) -> dict[str, float]:
    """The errors with the weights before training."""
    return _fresh(bare(recipe))


@lru_cache(maxsize=256)
def _fresh(recipe: Recipe) -> dict[str, float]:
    model = builder(recipe)([Generator().manual_seed(0)])
    return measured(model, observations(recipe.modality, recipe.task)[1])


def trained(recipe: Recipe, frame: Mapping[str, np.ndarray]) -> dict[str, float]:
    """The errors with the weights of a last frame."""
    return measured(filled(recipe, frame), observations(recipe.modality, recipe.task)[1])


def said(error: float) -> str:
    """An error in words: exact as far as numbers of 32 bits go, or how large."""
    return f"exact ({error:.0e})" if error < EXACT else f"{error:.2g}"
