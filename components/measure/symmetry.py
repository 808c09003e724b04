"""Invariance and equivariance as numbers, for any function and any group action.

    invariance error     max |f(g x) - f(x)|
    equivariance error   max |f(g x) - g f(x)|

Source: lecture "How to Model", slides "Data invariances" and "Data equivariances".
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

Function = Callable[[np.ndarray], np.ndarray]


def invariance(f: Function, x: np.ndarray, actions: Iterable[Function]) -> np.ndarray:
    """The largest change of f's output under each action, in the unit of the output: one number per action g."""
    before = f(x)
    return np.array([np.abs(f(g(x)) - before).max() for g in actions])


def equivariance(f: Function, x: np.ndarray, actions: Sequence[Function], echoes: Sequence[Function] | None = None) -> np.ndarray:
    """The largest difference between acting before and acting after f, one number per action.

    Args:
        f: the function measured.
        x: its input.
        actions: g on the input.
        echoes: g on the output; the same as on the input where not given.
    """
    after = f(x)
    pairs = zip(actions, echoes or actions, strict=True)
    return np.array([np.abs(f(g(x)) - echo(after)).max() for g, echo in pairs])


def permutation(order: np.ndarray, axis: int = -2) -> Function:
    """The action that reorders elements: `x (..., n, d)` -> its elements in `order`."""

    def act(x: np.ndarray) -> np.ndarray:
        return np.take(x, order, axis=axis)

    return act
