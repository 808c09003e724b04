"""One run and those who watch it: sharing, pausing, stepping, stopping, replay, heartbeat, failure."""

import time
from collections.abc import Iterator

import pytest

from components.learn.engine import Engine
from components.learn.run import sentence
from tests.learn.runs import Clock, Source, until


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(clock: Clock) -> Iterator[Engine]:
    own = Engine(slots=1, clock=clock)
    yield own
    own.close()


def test_a_run_yields_all_frames_in_order(engine):
    run = engine.start("a", Source(5), "ann")
    until(lambda: run.state == "done")
    assert [int(f["step"]) for f in engine.seen(run, "ann")] == [0, 1, 2, 3, 4]


def test_equal_requests_share_one_run(engine):
    source = Source(5, gated=True)
    one, two = engine.start("a", source, "ann"), engine.start("a", source, "bob")
    assert one is two
    for _ in range(5):
        source.gate.release()
    until(lambda: one.state == "done")
    assert source.made == 1
    assert engine.start("a", source, "cid") is one


def test_other_requests_do_not_share(engine):
    assert engine.start("a", Source(), "ann") is not engine.start("b", Source(), "ann")


def test_pause_holds_the_run_and_resume_goes_on(engine):
    source = Source(5, gated=True)
    run = engine.start("a", source, "ann")
    source.gate.release()
    until(lambda: len(run.frames) == 1)
    engine.pause(run, "ann")
    source.gate.release()  # the frame under way may still arrive, but is not shown, and none after it is begun
    until(lambda: run.state == "paused")
    assert len(engine.seen(run, "ann")) == 1
    for _ in range(5):
        source.gate.release()
    engine.resume(run, "ann")
    until(lambda: run.state == "done")


def test_step_shows_exactly_one_frame_more(engine):
    source = Source(9)
    run = engine.start("a", source, "ann")
    engine.reset(run, "ann")
    for expected in (2, 3, 4):
        engine.step(run, "ann")
        until(lambda expected=expected: len(engine.seen(run, "ann")) == expected)
        time.sleep(0.02)
        assert len(engine.seen(run, "ann")) == expected


def test_one_learners_pause_does_not_hold_another(engine):
    source = Source(5, gated=True)
    run = engine.start("a", source, "ann")
    engine.start("a", source, "bob")
    engine.pause(run, "ann")
    for _ in range(5):
        source.gate.release()
    until(lambda: run.state == "done")
    assert len(engine.seen(run, "bob")) == 5
    assert len(engine.seen(run, "ann")) == 0


def test_stop_ends_the_run_only_when_nobody_else_watches(engine):
    source = Source(5, gated=True)
    run = engine.start("a", source, "ann")
    engine.start("a", source, "bob")
    source.gate.release()
    until(lambda: len(run.frames) == 1)
    engine.stop(run, "ann")
    assert run.state != "stopped"
    engine.get(run.id, "ann")  # the page looks again: it stays stopped for this learner
    assert engine.finished(run, "ann")
    source.gate.release()
    until(lambda: len(run.frames) == 2)
    assert len(engine.seen(run, "ann")) == 1
    assert not engine.finished(run, "bob")
    engine.stop(run, "bob")
    assert run.state == "stopped"


def test_after_a_stop_the_same_request_starts_afresh(engine):
    source = Source(5, gated=True)
    first = engine.start("a", source, "ann")
    until(lambda: source.made == 1)
    engine.stop(first, "ann")
    for _ in range(12):
        source.gate.release()
    second = engine.start("a", source, "ann")
    until(lambda: second.state == "done")
    assert second is not first
    assert source.made == 2


def test_reset_goes_back_to_the_first_frame_and_replays_at_the_same_pace(engine, clock):
    run = engine.start("a", Source(4), "ann")
    until(lambda: run.state == "done")
    run.times[:] = [0.0, 1.0, 2.0, 3.0]
    engine.reset(run, "ann")
    assert len(engine.seen(run, "ann")) == 1
    engine.resume(run, "ann")
    seen = []
    for clock.now in (0.0, 1.5, 2.5, 9.0):
        seen.append(len(engine.seen(run, "ann")))
    assert seen == [1, 2, 3, 4]
    assert engine.finished(run, "ann")


def test_who_asks_for_a_finished_run_sees_it_in_its_own_time(engine, clock):
    run = engine.start("a", Source(3), "ann")
    until(lambda: run.state == "done")
    run.times[:] = [0.0, 1.0, 2.0]
    engine.start("a", Source(3), "bob")
    assert len(engine.seen(run, "bob")) == 1
    clock.now = 5.0
    assert len(engine.seen(run, "bob")) == 3


def test_silence_pauses_and_a_sign_of_life_revives(engine, clock):
    source = Source(5, gated=True)
    run = engine.start("a", source, "ann")
    clock.now = 16.0
    source.gate.release()
    until(lambda: run.state == "paused")
    for _ in range(5):
        source.gate.release()
    engine.get(run.id, "ann")
    until(lambda: run.state == "done")


def test_long_silence_drops_the_run_and_frees_its_place(engine, clock):
    run = engine.start("a", Source(5, gated=True), "ann")
    clock.now = 121.0
    other = engine.start("b", Source(3), "bob")
    assert run.state == "stopped"
    assert engine.get(run.id, "ann") is None
    until(lambda: other.state == "done", 8)


def test_a_failed_run_shows_a_sentence_and_frees_its_place(engine):
    run = engine.start("a", Source(5, fail_at=2), "ann")
    until(lambda: run.state == "failed")
    assert "secret" not in run.message
    assert "Traceback" not in run.message
    assert run.message.endswith(".")
    assert len(engine.seen(run, "ann")) == 2
    after = engine.start("b", Source(3), "ann")
    until(lambda: after.state == "done")
    again = engine.start("a", Source(3), "ann")
    until(lambda: again.state == "done")


def test_out_of_memory_says_what_to_do():
    assert "memory" in sentence(RuntimeError("CUDA out of memory. Tried to allocate"))
    assert "memory" in sentence(MemoryError())
    assert "memory" not in sentence(ValueError("x"))
