"""A few at a time, those at work before those who just came, and nobody for ever."""

import threading
import time

from components.ui.turns import Turns


def crowd(turns: Turns, who: list[tuple[str, bool]], seen: list[str], hold: threading.Event) -> list[threading.Thread]:
    """Threads that each wait for their turn, started one after the other."""

    def body(name: str, newcomer: bool) -> None:
        with turns.turn(newcomer=newcomer):
            seen.append(name)
            hold.wait(5)

    threads = []
    for name, newcomer in who:
        thread = threading.Thread(target=body, args=(name, newcomer))
        thread.start()
        threads.append(thread)
        time.sleep(0.03)
    return threads


def test_learners_at_work_go_before_newcomers():
    turns, seen, hold = Turns(slots=1), [], threading.Event()
    threads = crowd(turns, [("first", True), ("new", True), ("newer", True), ("working", False)], seen, hold)
    assert seen == ["first"]
    hold.set()
    for thread in threads:
        thread.join(5)
    assert seen == ["first", "working", "new", "newer"]


def test_slots_run_together_and_no_more():
    turns, seen, hold = Turns(slots=2), [], threading.Event()
    threads = crowd(turns, [(str(i), False) for i in range(5)], seen, hold)
    assert seen == ["0", "1"]
    hold.set()
    for thread in threads:
        thread.join(5)
    assert sorted(seen) == ["0", "1", "2", "3", "4"]  # two leave at once, so who of the next two writes first is open


def test_the_patient_go_ahead_in_the_end_and_the_count_stays_right():
    turns, seen, hold = Turns(slots=1, patience=0.1), [], threading.Event()
    threads = crowd(turns, [("slow", False), ("tired", False)], seen, hold)
    time.sleep(0.3)
    assert seen == ["slow", "tired"]
    hold.set()
    for thread in threads:
        thread.join(5)
    assert turns._free == 1


def test_an_error_gives_the_place_back():
    turns = Turns(slots=1)
    for _ in range(3):
        try:
            with turns.turn(newcomer=False):
                raise KeyError("x")
        except KeyError:
            pass
    assert turns._free == 1
