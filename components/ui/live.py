"""Training in front of the learner: start, pause, step, reset, stop, progress and the place in line, for any run.

The picture is drawn inside a fragment that looks several times a second while frames arrive, so every other control of the
page stays alive. Only the handle of the run is remembered between reruns.
"""

import time
import uuid
from collections.abc import Callable, Hashable, Iterator

import streamlit as st

from components.learn.engine import Engine
from components.learn.run import Run
from components.ui.house import turns
from components.values import Frame

POLL, IDLE = 0.18, 8.0  # seconds between looks, while frames arrive and while held
Draw = Callable[[list[Frame]], None]


@st.cache_resource(show_spinner=False)
def engine(device: str) -> Engine:
    """The one engine of a device, shared by all learners; torch is imported and set up here, once, under Streamlit's lock."""
    from components.learn.device import settle

    settle()
    return Engine(slots=1 if device == "cpu" else 2, crowded=turns().waiting)


def learner() -> str:
    """A name for this browser session."""
    return st.session_state.setdefault("learner", uuid.uuid4().hex)


def current(key: str, request: Hashable, device: str = "cpu") -> Run | None:
    """The run this learner started under `key`, if it was for the same request and still exists."""
    held = st.session_state.get(f"run:{key}")
    if held is None or held["request"] != repr(request):
        return None
    return engine(device).get(held["id"], learner())


def live(
    key: str,
    request: Hashable,
    make: Callable[[], Iterator[Frame]],
    draw: Draw,
    *,
    label: str = "Train live",
    device: str = "cpu",
) -> None:
    """A training run with its controls, and its picture.

    Args:
        key: name of this run on the page.
        request: what makes two runs the same; equal requests of different learners share one run.
        make: starts the generator of frames; called in the worker.
        draw: draws the page's pictures from the frames seen so far; an empty list before any run.
        label: of the start button.
        device: whose engine computes.
    """
    run = current(key, request, device)
    who = learner()
    every: float | None = None
    if run is not None and not engine(device).finished(run, who):
        every = IDLE if engine(device).paused(run, who) else POLL

    @st.fragment(run_every=every)
    def region() -> None:
        run = current(key, request, device)
        own = engine(device)
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-controls"):
            _start(key, request, make, run, label, device)
            if run is None:
                frames = []
            else:
                still = own.finished(run, who) or own.paused(run, who)
                _steering(key, own, run, who)
                frames = _moment(key, own, run, who, device, still)
        draw(frames)
        if run is not None and own.finished(run, who) and every == POLL:
            st.rerun()  # ends the polling and lets the rest of the page know

    region()


def _start(key: str, request: Hashable, make: Callable[[], Iterator[Frame]], run: Run | None, label: str, device: str) -> None:
    """The button that starts a run, where none is under way."""
    own, who = engine(device), learner()
    if run is not None and not own.finished(run, who):
        return
    name = label if run is None else "Train again" if label.startswith("Train") else f"{label} again"
    if st.button(name, key=f"{key}-start", type="primary", icon=":material/play_arrow:", shortcut="Alt+T"):
        started = own.start(request, make, who)
        st.session_state[f"run:{key}"] = {"id": started.id, "request": repr(request)}
        st.rerun()


def _steering(key: str, own: Engine, run: Run, who: str) -> None:
    """Pause, resume, step, stop and reset; each takes effect between two frames."""
    held, over = own.paused(run, who), own.finished(run, who)
    actions: list[tuple[str, str, Callable[[Run, str], None]]] = []
    if not over:
        actions.append(("Resume", "play_arrow", own.resume) if held else ("Pause", "pause", own.pause))
        if held:
            actions.append(("Step", "skip_next", own.step))
        actions.append(("Stop", "stop", own.stop))
    if run.state != "failed" and not own.stopped(run, who):
        actions.append(("Reset", "replay", own.reset))
    for name, icon, act in actions:
        if st.button(name, key=f"{key}-{name.lower()}", icon=f":material/{icon}:"):
            act(run, who)
            st.rerun()


def _moment(key: str, own: Engine, run: Run, who: str, device: str, still: bool) -> list[Frame]:
    """The frames to draw, and where they are: the place in line, the step, or a moment to go back to."""
    frames = own.seen(run, who)
    if run.state == "failed":
        st.warning(run.message, icon=":material/error:")
        return frames
    ahead = own.position(run)
    if not frames:
        st.caption(f"In line: {ahead} {'run' if ahead == 1 else 'runs'} before yours" if ahead else "Starting …")
        return frames
    step, steps = int(frames[-1]["step"]), int(frames[-1]["steps"])
    state = ", stopped" if own.stopped(run, who) else ", held" if own.paused(run, who) else ""
    text = f"step {step} of {steps}{state} · {run.times[len(frames) - 1]:.1f} s on {device}"
    if not still or len(frames) < 3:
        st.progress(step / max(1, steps), text=text)
        return frames
    if run.state == "done":
        text += f", computed here at {time.strftime('%H:%M:%S', time.gmtime(run.ended))} UTC"
    moments = [int(f["step"]) for f in frames]
    at = st.select_slider(f"{text}. Go back to step", moments, moments[-1], key=f"{key}-moment-{run.id}-{len(frames)}")
    return frames[: moments.index(at) + 1]
