"""Many runs on one device: the line, its fairness, its bounds, and the end."""

import threading
import time
from collections.abc import Iterator

import numpy as np

from components.learn.engine import Engine
from components.learn.run import Run
from components.values import Frame
from tests.learn.runs import Source, until


def test_place_in_line():
    own = Engine(slots=1)
    source = Source(3, gated=True)
    runs: list[Run] = [own.start(i, source, "ann") for i in range(3)]
    until(lambda: runs[0].state == "running")
    assert [own.position(r) for r in runs] == [0, 0, 1]
    for _ in range(20):
        source.gate.release()
    own.close()


def test_a_long_run_lets_others_through():
    own = Engine(slots=1, slice_seconds=0.01)

    def slow() -> Iterator[Frame]:
        for i in range(400):
            time.sleep(0.005)
            yield {"step": np.array(i), "steps": np.array(399)}

    long, short = own.start("long", slow, "ann"), own.start("short", Source(3), "bob")
    until(lambda: short.state == "done")
    assert long.state != "done"
    own.close()


def test_at_most_slots_runs_at_once():
    own, busy, most, lock = Engine(slots=2), 0, 0, threading.Lock()

    def counted() -> Iterator[Frame]:
        nonlocal busy, most
        for i in range(3):
            with lock:
                busy += 1
                most = max(most, busy)
            time.sleep(0.005)
            with lock:
                busy -= 1
            yield {"step": np.array(i), "steps": np.array(2)}

    runs = [own.start(i, counted, "ann") for i in range(6)]
    until(lambda: all(r.state == "done" for r in runs))
    assert most == 2
    own.close()


def test_results_are_kept_up_to_a_bound():
    own = Engine(slots=1, keep=3)
    for i in range(6):
        run = own.start(i, Source(1), "ann")
        until(lambda run=run: run.state == "done")
    own.start("last", Source(1), "ann")
    assert sum(own.get(r, "x") is not None for r in list(own._runs)) <= 5
    own.close()


def test_a_crowd_goes_first_but_training_goes_on():
    asked: list[int] = []

    def crowded() -> bool:
        asked.append(1)
        return len(asked) % 3 != 0

    own = Engine(slots=1, crowded=crowded)
    run = own.start("a", Source(4), "ann")
    until(lambda: run.state == "done")
    assert len(asked) >= 12
    own.close()


def test_closing_joins_the_workers():
    own = Engine(slots=2)
    own.start("a", Source(10**6), "ann")
    own.close()
    assert not any(t.is_alive() for t in own._threads)
