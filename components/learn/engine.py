"""The engine: generators of frames, advanced in the background for any number of learners.

A run is only ever advanced by a worker thread, frame by frame, so it can be put down between two frames and picked up again:
that is what pause, step, fairness and stopping are made of. A run goes on while anyone watching wants more frames. A learner
who is silent for `quiet` seconds no longer counts, after `gone` seconds is forgotten, and a run that nobody watches is dropped.
"""

import atexit
import contextlib
import logging
import math
import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator

from components.learn.run import OVER, Run, Watcher, sentence
from components.values import Frame

log = logging.getLogger(__name__)
COURTESY = 25
"""Times 20 ms: as long as a worker waits before a frame, at most, while pages are in line."""


class Engine:
    """Workers that advance runs, at most `slots` at the same time; the others wait in line.

    Args:
        slots: runs computed at once on this device.
        slice_seconds: after so much work a run goes to the back of the line, if there is one.
        quiet: seconds without a heartbeat after which a learner no longer keeps a run going.
        gone: seconds without a heartbeat after which a learner is forgotten.
        keep: finished runs that are remembered, the most recently used.
        crowded: whether somebody waits for a page right now; a worker then lets them go first, between two frames.
        clock: the time in seconds; tests bring their own.
    """

    def __init__(
        self,
        slots: int = 1,
        *,
        slice_seconds: float = 1.0,
        quiet: float = 15.0,
        gone: float = 120.0,
        keep: int = 48,
        crowded: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.slice_seconds, self.quiet, self.gone, self.keep, self.clock = slice_seconds, quiet, gone, keep, clock
        self.crowded = crowded
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._line: deque[Run] = deque()
        self._change = threading.Condition()
        self._closed = False
        self._threads = [threading.Thread(target=self._work, name=f"trainer-{i}", daemon=True) for i in range(slots)]
        for thread in self._threads:
            thread.start()
        atexit.register(self.close)  # a daemon thread inside torch would abort the interpreter's exit

    def start(self, key: Hashable, make: Callable[[], Iterator[Frame]], who: str) -> Run:
        """Watch the run for `key`, which starts now unless it is under way or finished already."""
        with self._change:
            self._tidy()
            run = next((r for r in self._runs.values() if r.key == key and r.state not in ("stopped", "failed")), None)
            if run is None:
                run = Run(key, make)
                self._runs[run.id] = run
                self._line.append(run)
            self._runs.move_to_end(run.id)
            now = self.clock()
            run.watchers[who] = Watcher(now, origin=now if run.state == "done" else None)
            self._revive(run)
            self._change.notify()
            return run

    def get(self, run_id: str, who: str) -> Run | None:
        """The run with this handle, if it still exists. Asking is the learner's heartbeat."""
        with self._change:
            run = self._runs.get(run_id)
            if run is not None:
                run.watchers.setdefault(who, Watcher(self.clock())).beat = self.clock()
                self._revive(run)
            return run

    def seen(self, run: Run, who: str) -> list[Frame]:
        """The frames this learner has been shown so far."""
        return run.frames[: run.visible(who, self.clock())]

    def finished(self, run: Run, who: str) -> bool:
        """Whether there is nothing more to come for this learner: it is over, or this learner stopped it."""
        return self.stopped(run, who) or (run.state in OVER and run.visible(who, self.clock()) == len(run.times))

    def stopped(self, run: Run, who: str) -> bool:
        """Whether it was stopped before its end, for this learner."""
        return run.state == "stopped" or (who in run.watchers and run.watchers[who].left)

    def paused(self, run: Run, who: str) -> bool:
        """Whether this learner paused it (others may go on)."""
        return who in run.watchers and run.watchers[who].upto < math.inf and not run.watchers[who].left

    def pause(self, run: Run, who: str) -> None:
        """Hold the picture of this learner where it is."""
        self._set(run, who, run.visible(who, self.clock()))

    def reset(self, run: Run, who: str) -> None:
        """Back to the initial weights: hold at the first frame."""
        self._set(run, who, 1)

    def resume(self, run: Run, who: str) -> None:
        """Go on from the frame held, at the pace of the computation."""
        with self._change:
            count = run.visible(who, self.clock())
            self._set(run, who, math.inf)
            if count < len(run.times):
                run.watchers[who].origin = self.clock() - (run.times[count - 1] if count else 0.0)

    def step(self, run: Run, who: str) -> None:
        """One frame more than held, then hold again."""
        with self._change:
            watcher = run.watchers.setdefault(who, Watcher(self.clock()))
            held = watcher.upto if watcher.upto < math.inf else run.visible(who, self.clock())
            watcher.origin = None
            self._set(run, who, held + 1)

    def stop(self, run: Run, who: str) -> None:
        """Leave the run; it ends unless somebody else watches. What was seen of it stays."""
        with self._change:
            watcher = run.watchers.setdefault(who, Watcher(self.clock()))
            watcher.upto, watcher.left = run.visible(who, self.clock()), True
            if run.state not in OVER and all(w.left for w in run.watchers.values()):
                self._end(run, "stopped")

    def position(self, run: Run) -> int:
        """Runs in front of this one in the line; 0 when it is next or under way."""
        with self._change:
            return self._line.index(run) if run in self._line else 0

    def close(self) -> None:
        """Stop all workers and wait for them."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        for thread in self._threads:
            thread.join(10)

    def _set(self, run: Run, who: str, upto: float) -> None:
        with self._change:
            watcher = run.watchers.setdefault(who, Watcher(self.clock()))
            watcher.upto, watcher.beat = upto, self.clock()
            self._revive(run)
            self._change.notify()

    def _wanted(self, run: Run) -> bool:
        now, count = self.clock(), len(run.frames)
        return any(w.upto > count and not w.left and now - w.beat < self.quiet for w in run.watchers.values())

    def _revive(self, run: Run) -> None:
        if run.state == "paused" and self._wanted(run):
            run.state = "queued"
            self._line.append(run)
            self._change.notify()

    def _end(self, run: Run, state: str) -> None:
        run.state, run.iterator, run.ended = state, None, time.time()
        if run in self._line:
            self._line.remove(run)

    def _tidy(self) -> None:
        """Forget learners who left, runs nobody watches, and the oldest results beyond `keep`."""
        now = self.clock()
        for run in list(self._runs.values()):
            for who in [w for w, watcher in run.watchers.items() if now - watcher.beat >= self.gone]:
                del run.watchers[who]
            if run.state not in OVER and not run.watchers:
                self._end(run, "stopped")
            if run.state in ("stopped", "failed") and not run.watchers:
                del self._runs[run.id]
        finished = [r for r in self._runs.values() if r.state == "done"]
        for run in finished[: max(0, len(finished) - self.keep)]:
            del self._runs[run.id]

    def _work(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # Linux: a thread of its own priority; pages go first
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        while True:
            with self._change:
                while not self._line and not self._closed:
                    self._change.wait(5)
                    self._tidy()
                if self._closed:
                    return
                run = self._line.popleft()
                run.state = "running"
            self._advance(run)

    def _advance(self, run: Run) -> None:
        """Compute frames until the run is over, unwanted, or its slice of time is used up."""
        began = time.monotonic()
        try:
            if run.iterator is None:
                run.iterator = run.make()
            while True:
                with self._change:
                    if self._closed or run.state != "running":
                        return
                    if not self._wanted(run):
                        run.state = "paused"
                        return
                    if self._line and time.monotonic() - began > self.slice_seconds:
                        run.state = "queued"
                        self._line.append(run)
                        return
                    iterator = run.iterator
                for _ in range(COURTESY):
                    if not self.crowded():
                        break
                    time.sleep(0.02)
                frame = next(iterator, None)
                with self._change:
                    if run.state != "running":
                        return
                    if frame is None:
                        self._end(run, "done")
                        return
                    run.frames.append(frame)
                    run.times.append(run.seconds + time.monotonic() - began)
        except Exception as error:
            log.exception("run %s failed", run.key)
            with self._change:
                run.message = sentence(error)
                self._end(run, "failed")
        finally:
            run.seconds += time.monotonic() - began
