"""Large things are made once, shared, and gone when idle."""

import gc
import threading
import time
import weakref

import pytest

from components.idle import let_go, while_used


class Large:
    pass


def test_made_once_and_forgotten_when_idle():
    made: list[int] = []
    let_go(0)  # what other tests left behind

    @while_used
    def load(which: int = 0) -> Large:
        made.append(which)
        return Large()

    first = load()
    assert load() is first
    assert load(which=1) is not first
    assert made == [0, 1]
    gone = weakref.ref(load(which=1))
    assert let_go(60) == 0
    assert gone() is not None
    assert let_go(0) >= 1
    gc.collect()
    assert gone() is None
    load(which=1)
    assert made == [0, 1, 1]


def test_many_threads_share_one_and_an_error_keeps_nothing():
    made: list[Large] = []

    @while_used
    def load() -> Large:
        time.sleep(0.05)
        made.append(Large())
        return made[-1]

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1

    @while_used
    def broken() -> Large:
        raise FileNotFoundError

    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            broken()
