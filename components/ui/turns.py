"""Whose script runs next, when a whole class clicks at once.

A hundred scripts that share one interpreter all end with the last. Here one runs at a time and the others wait in line, those
of learners who are at work before those of learners who just came in.
"""

import heapq
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A line with two priorities.

    Args:
        slots: scripts that run at once.
        patience: seconds after which a waiting script goes ahead all the same, so that slow pages cannot hold the others.
    """

    def __init__(self, slots: int = 1, patience: float = 3.0) -> None:
        self.patience = patience
        self._free = slots
        self._line: list[tuple[bool, int, threading.Event]] = []
        self._count = itertools.count()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, *, newcomer: bool) -> Iterator[None]:
        """Run the body when it is its turn; newcomers after all others."""
        call = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                call.set()
            else:
                heapq.heappush(self._line, (newcomer, next(self._count), call))
        if not call.wait(self.patience):
            with self._lock:  # ahead without a slot: it takes one that is not there, and gives it back in the end
                self._line = [ticket for ticket in self._line if ticket[2] is not call]
                heapq.heapify(self._line)
                if not call.is_set():
                    self._free -= 1
        try:
            yield
        finally:
            self._leave()

    def waiting(self) -> bool:
        """Whether anybody stands in line."""
        return bool(self._line)

    def _leave(self) -> None:
        with self._lock:
            self._free += 1
            if self._line and self._free > 0:
                self._free -= 1
                heapq.heappop(self._line)[2].set()
