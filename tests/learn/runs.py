"""What the tests of the engine share: a clock only a test moves, and generators a test can hold back."""

import threading
import time
from collections.abc import Iterator

import numpy as np

from components.values import Frame


class Clock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Source:
    """A generator of numbered frames that a test can hold back with a gate."""

    def __init__(self, n: int = 5, *, gated: bool = False, fail_at: int | None = None, error: Exception | None = None) -> None:
        self.n, self.fail_at, self.error = n, fail_at, error or ValueError("secret path /etc")
        self.gate = threading.Semaphore(0) if gated else None
        self.made = self.closed = 0

    def __call__(self) -> Iterator[Frame]:
        self.made += 1
        try:
            for i in range(self.n):
                if self.gate:
                    self.gate.acquire(timeout=5)
                if i == self.fail_at:
                    raise self.error
                yield {"step": np.array(i), "steps": np.array(self.n - 1)}
        finally:
            self.closed += 1


def until(condition, seconds: float = 5.0) -> None:
    """Wait until it holds; fail where it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.002)
