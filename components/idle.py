"""What is large and rarely wanted is kept while it is used, and let go when nobody asked for it for a while.

A hosted server has about 1 GB for a whole class; a language model that one learner opened an hour ago need not fill a tenth of
it.
"""

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 600.0  # seconds
_kept: list["_Kept"] = []


class _Kept:
    """The last value of one function, with the arguments it was for, and when it was asked for last."""

    def __init__(self) -> None:
        self.lock, self.key, self.value, self.asked = threading.Lock(), None, None, 0.0
        _kept.append(self)


def while_used(function: Callable[P, T]) -> Callable[P, T]:
    """Remember the last result of a function of hashable arguments until `let_go` finds it idle; made once, also by threads."""
    held = _Kept()

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (args, tuple(sorted(kwargs.items())))
        with held.lock:
            if held.key != key:
                held.value = None  # the old one goes before the new one comes
                held.value, held.key = function(*args, **kwargs), key  # type: ignore[assignment]
            held.asked = time.monotonic()
            return held.value  # type: ignore[return-value]

    return ask


def let_go(patience: float = PATIENCE) -> int:
    """Forget every result nobody asked for within `patience` seconds; how many that were."""
    now, gone = time.monotonic(), 0
    for held in _kept:
        with held.lock:
            if held.key is not None and now - held.asked >= patience:
                held.key = held.value = None
                gone += 1
    return gone
