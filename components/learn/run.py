"""What a run is: its frames, its state, and who is watching.

`Run.frames` is transport and history at once. Learners who ask for the same thing watch the same run. Each sees it at the pace
it was computed: whoever resumes, resets, or asks for what is finished already, is shown the frames again in real time, which
is the same as training again since equal requests have equal seeds.
"""

import math
import uuid
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from components.values import BadInput, Frame

OVER = ("done", "stopped", "failed")


@dataclass
class Watcher:
    """One learner in front of one run."""

    beat: float
    upto: float = math.inf  # frames this learner wants to see: all, or those up to where it was paused
    left: bool = False  # stopped it: wants no more, and keeps what was seen
    origin: float | None = None  # the clock's time at which a replay began; None shows every frame as it comes


@dataclass
class Run:
    """One training run, shared by everyone who asked for the same."""

    key: Hashable
    make: Callable[[], Iterator[Frame]]
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    frames: list[Frame] = field(default_factory=list)
    times: list[float] = field(default_factory=list)  # seconds of work at each frame
    ended: float = 0.0  # time.time() at which it was over
    state: str = "queued"  # queued, running, paused, done, stopped, failed
    message: str = ""  # one sentence, where it failed
    seconds: float = 0.0  # of work, waiting not counted
    watchers: dict[str, Watcher] = field(default_factory=dict)
    iterator: Iterator[Frame] | None = None

    def visible(self, who: str, now: float) -> int:
        """How many frames this learner sees at the clock's time `now`."""
        watcher, count = self.watchers.get(who), len(self.times)
        if watcher is None:
            return count
        if watcher.origin is not None:
            count = min(count, max(1, bisect_right(self.times, now - watcher.origin)))
        return int(min(watcher.upto, count))


def sentence(error: BaseException) -> str:
    """What a learner is told when a run breaks; the traceback goes to the log."""
    if isinstance(error, BadInput):
        return str(error)
    if isinstance(error, MemoryError) or "out of memory" in str(error).lower():
        return "There was not enough memory for this run. Try fewer samples, a smaller set or another device."
    return "This run stopped because its computation failed. Nothing else is affected; the details are in the server's log."
